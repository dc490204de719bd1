"""What this room keeps for a time."""

from preau.kit.rooms.clocks import Clock
from preau.plan.sheets import actions
from preau.plan.sheets.models import AssetDraft, PlanDraft

CLOCKS = (Clock("cases de tableaux qui attendent depuis 30 jours", (PlanDraft, AssetDraft), actions.forget_tables),)
