"""What a committee decided, and what became of it."""

from django.db import models
from django.db.models import F, Q

from preau.kit.rows import Row
from preau.people.models import Role
from preau.places.models import City
from preau.plan.ambitions.models import Ambition
from preau.plan.governance.models.committees import NO_PERSON


class ObjectKind(models.TextChoices):
    """What a decision may bear on."""

    COMPARISON = "comparison", "options comparées"
    COHORT = "cohort", "laboratoire"
    PRIORITY_LIST = "list", "liste priorisée"
    PROGRAMME = "programme", "programme annuel"
    APPLICATION = "application", "candidature"


class Result(models.TextChoices):
    """How a point ended. A change, a sending back and a refusal say why."""

    NOTED = "noted", "prend acte"
    ADOPTED = "adopted", "adopte"
    CHANGED = "changed", "adopte avec changements"
    SENT_BACK = "sent_back", "renvoie"
    REJECTED = "rejected", "n’adopte pas"


# A point reserved to the members stays so once decided: no federation reads what came of it.
NOT_RESERVED = Q(item=None) | Q(item__is_reserved=False)
CHANGES = (Result.CHANGED, Result.SENT_BACK, Result.REJECTED)


class Decision(Row):
    """« 2026-07 »: numbered once in the city and the year, whatever the committee. Never edited once the relevé is
    approved: a later decision replaces it."""

    city = models.ForeignKey(City, models.PROTECT, related_name="decisions", verbose_name="ville")
    session = models.ForeignKey("governance.Session", models.PROTECT, related_name="decisions", verbose_name="séance")
    item = models.OneToOneField(
        "governance.AgendaItem", models.PROTECT, null=True, blank=True, related_name="decision", verbose_name="point"
    )
    year = models.PositiveSmallIntegerField("année")
    sequence = models.PositiveSmallIntegerField("rang dans l’année")
    decided_on = models.DateField("prise le")
    text = models.TextField("décision")
    result = models.CharField("résultat", max_length=9, choices=Result.choices)
    reason = models.TextField("motif", blank=True)
    votes_for = models.PositiveSmallIntegerField("pour", null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField("contre", null=True, blank=True)
    abstentions = models.PositiveSmallIntegerField("abstentions", null=True, blank=True)
    dissent = models.TextField("réserves exprimées", blank=True)
    object_kind = models.CharField("nature de l’objet", max_length=12, choices=ObjectKind.choices, blank=True)
    object_id = models.UUIDField("objet", null=True, blank=True, db_index=True)
    ambitions = models.ManyToManyField(Ambition, related_name="decisions", verbose_name="ambitions")
    # The option (its id) or the outcome chosen by a COPIL; what it means, the object's kind says.
    choice = models.CharField("choix", max_length=36, blank=True)
    # The whole order a COPIL gives a priority list it changes: [{"application": id, "reason": why it moved}].
    order = models.JSONField("ordre décidé", default=list, blank=True)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replacements", verbose_name="remplace"
    )

    privacy = NO_PERSON

    class Meta:
        verbose_name = "décision d’un comité"
        constraints = [
            models.UniqueConstraint(fields=["city", "year", "sequence"], name="decision_number_once"),
            models.CheckConstraint(condition=Q(result__in=Result.values), name="decision_result_is_known"),
            models.CheckConstraint(
                condition=~Q(result__in=CHANGES) | ~Q(reason=""), name="decision_that_changes_says_why"
            ),
            models.CheckConstraint(
                condition=Q(object_kind="", object_id=None) | (~Q(object_kind="") & Q(object_id__isnull=False)),
                name="decision_object_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(order=[]) | Q(object_kind=ObjectKind.PRIORITY_LIST, result=Result.CHANGED),
                name="decision_orders_a_changed_list",
            ),
        ]
        indexes = [models.Index(fields=["city", "-decided_on"])]

    @property
    def number(self) -> str:
        """« 2026-07 »"""
        return f"{self.year}-{self.sequence:02d}"

    @property
    def vote(self) -> str:
        """« 9 pour, 2 contre, abstentions non renseignées », or « vote non renseigné »."""
        told = (self.votes_for, self.votes_against, self.abstentions)
        if told == (None, None, None):
            return "vote non renseigné"
        abstentions = "abstention" if self.abstentions in (0, 1) else "abstentions"
        words = (("pour", "non renseigné"), ("contre", "non renseigné"), (abstentions, "non renseignées"))
        return ", ".join(
            f"{word} {unknown}" if number is None else f"{number} {word}"
            for number, (word, unknown) in zip(told, words, strict=True)
        )

    @property
    def votes_count(self) -> int:
        """Voices told, abstentions included: what is not told counts for none."""
        return sum(filter(None, (self.votes_for, self.votes_against, self.abstentions)))


class FollowUp(Row):
    """What a decision asks someone to do before a day. The owner is a title."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="follow_ups", verbose_name="décision")
    text = models.CharField("action", max_length=300)
    owner = models.CharField("qui s’en charge", max_length=120)
    # Whose holders find it among what waits for them; empty when nobody here holds such a title.
    owner_role = models.CharField("fonction prévenue", max_length=20, choices=Role.choices, blank=True)
    due_on = models.DateField("pour le")
    done_on = models.DateField("faite le", null=True, blank=True)
    done_note = models.CharField("ce qui a été fait", max_length=300, blank=True)

    privacy = NO_PERSON

    class Meta:
        verbose_name = "suite d’une décision"
        constraints = [
            models.CheckConstraint(
                condition=Q(done_on=None, done_note="") | (Q(done_on__isnull=False) & ~Q(done_note="")),
                name="follow_up_done_says_what",
            ),
        ]
        indexes = [models.Index(fields=["done_on", "due_on"])]
        ordering = [F("due_on").asc(), "id"]

    def is_late_on(self, day) -> bool:
        """Not done, and its day has passed."""
        return self.done_on is None and self.due_on < day
