"""Links, cabling, notices to the conseil d'école and inclusion of a school, from which readiness is derived (D9).

Buildings and rooms are places; what the plan knows of them is here.
"""

from fractions import Fraction

from django.db import models
from django.db.models import F, Q

from preau.kit.money import NBSP, decimal
from preau.kit.privacy import Privacy
from preau.kit.rows import Row
from preau.places.models import Room, School

PREMISES = Privacy.none("savoir si une école peut recevoir son équipement")


def rate_text(kbps: int) -> str:
    """« 8 Mb/s », « 0,5 Mb/s »: kilobits per second read in megabits."""
    whole = kbps % 1000 == 0
    return f"{decimal(Fraction(kbps, 1000), 0 if whole else 1)}{NBSP}Mb/s"


class InternetLink(Row):
    """A line from the school to the Internet; rates in kilobits per second. A new contract is a new line."""

    class Technology(models.TextChoices):
        SDSL = "sdsl", "SDSL"
        FIBRE = "fibre", "fibre"
        OTHER = "other", "autre"

    # Least rate asked of a line (AC-14). The deck names SDSL and fibre only: another line is asked what fibre is.
    LEAST_KBPS = {Technology.SDSL: 4000, Technology.FIBRE: 8000, Technology.OTHER: 8000}

    school = models.ForeignKey(School, models.PROTECT, related_name="internet_links", verbose_name="école")
    technology = models.CharField("technologie", max_length=5, choices=Technology.choices)
    contracted_kbps = models.PositiveIntegerField("débit du contrat")
    measured_kbps = models.PositiveIntegerField("débit mesuré", null=True, blank=True)
    measured_on = models.DateField("mesuré le", null=True, blank=True)
    in_service_on = models.DateField("en service depuis le")
    ended_on = models.DateField("arrêtée le", null=True, blank=True)

    privacy = PREMISES

    class Meta:
        verbose_name = "liaison internet"
        constraints = [
            models.CheckConstraint(condition=Q(contracted_kbps__gt=0), name="link_has_a_rate"),
            models.CheckConstraint(
                condition=Q(measured_kbps=None, measured_on=None)
                | Q(measured_kbps__isnull=False, measured_on__isnull=False),
                name="link_measure_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("in_service_on")), name="link_ends_after_it_starts"
            ),
        ]
        indexes = [models.Index(fields=["school", "in_service_on"])]

    @property
    def contracted_text(self) -> str:
        """« 8 Mb/s »"""
        return rate_text(self.contracted_kbps)

    @property
    def measured_text(self) -> str:
        """« 5,2 Mb/s »; only when measured."""
        return rate_text(self.measured_kbps)

    @property
    def least_kbps(self) -> int:
        """What the plan asks of its technology."""
        return self.LEAST_KBPS[self.technology]

    @property
    def is_enough(self) -> bool:
        """By its contract; a lower measure is told beside, it does not undo the contract."""
        return self.contracted_kbps >= self.least_kbps

    @property
    def is_measured_low(self) -> bool:
        """The last measure is under what the plan asks."""
        return self.measured_kbps is not None and self.measured_kbps < self.least_kbps

    def is_in_service_on(self, day) -> bool:
        """Both ends included."""
        return self.in_service_on <= day and (self.ended_on is None or day <= self.ended_on)


class Cabling(Row):
    """The school, or one of its rooms, is cabled since a day."""

    class Scope(models.TextChoices):
        SCHOOL = "school", "école"
        ROOM = "room", "local"

    school = models.ForeignKey(School, models.PROTECT, related_name="cablings", verbose_name="école")
    scope = models.CharField("portée", max_length=6, choices=Scope.choices)
    room = models.ForeignKey(Room, models.PROTECT, null=True, blank=True, related_name="cablings", verbose_name="local")
    done_on = models.DateField("câblé le")

    privacy = PREMISES

    class Meta:
        verbose_name = "câblage"
        constraints = [
            models.CheckConstraint(
                condition=Q(scope="school", room=None) | Q(scope="room", room__isnull=False),
                name="cabling_scope_has_room",
            ),
            models.UniqueConstraint(fields=["school"], condition=Q(scope="school"), name="cabling_once_per_school"),
            models.UniqueConstraint(fields=["room"], condition=Q(scope="room"), name="cabling_once_per_room"),
        ]  # fmt: skip


class Lack(Row):
    """Somebody saw, on a day, that a school had none of it: nothing noted is unknown, this is zero."""

    class What(models.TextChoices):
        LINK = "link", "liaison Internet"
        SCHOOL = "school_cabled", "câblage de l’école jusqu’à la baie"
        ROOMS = "rooms_cabled", "salle câblée"
        STORE = "store", "réserve sécurisée"

    school = models.ForeignKey(School, models.PROTECT, related_name="lacks", verbose_name="école")
    what = models.CharField("ce qui manque", max_length=13, choices=What.choices)  # the name of its gate
    seen_on = models.DateField("constaté le")

    privacy = PREMISES

    class Meta:
        verbose_name = "constat d’absence"
        constraints = [models.UniqueConstraint(fields=["school", "what"], name="lack_once_per_school")]


class CouncilNotice(Row):
    """The conseil d'école was told, before anything was installed (loi 2015-136, art. 7-III)."""

    class Subject(models.TextChoices):
        WIFI = "wifi", "installation du Wi-Fi"
        PROJECT = "project", "projet numérique de l’école"

    school = models.ForeignKey(School, models.PROTECT, related_name="council_notices", verbose_name="école")
    subject = models.CharField("objet", max_length=7, choices=Subject.choices)
    held_on = models.DateField("conseil d’école du")
    reference = models.CharField("référence", max_length=200, blank=True)

    privacy = PREMISES

    class Meta:
        verbose_name = "information du conseil d’école"
        constraints = [
            models.UniqueConstraint(fields=["school", "subject", "held_on"], name="council_told_once_a_day"),
        ]


class InclusionSite(Row):
    """A school that receives pupils for whom its kit has an extra (D11). A fact of the place: no pupil is known."""

    class Option(models.TextChoices):
        ULIS = "ulis", "dispositif ULIS"
        HEARING = "hearing", "élèves sourds ou malentendants"

    school = models.ForeignKey(School, models.PROTECT, related_name="inclusion_sites", verbose_name="école")
    option = models.CharField("accueil", max_length=8, choices=Option.choices)
    starts_on = models.DateField("depuis le")
    ended_on = models.DateField("jusqu’au", null=True, blank=True)

    privacy = PREMISES

    class Meta:
        verbose_name = "accueil d’élèves à besoins particuliers"
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("starts_on")), name="inclusion_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=["school", "option"], condition=Q(ended_on=None), name="inclusion_once_at_a_time"
            ),
        ]
