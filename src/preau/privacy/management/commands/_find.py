"""Finds the person a command speaks of."""

import uuid

from django.core.management.base import CommandError

from preau.people.models import Person


def find_person(word: str) -> Person:
    """By account identifier, or by the person's own key. Refuses rather than guesses."""
    found = Person.objects.filter(account__identifier=word.casefold()).first()
    if found is None:
        try:
            found = Person.objects.filter(pk=uuid.UUID(word)).first()
        except ValueError:
            pass
    if found is None:
        raise CommandError(
            f"Personne ne porte l’identifiant «\u00a0{word}\u00a0». Donnez l’identifiant du compte ou la clé."
        )
    return found
