"""The figures others published about a plan, each with its day, its source and its quality."""

import datetime
from fractions import Fraction

from django.db import models
from django.db.models import F, Q

from preau.kit.dates import day_text
from preau.kit.money import NBSP, amount, decimal, group
from preau.kit.privacy import Privacy
from preau.kit.rows import Row
from preau.places.models import City, School

NO_PERSON = Privacy.none("suivre l’équipement numérique des écoles et ce qu’il coûte")


class Quality(models.TextChoices):
    """How reliable a figure is; always shown beside it."""

    DECK = "deck", "diaporama 2018"
    MEASURED = "measured", "mesuré"
    DECLARED = "declared", "déclaré"
    ESTIMATED = "estimated", "estimé"
    FICTITIOUS = "fictitious", "fictif"


HAND_QUALITIES = (Quality.MEASURED, Quality.DECLARED, Quality.ESTIMATED)  # those a person gives
BY_HAND = [(quality.value, quality.label) for quality in HAND_QUALITIES]  # as a form offers them


class Measure(models.TextChoices):
    """What a fact counts. Money facts hold cents, social index facts tenths, priority education a code."""

    SCHOOLS = "schools", "écoles maternelles et élémentaires publiques"
    PUPILS = "pupils", "élèves des écoles publiques"
    EQUIPPED_SCHOOLS = "equipped_schools", "écoles équipées"
    EQUIPPED_NURSERIES = "equipped_nurseries", "maternelles équipées"
    EQUIPPED_ELEMENTARIES = "equipped_elementaries", "élémentaires équipées"
    EQUIPPED_CLASSES = "equipped_classes", "classes équipées"
    INVESTED_CENTS = "invested_cents", "investi pour les écoles équipées"
    CLASSES = "classes", "classes de l’école"
    NONE_RECEIVED = "none_received", "classes reçues à cette date"  # of a school, and always 0
    SCHOOL_PUPILS = "school_pupils", "élèves de l’école"
    PRIORITY_EDUCATION = "priority_education", "éducation prioritaire"
    FLOORS = "floors", "étages avec des classes"
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
    Measure.NONE_RECEIVED: "classes",
    Measure.SCHOOL_PUPILS: "élèves", Measure.PRIORITY_EDUCATION: "code", Measure.FLOORS: "étages",
}  # fmt: skip
# What is known of a school, year by year, in the order of a page.
SCHOOL_MEASURES = (
    Measure.CLASSES, Measure.SCHOOL_PUPILS, Measure.PRIORITY_EDUCATION, Measure.SOCIAL_INDEX_TENTHS, Measure.FLOORS,
)  # fmt: skip


class PriorityEducation(models.IntegerChoices):
    """The State's priority education, a network or a reinforced one (circulaire 2014-077); by school year."""

    NONE = 0, "hors éducation prioritaire"
    REP = 1, "REP"
    REP_PLUS = 2, "REP+"


def shown_value(measure, value: int) -> str:
    """« 1 677 000,00 € », « 118,2 », « 45 écoles », « REP+ »: read in the unit of its measure."""
    if measure == Measure.PRIORITY_EDUCATION:
        return PriorityEducation(value).label
    if measure.endswith("_cents"):
        return amount(value)
    if measure.endswith("_tenths"):
        return decimal(Fraction(value, 10))
    return f"{group(value)}{NBSP}{UNITS[measure]}"


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
    # A nursery school has no social index: it is lent that of the school its children go to (plan.md, `proxy_of`).
    proxy_of = models.ForeignKey(
        School, models.PROTECT, null=True, blank=True, related_name="estimates", verbose_name="estimé d’après"
    )
    withdrawn_at = models.DateTimeField("retiré le", null=True, blank=True)

    objects = StandingQuerySet.as_manager()
    privacy = NO_PERSON

    class Meta:
        verbose_name = "chiffre du plan"
        indexes = [models.Index(fields=["city", "measure", "as_of"])]
        constraints = [
            models.CheckConstraint(condition=Q(value__gte=0), name="fact_is_not_negative"),
            models.CheckConstraint(
                condition=~Q(measure="priority_education") | Q(value__in=(0, 1, 2)),
                name="fact_of_priority_education_is_a_code",
            ),
            models.CheckConstraint(
                condition=~Q(measure="none_received") | Q(value=0, school__isnull=False),
                name="fact_none_received_is_a_school_at_zero",
            ),
            models.CheckConstraint(
                condition=Q(proxy_of=None)
                | (Q(measure="social_index_tenths", school__isnull=False, quality__in=("estimated", "fictitious"))
                   & ~Q(proxy_of=F("school"))),
                name="fact_lent_is_the_estimated_index_of_another",
            ),
            models.UniqueConstraint(
                fields=["school"], condition=Q(withdrawn_at=None, proxy_of__isnull=False),
                name="fact_lent_one_at_a_time",
            ),
        ]  # fmt: skip

    @property
    def label(self) -> str:
        """« indice de position sociale », or « … estimé d’après l’école La Marelle »."""
        said = self.get_measure_display()
        return f"{said} estimé d’après {self.proxy_of.with_article}" if self.proxy_of_id else said

    @property
    def unit(self) -> str:
        """The unit of its measure."""
        return UNITS[self.measure]

    @property
    def when(self) -> str:
        """« 15 juin 2018 (2018) »; a figure of a year has no day: « 2018 », « 2013-2018 »."""
        if is_of_a_year(self.as_of, self.period):
            return self.period
        return day_text(self.as_of) + (f" ({self.period})" if self.period else "")

    @property
    def dated(self) -> datetime.date | str:
        """For tables, beside its period."""
        return dated(self.as_of, self.period)

    @property
    def shown_value(self) -> str:
        return shown_value(self.measure, self.value)


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


def is_of_a_year(day: datetime.date, period: str) -> bool:
    """Whether a figure's day only stands for its year: its last one, in a period that ends with that year."""
    return day == end_of_year(day.year) and period.endswith(str(day.year))


def dated(day: datetime.date, period: str) -> datetime.date | str:
    """The day of a figure, or « 2018 » for a figure of a year."""
    return str(day.year) if is_of_a_year(day, period) else day
