"""What stands in the way of undoing a table, named by its place or its thing: the city reads nobody's name here."""

from collections import Counter
from functools import partial

from preau.journal.queries import days_since
from preau.kit.batches import CannotUndo
from preau.kit.dates import day_text
from preau.kit.in_the_way import InTheWay, told_in_the_way
from preau.kit.models import Batch
from preau.places.models import Building, Classroom, Room, School
from preau.plan.equipment.models import StandardKit
from preau.plan.inventory.models import Asset

SUBJECTS = (School, Classroom, Building, Room, Asset, StandardKit)
ABOUT = ("asset", "classroom", "school")  # what another row is about, the nearest first


def in_the_way(batch: Batch, cannot: CannotUndo) -> list[str]:
    """What to undo first, each once with how many: « 3 × réception, Les Tilleuls, ajout le 3 mai 2027 »."""
    view_of = partial(_View, batch)
    found = told_in_the_way(cannot.obstacles, view_of=view_of, related=_about, most=None)  # told by place: few lines
    return [f"{count} × {text}" if count > 1 else text for text, count in Counter(map(str, found)).items()]


def _about(model):
    return [field.name for field in model._meta.concrete_fields if field.is_relation and field.name in ABOUT]


class _View:
    def __init__(self, batch, rows):
        self.days = days_since(batch.applied_at, rows)

    def changed(self, row):
        return InTheWay(f"{_name(row)}\u00a0: changement {self._when(row)}")

    def added(self, row, _):
        return InTheWay(f"{_name(row)}, ajout {self._when(row)}")

    def _when(self, row):
        return f"le {day_text(self.days[row.pk])}" if row.pk in self.days else "depuis"


def _name(row):
    what = row._meta.verbose_name
    if isinstance(row, SUBJECTS):
        return f"{what} {row}"
    about = next(filter(None, (getattr(row, name, None) for name in ABOUT)), None)
    return f"{what}, {about}" if about else what
