"""The pupils of a class as who follows it reads them, their guardians, and whom these named; never the reader's own."""

from collections import defaultdict

from preau.ent.yearfile.models import Pickup
from preau.kit.prepared import PreparedOf
from preau.people.models import Person
from preau.schools.models import Enrolment, Guardianship
from preau.schools.queries import is_insured
from preau.schools.queries.own import is_own


def named_by(pairs, pickups):
    """{child: whom it may leave with}, by those of the pairs (guardian, child) alone."""
    found = defaultdict(list)
    for pickup in pickups:
        if (pickup.named_by_id, pickup.child_id) in pairs:
            found[pickup.child_id].append(pickup)
    return found


def enrolled(reader, school, classroom, today):
    """Of a class, by ids, with `is_own`: whether the reader answers for the pupil."""
    rows = Enrolment.objects.current(today).filter(school=school, classroom=classroom).select_related("pupil")
    rows = rows.annotate(is_own=is_own(Person(pk=reader), "pupil"), is_insured=is_insured(today))
    return rows.order_by("pupil__sort_key", "id")


def followed(*asked):
    """Ids of those pupils but the reader's own; `asked` as above."""
    return enrolled(*asked).filter(is_own=False).order_by().values("pupil")


def links(*asked):
    """Their guardians whom no decision restricts, who is to be told first before the others."""
    rows = Guardianship.objects.reached(asked[-1]).filter(child__in=followed(*asked)).select_related("guardian")
    return rows.order_by("-is_priority", "guardian__sort_key", "id")


def _pickups(*asked):
    return Pickup.objects.filter(child__in=followed(*asked), ended_at=None).order_by("name", "id")


ENROLLED, LINKS, PICKUPS = PreparedOf(enrolled), PreparedOf(links), PreparedOf(_pickups)
