"""Which school a line of the city's file names. Of several of one name: the one where its site stands, the one that the
city said, or the one where the child is enrolled. Of a name that is nobody's: the one that the city said."""

from dataclasses import dataclass, field

from preau.kit.money import NBSP
from preau.kit.names import name_key
from preau.kit.sheets import BadCell
from preau.kit.tables import Table
from preau.places.models import School

BY_CHILD = "child"  # what a city says of a name: the school of the child


@dataclass(frozen=True)
class Homonyms:
    """What tells apart the schools of one name in a city."""

    said: dict = field(default_factory=dict)  # {key of a name: id of a School, or BY_CHILD}
    pupils: dict = field(default_factory=dict)  # {key of a child's name: {(School id, birth date)}}


def school_key(text: str) -> str:
    """« École Montmidi » and « Montmidi » are one school to who writes them."""
    return name_key(text).removeprefix("ecole ")


def school_of(text: str, site, child_key: str, born, known) -> School:
    """Raises BadCell, with how to say it."""
    said = known.homonyms.said.get(school_key(text))
    found = known.schools.get(school_key(text)) or [one for one in known.every if str(one.pk) == said]
    if not found:
        how = "Dites plus haut laquelle c’est, ou écrivez son UAI."
        raise BadCell("École", f"«{NBSP}{text[:60]}{NBSP}» n’est pas une école de la Ville. {how}")
    if len(found) == 1:
        return found[0]
    if here := [school for school in found if site and site.school_id == school.pk]:
        return here[0]
    if said is None:
        raise BadCell("École", f"{len(found)} écoles se nomment ainsi{NBSP}: dites plus haut laquelle c’est.")
    if said == BY_CHILD:
        enrolled = {pk for pk, day in known.homonyms.pupils.get(child_key, ()) if not (born and day) or born == day}
        found = [school for school in found if school.pk in enrolled]
        if len(found) != 1:
            raise BadCell("École", f"le nom de l’enfant ne dit pas laquelle des écoles c’est{NBSP}: écrivez l’UAI.")
        return found[0]
    return next((school for school in found if str(school.pk) == said), found[0])


def names_to_say(table: Table, columns: dict, known) -> dict[str, tuple[str, int, list[School], bool]]:
    """{key of a name: (the name, how many lines, its schools, whether it is theirs)}: what several schools bear, and no
    site tells apart; what none bears, which may be any."""
    found = {}
    for row in table.rows if "school" in columns else ():
        text, site = (_cell(row, columns.get(each)) for each in ("school", "site"))
        key, site = school_key(text), known.sites.get(name_key(site))
        schools, is_theirs = known.schools.get(key) or known.every, key in known.schools
        is_one = is_theirs and len(schools) == 1
        if key and not (is_one or (is_theirs and any(site and site.school_id == school.pk for school in schools))):
            found[key] = (text[:80], found.get(key, ("", 0))[1] + 1, schools, is_theirs)
    return found


def _cell(row, place):
    return row.cells[place] if place is not None and place < len(row.cells) else ""
