"""What DSDEN and DAN say to buy (mission D4), and what the city's kits did with it."""

from django.db import models
from django.db.models import F, Q

from preau.kit.privacy import Erase, Privacy
from preau.kit.rows import Row
from preau.people.models import Person
from preau.places.models import City, School
from preau.plan.equipment.models import KitLine, StandardKit


class Recommendation(Row):
    """A « préconisation » for the schools of a kind. A signed version never changes: the next one replaces it."""

    city = models.ForeignKey(City, models.PROTECT, related_name="recommendations", verbose_name="ville")
    school_kind = models.CharField("nature d’école", max_length=12, choices=School.Kind.choices)
    version = models.PositiveSmallIntegerField("version")
    reasons = models.TextField("pourquoi", max_length=2000)
    written_at = models.DateTimeField("écrite le")
    dsden_signed_at = models.DateTimeField("signée par la DSDEN le", null=True, blank=True)
    dsden_signed_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="signée pour la DSDEN par"
    )
    dan_signed_at = models.DateTimeField("signée par la DAN le", null=True, blank=True)
    dan_signed_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="signée pour la DAN par"
    )

    privacy = Privacy(
        holds="qui a signé une préconisation pour la DSDEN et pour la DAN",
        why="prouver ce que l’État a préconisé",
        keeps="la durée du plan",
        subjects=("dsden_signed_by", "dan_signed_by"),
        erase=Erase.DETACH,
    )

    class Meta:
        verbose_name = "préconisation"
        constraints = [
            models.UniqueConstraint(fields=["city", "school_kind", "version"], name="recommendation_version_once"),
        ]

    def __str__(self):
        return f"préconisation v{self.version}"

    @property
    def is_in_force(self) -> bool:
        """Signed by both."""
        return bool(self.dsden_signed_at and self.dan_signed_at)

    @property
    def signed_at(self):
        """When the second of them signed, or None."""
        return max(self.dsden_signed_at, self.dan_signed_at) if self.is_in_force else None


class RecommendationLine(Row):
    """One thing advised, and how many."""

    recommendation = models.ForeignKey(
        Recommendation, models.CASCADE, related_name="lines", verbose_name="préconisation"
    )
    position = models.PositiveSmallIntegerField("rang")
    item = models.CharField("élément", max_length=160)
    rule = models.CharField("règle", max_length=12, choices=KitLine.Rule.choices)
    quantity_min = models.PositiveSmallIntegerField("au moins", default=1)
    quantity_max = models.PositiveSmallIntegerField("au plus", default=1)

    privacy = Privacy.none("dire ce que l’État préconise")

    class Meta:
        verbose_name = "ligne de préconisation"
        constraints = [
            models.UniqueConstraint(fields=["recommendation", "position"], name="recommendation_line_position_once"),
            models.CheckConstraint(
                condition=Q(quantity_max__gte=F("quantity_min")), name="recommendation_line_max_above_min"
            ),
        ]


class RecommendationAnswer(Row):
    """The city's own act: its kit follows a line, or departs from it and says why. Said anew, it is another row, and
    the former one keeps its reason."""

    class Choice(models.TextChoices):
        FOLLOWED = "followed", "suivie"
        DEPARTED = "departed", "non suivie"

    line = models.ForeignKey(RecommendationLine, models.PROTECT, related_name="answers", verbose_name="ligne")
    kit = models.ForeignKey(StandardKit, models.PROTECT, related_name="answers", verbose_name="équipement type")
    choice = models.CharField("choix", max_length=8, choices=Choice.choices)
    reason = models.CharField("raison", max_length=500, blank=True)
    answered_at = models.DateTimeField("répondu le")
    replaced_at = models.DateTimeField("remplacée le", null=True, blank=True)

    privacy = Privacy.none("dire ce que la Ville a fait de chaque préconisation")

    class Meta:
        verbose_name = "réponse à une préconisation"
        constraints = [
            models.UniqueConstraint(
                fields=["line", "kit"], condition=Q(replaced_at=None), name="recommendation_answered_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(replaced_at=None) | Q(replaced_at__gte=F("answered_at")),
                name="recommendation_replaced_after_it_is_answered",
            ),
            models.CheckConstraint(
                condition=Q(choice="followed") | ~Q(reason=""), name="recommendation_departure_has_its_reason"
            ),
        ]
