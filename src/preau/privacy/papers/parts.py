"""What a paper is made of, and the tables that all three draw from the declarations."""

from dataclasses import dataclass

from django.apps import apps

from preau.kit.privacy import Erase
from preau.privacy.declarations import declared

DRAFT = (
    "Projet, à relire par votre délégué à la protection des données (DPO). Il est rempli par le logiciel, d’après ce "
    "qu’il garde\u00a0; ce n’est pas un document officiel."
)
FOOT = "Projet, à relire par votre DPO."  # at the foot of each page, where DRAFT does not fit
TO_WRITE = "À compléter\u00a0: …………………………………………………………"
OF_THE_PLAN = ("preau.plan.", "preau.insight.")


@dataclass(frozen=True)
class Part:
    """A heading, then sentences, a list and a ruled table, each possibly empty."""

    title: str
    says: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def labelled(self) -> list[list[tuple[str, str]]]:
        """Each row with the name of each cell."""
        return [list(zip(self.header, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Paper:
    """One of the three. `for_families`: handed to them; the others are signed."""

    title: str
    parts: tuple[Part, ...]
    for_families: bool = False


def kept(*, of_plan: bool = False, erased: bool = False) -> tuple[tuple[str, ...], ...]:
    """(what, why, until when) of every table that holds something of a person; those of the plan only when asked, and
    what an erasure does."""
    rows = []
    for entry in declared():
        room = apps.get_app_config(entry.model._meta.app_label).name
        if entry.privacy.erase is Erase.NOTHING or (room.startswith(OF_THE_PLAN) and not of_plan):
            continue
        said = (entry.privacy.holds, entry.privacy.why, entry.privacy.keeps)
        rows.append((*said, entry.privacy.erase.value) if erased else said)
    return tuple(dict.fromkeys(rows))


WHAT, WHY, UNTIL, ERASED = "Quoi", "Pourquoi", "Combien de temps", "Si la personne est effacée"
