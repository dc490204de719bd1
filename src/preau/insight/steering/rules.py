"""Who opens the steering home: whom the plan lets steer a city; its journal: whoever reads the city's plan."""

from preau.plan.equipment.rules import can_write_plan, cities_steered_by, cities_visible_to

__all__ = ["can_write_plan", "cities_steered_by", "cities_visible_to"]
