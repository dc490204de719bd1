"""« Qui verra »: whom what is being written would reach, counted from the very rows that let people read."""

import datetime
from dataclasses import dataclass, field

from preau.ent.posts.models import Scope
from preau.spaces import audiences
from preau.spaces.audiences import Readers

NAMED_ADULTS = 6
COUNTED_PARENTS = 1000  # of a city or a network: past that, the number tells nobody more, and counting takes longer
ADULTS = (audiences.Profile.STAFF, audiences.Profile.HEAD, audiences.Profile.CITY)


@dataclass
class WhoWillSee:
    """What the page says of one choice."""

    scope: Scope
    parents_count: int = 0
    has_more_parents: bool = False  # than `parents_count`
    families_count: int = 0
    families_without_account_count: int = 0
    families_without_french_count: int = 0
    pupils_count: int = 0
    adults_count: int = 0
    adults: list[audiences.Member] = field(default_factory=list)  # named when they are few


def who_will_see(scope: Scope, place, today: datetime.date) -> WhoWillSee:
    """Who a post of this scope would reach today; one query, two for a city."""
    return who_would_see([scope], place, today)[0]


def who_would_see(scopes: list[Scope], place, today: datetime.date) -> list[WhoWillSee]:
    """The same of each scope that one may choose between, read once: one query, two for a city."""
    if scopes in ([Scope.NETWORK], [Scope.CITY]):  # too many to list: counted by the base
        reached = scopes[0].audiences_in(place)
        most = COUNTED_PARENTS
        count = audiences.count_persons(reached, today, [audiences.Profile.FAMILY], most)
        adults_count = audiences.count_persons(reached, today, ADULTS)
        return [WhoWillSee(scopes[0], min(count, most), has_more_parents=count > most, adults_count=adults_count)]
    reached = {audience: None for scope in scopes for audience in scope.audiences_in(place)}
    members = audiences.members_of(reached, today)
    told = _told(members)  # once for all scopes: each reaches some parts of the same place
    return [WhoWillSee(scope, **{k: v for part in scope.readers for k, v in told[part].items()}) for scope in scopes]


def _told(members):
    """{a part of the place: what is said of those whom it reaches}"""
    reached = {part: [] for part in Readers}
    for member in members:
        reached[member.readers].append(member)
    families, adults = _families(reached[Readers.FAMILIES]), audiences.adults_of(reached[Readers.ADULTS])
    return {
        Readers.FAMILIES: {
            "parents_count": len({m.person_id for m in reached[Readers.FAMILIES]}),
            "families_count": len(families),
            "families_without_account_count": sum(not any(m.has_account for m in family) for family in families),
            "families_without_french_count": sum(all(m.reading_language for m in family) for family in families),
        },
        Readers.PUPILS: {"pupils_count": len({m.person_id for m in reached[Readers.PUPILS]})},
        Readers.ADULTS: {"adults_count": len(adults), "adults": adults if len(adults) <= NAMED_ADULTS else []},
    }


def _families(members) -> list[list[audiences.Member]]:
    """Children who share a guardian make one family."""
    known = {}

    def family_of(one):
        while known.setdefault(one, one) != one:
            one = known[one]
        return one

    for member in members:
        known[family_of(member.person_id)] = family_of(member.child_id)
    families = {}
    for member in members:
        families.setdefault(family_of(member.child_id), []).append(member)
    return list(families.values())
