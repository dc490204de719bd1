"""Password rules: long, free, not common, not one's own words (trust.md §2.1 3–8)."""

import functools
import re
from itertools import pairwise
from pathlib import Path

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext

from preau.kit.names import name_key
from preau.people.queries import current_mandates, needs_second_factor

SHORTEST = 12
SHORTEST_ADMIN = 16  # who sees more than a class
LONGEST = 128
OWN_PART = 8  # letters and figures that must remain once one's own words are taken away
PART = 4  # letters of a word written next to another
AROUND = "0123456789 .,;:!?-_*#@+$&%/()=\"'"
LOOK_ALIKE = str.maketrans("013457@$€!", "oieastasei")
WEAK_WORDS = Path(__file__).parent / "data" / "weak_words.txt"
BETWEEN = re.compile(r"[\s.,;:_-]+")
YEAR = re.compile(r"(?:19|20)\d\d")


def shortest_for(account) -> int:
    """How many signs this account's password needs at least."""
    person = getattr(account, "person", None)
    return SHORTEST_ADMIN if person and needs_second_factor(person, timezone.localdate()) else SHORTEST


class LengthRule:
    """12 signs at least, 16 for those who hold a role with a second factor; no composition rule; 128 at most."""

    def validate(self, password, user=None):
        shortest = shortest_for(user)
        if len(password) < shortest:
            raise ValidationError(
                gettext("Il faut au moins %(n)d signes. Trois ou quatre mots vont bien.") % {"n": shortest},
                code="short",
            )
        if len(password) > LONGEST:
            raise ValidationError(gettext("Il faut %(n)d signes au plus.") % {"n": LONGEST}, code="long")

    def get_help_text(self):
        return f"Au moins {SHORTEST} signes. Trois ou quatre mots vont bien."


class CommonRule(CommonPasswordValidator):
    """Refuses the passwords that everyone tries first, also written twice, with figures after, two by two, or as a run.

    Django's list, and `data/weak_words.txt` for French (trust.md 7).
    """

    def __init__(self):
        super().__init__()
        self.passwords |= french_words()

    def validate(self, password, user=None):
        if is_a_run(password) or any(self.is_common(word) for word in stems(password)):
            raise ValidationError(gettext("Ce mot de passe est trop courant. Il en faut un autre."), code="common")

    def is_common(self, word) -> bool:
        """A word of the lists, or two of them in a row: « bonjoursoleil »."""
        cuts = range(PART, len(word) - PART + 1)
        return word in self.passwords or any(
            word[:cut] in self.passwords and word[cut:] in self.passwords for cut in cuts
        )

    def get_help_text(self):
        return ""


@functools.cache
def french_words() -> frozenset[str]:
    """Our own list, one or more words a line."""
    lines = WEAK_WORDS.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def stems(password: str) -> set[str]:
    """The password in lower case, without figures and signs around it, without accents, with letters put back in place
    of figures, and the word it repeats, if it does."""
    lower = password.strip().lower()
    bare = lower.strip(AROUND)
    lettered = "".join(part for part in BETWEEN.split(lower) if not part.isdigit())
    found = {lower, bare}
    for word in (bare, lettered, bare.translate(LOOK_ALIKE), lettered.translate(LOOK_ALIKE)):
        found.add("".join(sign for sign in name_key(word) if sign.isalpha()))
    for word in list(found):
        for size in range(4, len(word) // 2 + 1):
            if len(word) % size == 0 and word == word[:size] * (len(word) // size):
                found.add(word[:size])
    return found - {""}


def is_a_run(password: str) -> bool:
    """Two signs or fewer in all, or figures that follow one another: « 123456789012 »."""
    if len(set(password)) <= 2:
        return True
    return password.isdigit() and len({(int(b) - int(a)) % 10 for a, b in pairwise(password)}) == 1


class OwnWordsRule:
    """Refuses a password made of what anyone can guess: one's names, identifier, school, city, a year."""

    def validate(self, password, user=None):
        rest = name_key(password).replace(" ", "")
        found = rest
        for word in sorted(self.words(user), key=len, reverse=True):
            rest = rest.replace(word, "")
        rest = YEAR.sub("", rest)
        if rest != found and len(rest) < OWN_PART:
            raise ValidationError(
                gettext("Un nom, une école, une ville ou une année se devinent. Il faut d’autres mots."),
                code="own_words",
            )

    def words(self, account) -> set[str]:
        """Folded words of at least 4 letters."""
        keys = (name_key(text) for text in self.texts(account))
        return {part for key in keys for part in (key.replace(" ", ""), *key.split()) if len(part) >= 4}

    def texts(self, account) -> list[str]:
        """Names and identifier; a room above adds what it knows."""
        person = getattr(account, "person", None)
        own = [person.first_name, person.last_name, person.usage_name, *around(person)] if person else []
        return [getattr(account, "identifier", "") or "", *own]

    def get_help_text(self):
        return ""


def around(person) -> list[str]:
    """Names of the places where the person holds a role, and of their city."""
    names = []
    for mandate in current_mandates(person, timezone.localdate()):
        place = mandate.place
        while place is not None:
            names.append(place.name)
            place = getattr(place, "school", None) or getattr(place, "city", None)
    return names
