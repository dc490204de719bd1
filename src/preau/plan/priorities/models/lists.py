"""The priority list of DSDEN and DAN (mission D4; plan.md W2): versions instead of edits, a reason for each move."""

from django.db import models
from django.db.models import Q

from preau.kit.privacy import Erase, Privacy
from preau.kit.rows import Row
from preau.people.models import Person
from preau.places.models import City
from preau.plan.applications.models import Application, Call


class ListState(models.TextChoices):
    """Where a version is (W2)."""

    DRAFT = "draft", "en préparation"
    PROPOSED = "proposed", "proposée par la DSDEN"
    COSIGNED = "cosigned", "signée par la DSDEN et la DAN"
    BEFORE_COPIL = "before_copil", "devant le COPIL"
    ADOPTED = "adopted", "adoptée"
    ADOPTED_WITH_CHANGES = "adopted_with_changes", "adoptée avec changements"
    SENT_BACK = "sent_back", "renvoyée"


LIST_NEXT = {
    ListState.DRAFT: (ListState.PROPOSED,),
    ListState.PROPOSED: (ListState.COSIGNED, ListState.DRAFT),
    ListState.COSIGNED: (ListState.BEFORE_COPIL,),
    ListState.BEFORE_COPIL: (ListState.ADOPTED, ListState.ADOPTED_WITH_CHANGES, ListState.SENT_BACK),
    ListState.ADOPTED: (), ListState.ADOPTED_WITH_CHANGES: (), ListState.SENT_BACK: (),
}  # fmt: skip
ADOPTED = (ListState.ADOPTED, ListState.ADOPTED_WITH_CHANGES)
DECIDED = (*ADOPTED, ListState.SENT_BACK)
SHOWN_TO_COPIL = (ListState.BEFORE_COPIL, *DECIDED)
SIGNED = (ListState.COSIGNED, *SHOWN_TO_COPIL)


class PriorityList(Row):
    """One version of the list of a call. Only a draft is written in; what follows it is a new version."""

    city = models.ForeignKey(City, models.PROTECT, related_name="priority_lists", verbose_name="ville")
    call = models.ForeignKey(Call, models.PROTECT, related_name="priority_lists", verbose_name="appel")
    version = models.PositiveSmallIntegerField("version")
    base = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="next_versions", verbose_name="version d’avant"
    )
    state = models.CharField("état", max_length=20, choices=ListState.choices, default=ListState.DRAFT)
    # Raised by each write: two people who move at once are told.
    edition = models.PositiveIntegerField("édition", default=1)
    opened_at = models.DateTimeField("ouverte le")
    dsden_signed_at = models.DateTimeField("signée par la DSDEN le", null=True, blank=True)
    dsden_signed_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="signée pour la DSDEN par"
    )
    dan_signed_at = models.DateTimeField("signée par la DAN le", null=True, blank=True)
    dan_signed_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="signée pour la DAN par"
    )
    decision_id = models.UUIDField("décision", null=True, blank=True)
    decision_number = models.CharField("numéro de la décision", max_length=20, blank=True)
    decided_on = models.DateField("décidée le", null=True, blank=True)
    decision_reason = models.TextField("motif de la décision", max_length=2000, blank=True)

    privacy = Privacy(
        holds="qui a signé la liste pour la DSDEN et pour la DAN",
        why="prouver l’ordre que l’État a fixé",
        keeps="la durée du plan",
        subjects=("dsden_signed_by", "dan_signed_by"),
        erase=Erase.DETACH,
    )

    class Meta:
        verbose_name = "liste priorisée"
        constraints = [
            models.UniqueConstraint(fields=["call", "version"], name="priority_list_version_once"),
            models.UniqueConstraint(
                fields=["call"], condition=Q(state__in=("draft", "proposed")), name="priority_list_one_open_per_call"
            ),
            models.UniqueConstraint(
                fields=["call"],
                condition=Q(state__in=("before_copil", "adopted", "adopted_with_changes")),
                name="priority_list_one_before_copil_or_adopted",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", dsden_signed_at=None, dan_signed_at=None)
                | Q(state="proposed", dsden_signed_at__isnull=False, dan_signed_at=None)
                | Q(state__in=SIGNED, dsden_signed_at__isnull=False, dan_signed_at__isnull=False),
                name="priority_list_state_has_its_signatures",
            ),
            models.CheckConstraint(
                condition=Q(state__in=DECIDED, decision_id__isnull=False, decided_on__isnull=False)
                | (~Q(state__in=DECIDED) & Q(decision_id=None, decided_on=None)),
                name="priority_list_outcome_has_its_decision",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("adopted_with_changes", "sent_back")) | ~Q(decision_reason=""),
                name="priority_list_change_has_its_reason",
            ),
        ]

    def __str__(self):
        return f"liste v{self.version}"

    @property
    def is_draft(self) -> bool:
        """The only state in which ranks move."""
        return self.state == ListState.DRAFT

    @property
    def is_adopted(self) -> bool:
        """By the COPIL, as it was or changed."""
        return self.state in ADOPTED


