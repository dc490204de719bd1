"""What stands in the way of an undo, told row by row: rooms give the words, here are the rows and their order."""

from dataclasses import dataclass
from uuid import UUID

from django.apps import apps
from django.utils.timezone import localtime

from preau.kit.dates import day_text, hour_text
from preau.kit.models import Batch

MOST = 20


@dataclass(frozen=True)
class InTheWay:
    """One thing in the way. Without `mend`, nothing clears it: the batch stays."""

    text: str
    mend: str = ""
    about_id: UUID | None = None  # whose page is where to act
    batch_id: str = ""

    def __str__(self):
        return f"{self.text} ({self.mend})" if self.mend else self.text


def told_in_the_way(obstacles, *, view_of, related, most=MOST) -> list[InTheWay]:
    """Every obstacle of `batches.CannotUndo`: those that can be cleared first.

    `view_of(rows)`, {id: row}, tells them by `changed(row)` and `added(row, field)`; `related(model)` names what is
    read with a row. `most` of each kind are named, the rest counted; None: all.
    """
    found = [one for obstacle in obstacles for one in _told(obstacle, view_of, related, most)]
    return sorted(found, key=lambda one: not one.mend)


def _told(obstacle, view_of, related, most):
    if obstacle.ids:
        earlier = {str(one.pk): one for one in Batch.objects.filter(pk__in=obstacle.ids)}
        for key in obstacle.ids:
            at = localtime(earlier[key].applied_at)
            text = f"un import appliqué depuis, le {day_text(at.date())} à {hour_text(at)}"
            yield InTheWay(text, "annulez-le d’abord", batch_id=key)
        return
    if not obstacle.model:
        yield InTheWay(obstacle.what)
        return
    model = apps.get_model(obstacle.model)
    rows = model._base_manager.select_related(*related(model)).in_bulk(obstacle.row_ids[:most])
    view = view_of(rows)
    for row in filter(None, map(rows.get, obstacle.row_ids)):
        yield view.changed(row) if not obstacle.field else view.added(row, obstacle.field)
    left = obstacle.count - len(rows)
    if left and not obstacle.field and (most is None or obstacle.count <= most):
        yield InTheWay(f"{model._meta.verbose_name}\u00a0: suppression depuis ({left})")
    elif left:
        yield InTheWay(f"{obstacle.what}, et {left} de plus")
