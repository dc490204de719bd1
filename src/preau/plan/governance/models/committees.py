"""Who sits: a committee is made of colleges, a college of seats, a seat is a title."""

from django.db import models
from django.db.models import F, Q

from preau.kit.privacy import Erase, Privacy
from preau.kit.rows import Row
from preau.people.models import Person
from preau.places.models import City

NO_PERSON = Privacy.none("conduire le plan numérique à plusieurs")


class College(models.TextChoices):
    """The deck's colleges (plan.md AC-22 for the COPIL, AC-23 for the COTECH)."""

    MAJORITY = "majority", "Élus, majorité"
    OPPOSITION = "opposition", "Élus, opposition"
    EDUCATION = "education", "Éducation nationale"
    CANOPE = "canope", "Canopé"
    CITY = "city", "Services de la Ville"
    PARENTS = "parents", "Parents d’élèves"
    DASEN_DEPUTY = "dasen_deputy", "Adjointe ou adjoint de l’IA-DASEN"
    IEN = "ien", "IEN"
    TICE = "tice", "Équipes TICE"
    CITY_EDUCATION = "city_education", "Direction Éducation"
    CITY_IT = "city_it", "Informatique de la Ville"


class Committee(Row):
    """The COPIL or the COTECH of a city's plan."""

    class Kind(models.TextChoices):
        COPIL = "copil", "COPIL"
        COTECH = "cotech", "COTECH"

    city = models.ForeignKey(City, models.PROTECT, related_name="committees", verbose_name="ville")
    kind = models.CharField("nature", max_length=6, choices=Kind.choices)
    opened_on = models.DateField("installé le")

    privacy = NO_PERSON

    class Meta:
        verbose_name = "comité"
        constraints = [models.UniqueConstraint(fields=["city", "kind"], name="committee_once_per_city")]

    def __str__(self):
        return self.get_kind_display()

    @property
    def long_name(self) -> str:
        """« Comité de pilotage »"""
        return "Comité de pilotage" if self.kind == self.Kind.COPIL else "Comité technique"

    @property
    def composition(self) -> tuple:
        """The colleges that must be there."""
        return COMPOSITION[self.kind]


COMPOSITION = {
    Committee.Kind.COPIL: (
        College.MAJORITY, College.OPPOSITION, College.EDUCATION, College.CANOPE, College.CITY, College.PARENTS,
    ),
    Committee.Kind.COTECH: (
        College.DASEN_DEPUTY, College.IEN, College.TICE, College.CANOPE, College.CITY_EDUCATION, College.CITY_IT,
    ),
}  # fmt: skip
# A COPIL once or twice a year, a COTECH each quarter, with ten days' grace (AC-22, AC-23).
LONGEST_GAP_DAYS = {Committee.Kind.COPIL: 365, Committee.Kind.COTECH: 100}


class SeatQuerySet(models.QuerySet):
    def held(self, day):
        """Seats of that day."""
        return self.filter(starts_on__lte=day).filter(Q(ends_on=None) | Q(ends_on__gte=day))


class Seat(Row):
    """A title that sits in a college: persons come and go, the seat stays."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="seats", verbose_name="comité")
    college = models.CharField("collège", max_length=14, choices=College.choices)
    title = models.CharField("qualité", max_length=120)
    holder = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="seats", verbose_name="tenu par"
    )
    starts_on = models.DateField("du")
    ends_on = models.DateField("au", null=True, blank=True)

    objects = SeatQuerySet.as_manager()
    privacy = Privacy(
        holds="la personne qui tient un siège d’un comité, quand elle est connue ici",
        why="convoquer les comités du plan",
        keeps="tant que le siège est tenu, et 3 mois pour écrire les relevés",
        subjects=("holder",),
        erase=Erase.DETACH,
    )

    class Meta:
        verbose_name = "siège"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="seat_ends_after_it_starts"
            ),
        ]
