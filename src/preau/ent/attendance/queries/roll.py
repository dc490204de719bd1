"""The list of an appel: every pupil of the class, who was told to be absent, what was found."""

from dataclasses import dataclass, replace
from datetime import date

from preau.ent.attendance.models import Absence, Half, Missing, RollCall, covers
from preau.people.models import Person
from preau.people.queries import heads_of
from preau.places.models import Classroom, School
from preau.schools.queries import class_list
from preau.schools.queries.apart import told_apart

NEW = 0  # the version of an appel that is not made yet


@dataclass(frozen=True)
class RollLine:
    """A pupil; `told`, what was said beforehand; `missing`, what the appel found."""

    pupil: Person
    name: str  # the first name, and enough of the last one to tell two apart
    told: Absence | None
    missing: Missing | None
    reads_reason: bool  # not of one's own child: the other parent may have given it
    is_absent: bool
    is_late: bool
    is_doubted: bool = False  # counted present, and told absent since

    @property
    def said(self) -> str:
        """« enfant malade », « annoncé »; empty for who was not told of."""
        if self.told is None:
            return ""
        return self.told.get_reason_display() if self.told.reason and self.reads_reason else "annoncé"


@dataclass(frozen=True)
class Roll:
    """A half-day of a class."""

    lines: list[RollLine]
    roll_call: RollCall | None

    @property
    def version(self) -> int:
        return self.roll_call.version if self.roll_call else NEW

    @property
    def doubted(self) -> list[RollLine]:
        """Those whom the appel counts present, told absent since it was made."""
        return [line for line in self.lines if line.is_doubted]

    @property
    def absent_count(self) -> int:
        return sum(line.is_absent for line in self.lines)

    @property
    def present_count(self) -> int:
        return len(self.lines) - self.absent_count


def roll_of(classroom: Classroom, day: date, half: Half, *, reader: Person) -> Roll:
    """As it stands, or as it begins: all present but those told absent. Four queries."""
    enrolments = class_list(classroom, day, reader=reader)
    own = {enrolment.pupil_id for enrolment in enrolments if enrolment.is_own}
    pupils = [enrolment.pupil for enrolment in enrolments]
    found = RollCall.objects.filter(classroom=classroom, day=day, half=half).select_related("taken_by", "changed_by")
    roll_call = found.first()
    missing = {each.pupil_id: each for each in roll_call.missing.filter(withdrawn_at=None)} if roll_call else {}
    told, since = {}, set()
    for absence in Absence.objects.live().filter(covers(day, half), child__in=pupils).order_by("told_at", "id"):
        if absence.reason or absence.child_id not in told:
            told[absence.child_id] = absence
        if roll_call and absence.told_at > roll_call.last_word_at:
            since.add(absence.child_id)
    names = told_apart(pupils)
    lines = []
    for pupil in pupils:
        found = missing.get(pupil.pk)
        is_absent = found.kind == Missing.Kind.ABSENT if found else roll_call is None and pupil.pk in told
        is_late = found is not None and found.kind == Missing.Kind.LATE
        said = told.get(pupil.pk)
        doubted = found is None and pupil.pk in since
        lines.append(RollLine(pupil, names[pupil.pk], said, found, pupil.pk not in own, is_absent, is_late, doubted))
    return Roll(lines, roll_call)


def head_of(school: School, today: date) -> Person | None:
    """Who heads it and has opened an account: whom one writes to; one query."""
    return Person.objects.filter(mandates__in=heads_of(school, today), account__is_active=True).order_by("id").first()


def coming_of(roll: Roll, since: date) -> list[RollLine]:
    """Its pupils told absent that day or later, a line for each absence, the first one first; one query."""
    by_pupil, found = {line.pupil.pk: line for line in roll.lines}, {}
    rows = Absence.objects.live().filter(child__in=by_pupil, ends_on__gte=since)
    for absence in rows.order_by("starts_on", "first_half", "told_at", "id"):
        when = (absence.child_id, absence.starts_on, absence.first_half, absence.ends_on, absence.last_half)
        if absence.reason or when not in found:  # both guardians may tell of the same days
            found[when] = replace(by_pupil[absence.child_id], told=absence)
    return list(found.values())
