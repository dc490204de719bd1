"""How much one account may publish, by the highest title it is held under (trust.md R4): figures, and their sentences.

A head and a city speak to all of theirs, and show a second factor at each entry; whoever serves in classes reaches no
more than a few classes at once. What publishes faster than anybody writes is a stolen account.
"""

import datetime

from preau.kit.money import NBSP
from preau.spaces.audiences import Profile

WINDOW = datetime.timedelta(hours=1)
# Publications of one account within an hour.
HOURLY = {
    Profile.CITY: 60, Profile.STATE: 60, Profile.HEAD: 60, Profile.STAFF: 20, Profile.FAMILY: 10, Profile.PUPIL: 10,
}  # fmt: skip
# Persons that one publication may reach; None: all of the place.
MOST_PERSONS = {
    Profile.CITY: None, Profile.STATE: None, Profile.HEAD: None, Profile.STAFF: 400, Profile.FAMILY: 30,
    Profile.PUPIL: 30,
}  # fmt: skip


def too_often(profile: str) -> str:
    """The refusal shown to who publishes faster than a person can write."""
    return (
        f"Rien n’est publié{NBSP}: {HOURLY[profile]}{NBSP}publications en une heure, c’est le plus possible. "
        "Attendez un peu. Si ce n’est pas vous qui avez publié, prévenez la direction de l’école."
    )


def too_many(profile: str) -> str:
    """The refusal shown when a text would reach more persons than its author's own."""
    return (
        f"Rien n’est publié{NBSP}: ce texte atteindrait plus de {MOST_PERSONS[profile]}{NBSP}personnes. "
        "Choisissez moins de classes, ou demandez à la direction de l’école de le publier."
    )
