"""What a guardian's calendar program is given: what is to be done by a whole class or group, on its day. What is for a
few pupils stays on its page: the secret address says nothing of one child."""

import datetime
from collections.abc import Iterable

from django.utils.translation import get_language_bidi, gettext

from preau.ent.homework import queries, rules
from preau.kit.money import NBSP
from preau.kit.pages import addresses
from preau.kit.rooms.calendars import Entry
from preau.kit.spoken import other_language
from preau.people.models import Person
from preau.spaces import audiences

BEFORE, AFTER = datetime.timedelta(days=30), datetime.timedelta(days=320)


def entries_of_lessons(person: Person, memberships, today: datetime.date) -> Iterable[Entry]:
    """In the language that is spoken; one query, for who answers for a child."""
    mine = [m for m in memberships if m.profile == audiences.Profile.FAMILY and m.kind != audiences.CHILD]
    if not mine:
        return
    days = rules.due_days_visible_to(person, today, memberships=mine)
    days = days.filter(day__gte=today - BEFORE, day__lte=today + AFTER)
    for day in queries.with_assignment(days).order_by("day", "id"):
        about = day.assignment
        yield Entry(
            f"{day.pk}",
            _title(about),
            day.day,
            day.day + queries.DAY,
            page=addresses.address("homework:assignment_detail", about.pk),
            is_cancelled=bool(day.cancelled_at),
            version=about.version + bool(day.cancelled_at),
            changed_at=max(filter(None, (about.publication.published_at, about.edited_at, day.cancelled_at))),
        )


def _title(about):
    """What is typed stays French; beside Arabic it keeps its own direction, its full stop too."""
    kind, text = gettext(about.get_kind_display()), about.text
    if get_language_bidi():
        text = f"\u2066{text}\u2069"
    return f"{kind}: {text}" if other_language() else f"{kind}{NBSP}: {text}"
