"""The city's shared kits and what they hold."""

from django.db import models
from django.db.models import F, Q

from preau.kit.money import NBSP
from preau.kit.names import SortKeyField
from preau.kit.privacy import Privacy
from preau.kit.rows import Row
from preau.places.models import City
from preau.plan.loans.models.half_days import span_text

PART_LINES = 12  # a check-list one can tick standing up (users.md P9)


class SharedKit(Row):
    """A case or a cart lent to every school, equipped or not (plan.md AC-19, AC-20)."""

    class Kind(models.TextChoices):
        CONNECTED_OBJECTS = "connected_objects", "malle d’objets connectés"
        ULIS = "ulis", "chariot pour les dispositifs ULIS"
        HEARING = "hearing", "chariot pour les élèves malentendants"
        OTHER = "other", "autre malle"

    city = models.ForeignKey(City, models.PROTECT, related_name="shared_kits", verbose_name="ville")
    kind = models.CharField("nature", max_length=20, choices=Kind.choices)
    name = models.CharField("nom", max_length=80)
    sort_key = SortKeyField(source=("name",))
    description = models.TextField("à quoi elle sert", max_length=600, blank=True)
    # Half-days kept free before and after each loan, to carry the kit.
    transport_half_days = models.PositiveSmallIntegerField("demi-journées de transport", default=1)
    longest_half_days = models.PositiveSmallIntegerField("durée la plus longue, en demi-journées", default=20)
    has_access_point = models.BooleanField("contient une borne Wi-Fi", default=False)
    retired_on = models.DateField("retirée le", null=True, blank=True)

    privacy = Privacy.none("prêter aux écoles les malles mutualisées")

    class Meta:
        verbose_name = "malle mutualisée"
        constraints = [
            models.UniqueConstraint(fields=["city", "sort_key"], name="shared_kit_name_once_per_city"),
            models.CheckConstraint(condition=Q(longest_half_days__gt=0), name="shared_kit_is_lent_for_a_time"),
        ]

    def __str__(self):
        return self.name

    @property
    def said(self) -> str:
        """« La malle « Chariot ULIS » », of which one says that it is « prête »; « Malle verte » needs nothing more."""
        return self.name if self.name.startswith("Malle") else f"La malle «{NBSP}{self.name}{NBSP}»"

    @property
    def is_named(self) -> bool:
        """Asked for by its name: no other kit is worth this one."""
        return self.kind == self.Kind.OTHER

    @property
    def asked_as(self) -> str:
        """What a request chooses: its nature, or itself."""
        return str(self.pk) if self.is_named else self.kind


class KitPart(Row):
    """One line of what a kit holds; a line taken off keeps the counts already made."""

    kit = models.ForeignKey(SharedKit, models.CASCADE, related_name="parts", verbose_name="malle")
    position = models.PositiveSmallIntegerField("rang")
    label = models.CharField("pièce", max_length=80)
    quantity = models.PositiveSmallIntegerField("nombre", default=1)
    removed_at = models.DateTimeField("ôtée le", null=True, blank=True)

    privacy = Privacy.none("vérifier une malle avant et après chaque prêt")

    class Meta:
        verbose_name = "pièce d’une malle"
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="kit_part_has_a_number"),
            models.UniqueConstraint(
                fields=["kit", "label"], condition=Q(removed_at=None), name="kit_holds_a_part_once"
            ),
        ]  # fmt: skip


LONGEST_STOP = 2 * 366  # half-days: the kit that does not come back within a year is withdrawn


class Unavailability(Row):
    """A kit in repair, or kept by the city, from a half-day to another: lent to nobody meanwhile."""

    kit = models.ForeignKey(SharedKit, models.CASCADE, related_name="unavailabilities", verbose_name="malle")
    first_half_day = models.PositiveIntegerField("première demi-journée")  # half_day_number
    last_half_day = models.PositiveIntegerField("dernière demi-journée")
    reason = models.CharField("raison", max_length=100)
    ended_at = models.DateTimeField("finie le", null=True, blank=True)

    privacy = Privacy.none("ne pas prêter une malle en réparation")

    class Meta:
        verbose_name = "indisponibilité d’une malle"
        constraints = [
            models.CheckConstraint(
                condition=Q(last_half_day__gte=F("first_half_day")), name="unavailability_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(last_half_day__lte=F("first_half_day") + LONGEST_STOP),
                name="unavailability_is_a_year_at_most",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="unavailability_has_a_reason"),
        ]

    @property
    def span_text(self) -> str:
        """« mardi 15 septembre 2026, matin », « …, toute la journée » or « du … au … »."""
        return span_text(self.first_half_day, self.last_half_day)
