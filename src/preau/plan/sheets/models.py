"""A table of the city's once read."""

from django.db import models

from preau.kit.models import Batch, SheetDraft
from preau.places.models import City


class PlanDraft(SheetDraft):
    """A city's spreadsheet once read, before it is applied: the comparison is made anew each time it is looked at."""

    city = models.ForeignKey(City, models.PROTECT, related_name="plan_drafts", verbose_name="ville")
    batch = models.ForeignKey(
        Batch, models.SET_NULL, null=True, blank=True, related_name="plan_drafts", verbose_name="lot appliqué"
    )
    held_at = models.DateTimeField("remis à l’informatique des écoles le", null=True, blank=True)  # decision 0017

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
