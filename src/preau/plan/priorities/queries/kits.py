"""Versions of the standard kit, and where each stands on a day."""

from dataclasses import dataclass
from datetime import date

from preau.kit.dates import day_text
from preau.plan.equipment.models import StandardKit
from preau.plan.equipment.queries import kits_of


@dataclass(frozen=True)
class KitVersion:
    """A version without its lines; `replaced_on` when a later one was in force by that day."""

    kit: StandardKit
    replaced_on: date | None
    is_current: bool

    @property
    def state_text(self) -> str:
        """« en vigueur », « remplacé le … » or « en vigueur le … »."""
        if self.is_current:
            return "en vigueur"
        if self.replaced_on:
            return f"remplacé le {day_text(self.replaced_on)}"
        return f"en vigueur le {day_text(self.kit.published_on)}"


def kit_versions(city, on: date) -> list[KitVersion]:
    """Every version, the newest first; one read."""
    found, later = [], {}
    for kit in kits_of(city).prefetch_related(None).order_by("-published_on", "-version", "school_kind"):
        next_on = later.get(kit.school_kind)
        replaced_on = next_on if next_on and next_on <= on else None
        found.append(KitVersion(kit, replaced_on, kit.published_on <= on and replaced_on is None))
        later[kit.school_kind] = kit.published_on
    return found
