"""What Préau keeps, read from the declarations of every table."""

from dataclasses import dataclass

from preau.kit.privacy import Erase
from preau.privacy.declarations import Declared, declared

ROOMS = {
    "kit": "Imports et travaux",
    "journal": "Journal",
    "people": "Personnes et comptes",
    "schools": "Écoles, classes et familles",
    "spaces": "Publications",
    "media": "Images",
    "arrivals": "Arrivées et fiches",
    "posts": "La vie de la classe et de l’école",
    "usage": "Mesure de l’usage",
}
LIBRARY_ROOM = "people"


@dataclass(frozen=True)
class Chapter:
    """A part of the page « Ce que nous gardons »."""

    title: str
    entries: list[Declared]


def kept_chapters() -> list[Chapter]:
    """Every table that holds something of a person, by part of the product."""
    chapters = {}
    for entry in declared():
        if entry.privacy.erase is Erase.NOTHING:
            continue
        label = entry.model._meta.app_label
        title = ROOMS.get(label) or ROOMS[LIBRARY_ROOM]
        chapters.setdefault(title, []).append(entry)
    order = list(ROOMS.values())
    return [Chapter(title, chapters[title]) for title in sorted(chapters, key=order.index)]
