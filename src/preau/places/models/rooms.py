"""What a school is made of: its buildings and their rooms."""

from django.db import models

from preau.kit.names import SortKeyField
from preau.kit.rows import Row
from preau.places.models.where import FACTS, Named, School


class Building(Named):
    """A building of a school."""

    school = models.ForeignKey(School, models.PROTECT, related_name="buildings", verbose_name="école")
    name = models.CharField("nom", max_length=80)
    sort_key = SortKeyField(source=("name",))

    privacy = FACTS

    class Meta:
        verbose_name = "bâtiment"
        constraints = [
            models.UniqueConstraint(fields=["school", "sort_key"], name="building_name_once_per_school"),
        ]


class Room(Row):
    """A local of a building. A class (division) is not a room: kits attach to rooms and floors."""

    class Kind(models.TextChoices):
        CLASSROOM = "classroom", "salle de classe"
        SECURED_STORE = "secured_store", "réserve sécurisée"
        HALL = "hall", "salle commune"
        UNDER_THREES = "under_threes", "crèche ou halte-garderie"  # no Wi-Fi there (loi 2015-136, art. 7-I)

    building = models.ForeignKey(Building, models.PROTECT, related_name="rooms", verbose_name="bâtiment")
    name = models.CharField("nom", max_length=80)
    sort_key = SortKeyField(source=("name",))
    floor = models.SmallIntegerField("étage", default=0)
    kind = models.CharField("nature", max_length=14, choices=Kind.choices, default=Kind.CLASSROOM)
    has_power = models.BooleanField("alimentation électrique", default=False)
    closed_on = models.DateField("n’est plus utilisé depuis le", null=True, blank=True)

    privacy = FACTS

    class Meta:
        verbose_name = "local"
        constraints = [
            models.UniqueConstraint(fields=["building", "sort_key"], name="room_name_once_per_building"),
        ]

    def __str__(self):
        return self.name

    @property
    def floor_label(self) -> str:
        """« rez-de-chaussée », « étage 2 », « sous-sol 1 »."""
        return (
            "rez-de-chaussée"
            if not self.floor
            else f"étage {self.floor}"
            if self.floor > 0
            else f"sous-sol {-self.floor}"
        )

    @property
    def refuses_wifi(self) -> bool:
        """Children under three are received here; a nursery school's classroom is not such a place."""
        return self.kind == self.Kind.UNDER_THREES
