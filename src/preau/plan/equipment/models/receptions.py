"""What was accepted, what was paid and who pays a subscription."""

from django.db import models
from django.db.models import Q

from preau.kit.names import SortKeyField
from preau.kit.rows import Row
from preau.places.models import School
from preau.plan.equipment.models.figures import NO_PERSON, Quality, StandingQuerySet
from preau.plan.equipment.models.kits import StandardKit
from preau.plan.equipment.models.taxes import TaxRegime, tax_doubt

UNDETAILED = "contenu non détaillé"  # of a class that its source says equipped, and not with what


class Acceptance(Row):
    """A class received whole, with every line its kit gives a class. The class is named as it was that day:
    the plan counts rooms of a year and knows no pupil. Without a kit, its source says that it was equipped and not
    with what: it counts as equipped and never as up to date."""

    school = models.ForeignKey(School, models.PROTECT, related_name="acceptances", verbose_name="école")
    label = models.CharField("classe ou salle", max_length=120)
    label_key = SortKeyField(source=("label",))
    kit = models.ForeignKey(
        StandardKit, models.PROTECT, null=True, blank=True, related_name="acceptances", verbose_name="équipement type"
    )
    accepted_on = models.DateField("reçue le")
    day_is_known = models.BooleanField("jour connu", default=True)  # a spreadsheet often gives the year only
    source = models.CharField("source", max_length=300)
    quality = models.CharField("qualité", max_length=10, choices=Quality.choices)
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)
    withdrawn_reason = models.CharField("raison du retrait", max_length=400, blank=True)

    objects = StandingQuerySet.as_manager()
    privacy = NO_PERSON

    @property
    def kit_words(self) -> str:
        return str(self.kit) if self.kit else UNDETAILED

    class Meta:
        verbose_name = "réception d’une classe"
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_reason="") | Q(withdrawn_at__isnull=False),
                name="acceptance_withdrawn_with_its_day",
            ),
            models.CheckConstraint(
                condition=~Q(label="") & ~Q(source=""), name="acceptance_names_its_class_and_its_source"
            ),
            models.UniqueConstraint(
                fields=["school", "label_key", "kit"],
                condition=Q(withdrawn_at=None),
                name="class_accepted_once_per_kit",
            ),
            models.UniqueConstraint(  # a base holds two empty kits for different
                fields=["school", "label_key"],
                condition=Q(withdrawn_at=None, kit=None),
                name="class_accepted_once_without_a_kit",
            ),
        ]
        indexes = [
            models.Index(fields=["school", "accepted_on"]),
            models.Index(fields=["school", "kit"]),  # else each school is looked for among all that a kit equipped
        ]


class Expense(Row):
    """What the plan cost for a school in a fiscal year, as its source says it: with VAT, without, or not said.

    A source that says both is a line with VAT, counted once, that keeps its amount without VAT in `ht_cents`.
    """

    class Kind(models.TextChoices):
        PAID = "paid", "dépense"
        CREDIT = "credit", "avoir"  # a supplier gives back: it comes off the totals

        @classmethod
        def of(cls, cents: int):
            """An expense, or a credit note for an amount below zero."""
            return cls.CREDIT if cents < 0 else cls.PAID

    school = models.ForeignKey(School, models.PROTECT, related_name="expenses", verbose_name="école")
    fiscal_year = models.PositiveSmallIntegerField("exercice")
    kind = models.CharField("nature", max_length=6, choices=Kind.choices, default=Kind.PAID)
    amount_cents = models.BigIntegerField("montant en centimes")  # below zero for a credit note
    regime = models.CharField("régime", max_length=8, choices=TaxRegime.choices, default=TaxRegime.UNKNOWN)
    ht_cents = models.BigIntegerField("montant HT en centimes", null=True, blank=True)  # beside an amount with VAT
    source = models.CharField("source", max_length=300)
    quality = models.CharField("qualité", max_length=10, choices=Quality.choices)
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)

    objects = StandingQuerySet.as_manager()
    privacy = NO_PERSON

    class Meta:
        verbose_name = "dépense d’équipement"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="paid", amount_cents__gte=0) | Q(kind="credit", amount_cents__lt=0),
                name="expense_sign_is_that_of_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(ht_cents=None)
                | Q(regime="ttc", kind="paid", ht_cents__gte=0)
                | Q(regime="ttc", kind="credit", ht_cents__lt=0),
                name="expense_ht_stands_beside_ttc",
            ),
        ]
        indexes = [models.Index(fields=["school", "fiscal_year"])]

    @property
    def is_credit(self) -> bool:
        """A credit note."""
        return self.kind == self.Kind.CREDIT

    @property
    def doubt(self) -> str:
        """Why its two amounts do not go together; empty when they do."""
        return tax_doubt(self.amount_cents, self.ht_cents)


class Subscription(Row):
    """A school of the laboratory and who pays its digital space. No price per school: none was published."""

    class Payer(models.TextChoices):
        CITY = "city", "Ville"
        STATE = "state", "État"

    school = models.ForeignKey(School, models.PROTECT, related_name="subscriptions", verbose_name="école")
    starts_on = models.DateField("à partir du")
    years_count = models.PositiveSmallIntegerField("années", null=True, blank=True)
    payer = models.CharField("payeur", max_length=5, choices=Payer.choices)
    source = models.CharField("source", max_length=300)
    quality = models.CharField("qualité", max_length=10, choices=Quality.choices)
    withdrawn_at = models.DateTimeField("retiré le", null=True, blank=True)

    objects = StandingQuerySet.as_manager()
    privacy = NO_PERSON

    class Meta:
        verbose_name = "abonnement d’une école"
        constraints = [
            models.UniqueConstraint(
                fields=["school", "starts_on"], condition=Q(withdrawn_at=None), name="subscription_once_per_start"
            ),
            models.CheckConstraint(
                condition=Q(years_count=None) | Q(years_count__gte=1), name="subscription_lasts_a_year_or_unknown"
            ),
        ]
