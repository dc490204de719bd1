"""Pupils of the same first name, told apart where only first names are read."""

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from preau.people.models import Person


def told_apart(pupils: Iterable[Person]) -> dict[UUID, str]:
    """{id: « Ali », or « Ali T. » where there are two, or the full name where that is not enough}"""
    pupils = list({pupil.pk: pupil for pupil in pupils}.values())
    first = Counter(pupil.first_name for pupil in pupils)
    short = Counter(with_initial(pupil) for pupil in pupils)
    return {
        pupil.pk: pupil.first_name
        if first[pupil.first_name] == 1
        else with_initial(pupil)
        if short[with_initial(pupil)] == 1
        else pupil.full_name
        for pupil in pupils
    }


def with_initial(pupil: Person) -> str:
    """« Ali T. »"""
    return f"{pupil.first_name} {pupil.display_last_name[:1]}."
