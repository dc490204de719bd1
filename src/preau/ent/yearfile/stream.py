"""What this room gives to the stream: that the school asks its dossier de rentrée."""

import uuid
from dataclasses import dataclass

from preau.ent.yearfile.models import KIND, Opening
from preau.spaces.kinds import Kind, Reader


@dataclass(frozen=True)
class OpeningItem:
    """A dossier that a school opened, in a feed."""

    opening: Opening
    child_ids: tuple[uuid.UUID, ...] = ()
    allowed: dict | None = None

    @property
    def publication(self):
        return self.opening.publication


def items_for(items, reader: Reader) -> dict[uuid.UUID, OpeningItem]:
    """One query; none for an empty list."""
    if not items:
        return {}
    asked = {item.publication_id: item for item in items}
    rows = Opening.objects.filter(publication__in=asked).select_related("publication__author", "school")
    return {one.publication_id: OpeningItem(one, asked[one.publication_id].child_ids) for one in rows}


KINDS = (Kind(KIND, items_for, "yearfile/_item.html"),)
