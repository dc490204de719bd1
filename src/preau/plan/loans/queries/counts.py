"""What a kit holds, what was counted at each hand-over, what is missing."""

import itertools
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import OuterRef, Q, Subquery

from preau.kit.prepared import KEPT_WRITTEN, Prepared, one_of_asked
from preau.plan.loans.models import Booking, HandOver, KitPart, PartCount, SharedKit


def parts_of(kits) -> dict:
    """{kit id: « 6 robots » for each part it holds}"""
    found = {kit.pk: [] for kit in kits}
    parts = KitPart.objects.filter(kit__in=kits, removed_at=None).order_by("position")
    for kit, quantity, label in parts.values_list("kit", "quantity", "label"):
        found[kit].append(f"{quantity} {label}")
    return found


def missing_parts(kits) -> dict:
    """{kit id: counts with something missing in the last hand-over of the kit}: what the next school must know."""
    ids, found = [kit.pk for kit in kits], defaultdict(list)
    kept = 0 < len(ids) <= KEPT_WRITTEN
    for count in _prepared(len(ids)).rows(*ids) if kept else _last_counts(Q(pk__in=ids)):
        if count.missing_count:
            found[count.part.kit_id].append(count)
    return found


@lru_cache(maxsize=32)
def _prepared(count):
    return Prepared(_last_counts(one_of_asked("pk", count)))


def _last_counts(these):
    """Each part counted in the last hand-over of these kits."""
    last = (
        HandOver.objects.filter(booking__kit=OuterRef("pk"), counts__isnull=False)
        .order_by("-at", "-id")
        .values("id")[:1]
    )
    ids = SharedKit.objects.filter(these).annotate(last=Subquery(last)).values("last")
    counts = PartCount.objects.filter(hand_over__in=ids, part__removed_at=None)
    return counts.select_related("part", "hand_over").order_by("part__position")


def hand_overs_of(booking: Booking):
    """Hand-overs in order, with their counts; two queries."""
    return booking.hand_overs.select_related("by").prefetch_related("counts__part").order_by("at", "id")


def told_on_departure(booking: Booking) -> HandOver | None:
    """What the school said as the kit left it, with what lacked (`lacking`); None when it said nothing."""
    told = hand_overs_of(booking).filter(moment=HandOver.Moment.RETURNED).first()
    if told is not None:
        told.lacking = [count for count in told.counts.all() if count.missing_count]
    return told


@dataclass(frozen=True)
class PartLine:
    """A part through the hand-overs of a loan. `found` has a moment and a number for each, None where not counted."""

    label: str
    expected: int
    found: tuple[dict, ...]
    changes: tuple[str, ...]  # « 1 de moins au contrôle », from one count to the next
    missing: int  # by the last count


COUNTED = {
    HandOver.Moment.PREPARED: "à la préparation", HandOver.Moment.ARRIVED: "à l’arrivée",
    HandOver.Moment.RETURNED: "au départ", HandOver.Moment.CHECKED: "au contrôle",
}  # fmt: skip


def counts_compared(hand_overs) -> list[PartLine]:
    """Every count of a loan beside the others: where a part went missing, and where two counts disagree."""
    found, labels = defaultdict(dict), {}
    for place, hand_over in enumerate(hand_overs):
        for count in hand_over.counts.all():
            labels.setdefault(count.part_id, count)
            found[count.part_id][place] = count
    order = sorted(labels, key=lambda part_id: (labels[part_id].part.position, str(part_id)))
    return [_part_line(found[part_id], hand_overs) for part_id in order]


def _part_line(counts, hand_overs):
    places = sorted(counts)
    changes = []
    for one, other in itertools.pairwise(places):
        gap = counts[other].found_count - counts[one].found_count
        if gap:
            changes.append(f"{abs(gap)} de {'plus' if gap > 0 else 'moins'} {COUNTED[hand_overs[other].moment]}")
    last = counts[places[-1]]
    numbers = tuple(
        {"moment": each.get_moment_display(), "number": counts[place].found_count if place in counts else None}
        for place, each in enumerate(hand_overs)
    )
    return PartLine(last.part.label, last.expected_count, numbers, tuple(changes), last.missing_count)


def last_found(kit: SharedKit) -> dict:
    """{part id: how many} as somebody counted them last, in this loan or before it."""
    return {count.part_id: count.found_count for count in _last_counts(Q(pk=kit.pk))}
