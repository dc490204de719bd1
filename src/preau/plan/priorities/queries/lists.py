"""A list read: who is where and why, what changed from one version to the next, what each school still lacks."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from preau.kit.prepared import Asked, Prepared
from preau.plan.applications.models import Application, State
from preau.plan.premises.queries import UNTOLD, readiness_of_many
from preau.plan.priorities.models import ADOPTED, ListMove, ListState, PriorityEntry, PriorityList

RANKABLE = (State.STATE_REVIEW, State.RANKED)
PUSHED = "suit le déplacement d’une autre école"


@dataclass(frozen=True)
class RankedLine:
    """One row of the list. `copil_rank` differs from `rank` only when the COPIL changed it."""

    entry: PriorityEntry
    rank: int
    copil_rank: int
    copil_reason: str
    said: tuple = ()  # opinions on its last copy, as the reader may read them

    @property
    def left_as(self) -> str:
        """Why its file is no longer to rank, « sans suite », or nothing."""
        application = self.entry.application
        return "" if application.state in RANKABLE else application.get_state_display()

    @property
    def owes_reason(self) -> bool:
        """Whether its school is not ready and nobody said why it is ranked all the same: the list is not signed so."""
        return bool(self.entry.lacks and not self.entry.unready_reason)

    @property
    def is_changed(self) -> bool:
        return self.rank != self.copil_rank


@dataclass(frozen=True)
class Difference:
    """What became of a school from one version to the next; a rank is None outside a list."""

    application: Application
    before: int | None
    after: int | None
    reason: str


def moves_of(priority_list) -> list:
    """Each school moved or taken off, in time; one query."""
    return _MOVES.rows(priority_list.pk)


_ENTRIES = Prepared(
    PriorityEntry.objects.filter(priority_list=Asked())
    .select_related("application__school", "copil_rank")
    .order_by("rank")
)
_MOVES = Prepared(
    ListMove.objects.filter(priority_list=Asked()).select_related("application__school").order_by("moved_at", "id")
)


def lists_of_cities(lists):
    """Newest first, with their call."""
    return lists.select_related("call", "city").order_by("-call__opens_at", "-version", "id")


def ranked_lines(priority_list, said=None) -> list[RankedLine]:
    """In the order of the list, the COPIL's when it changed it. One query; `said`: {file: its opinions}, if shown."""
    lines = (
        _line(entry, tuple(said.get(entry.application_id, ())) if said else ())
        for entry in _ENTRIES.rows(priority_list.pk)
    )
    return sorted(lines, key=lambda line: line.copil_rank)


def _line(entry, said):
    changed = getattr(entry, "copil_rank", None)
    return RankedLine(
        entry=entry,
        rank=entry.rank,
        copil_rank=changed.rank if changed else entry.rank,
        copil_reason=changed.reason if changed else "",
        said=said,
    )


def marked_replaced(lists):
    """Each with `is_replaced`: a newer version of it was opened."""
    newer = PriorityList.objects.filter(call=OuterRef("call"), version__gt=OuterRef("version"))
    return lists.annotate(is_replaced=Exists(newer))


def unready(schools, today) -> dict:
    """{school id: labels of what lacks before any equipment} (mission D9): link, cabling, store, and the notice to the
    conseil d’école where the kit has Wi-Fi, since nothing is ordered before it. What nobody noted is told so."""
    found = readiness_of_many(schools, today)
    return {school.pk: [_lacking(gate) for gate in found[school.pk].missing] for school in schools}


def _lacking(gate):
    return gate.label if gate.is_known else f"{gate.label} ({UNTOLD})"


def to_rank(priority_list):
    """Applications of the call whose opinions are being given and that the list does not hold yet."""
    held = priority_list.entries.values("application")
    found = Application.objects.filter(call=priority_list.call_id, state__in=RANKABLE).exclude(pk__in=held)
    return found.select_related("school").order_by("submitted_at", "id")


def differences(before: PriorityList | None, lines, moves=()) -> list[Difference]:
    """Schools whose signed rank is not the same as in `before`, in the new order; one query. `moves`: those of the new
    version, which say why a school was moved or taken off; the others follow."""
    if before is None:
        return []
    old = {e.application_id: e for e in before.entries.select_related("application__school")}
    new = {line.entry.application_id: line.entry for line in lines}
    moved = {move.application_id: move.reason for move in moves}  # its last one
    found = [
        Difference(
            application=(new.get(key) or old[key]).application,
            before=old[key].rank if key in old else None,
            after=new[key].rank if key in new else None,
            reason=new[key].reason if key in new and (key in moved or key not in old) else moved.get(key, PUSHED),
        )
        for key in {**old, **new}
        if key not in old or key not in new or old[key].rank != new[key].rank
    ]
    return sorted(found, key=lambda d: (d.after is None, d.after or d.before))


def final_ranks(lists) -> dict:
    """{list id: {application id: rank}}, the COPIL's where it changed one. One read, whatever the lists (ids)."""
    found = defaultdict(dict)
    rows = PriorityEntry.objects.filter(priority_list__in=lists)
    for of, application, rank, changed in rows.values_list(
        "priority_list_id", "application", "rank", "copil_rank__rank"
    ):
        found[of][application] = changed or rank
    return found


def latest_adopted(city) -> PriorityList | None:
    """The last list the COPIL adopted, of the newest call."""
    return _newest(PriorityList.objects.filter(city=city), ADOPTED).first()


def lists_to_follow(lists):
    """Those a programme may follow, the newest call first: adopted, or signed by both and on their way to the COPIL."""
    found = _newest(marked_replaced(lists), (ListState.COSIGNED, ListState.BEFORE_COPIL, *ADOPTED))
    return found.exclude(state=ListState.COSIGNED, is_replaced=True).select_related("call")


def _newest(lists, states):
    return lists.filter(state__in=states).order_by("-call__opens_at", "-version")
