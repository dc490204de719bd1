"""What each model says of the personal data it holds (RGPD art. 30; house law 5).

`subjects` are the field paths from the model to `people.Person`: export collects the rows they reach,
erasure treats them as `erase` says.
"""

import enum
from dataclasses import dataclass


class Erase(enum.Enum):
    """What happens to a row when the person it is about is erased."""

    DELETE = "la ligne est supprimée"
    DETACH = "la ligne reste, sans lien avec la personne"
    KEEP = "la ligne est gardée jusqu’à la fin de sa durée"
    NOTHING = "aucune donnée personnelle"


@dataclass(frozen=True)
class Privacy:
    """A model's declaration. The texts are French: they are printed on the page « Ce que nous gardons »."""

    holds: str
    why: str
    keeps: str
    subjects: tuple[str, ...] = ()
    of_another: tuple[str, ...] = ()  # among `subjects`, those whose export leaves the row out: it tells of another
    erase: Erase = Erase.DELETE
    detaches: tuple[str, ...] = ()  # among `subjects` of a row that is deleted, those with whom it stays: who wrote it
    takes: tuple[str, ...] = ()  # keys of a row that is deleted, whose own rows go with it: what it hangs on
    blanks: tuple[str, ...] = ()  # fields emptied when a row is detached
    hides: tuple[str, ...] = ()  # secrets that no export shows
    sealed: tuple[str, ...] = ()  # kept encrypted: an export opens them
    files: tuple[str, ...] = ()  # attributes that say where the row's files lie in the storage: a name, or several
    folders: tuple[str, ...] = ()  # where those files lie: what no row names there is swept after a day

    @classmethod
    def none(cls, why: str):
        """For a model without personal data."""
        return cls("aucune donnée personnelle", why, "tant que la Ville s’en sert", erase=Erase.NOTHING)
