"""Technical options compared before a choice: the deck chose its operator after vendors' presentations (D5)."""

from django.db import models
from django.db.models import F, Q

from preau.kit.rows import Row
from preau.places.models import City
from preau.plan.studies.models.steered import (
    NO_PERSON,
    Authority,
    Steered,
    with_decision,
    with_opinion,
    without_acts,
)

MOST = 5  # the best mark


class Comparison(Steered):
    """A need, criteria with weights, options with marks; the COTECH says what it thinks, the COPIL chooses."""

    class State(models.TextChoices):
        OPEN = "open", "à l’étude"
        HEARD = "heard", "avis du COTECH rendu"
        CHOSEN = "chosen", "choix du COPIL"

    city = models.ForeignKey(City, models.PROTECT, related_name="comparisons", verbose_name="ville")
    title = models.CharField("question", max_length=160)
    need = models.TextField("besoin")
    opened_on = models.DateField("ouverte le")
    state = models.CharField("état", max_length=6, choices=State.choices, default=State.OPEN)
    choice = models.ForeignKey(
        "studies.Option", models.PROTECT, null=True, blank=True, related_name="chosen_in", verbose_name="choix"
    )

    privacy = NO_PERSON

    class Meta:
        verbose_name = "comparaison d’options"
        constraints = [
            models.CheckConstraint(
                condition=(Q(state="open", choice=None) & without_acts())
                | (Q(state="heard", choice=None) & with_opinion())
                | (Q(state="chosen", choice__isnull=False) & with_decision()),
                name="comparison_state_has_its_acts",
            ),
        ]

    @property
    def is_open(self) -> bool:
        """Criteria, options and marks may still change."""
        return self.state == self.State.OPEN


class Criterion(Row):
    """What options are judged on, and how much it weighs."""

    comparison = models.ForeignKey(Comparison, models.CASCADE, related_name="criteria", verbose_name="comparaison")
    position = models.PositiveSmallIntegerField("rang")
    label = models.CharField("critère", max_length=120)
    weight = models.PositiveSmallIntegerField("poids")

    privacy = NO_PERSON

    class Meta:
        verbose_name = "critère"
        constraints = [
            models.UniqueConstraint(fields=["comparison", "position"], name="criterion_position_once"),
            models.CheckConstraint(condition=Q(weight__gte=1, weight__lte=10), name="criterion_weighs_1_to_10"),
        ]
        ordering = [F("position").asc()]


class Option(Row):
    """One answer to the need: its letter, who proposes it, when it was presented."""

    comparison = models.ForeignKey(Comparison, models.CASCADE, related_name="options", verbose_name="comparaison")
    position = models.PositiveSmallIntegerField("rang")
    name = models.CharField("option", max_length=120)
    vendor = models.CharField("proposée par", max_length=120, blank=True)
    presented_on = models.DateField("présentée le", null=True, blank=True)
    note = models.TextField("à savoir", blank=True)

    privacy = NO_PERSON

    class Meta:
        verbose_name = "option"
        constraints = [models.UniqueConstraint(fields=["comparison", "position"], name="option_position_once")]
        ordering = [F("position").asc()]

    @property
    def letter(self) -> str:
        """« A », « B »…"""
        return chr(ord("A") + self.position - 1)


class Mark(Row):
    """What one authority thinks of an option on a criterion, 0 to 5. The other authority's mark stands beside it."""

    option = models.ForeignKey(Option, models.CASCADE, related_name="marks", verbose_name="option")
    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="marks", verbose_name="critère")
    authority = models.CharField("autorité", max_length=5, choices=Authority.choices)
    value = models.PositiveSmallIntegerField("note")

    privacy = NO_PERSON

    class Meta:
        verbose_name = "note d’une option"
        constraints = [
            models.UniqueConstraint(fields=["option", "criterion", "authority"], name="mark_once_per_authority"),
            models.CheckConstraint(condition=Q(value__gte=0, value__lte=MOST), name="mark_from_0_to_5"),
            models.CheckConstraint(condition=Q(authority__in=Authority.values), name="mark_authority_is_known"),
        ]
