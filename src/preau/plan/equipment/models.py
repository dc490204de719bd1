"""What a school is to receive, what was accepted, what was paid, and the figures others published."""

import datetime
from fractions import Fraction

from django.db import models
from django.db.models import F, Q

from preau.kit.models import Batch
from preau.kit.money import NBSP, amount, decimal, group
from preau.kit.names import SortKeyField
from preau.kit.privacy import Privacy
from preau.kit.rows import Row
from preau.places.models import City, School

NO_PERSON = Privacy.none("suivre l’équipement numérique des écoles et ce qu’il coûte")


class Quality(models.TextChoices):
    """How much a figure is worth; shown beside it, always."""

    DECK = "deck", "diaporama 2018"
    MEASURED = "measured", "mesuré"
    DECLARED = "declared", "déclaré"
    ESTIMATED = "estimated", "estimé"
    FICTITIOUS = "fictitious", "fictif"


class TaxRegime(models.TextChoices):
    """Whether an amount holds VAT. Unknown stays unknown: both readings are shown (plan.md AC-05)."""

    UNKNOWN = "unknown", "régime fiscal non précisé"
    HT = "ht", "HT"
    TTC = "ttc", "TTC"


class Measure(models.TextChoices):
    """What a fact counts. Money facts hold cents, social index facts hold tenths."""

    SCHOOLS = "schools", "écoles maternelles et élémentaires publiques"
    PUPILS = "pupils", "élèves des écoles publiques"
    EQUIPPED_SCHOOLS = "equipped_schools", "écoles équipées"
    EQUIPPED_NURSERIES = "equipped_nurseries", "maternelles équipées"
    EQUIPPED_ELEMENTARIES = "equipped_elementaries", "élémentaires équipées"
    EQUIPPED_CLASSES = "equipped_classes", "classes équipées"
    INVESTED_CENTS = "invested_cents", "investi pour les écoles équipées"
    CLASSES = "classes", "classes de l’école"
    SOCIAL_INDEX_TENTHS = "social_index_tenths", "indice de position sociale"
    PILOT_PUPILS = "pilot_pupils", "élèves des écoles abonnées par la Ville"
    UNIT_PRICE_HT_CENTS = "unit_price_ht_cents", "abonnement par élève et par an, HT"
    SUBSCRIPTION_TTC_CENTS = "subscription_ttc_cents", "coût publié de l’abonnement, TTC"


UNITS = {
    Measure.SCHOOLS: "écoles", Measure.PUPILS: "élèves", Measure.EQUIPPED_SCHOOLS: "écoles",
    Measure.EQUIPPED_NURSERIES: "écoles", Measure.EQUIPPED_ELEMENTARIES: "écoles",
    Measure.EQUIPPED_CLASSES: "classes", Measure.INVESTED_CENTS: "centimes d’euro", Measure.CLASSES: "classes",
    Measure.SOCIAL_INDEX_TENTHS: "dixièmes d’indice", Measure.PILOT_PUPILS: "élèves",
    Measure.UNIT_PRICE_HT_CENTS: "centimes d’euro", Measure.SUBSCRIPTION_TTC_CENTS: "centimes d’euro",
}  # fmt: skip


class StandingQuerySet(models.QuerySet):
    def standing(self):
        """Neither removed nor undone."""
        return self.filter(withdrawn_at=None)


class Fact(Row):
    """A figure with its day, its source and its quality. Never overwritten: a better one is added beside it."""

    city = models.ForeignKey(City, models.PROTECT, related_name="facts", verbose_name="ville")
    school = models.ForeignKey(
        School, models.PROTECT, null=True, blank=True, related_name="facts", verbose_name="école"
    )
    measure = models.CharField("mesure", max_length=24, choices=Measure.choices)
    value = models.BigIntegerField("valeur")  # in the unit of the measure: cents, tenths, or a count
    as_of = models.DateField("au")
    period = models.CharField("période", max_length=20, blank=True)  # « 2013-2018 », « rentrée 2022 »
    is_approximate = models.BooleanField("environ", default=False)
    source = models.CharField("source", max_length=300)
    quality = models.CharField("qualité", max_length=10, choices=Quality.choices)
    withdrawn_at = models.DateTimeField("retiré le", null=True, blank=True)

    objects = StandingQuerySet.as_manager()
    privacy = NO_PERSON

    class Meta:
        verbose_name = "chiffre du plan"
        indexes = [models.Index(fields=["city", "measure", "as_of"])]
        constraints = [models.CheckConstraint(condition=Q(value__gte=0), name="fact_is_not_negative")]

    @property
    def unit(self) -> str:
        """The unit of its measure."""
        return UNITS[self.measure]

    @property
    def shown_value(self) -> str:
        """« 1 677 000,00 € », « 118,2 », « 45 écoles »: read in its unit."""
        if self.measure.endswith("_cents"):
            return amount(self.value)
        if self.measure.endswith("_tenths"):
            return decimal(Fraction(self.value, 10))
        return f"{group(self.value)}{NBSP}{self.unit}"


