"""The parts of the plan, under which its pages stand."""

from collections.abc import Iterable
from itertools import groupby

from preau.kit.rooms.doors import Page

# The last `order` of the pages of each part, as a school meets them.
PARTS = {
    70: "Choisir les écoles", 130: "Équiper", 150: "Prêter", 180: "Décider et essayer", 1000: "Voir ce qui en advient",
}  # fmt: skip


def parts_of(pages: Iterable[Page]) -> list[tuple[str, list[Page]]]:
    """[(a part, its pages)], of pages in the order of the plan."""
    return [(part, list(some)) for part, some in groupby(pages, key=_part_of)]


def _part_of(page):
    return next(part for last, part in PARTS.items() if page.order <= last)
