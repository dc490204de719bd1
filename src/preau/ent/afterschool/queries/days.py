"""Who eats, stays and leaves on a day: a class, a school, a site."""

import datetime
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import QuerySet

from preau.ent.afterschool.queries.files import with_unmatched
from preau.ent.attendance.queries.absent import Part, absent_halves
from preau.kit.prepared import PreparedOf
from preau.kit.rows import in_any
from preau.people.models import Person
from preau.places.models import AfterSchool, City, Classroom, School
from preau.places.queries import pause_on
from preau.schools.models import Activity, ActivityChange, ActivityEnrolment, Enrolment
from preau.schools.queries.days import ServiceDay, services_on
from preau.schools.queries.own import is_own

YES, NO, UNKNOWN, ABSENT = "yes", "no", "unknown", "absent"
NOON = (Activity.Kind.CANTEEN,)
EVENING = (Activity.Kind.STUDY, Activity.Kind.EVENING, Activity.Kind.WEDNESDAY)
SATURDAY = 5
SHOWN = (
    "pupil__first_name", "pupil__usage_name", "pupil__last_name", "pupil__sort_key", "classroom__name",
    "classroom__order_key", "classroom__school__name", "classroom__school__shown_name",
)  # fmt: skip
FURTHEST = 75  # days: longer than the summer


@dataclass(frozen=True)
class Said:
    """What is known of a child for one moment of a day; never a no that nobody said."""

    state: str
    where: tuple[ServiceDay, ...] = ()

    @property
    def words(self) -> str:
        """« cantine », « étude, accueil du soir »: where the child is."""
        return ", ".join(day.activity.get_kind_display() for day in self.where)

    @property
    def is_changed(self) -> bool:
        """For that day alone, by the site's team."""
        return any(day.is_changed for day in self.where)

    @property
    def fetched_by(self) -> str:
        """With whom the child leaves that service, as the city wrote it; empty when it did not."""
        return ", ".join(dict.fromkeys(day.fetched_by for day in self.where if day.fetched_by))


@dataclass(frozen=True)
class DayLine:
    """One child of a class, at noon and in the evening."""

    child: Person
    classroom: Classroom | None
    noon: Said
    evening: Said


@dataclass(frozen=True)
class DayTable:
    """A class, and how many of it eat and stay: None when nothing is said of any of them, which is not zero."""

    classroom: Classroom | None
    lines: list[DayLine]

    def counts_of(self, moment: str) -> tuple[int | None, int]:
        """How many, « noon » or « evening », and of how many nothing is said."""
        states = [getattr(line, moment).state for line in self.lines]
        is_unsaid = UNKNOWN in states and YES not in states and NO not in states
        return None if is_unsaid else states.count(YES), states.count(UNKNOWN)

    @cached_property
    def has_fetchers(self) -> bool:
        return any(line.evening.fetched_by for line in self.lines)


def why_closed(city: City, day: datetime.date) -> str:
    """Why no child is expected that day, « Vacances de Noël »; empty when some may be. A Wednesday without class has
    services of its own."""
    pause = pause_on(city, day)
    return pause.label if pause else "fin de semaine" if day.weekday() >= SATURDAY else ""


def next_open_day(city: City, today: datetime.date) -> datetime.date:
    """Today, or the first day after it when children are expected."""
    days = (today + datetime.timedelta(days=further) for further in range(FURTHEST))
    return next((day for day in days if not why_closed(city, day)), today)


def day_of(place: Classroom | School, today: datetime.date, day: datetime.date, *, reader: Person) -> list[DayTable]:
    """The classes of who is enrolled there today, by name, each child by name; four queries. Who is absent neither eats
    nor stays, and nobody reads why (`attendance`), nor who fetches a child of their own."""
    rows = _ENROLLED.rows(reader.pk, place.pk, key=(place._meta.model_name, today))
    ids = [row.pupil_id for row in rows]
    services, absent = _services_on(rows, day), absent_halves(ids, day)
    tables = {}
    for row in rows:
        known = services.get(row.pupil_id, [])
        noon = _said(known, NOON, row.pupil_id in absent[Part.NOON.half])
        evening = _said(known, EVENING, row.pupil_id in absent[Part.EVENING.half])
        line = DayLine(row.pupil, row.classroom, noon, evening)
        tables.setdefault(row.classroom_id, DayTable(row.classroom, [])).lines.append(line)
    return list(tables.values())