class StandardKit(Row):
    """What each school of a kind receives (mission D9). A version is published, never edited."""

    city = models.ForeignKey(City, models.PROTECT, related_name="standard_kits", verbose_name="ville")
    school_kind = models.CharField("nature d’école", max_length=12, choices=School.Kind.choices)
    version = models.PositiveSmallIntegerField("version")
    published_on = models.DateField("publié le")
    source = models.CharField("source", max_length=300)
    quality = models.CharField("qualité", max_length=10, choices=Quality.choices)

    privacy = NO_PERSON

    class Meta:
        verbose_name = "équipement type"
        constraints = [
            models.UniqueConstraint(fields=["city", "school_kind", "version"], name="kit_version_once_per_kind"),
        ]

    def __str__(self):
        return f"kit v{self.version}"


class KitLine(Row):
    """One thing of a kit, and how many."""

    class Rule(models.TextChoices):
        PER_SCHOOL = "per_school", "par école"
        PER_CLASS = "per_class", "par classe"
        PER_FLOOR = "per_floor", "par étage"
        PER_PUPILS = "per_n_pupils", "par groupe d’élèves"

    kit = models.ForeignKey(StandardKit, models.CASCADE, related_name="lines", verbose_name="équipement type")
    position = models.PositiveSmallIntegerField("rang")
    item = models.CharField("élément", max_length=160)
    rule = models.CharField("règle", max_length=12, choices=Rule.choices)
    quantity_min = models.PositiveSmallIntegerField("au moins", default=1)
    quantity_max = models.PositiveSmallIntegerField("au plus", default=1)
    pupils_per_group = models.PositiveSmallIntegerField("élèves par groupe", null=True, blank=True)

    privacy = NO_PERSON

    class Meta:
        verbose_name = "ligne d’équipement type"
        constraints = [
            models.UniqueConstraint(fields=["kit", "position"], name="kit_line_position_once"),
            models.CheckConstraint(condition=Q(quantity_max__gte=F("quantity_min")), name="kit_line_max_above_min"),
            models.CheckConstraint(
                condition=~Q(rule="per_n_pupils") | Q(pupils_per_group__gt=0), name="kit_line_per_pupils_has_its_group"
            ),
        ]


class Acceptance(Row):
    """A class received whole, with every line its kit gives a class. The class is named as it was that day:
    the plan counts rooms of a year and knows no pupil."""

    school = models.ForeignKey(School, models.PROTECT, related_name="acceptances", verbose_name="école")
    label = models.CharField("classe ou salle", max_length=120)
    label_key = SortKeyField(source=("label",))
    kit = models.ForeignKey(StandardKit, models.PROTECT, related_name="acceptances", verbose_name="équipement type")
    accepted_on = models.DateField("reçue le")
    day_is_known = models.BooleanField("jour connu", default=True)  # a spreadsheet often gives the year only
    source = models.CharField("source", max_length=300)
    quality = models.CharField("qualité", max_length=10, choices=Quality.choices)
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)

    objects = StandingQuerySet.as_manager()
    privacy = NO_PERSON

    class Meta:
        verbose_name = "réception d’une classe"
        constraints = [
            models.UniqueConstraint(
                fields=["school", "label_key", "kit"],
                condition=Q(withdrawn_at=None),
                name="class_accepted_once_per_kit",
            ),
        ]
        indexes = [models.Index(fields=["school", "accepted_on"])]


class Expense(Row):
    """What the plan cost for a school in a fiscal year, as its source says it: with VAT, without, or not said."""

    school = models.ForeignKey(School, models.PROTECT, related_name="expenses", verbose_name="école")
    fiscal_year = models.PositiveSmallIntegerField("exercice")
    amount_cents = models.BigIntegerField("montant en centimes")
    regime = models.CharField("régime", max_length=8, choices=TaxRegime.choices, default=TaxRegime.UNKNOWN)
    source = models.CharField("source", max_length=300)
    quality = models.CharField("qualité", max_length=10, choices=Quality.choices)
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)

    objects = StandingQuerySet.as_manager()
    privacy = NO_PERSON

    class Meta:
        verbose_name = "dépense d’équipement"
        indexes = [models.Index(fields=["school", "fiscal_year"])]


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

    privacy = NO_PERSON

    class Meta:
        verbose_name = "abonnement d’une école"
        constraints = [
            models.UniqueConstraint(fields=["school", "starts_on"], name="subscription_once_per_start"),
        ]


class PlanDraft(Row):
    """A city's spreadsheet once read, before it is applied: the comparison is made anew each time it is looked at."""

    city = models.ForeignKey(City, models.PROTECT, related_name="plan_drafts", verbose_name="ville")
    file_name = models.CharField("fichier", max_length=200)
    file_digest = models.CharField("empreinte", max_length=64)
    lines = models.JSONField("lignes", default=list)
    problems = models.JSONField("lignes à revoir", default=list)
    created_at = models.DateTimeField("lu le")
    batch = models.ForeignKey(
        Batch, models.SET_NULL, null=True, blank=True, related_name="plan_drafts", verbose_name="lot appliqué"
    )

    privacy = NO_PERSON
    is_trace = True  # kit.digest

    class Meta:
        verbose_name = "tableau de la ville, lu"


class PlanGeneration(Row):
    """Raised by every write about a city's plan, in its transaction: what is cached under it is never stale."""

    city = models.OneToOneField(City, models.PROTECT, related_name="plan_generation", verbose_name="ville")
    number = models.PositiveIntegerField("numéro", default=0)

    privacy = NO_PERSON
    is_trace = True  # kit.digest

    class Meta:
        verbose_name = "génération des chiffres du plan"


def end_of_year(year: int) -> datetime.date:
    """31 December: the day a fiscal year's figures are read at."""
    return datetime.date(year, 12, 31)
