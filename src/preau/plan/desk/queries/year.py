"""The school year of the plan: when one applies, gives an opinion, meets. Roll-outs have their own calendar beside."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Case, CharField, Count, DateField, F, Max, Q, Value, When
from django.db.models.functions import Coalesce, TruncDate

from preau.kit.dates import day_text, school_year_bounds
from preau.kit.money import NBSP
from preau.kit.rooms.told import gathered
from preau.people.prepared import PreparedFor
from preau.plan.applications import rules as applications
from preau.plan.applications.models import OVER, Opinion, last_day_in
from preau.plan.governance.models import Committee
from preau.plan.governance.models import State as SessionState
from preau.plan.governance.rules import sessions_visible_to
from preau.plan.rollouts.queries import Band, bar_of, marks_of

TEXT = CharField()
BEFORE = (SessionState.PLANNED, SessionState.CONVENED, SessionState.PACK_FROZEN)  # not held yet


class Line(NamedTuple):
    """What a drawn line of the year is about: one call, the opinions on its files, one committee."""

    label: str
    url_name: str
    target: object


@dataclass(frozen=True)
class Milestone:
    """A day of the year, or some days up to `until`; `state` is « done », « planned » or « late », `says` tells it."""

    line: Line
    day: date
    until: date | None
    state: str
    says: str

    @property
    def words(self) -> str:
        """« du 1er septembre 2026 au 12 octobre 2026, ouvert »"""
        span = f"du {day_text(self.day)} au {day_text(self.until)}" if self.until else f"le {day_text(self.day)}"
        return f"{span}{NBSP}: {self.says}"


COLUMNS = (
    "told_kind", "told_id", "told_name", "told_detail", "told_more", "told_day", "told_until", "told_first",
    "told_second",
)  # fmt: skip


def milestones_for(person, school_year: str, today: date, city: str = "") -> list[Milestone]:
    """What falls in the school year of what the person reads, of one city when its slug is given, the first day first.
    One query."""
    bounds = school_year_bounds(school_year)
    rows = MILESTONES.rows(person, today, *bounds, city, key=(bool(city),))
    return [TOLD[row[0]](*row[1:], today) for row in rows]


def milestones_in_sight(person, today, first, last, city, of_city):
    """The same as a union, between two days; of the city of that slug when `of_city`."""

    def within(rows, path):
        return rows.filter((f"{path}__slug", city)) if of_city else rows

    calls = within(applications.calls_visible_to(person, today), "city")
    files = within(applications.applications_visible_to(person, today), "school__city")
    sessions = within(sessions_visible_to(person, today), "committee__city")
    return gathered(
        (
            _calls(calls).filter(told_day__lte=last, told_until__gte=first),
            _opinions(files).filter(told_day__range=(first, last)),
            _sessions(sessions).filter(told_day__range=(first, last)),
        )
    )


MILESTONES = PreparedFor(milestones_in_sight, DateField, DateField, CharField)


def _calls(calls):
    return _lines(
        calls,
        "call",
        told_id=F("pk"),
        told_name=F("title"),
        told_detail=F("city__name"),
        told_more=Value("", TEXT),
        told_day=TruncDate("opens_at"),
        told_until=last_day_in("closes_at"),
        told_first=Value(0),
        told_second=Value(0),
    ).values_list(*COLUMNS)


def _opinions(files):
    """Opinions due the same day on the files of one call are one line, on the day the last was given once all are;
    those of a closed file wait no more."""
    last_copy = Q(application__in=files, submission__number=F("application__copies_count"))
    awaited = Q(given_at__isnull=False) | ~Q(application__state__in=OVER)
    rows = _lines(
        Opinion.objects.filter(last_copy, awaited),
        "opinion",
        told_id=F("application__call"),
        told_name=F("application__call__title"),
        told_detail=Value("", TEXT),
        told_more=Value("", TEXT),
    )
    counted = rows.values(*COLUMNS[:5], "due_on").annotate(told_first=Count("pk"), told_second=Count("given_at"))
    given = When(told_second=F("told_first"), then=TruncDate(Max("given_at")))
    day = Case(given, default=F("due_on"), output_field=DateField())
    return counted.annotate(told_day=day, told_until=day).values_list(*COLUMNS)


def _sessions(sessions):
    day = Coalesce("held_on", "planned_on")
    return _lines(
        sessions.exclude(state=SessionState.CANCELLED),
        "session",
        told_id=F("committee"),
        told_name=F("committee__kind"),
        told_detail=F("committee__city__name"),
        told_more=F("state"),
        told_day=day,
        told_until=day,
        told_first=F("year"),
        told_second=F("sequence"),
    ).values_list(*COLUMNS)


def _lines(rows, kind, **told):
    return rows.order_by().annotate(told_kind=Value(kind, TEXT), **told)


def _call(pk, title, city, _, opens, closes, _first, _second, today):
    says = "à venir" if today < opens else "ouvert" if today <= closes else "fermé"
    line = Line(f"{title}, {city}", "applications:call_detail", pk)
    return Milestone(line, opens, closes, "done" if today > closes else "planned", says)


def _opinion(call, title, _, _more, day, _until, asked, given, today):
    left = asked - given
    state = "done" if not left else "late" if day < today else "planned"
    says = f"{given} rendu{'s' if given > 1 else ''} sur {asked}" if left else "tous rendus"
    return Milestone(Line(f"Avis, {title}", "applications:call_detail", call), day, None, state, says)


def _session(committee, kind, city, state, day, _until, year, sequence, today):
    line = Line(f"{Committee.Kind(kind).label}, {city}", "governance:session_list", committee)
    drawn = "late" if state in BEFORE and day < today else "planned" if state in BEFORE else "done"
    return Milestone(line, day, None, drawn, f"séance {year}-{sequence}, {SessionState(state).label}")


TOLD = {"call": _call, "opinion": _opinion, "session": _session}


def bands_of(milestones, school_year: str) -> list[Band]:
    """One drawn line per call, per call's opinions and per committee, in the order of their first day."""
    lines = defaultdict(list)
    for each in milestones:
        lines[each.line].append(each)
    return [_band(line, held, school_year) for line, held in lines.items()]


def _band(line, held, school_year):
    spans = [each for each in held if each.until]
    start, length = bar_of(spans[0].day, spans[-1].until, school_year_bounds(school_year)[0]) if spans else (None, "")
    marks = marks_of([(each.day, each.state) for each in held if not each.until], school_year)
    return Band(*line, start=start, length=length, marks=marks, words=", ".join(each.words for each in held))
