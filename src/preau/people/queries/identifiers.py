"""The identifier of an account: as it is made, and as people type it."""

import re

from preau.kit.names import fold, name_key
from preau.people.models import Account, Person

TYPED = re.compile("[0-9a-z]+")
LONGEST = 40  # of what `make_identifier` gives, with a number


def make_identifier(person: Person) -> str:
    """« a.marelle », « a.marelle2 » when taken: first letter, last name, folded, short enough to type (ent.md §3.5),
    without what a French keyboard does not have."""
    first, last = (TYPED.findall(name_key(name)) for name in (person.first_name, person.display_last_name))
    first, last = "".join(first), "-".join(last)[:30].strip("-")
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


def identifier_meant(typed: str) -> str:
    """Of an identifier as `as_identifier` gives it: itself when an account has it, else that of the one account that it
    writes without a hyphen (« n.mbarek » for n.m-barek); itself when there is none, or several. One query whatever is
    found, so that the time it takes tells nothing."""
    near = [f"{typed[:place]}-{typed[place:]}" for place in _between_letters(typed)] if len(typed) <= LONGEST else []
    found = set(Account.objects.filter(identifier__in=[typed, *near]).values_list("identifier", flat=True))
    return found.pop() if len(found) == 1 else typed


def tried(identifier: str) -> str:
    """What tries on an identifier are counted for: one with a hyphen and the same without are one, whichever exists, or
    counting them would tell which."""
    return identifier.casefold().replace("-", "")


def _between_letters(text):
    return (place for place in range(1, len(text)) if text[place - 1 : place + 1].isalpha())
