"""Who gets a connection sheet, with which class; the same answer counts them on the page and prints them."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from preau.arrivals.models import SheetJob
from preau.kit.dates import school_year_bounds, school_year_label
from preau.kit.prepared import PreparedOf
from preau.people.models import Person
from preau.places.models import READER_LEVELS, Classroom, School
from preau.schools.models import Enrolment, Guardianship

SHEETS_KEPT = datetime.timedelta(hours=24)  # trust.md R22


@dataclass(frozen=True)
class Recipient:
    """One sheet: who it is for, and the children it is about (name, class)."""

    person: Person
    children: tuple[tuple[str, str], ...]
    order: str  # the eldest child's place in the register
    is_pupil: bool = False

    @property
    def identifier(self) -> str:
        """Of the account, open or not, else empty."""
        account = getattr(self.person, "account", None)
        return account.identifier if account else ""

    @property
    def is_open(self) -> bool:
        """Somebody enters by it; not once its password was taken away (resets.py)."""
        account = getattr(self.person, "account", None)
        return account is not None and account.has_usable_password()


@dataclass(frozen=True)
class ClassSheets:
    """The sheets of one class. A guardian of several children has one, with the eldest's class."""

    classroom: Classroom
    guardians: tuple[Recipient, ...]
    pupils: tuple[Recipient, ...]
    elsewhere_count: int  # guardians of this class whose sheet goes with an elder child

    @property
    def to_open_count(self) -> int:
        """Guardians who cannot enter without a code."""
        return sum(1 for each in self.guardians if not each.is_open)

    @property
    def active_count(self) -> int:
        return len(self.guardians) - self.to_open_count

    def recipients(self, *, with_pupils) -> list[Recipient]:
        """In the order of the register: each child's adults, and the pupil's own sheet before them when asked."""
        chosen = [*self.guardians, *(self.pupils if with_pupils else ())]
        return sorted(chosen, key=_register_order)


def sheets_years(today) -> tuple[str, str]:
    """Sheets are printed for this school year, and before summer for the next."""
    return school_year_label(today), school_year_label(today + datetime.timedelta(days=183))


def sheets_of_school(school: School, today) -> list[ClassSheets]:
    """Every class of this year and the next that has pupils; three queries a year."""
    found = []
    for year in dict.fromkeys(sheets_years(today)):
        found += _sheets_of_year(school, year, today)
    return found


def sheets_of_class(classroom: Classroom, today) -> ClassSheets:
    """The sheets of one class; empty when nobody is in it any more."""
    of_year = _sheets_of_year(classroom.school, classroom.school_year, today)
    empty = ClassSheets(classroom, (), (), 0)
    return next((sheets for sheets in of_year if sheets.classroom.pk == classroom.pk), empty)


def living_sheet_jobs(jobs, now):
    """Of an already visible set: those not deleted, newest first, each asking in its own order."""
    living = jobs.filter(asked_at__gt=now - SHEETS_KEPT).exclude(state=SheetJob.State.DROPPED)
    return living.select_related("classroom").order_by("-asked_at", "id")


def _sheets_of_year(school, year, today):
    """On the day the year begins when it has not begun: the sheets are ready before the first morning."""
    day = max(today, school_year_bounds(year)[0])
    rows = _ENROLLED.rows(school.pk, key=(year, day))
    by_child = {enrolment.pupil_id: enrolment for enrolment in rows}
    guards = defaultdict(list)
    for link in _LINKS.rows(school.pk, key=(year, day)) if rows else ():
        guards[link.guardian].append(link.child_id)
    return _by_class(rows, by_child, guards)


def _enrolled(school, year, day):
    rows = Enrolment.objects.current(day).filter(school=school, classroom__school_year=year)
    return rows.select_related("pupil__account", "classroom").order_by("pupil__birth_date", "pupil__sort_key")


def _links(school, year, day):
    links = Guardianship.objects.reached(day).filter(child__in=_enrolled(school, year, day).values("pupil"))
    links = links.exclude(guardian__account__is_active=False)  # a closed account is not opened again by a sheet
    return links.select_related("guardian__account").order_by("guardian__sort_key", "id")


# A school's pupils and their guardians, hundreds of rows: those of one person are one object.
_ENROLLED, _LINKS = PreparedOf(_enrolled, maxsize=4), PreparedOf(_links, maxsize=4)


def _by_class(rows, by_child, guards):
    rank = {enrolment.pupil_id: place for place, enrolment in enumerate(rows)}  # eldest first
    guardians, elsewhere = defaultdict(list), defaultdict(int)
    for guardian, child_ids in guards.items():
        children = [by_child[child] for child in sorted(set(child_ids), key=rank.get)]
        home = children[0].classroom_id
        told = tuple((each.pupil.full_name, each.classroom.name) for each in children)
        guardians[home].append(Recipient(guardian, told, children[0].pupil.sort_key))
        for other in {each.classroom_id for each in children} - {home}:
            elsewhere[other] += 1
    pupils = defaultdict(list)
    for enrolment in rows:
        account = getattr(enrolment.pupil, "account", None)
        if enrolment.level in READER_LEVELS and (account is None or account.is_active):
            told = ((enrolment.pupil.full_name, enrolment.classroom.name),)
            pupils[enrolment.classroom_id].append(
                Recipient(enrolment.pupil, told, enrolment.pupil.sort_key, is_pupil=True)
            )
    classrooms = {enrolment.classroom_id: enrolment.classroom for enrolment in rows}
    return [
        ClassSheets(room, tuple(guardians[key]), tuple(pupils[key]), elsewhere[key])
        for key, room in sorted(classrooms.items(), key=lambda item: item[1].order_key)
    ]


def _register_order(recipient):
    return (recipient.order, not recipient.is_pupil, recipient.person.sort_key)
