"""Named reads of ambitions."""

from preau.plan.ambitions.models import Ambition


def ambitions_of(city):
    """Ambitions of a city that still hold, the educational project's axes first."""
    return every_ambition_of(city).filter(retired_on=None)


def every_ambition_of(city):
    """Retired ones too: what points to them still does."""
    return Ambition.objects.filter(city=city).order_by("kind", "position", "id")
