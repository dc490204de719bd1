"""Who takes part in the plan, and which of its pages their titles open (plan.md, permission matrix). The desk gives no
right: each room says in its `doors.py` whom its pages are for, and its own rules answer."""

from preau.kit.rooms.doors import Page, declared
from preau.people.queries import roles_held
from preau.plan.applications.doors import READERS_OF_FILES
from preau.plan.equipment.rules import EVERYONE, READERS


def takes_part(person, today) -> bool:
    """Holds a title that has something to do or to read in a plan."""
    return bool(roles_held(person, today) & set(EVERYONE))


def pages_open_to(person, today) -> list[Page]:
    """In the order of the plan."""
    roles = roles_held(person, today)
    return [page for page in declared(Page) if roles & set(page.roles) and page.is_for(person, today)]


def reads_year(person, today) -> bool:
    """Holds a title whose calls, opinions, sessions or roll-outs have days to show."""
    return bool(roles_held(person, today) & set(READERS))


def reads_files(person, today) -> bool:
    """Reads applications: for the others a school that filed one and one that did not look alike."""
    return bool(roles_held(person, today) & set(READERS_OF_FILES))