def _enrolled(reader, place, path, today):
    rows = Enrolment.objects.current(today).filter(**{path: place}).select_related("pupil", "classroom")
    rows = rows.only(*SHOWN[:6]).annotate(is_own=is_own(Person(pk=reader), "pupil"))
    return rows.order_by("classroom__order_key", "pupil__sort_key", "pk")


_ENROLLED = PreparedOf(_enrolled)


def _services_on(enrolments, day):
    """Who fetches a child of the reader's is maybe the other parent's word: not read at work."""
    found = services_on([row.pupil_id for row in enrolments], day)
    own = {row.pupil_id for row in enrolments if row.is_own}
    return found | {child: [replace(one, fetched_by="") for one in found[child]] for child in found.keys() & own}


def _said(known, kinds, is_absent):
    if is_absent:
        return Said(ABSENT)
    of_moment = [one for one in known if one.activity.kind in kinds]
    here = tuple(one for one in of_moment if one.comes)
    return Said(YES, here) if here else Said(NO if of_moment else UNKNOWN, tuple(of_moment))


@dataclass(frozen=True)
class SiteTable:
    """A service of a site: who is expected that day, who is known and does not come. What is kept is asked once all
    `lines` are there: a page asks it for each of them. `activity.unmatched` children may come all the same."""

    activity: Activity
    lines: list[tuple[Person, Classroom | None, ServiceDay]]

    @property
    def count(self) -> int:
        return sum(day.comes for _, _, day in self.lines)

    @cached_property
    def expected(self) -> list:
        """Who comes, and who does not as the week says."""
        return [line for line in self.lines if not line[2].is_usual or line[2].comes]

    @cached_property
    def others(self) -> list:
        """Put down for other days of the week."""
        return [line for line in self.lines if line[2].is_usual and not line[2].comes]

    @cached_property
    def has_schools(self) -> bool:
        """Whether the children come from several: a class alone says where they are otherwise."""
        return len({room.school_id for _, room, _ in self.lines if room}) > 1

    @cached_property
    def has_fetchers(self) -> bool:
        """Whether the city says who fetches one of them; never at the canteen."""
        return any(day.fetched_by for _, _, day in self.lines)


def _pupils_known(reader, *others):
    *activities, day = others
    known = ActivityEnrolment.objects.current(day).filter(activity__in=activities).values("child")
    changed = ActivityChange.objects.filter(activity__in=activities, on=day).values("child")
    pupils = Enrolment.objects.current(day).filter(in_any("pupil", known, changed))
    pupils = pupils.select_related("pupil", "classroom__school").only(*SHOWN)  # a hundred children
    return pupils.annotate(is_own=is_own(Person(pk=reader), "pupil"))


_PUPILS = PreparedOf(_pupils_known)


def known_on(activity: Activity, day: datetime.date) -> QuerySet[Person]:
    """Children whom this service knows that day: put down, or changed for it."""
    enrolled, changed = activity.enrolments.current(day), activity.changes.filter(on=day)
    return Person.objects.filter(in_any("pk", enrolled.values("child"), changed.values("child")))


_SERVICES = PreparedOf(
    lambda site, day, kinds: with_unmatched(Activity.objects.filter(afterschool=site, kind__in=kinds), day)
)


def site_day(site: AfterSchool, kinds: tuple[str, ...], day: datetime.date, *, reader: Person) -> list[SiteTable]:
    """The services of a site of these kinds in the order of the day, and the children they know of, by class; five
    queries. Who is told absent from school does not come."""
    activities = _SERVICES.rows(site.pk, key=(day, kinds)) if kinds else []
    activities = sorted(activities, key=lambda one: Activity.Kind.values.index(one.kind))
    found = _PUPILS.rows(reader.pk, *(activity.pk for activity in activities), key=(day,))
    rows = {row.pupil_id: row for row in found}
    tables = {activity.pk: SiteTable(activity, []) for activity in activities}
    absent = absent_halves(rows, day)
    for child_id, days in _services_on(rows.values(), day).items():
        for one in days:
            part = Part.EVENING if one.activity.kind in EVENING else Part.NOON
            if one.comes and child_id in absent[part.half]:
                one = replace(one, comes=False, is_absent=True)
            if one.activity.pk in tables:
                tables[one.activity.pk].lines.append((rows[child_id].pupil, rows[child_id].classroom, one))
    for table in tables.values():
        table.lines.sort(key=lambda line: (line[1].order_key if line[1] else "", line[0].sort_key, str(line[0].pk)))
    return list(tables.values())
