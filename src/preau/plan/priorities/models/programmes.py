"""The annual programme of roll-out (mission D5; plan.md W3)."""

from django.db import models
from django.db.models import Q

from preau.kit.privacy import Privacy
from preau.kit.rows import Row
from preau.places.models import City, School
from preau.plan.applications.models import Application
from preau.plan.equipment.models import StandardKit, TaxRegime
from preau.plan.priorities.models.lists import PriorityList


class ProgrammeState(models.TextChoices):
    """Where a year's programme is (W3)."""

    SIMULATED = "simulated", "simulé"
    ARBITRATED = "arbitrated", "arbitré"
    SUBMITTED_COPIL = "submitted_copil", "soumis au COPIL"
    DECIDED = "decided", "arrêté par le COPIL"
    VOTED = "voted", "voté"
    RUNNING = "running", "en cours"
    CLOSED = "closed", "clos"


PROGRAMME_NEXT = {
    ProgrammeState.SIMULATED: (ProgrammeState.ARBITRATED,),
    ProgrammeState.ARBITRATED: (ProgrammeState.SUBMITTED_COPIL, ProgrammeState.SIMULATED),
    ProgrammeState.SUBMITTED_COPIL: (ProgrammeState.DECIDED, ProgrammeState.SIMULATED),
    ProgrammeState.DECIDED: (ProgrammeState.VOTED, ProgrammeState.RUNNING),
    ProgrammeState.VOTED: (ProgrammeState.RUNNING,),
    ProgrammeState.RUNNING: (ProgrammeState.CLOSED,),
    ProgrammeState.CLOSED: (),
}
SETTLED = (ProgrammeState.DECIDED, ProgrammeState.VOTED, ProgrammeState.RUNNING, ProgrammeState.CLOSED)


class Programme(Row):
    """The schools a city equips in a year, with their kit and estimated cost. Its money is the city's."""

    city = models.ForeignKey(City, models.PROTECT, related_name="programmes", verbose_name="ville")
    school_year = models.CharField("année scolaire", max_length=9)  # « 2026-2027 »
    version = models.PositiveSmallIntegerField("version", default=1)
    state = models.CharField("état", max_length=16, choices=ProgrammeState.choices, default=ProgrammeState.SIMULATED)
    edition = models.PositiveIntegerField("édition", default=1)
    priority_list = models.ForeignKey(
        PriorityList, models.PROTECT, null=True, blank=True, related_name="programmes", verbose_name="liste suivie"
    )
    envelope_cents = models.BigIntegerField("enveloppe", null=True, blank=True)
    regime = models.CharField("régime", max_length=8, choices=TaxRegime.choices, default=TaxRegime.TTC)
    opened_at = models.DateTimeField("ouvert le")
    vote_reference = models.CharField("délibération", max_length=120, blank=True)
    voted_on = models.DateField("voté le", null=True, blank=True)
    review = models.TextField("bilan", max_length=4000, blank=True)
    decision_id = models.UUIDField("décision", null=True, blank=True)
    decision_number = models.CharField("numéro de la décision", max_length=20, blank=True)
    decided_on = models.DateField("décidé le", null=True, blank=True)
    # Why the schools that say nothing themselves pass before others, where the COPIL changed the list since.
    decision_reason = models.TextField("motif de la décision", max_length=2000, blank=True)

    privacy = Privacy.none("programmer l’équipement des écoles, année après année")

    class Meta:
        verbose_name = "programme annuel"
        constraints = [
            models.UniqueConstraint(fields=["city", "school_year", "version"], name="programme_version_once"),
            models.UniqueConstraint(
                fields=["city", "school_year"],
                condition=Q(state__in=[str(state) for state in SETTLED]),
                name="programme_one_decided_per_year",
            ),
            models.CheckConstraint(
                condition=Q(state__in=SETTLED, decision_id__isnull=False)
                | (~Q(state__in=SETTLED) & Q(decision_id=None)),
                name="programme_decided_has_its_decision",
            ),
            models.CheckConstraint(
                condition=~Q(state="voted") | (Q(voted_on__isnull=False) & ~Q(vote_reference="")),
                name="programme_voted_has_its_vote",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | ~Q(review=""), name="programme_closed_has_its_review"
            ),
        ]

    def __str__(self):
        return f"programme {self.school_year}"

    @property
    def is_written(self) -> bool:
        """Schools are added and taken off only while it is simulated."""
        return self.state == ProgrammeState.SIMULATED

    @property
    def is_explained_here(self) -> bool:
        """Reasons are written until the COPIL is asked."""
        return self.state in (ProgrammeState.SIMULATED, ProgrammeState.ARBITRATED)


class ProgrammeEntry(Row):
    """One school of the programme. A school put before a better rank of the list, or without a candidature on it, says
    why."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="entries", verbose_name="programme")
    school = models.ForeignKey(School, models.PROTECT, related_name="programme_entries", verbose_name="école")
    application = models.ForeignKey(
        Application, models.PROTECT, null=True, blank=True, related_name="programme_entries", verbose_name="candidature"
    )
    kit = models.ForeignKey(
        StandardKit, models.PROTECT, related_name="programme_entries", verbose_name="équipement type"
    )
    position = models.PositiveSmallIntegerField("rang")
    cost_cents = models.BigIntegerField("coût estimé en centimes")
    reason = models.CharField("raison", max_length=500, blank=True)

    privacy = Privacy.none("programmer l’équipement des écoles, année après année")

    class Meta:
        verbose_name = "école au programme"
        constraints = [
            models.UniqueConstraint(fields=["programme", "school"], name="school_once_per_programme"),
            models.UniqueConstraint(fields=["programme", "position"], name="programme_position_once"),
            models.CheckConstraint(condition=Q(cost_cents__gte=0), name="programme_cost_is_not_negative"),
            models.CheckConstraint(
                condition=Q(application__isnull=False) | ~Q(reason=""), name="programme_without_candidature_says_why"
            ),
        ]
