"""Who opens the steering home: whom the plan lets steer a city; its journal: whoever reads the city's plan. Whether the
journal holds may be asked by any reader of the plan, be it of one school."""

from django.db.models import Exists, OuterRef, Q

from preau.places.models import City
from preau.plan.equipment.rules import can_write_plan, cities_steered_by, cities_visible_to, schools_visible_to

__all__ = ["can_write_plan", "cities_steered_by", "cities_verifiable_by", "cities_visible_to"]


def cities_verifiable_by(person, today):
    """Cities whose chain of sealed acts the person may verify; `is_followed`: whether its lines are theirs to read."""
    followed = cities_visible_to(person, today).filter(pk=OuterRef("pk"))
    own = schools_visible_to(person, today).values("city")
    return City.objects.annotate(is_followed=Exists(followed)).filter(Q(is_followed=True) | Q(pk__in=own))
