"""The shapes of what technicians write."""

from preau.plan.inventory.forms.arriving import CartForm, DeliveryForm, LabelsForm, lines_of
from preau.plan.inventory.forms.assets import (
    AssetForm,
    CorrectionForm,
    DisposalForm,
    LoanForm,
    MissingForm,
    OffSwitchForm,
    PlaceForm,
    RepairForm,
    RetirementForm,
    SlotForm,
)
from preau.plan.inventory.forms.counting import CountForm, ObservedForm, SettlementForm
from preau.plan.inventory.forms.fields import FilterForm, TagField

__all__ = [
    "AssetForm", "CartForm", "CorrectionForm", "CountForm", "DeliveryForm", "DisposalForm", "FilterForm",
    "LabelsForm", "LoanForm", "MissingForm", "ObservedForm", "OffSwitchForm", "PlaceForm", "RepairForm",
    "RetirementForm", "SettlementForm", "SlotForm", "TagField", "lines_of",
]  # fmt: skip
