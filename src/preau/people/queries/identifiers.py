"""The identifier of an account: as it is made, and as people type it."""

import re

from preau.kit.names import fold, name_key
from preau.people.models import Account, Person


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


def as_identifier(typed: str) -> str:
    """As `make_identifier` writes it, what a person typed: « É. d’Ornelas » is e.d-ornelas."""
    text = re.sub(r"[\u2010-\u2015]", "-", fold(typed)).replace(". ", ".")
    return re.sub(r"[' ]+", "-", text)
