"""A table of the city's once read."""

from django.db import models

from preau.kit.models import Batch, NamedTitle, SheetDraft
from preau.kit.privacy import Privacy
from preau.people.models import Role
from preau.places.models import City


class PlanDraft(SheetDraft):
    """A city's spreadsheet once read, before it is applied: the comparison is made anew each time it is looked at."""

    city = models.ForeignKey(City, models.PROTECT, related_name="plan_drafts", verbose_name="ville")
    batch = models.ForeignKey(
        Batch, models.SET_NULL, null=True, blank=True, related_name="plan_drafts", verbose_name="lot appliqué"
    )
    held_at = models.DateTimeField("remis à l’informatique des écoles le", null=True, blank=True)  # decision 0017

    @property
    def service_words(self) -> str:
        """Who gave it: « Direction Éducation », « informatique des écoles »; nothing for a command."""
        return Role(self.service).label if self.service else ""

    class Meta:
        verbose_name = "tableau de la ville, lu"
        db_table = "equipment_plandraft"  # where it was born: moving the room moved no row


class AssetDraft(SheetDraft):
    """A technician's spreadsheet of things once read, before it is applied."""

    city = models.ForeignKey(City, models.PROTECT, related_name="asset_drafts", verbose_name="ville")
    batch = models.ForeignKey(
        Batch, models.SET_NULL, null=True, blank=True, related_name="asset_drafts", verbose_name="lot appliqué"
    )

    class Meta:
        verbose_name = "tableau de l’inventaire, lu"
        db_table = "inventory_assetdraft"  # the same


class ColumnTitle(NamedTitle):
    """What a city says that a title of its tables means, kept for its next table of that kind."""

    class Kind(models.TextChoices):
        PLAN = "plan", "tableau du plan"
        INVENTORY = "inventory", "tableau de l’inventaire"

    city = models.ForeignKey(City, models.PROTECT, related_name="column_titles", verbose_name="ville")
    kind = models.CharField("tableau", max_length=10, choices=Kind.choices)

    privacy = Privacy.none("reconnaître les colonnes du prochain tableau de la Ville")

    class Meta:
        verbose_name = "titre de colonne d’une ville"
        constraints = [
            models.UniqueConstraint(fields=["city", "kind", "title_key"], name="column_title_once_per_city_and_kind"),
            models.CheckConstraint(
                condition=~models.Q(title_key="") & ~models.Q(field=""), name="column_title_says_something"
            ),
        ]
