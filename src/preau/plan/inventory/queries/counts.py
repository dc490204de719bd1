"""Walks round a school: what one should meet, what was met, what is left to settle."""

from django.db.models import Count, Q

from preau.plan.inventory.models import HERE, Asset, CountSession, Observation
from preau.plan.inventory.queries.lists import as_one_walks

TO_SETTLE = ~Q(outcome=Observation.Outcome.SEEN) & Q(resolution="")
LEFT = Count("observations", filter=~Q(observations__outcome="seen") & Q(observations__resolution=""))


def to_meet(school, room=None):
    """What a walk round the school, or one of its rooms, should meet today: loose things, then each cart, filled."""
    assets = Asset.objects.filter(school=school, state__in=HERE)
    if room is not None:
        assets = assets.filter(room=room)
    return as_one_walks(assets.select_related("room__building", "cart"))


def outcomes(*, school, room, tags, counted_at) -> list[tuple[str, Asset | None, str]]:
    """(tag, asset, outcome) of each tag met, then of what was not. Two reads.

    What was placed after the walk is taken as seen: the walk says nothing of it any more.
    """
    outcome = Observation.Outcome
    known = {}
    tags = list(dict.fromkeys(tags))
    for start in range(0, len(tags), 500):
        for asset in Asset.objects.filter(city=school.city_id, tag__in=tags[start : start + 500]):
            known[asset.tag] = asset
    found = []
    for tag in tags:
        asset = known.get(tag)
        if asset is None:
            found.append((tag, None, outcome.UNKNOWN))
        elif asset.placed_at > counted_at or _is_here(asset, school, room):
            found.append((tag, asset, outcome.SEEN))
        else:
            found.append((tag, asset, outcome.ELSEWHERE))
    missed = to_meet(school, room).filter(placed_at__lte=counted_at)
    found += [(asset.tag, asset, outcome.NOT_SEEN) for asset in missed if asset.tag not in known]
    return found


def _is_here(asset, school, room) -> bool:
    return asset.state in HERE and asset.school_id == school.pk and (room is None or asset.room_id == room.pk)


def counts_of(counts):
    """An already visible set, newest first, each with `left_count`, what a person has still to settle."""
    return counts.select_related("school", "room").annotate(left_count=LEFT).order_by("-counted_at", "-id")


def counted(session: CountSession) -> dict[str, int]:
    """{outcome: how many}, zeros too; one read."""
    return dict.fromkeys(Observation.Outcome.values, 0) | dict(
        session.observations.order_by().values_list("outcome").annotate(count=Count("id"))
    )


def unlike(session: CountSession):
    """What the walk saw otherwise than the inventory says, settled or not: a colleague may have been quicker."""
    return session.observations.exclude(outcome=Observation.Outcome.SEEN)


def to_settle(session: CountSession):
    """Observations that wait for a person, by outcome."""
    return _read(session.observations.filter(TO_SETTLE))


def settled(session: CountSession):
    """Those that a person settled, last first."""
    return _read(session.observations.exclude(resolution="")).order_by("-resolved_at", "tag")


def _read(observations):
    return observations.select_related("asset__school", "asset__room", "asset__cart", "asset__city").order_by(
        "outcome", "asset__kind", "asset__label_key", "tag"
    )
