"""The only writes of the room: each table is read, compared, applied and undone by its own module."""

from preau.plan.sheets.actions import assets, left_out, plan
from preau.plan.sheets.actions.reading import forget_tables

__all__ = ["assets", "forget_tables", "left_out", "plan"]