class PriorityEntry(Row):
    """An application and its rank. Two applications never share one: ties are forbidden."""

    priority_list = models.ForeignKey(PriorityList, models.CASCADE, related_name="entries", verbose_name="liste")
    application = models.ForeignKey(Application, models.PROTECT, related_name="ranks", verbose_name="candidature")
    rank = models.PositiveSmallIntegerField("rang")
    reason = models.CharField("raison", max_length=500, blank=True)
    # What the school lacked (link, cabling, store, council told) the day it was last looked at, and why it is ranked
    # all the same.
    lacks = models.JSONField("ce qui manque", default=list)
    lacks_on = models.DateField("vu le", null=True, blank=True)
    unready_reason = models.CharField("malgré ce qui manque", max_length=500, blank=True)

    privacy = Privacy.none("dire l’ordre dans lequel les écoles seront équipées")

    class Meta:
        verbose_name = "rang d’une candidature"
        constraints = [
            models.UniqueConstraint(fields=["priority_list", "application"], name="application_ranked_once"),
            models.UniqueConstraint(fields=["priority_list", "rank"], name="priority_rank_without_tie"),
            models.CheckConstraint(condition=Q(rank__gte=1), name="priority_rank_counts_from_one"),
        ]


class ListMove(Row):
    """One move of a draft, and why. Kept when the list is signed."""

    priority_list = models.ForeignKey(PriorityList, models.CASCADE, related_name="moves", verbose_name="liste")
    application = models.ForeignKey(Application, models.PROTECT, related_name="moves", verbose_name="candidature")
    from_rank = models.PositiveSmallIntegerField("de")
    to_rank = models.PositiveSmallIntegerField("à")
    reason = models.CharField("raison", max_length=500)
    moved_at = models.DateTimeField("le")
    moved_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="déplacée par"
    )

    privacy = Privacy(
        holds="qui a déplacé une école dans la liste, et pourquoi",
        why="expliquer l’ordre de la liste",
        keeps="la durée du plan",
        subjects=("moved_by",),
        erase=Erase.DETACH,
    )

    class Meta:
        verbose_name = "déplacement dans la liste"
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="list_move_has_its_reason")]


class CopilRank(Row):
    """The rank the COPIL gave, when it changed the list by a decision: the signed list itself stays as it was. The base
    keeps none without its decision and its reason (plan.md AC-25)."""

    entry = models.OneToOneField(PriorityEntry, models.CASCADE, related_name="copil_rank", verbose_name="rang signé")
    rank = models.PositiveSmallIntegerField("rang décidé")
    decision_id = models.UUIDField("décision")
    reason = models.CharField("raison", max_length=500)

    privacy = Privacy.none("dire ce que le COPIL a changé à la liste, et pourquoi")

    class Meta:
        verbose_name = "rang changé par le comité"
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="copil_rank_has_its_reason")]
