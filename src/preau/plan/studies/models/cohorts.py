"""The laboratory of schools, its questions, its joint review, and the gate: extend, adjust or stop (D14, D17)."""

from django.db import models
from django.db.models import F, Q

from preau.kit.privacy import Erase, Privacy
from preau.kit.rows import Row
from preau.people.models import Person
from preau.places.models import City, School
from preau.plan.studies.models.steered import (
    NO_PERSON,
    Authority,
    Steered,
    with_decision,
    with_opinion,
    without_acts,
)


class Outcome(models.TextChoices):
    """What the COPIL decides after a pilot."""

    EXTEND = "extend", "étendre"
    ADJUST = "adjust", "ajuster"
    STOP = "stop", "arrêter"


class Cohort(Steered):
    """Schools that try something together, with questions asked beforehand."""

    class State(models.TextChoices):
        RUNNING = "running", "en cours"
        REVIEWED = "reviewed", "bilan signé par les deux autorités"
        HEARD = "heard", "avis du COTECH rendu"
        DECIDED = "decided", "décision du COPIL"

    city = models.ForeignKey(City, models.PROTECT, related_name="cohorts", verbose_name="ville")
    name = models.CharField("nom", max_length=120)
    aim = models.TextField("ce qui est essayé")
    starts_on = models.DateField("du")
    ends_on = models.DateField("au")
    schools = models.ManyToManyField(School, related_name="cohorts", verbose_name="écoles")
    state = models.CharField("état", max_length=8, choices=State.choices, default=State.RUNNING)
    outcome = models.CharField("décision", max_length=6, choices=Outcome.choices, blank=True)

    privacy = NO_PERSON

    class Meta:
        verbose_name = "laboratoire d’écoles"
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="cohort_ends_after_it_starts"),
            models.CheckConstraint(
                condition=(Q(state__in=("running", "reviewed"), outcome="") & without_acts())
                | (Q(state="heard", outcome="") & with_opinion())
                | (Q(state="decided") & ~Q(outcome="") & with_decision()),
                name="cohort_state_has_its_acts",
            ),
        ]

    def said_on(self, day) -> str:
        """Its state; « en cours » is said between its two days alone."""
        if self.state != self.State.RUNNING or self.starts_on <= day <= self.ends_on:
            return self.get_state_display()
        return "à venir" if day < self.starts_on else "terminé, bilan attendu"


class CohortQuestion(Row):
    """Asked before the trial begins; never changed once it has answers."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="questions", verbose_name="laboratoire")
    position = models.PositiveSmallIntegerField("rang")
    text = models.CharField("question", max_length=300)

    privacy = NO_PERSON

    class Meta:
        verbose_name = "question d’un laboratoire"
        constraints = [models.UniqueConstraint(fields=["cohort", "position"], name="cohort_question_position_once")]
        ordering = [F("position").asc()]


class CohortReview(Row):
    """One authority's half of the joint review; the pilot is reviewed once both are signed."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="reviews", verbose_name="laboratoire")
    authority = models.CharField("autorité", max_length=5, choices=Authority.choices)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="cohort_reviews")
    text = models.TextField("bilan")
    answers = models.JSONField("réponses", default=dict)  # id of a question → what was learnt
    written_at = models.DateTimeField("écrit le")
    signed_at = models.DateTimeField("signé le", null=True, blank=True)

    privacy = Privacy(
        holds="qui a écrit le bilan d’un laboratoire pour son autorité",
        why="un bilan à deux voix, chacune répondant du sien",
        keeps="la durée du plan",
        subjects=("person",),
        erase=Erase.DETACH,
    )

    @property
    def edition(self) -> str:
        """Another each time it is written: what was read is what is replaced or signed."""
        return self.written_at.isoformat()

    class Meta:
        verbose_name = "bilan d’un laboratoire"
        constraints = [
            models.UniqueConstraint(fields=["cohort", "authority"], name="cohort_review_once_per_side"),
            models.CheckConstraint(condition=Q(authority__in=Authority.values), name="review_authority_is_known"),
        ]
