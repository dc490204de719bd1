"""Named reads about persons and their mandates."""

from datetime import date

from preau.kit.names import name_key
from preau.people.codes import code_in_groups as code_in_groups
from preau.people.models import CLASS_ROLES, SECOND_FACTOR_ROLES, Account, Mandate, Person, Role


def current_mandates(person: Person, today: date) -> list[Mandate]:
    """The person's mandates of the day with their places; one query, remembered on the person."""
    known = person.__dict__.setdefault("_mandates_by_day", {})
    if today not in known:
        known[today] = list(
            person.mandates.current(today)
            .select_related("classroom__school__city", "school__city", "district", "city", "department")
            .order_by("starts_on", "id")
        )
    return known[today]


def holds(person: Person, *roles: Role, today: date, place=None) -> bool:
    """Whether one of these roles is held that day, in `place` when given."""
    return any(m.role in roles and (place is None or m.place == place) for m in current_mandates(person, today))


def places_held(person: Person, *roles: Role, today: date) -> set:
    """Ids of the places where one of these roles is held that day."""
    return {m.place.pk for m in current_mandates(person, today) if m.role in roles and m.place}


def schools_worked_in(person: Person, today: date) -> set:
    """Ids of the schools where the person teaches, heads or serves that day, by school or by class."""
    found = set()
    for mandate in current_mandates(person, today):
        if mandate.role == Role.SCHOOL_HEAD or mandate.role in CLASS_ROLES:
            found.add(mandate.school_id or mandate.classroom.school_id)
    return found


def needs_second_factor(person: Person, today: date) -> bool:
    """Heads, city, State and operator always sign in with a second factor (trust.md 11)."""
    return holds(person, *SECOND_FACTOR_ROLES, today=today)


def make_identifier(person: Person) -> str:
    """« a.marelle », « a.marelle2 » when taken: first letter, last name, folded, short enough to type (ent.md §3.5)."""
    first = name_key(person.first_name).replace(" ", "")
    last = name_key(person.display_last_name).replace(" ", "-")[:30].strip("-")
    stem = f"{first[:1]}.{last}".strip(".") or "personne"
    taken = set(Account.objects.filter(identifier__startswith=stem).values_list("identifier", flat=True))
    number = 1
    while f"{stem}{number if number > 1 else ''}" in taken:
        number += 1
    return f"{stem}{number if number > 1 else ''}"
