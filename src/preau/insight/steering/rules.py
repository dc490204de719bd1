"""Who opens the steering home: whom the plan lets steer a city."""

from preau.plan.equipment.rules import can_write_plan, cities_steered_by

__all__ = ["can_write_plan", "cities_steered_by"]
