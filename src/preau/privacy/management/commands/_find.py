"""Finds the person a command speaks of."""

import uuid

from django.core.management.base import CommandError

from preau.kit.dates import day_text
from preau.kit.names import name_key
from preau.people.models import Person

WHO = "identifiant du compte, clé de la personne, ou prénom et nom si une seule personne les porte"


def find_person(word: str) -> Person:
    """By account identifier, by the person's own key, by a name that nobody else bears. Refuses rather than guesses."""
    found = Person.objects.filter(account__identifier=word.casefold()).first()
    if found is None:
        try:
            found = Person.objects.filter(pk=uuid.UUID(word)).first()
        except ValueError:
            found = _only_one_named(word)
    if found is None:
        raise CommandError(
            f"Personne ne porte l’identifiant «\u00a0{word}\u00a0». Donnez l’identifiant du compte, la clé, ou le "
            "prénom et le nom."
        )
    return found


def _only_one_named(words) -> Person | None:
    """« Régis Osselet »: most guardians have no account, and no page shows their key."""
    key = name_key(words)
    parts = key.split()
    turns = [" ".join(parts[place:] + parts[:place]) for place in range(1, len(parts))]
    found = [each for each in Person.objects.filter(sort_key__in=turns) if name_key(each.full_name) == key]
    if len(found) > 1:
        told = "\u00a0; ".join(f"{each.pk}{_born(each)}" for each in found)
        raise CommandError(f"{len(found)} personnes portent ce nom. Donnez la clé de l’une\u00a0: {told}.")
    return next(iter(found), None)


def _born(person):
    return f", date de naissance {day_text(person.birth_date)}" if person.birth_date else ", adulte"
