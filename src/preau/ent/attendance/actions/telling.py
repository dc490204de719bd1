"""An absence is told once, by a guardian or by the school that heard it; who told it corrects it or takes it back."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop as _

from preau.ent.attendance import rules
from preau.ent.attendance.models import Absence, Half, Missing
from preau.journal.actions import record
from preau.kit.answers import Conflict, allow
from preau.kit.dates import school_year_bounds, school_year_label
from preau.kit.rows import lock
from preau.people.models import Person

TOLD_BACK = timedelta(days=31)  # how long afterwards a reason is still told on screen
SUMMER = timedelta(days=62)  # July and August, when one tells of the year to come
ENDS_BEFORE = _("Le dernier jour est avant le premier\u00a0: changez l’un des deux.")
TOO_OLD = _("Ce jour est passé depuis plus d’un mois\u00a0: dites-le à l’école.")
TOO_FAR = _("Ce jour est après la fin de l’année scolaire\u00a0: choisissez-en un avant.")
KNOWN = _("Vous avez déjà annoncé cette absence\u00a0: corrigez-la.")
GONE = _("Cette absence est retirée\u00a0: annoncez-la de nouveau.")
PUT_RIGHT = _("L’école a corrigé cette absence\u00a0: il n’y a plus rien à dire.")


@transaction.atomic
def tell_absence(
    *,
    person: Person,
    child: Person,
    starts_on: date,
    first_half: str = Half.MORNING,
    ends_on: date,
    last_half: str = Half.AFTERNOON,
    reason: str = "",
    now: datetime,
) -> Absence:
    """A guardian's; said twice, it is one. Raises Refused or Conflict."""
    child = lock(child)  # two presses at once make one row
    allow(rules.can_tell_absence, person, child, now=now)
    when = {"starts_on": starts_on, "first_half": first_half, "ends_on": ends_on, "last_half": last_half}
    _check(localdate(now), **when)
    if _told_by(person, child).filter(**when).exists():
        raise Conflict(KNOWN)
    absence = Absence.objects.create(child=child, told_by=person, told_at=now, reason=reason, **when)
    _record(person, "absence.tell", absence, now)
    return absence


@transaction.atomic
def tell_absences(*, person: Person, children: Iterable[Person], now: datetime, **said) -> list[Absence]:
    """Of brothers and sisters in one act, each their own absence, all or none; `said` as in `tell_absence`. Of who was
    told of already for these days, the reason given now holds. Raises Refused or Conflict."""
    children = sorted(children, key=lambda child: child.pk)  # two acts at once lock them in one order
    told = [_tell_or_correct(person=person, child=child, now=now, **said) for child in children]
    if not any(told):
        raise Conflict(KNOWN)
    return [absence for absence in told if absence]


def _tell_or_correct(*, person, child, now, reason, **when):
    """The absence; None when all of it was told already."""
    try:
        return tell_absence(person=person, child=child, now=now, reason=reason, **when)
    except Conflict as conflict:
        if conflict.reason != KNOWN:
            raise
    known = _told_by(person, child).filter(**when).order_by("told_at", "id")[0]
    if reason in ("", known.reason):
        return None
    return correct_absence(person=person, absence=known, version=known.version, now=now, reason=reason, **when)


def _told_by(person, child):
    return Absence.objects.live().filter(child=child, told_by=person, way=Absence.Way.FAMILY)


@transaction.atomic
def correct_absence(*, person: Person, absence: Absence, version: int, now: datetime, reason: str, **when) -> Absence:
    """Its days, its half-days, its reason; `when` as in `tell_absence`. Raises Refused or Conflict."""
    allow(rules.can_change_absence, person, absence, now=now)
    child = lock(absence.child)  # as who tells one: two of the same days would be one
    absence = _live(absence, version)
    if {name: getattr(absence, name) for name in when} != when:
        _check(localdate(now), **when)
        if _told_by(person, child).filter(**when).exists():
            raise Conflict(KNOWN)
        absence.told_at = now  # an appel made before says nothing of these days
    for name, value in (when | {"reason": reason}).items():
        setattr(absence, name, value)
    absence.version += 1
    absence.save(update_fields=[*when, "reason", "told_at", "version"])
    _record(person, "absence.correct", absence, now)
    return absence


@transaction.atomic
def withdraw_absence(*, person: Person, absence: Absence, now: datetime) -> None:
    """The child will be there. Raises Refused or Conflict."""
    allow(rules.can_change_absence, person, absence, now=now)
    absence = _live(absence)
    absence.withdrawn_at = now
    absence.save(update_fields=["withdrawn_at"])
    _record(person, "absence.withdraw", absence, now)


@transaction.atomic
def note_reason(*, person: Person, missing: Missing, reason: str, now: datetime) -> Absence:
    """What the school was told by telephone or on paper about an absence found at the appel; noted again, it is put
    right. Who noted it is in the journal. Raises Refused or Conflict."""
    allow(rules.can_note_reason, person, missing, now=now)
    missing = lock(missing, "roll_call", "pupil")
    if missing.withdrawn_at:
        raise Conflict(PUT_RIGHT)
    half, day = missing.roll_call.half, missing.roll_call.day
    when = {"starts_on": day, "first_half": half, "ends_on": day, "last_half": half}
    said = {"reason": reason}
    noted = Absence.objects.live().filter(child=missing.pupil, way=Absence.Way.SCHOOL, **when)
    absence, _new = noted.update_or_create(
        defaults=said, create_defaults=said | when | {"child": missing.pupil, "way": Absence.Way.SCHOOL, "told_at": now}
    )
    _record(person, "absence.note_reason", absence, now)
    return absence


def _live(absence, version=None):
    absence = lock(absence, version=version)
    if absence.withdrawn_at:
        raise Conflict(GONE)
    return absence


def _check(today, *, starts_on, first_half, ends_on, last_half):
    if (ends_on, last_half) < (starts_on, first_half):
        raise Conflict(ENDS_BEFORE, "ends_on")
    if starts_on < today - TOLD_BACK:
        raise Conflict(TOO_OLD, "starts_on")
    if ends_on > school_year_bounds(school_year_label(today + SUMMER))[1]:
        raise Conflict(TOO_FAR, "ends_on")


def _record(person, verb, absence, now):
    """No value: neither the days nor the reason stay once the row is gone."""
    record(person_id=person.pk, verb=verb, subject=absence, now=now, fields=("starts_on", "ends_on", "reason"))
