"""The only writes of the room: each table is read, compared, applied and undone by its own module."""

from preau.plan.sheets.actions import assets, plan

__all__ = ["assets", "plan"]
