"""Who takes part in the plan, and which of its pages their titles open (plan.md, permission matrix). The desk gives no
right: each room says in its `doors.py` whom its pages are for, and its own rules answer."""

from itertools import groupby

from preau.kit.rooms.doors import Page, declared
from preau.people.queries import roles_held
from preau.plan.applications.doors import READERS_OF_FILES
from preau.plan.equipment.rules import EVERYONE, READERS


def takes_part(person, today) -> bool:
    """Holds a title that has something to do or to read in a plan."""
    return bool(roles_held(person, today) & set(EVERYONE))


# The last `order` of the pages of each part of the plan, as a school meets them.
PARTS = {
    70: "Choisir les écoles", 130: "Équiper", 150: "Prêter", 180: "Décider et essayer", 1000: "Voir ce qui en advient",
}  # fmt: skip


def pages_open_to(person, today) -> list[tuple[str, list[Page]]]:
    """(a part of the plan, its pages), in the order of the plan."""
    roles = roles_held(person, today)
    found = [page for page in declared(Page) if roles & set(page.roles)]
    return [(part, list(pages)) for part, pages in groupby(found, key=_part_of)]


def _part_of(page):
    return next(part for last, part in PARTS.items() if page.order <= last)


def reads_year(person, today) -> bool:
    """Holds a title whose calls, opinions, sessions or roll-outs have days to show."""
    return bool(roles_held(person, today) & set(READERS))


def reads_files(person, today) -> bool:
    """Reads applications: for the others a school that filed one and one that did not look alike."""
    return bool(roles_held(person, today) & set(READERS_OF_FILES))
