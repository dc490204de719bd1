"""The head says whose a line is, or that it is nobody's of the school, and takes it back."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from preau.ent.afterschool import queries, rules
from preau.ent.afterschool.models import ServiceLine
from preau.journal.actions import record
from preau.kit.answers import Conflict, allow
from preau.kit.models import Change
from preau.kit.rows import lock
from preau.people.models import Person
from preau.schools.models import ActivityEnrolment

DAY = timedelta(days=1)
ANSWERED = "Cette ligne a déjà sa réponse."
UNANSWERED = "Cette ligne attend déjà une réponse."
NOT_HERE = "Cet élève n’est plus dans l’école\u00a0: choisissez-en un autre, ou laissez la ligne de côté."
OVER_ANOTHER = "Ligne {number} du fichier de la Ville\u00a0: {reason} La Ville le fait, ou laissez la ligne de côté."
OVER = "La Ville a repris ce fichier\u00a0: cette ligne ne se pose plus."
CHANGED_SINCE = "Un fichier appliqué depuis a changé ces inscriptions\u00a0: la Ville l’annule d’abord."


@transaction.atomic
def match_line(*, line: ServiceLine, child: Person, person: Person, now: datetime) -> ServiceLine:
    """The child is put down as the lines of this name say; held for the next files. Raises Conflict."""
    line = _taken(line, person, now)
    today = localdate(now)
    if not queries.candidates_in(line.school_id, today).filter(pupil=child).exists():
        raise Conflict(NOT_HERE)
    others = [one for one in queries.lines_of_name(line) if one.pk != line.pk]
    for one in (line, *others):
        if over := _put_down(one, child, today):
            if one is line:
                raise Conflict(OVER_ANOTHER.format(number=one.number, reason=queries.OVER_ANOTHER.format(number=over)))
            continue  # it stays to be answered, and says the same
        one.child, one.decided_at = child, now
        one.save(update_fields=["child", "decided_at", "enrolment_id"])
    _journal("service_line_matched", line, person, now)
    return line


def _put_down(line, child, today):
    """Unless the child is in that service already, or the line is over by the time it is matched. What another line of
    the file put down for the same days has its days too. Gives the number of the line whose period it runs over."""
    starts_on, ends_on = line.starts_on or today, line.ends_on
    rows = ActivityEnrolment.objects.filter(activity=line.activity_id, child=child)
    put_down = line.file.lines.exclude(enrolment_id=None)
    made = {one.enrolment_id: one for one in put_down.filter(activity=line.activity_id, child=child)}
    others = rows.exclude(pk__in=made)
    if others.exclude(ends_on__lt=today).exists() or others.filter(starts_on=starts_on).exists():
        return None
    if ends_on and ends_on < starts_on:
        return None
    for row in rows.filter(pk__in=made).order_by("starts_on"):
        of = made[row.pk]
        if (of.starts_on, of.ends_on) == (line.starts_on, line.ends_on):
            row.days = "".join(sorted({*row.days, *line.days}))
            row.save(update_fields=["days"])
            return None
        if (row.ends_on and row.ends_on < starts_on) or (ends_on and ends_on < row.starts_on):
            continue
        if of.ends_on or line.ends_on or row.starts_on == starts_on:
            return of.number
        if row.starts_on < starts_on:
            row.ends_on = starts_on - DAY
            row.save(update_fields=["ends_on"])
        else:
            ends_on = min(ends_on or row.starts_on, row.starts_on - DAY)
    said = {"days": line.days, "fetched_by": line.fetched_by, "ends_on": ends_on}
    said |= {"activity_id": line.activity_id, "child": child, "starts_on": starts_on}
    line.enrolment_id = ActivityEnrolment.objects.create(**said).pk
    return None


@transaction.atomic
def set_line_aside(*, line: ServiceLine, person: Person, now: datetime) -> ServiceLine:
    """Nobody of the school: held for the next files. Raises Conflict."""
    line = _taken(line, person, now)
    for one in queries.lines_of_name(line):
        one.set_aside_at = one.decided_at = now
        one.save(update_fields=["set_aside_at", "decided_at"])
    _journal("service_line_set_aside", line, person, now)
    return line


@transaction.atomic
def take_back_answer(*, line: ServiceLine, person: Person, now: datetime) -> ServiceLine:
    """The lines of this name that were answered alike wait again, and put nobody down any more; what other lines put
    down of that child stays. Raises Conflict."""
    lock(line.school.city)  # no file is applied meanwhile
    line = _taken(line, person, now, is_answered=True)
    answered, beside = queries.answered_alike(line)
    rows = ActivityEnrolment.objects.filter(child=line.child_id, activity__in={one.activity_id for one in answered})
    made = [one.enrolment_id for one in (*answered, *beside) if one.enrolment_id]
    later = Q(batch__applied_at__gte=min(one.decided_at for one in answered)) | Q(row_id__in=made)
    held = list(rows.values_list("pk", flat=True))
    if Change.objects.filter(later, batch__undone_at=None, row_id__in=held).exists():
        raise Conflict(CHANGED_SINCE)
    rows.filter(pk__in=made).delete()
    for one in answered:
        one.child = one.decided_at = one.set_aside_at = None
    for one in (*answered, *beside):
        one.enrolment_id = None
        one.save(update_fields=["child", "decided_at", "set_aside_at", "enrolment_id"])
    for one in beside:
        _put_down(one, line.child, localdate(one.decided_at))
        one.save(update_fields=["enrolment_id"])
    _journal("service_line_taken_back", line, person, now)
    return line


def _taken(line, person, now, *, is_answered=False):
    line = lock(line, "file", "school")
    allow(rules.can_match, person, line, now=now)
    if line.file.undone_at:
        raise Conflict(OVER)
    if is_answered and not line.decided_at:
        raise Conflict(UNANSWERED)
    if not is_answered and (line.child_id or line.set_aside_at):
        raise Conflict(ANSWERED)
    return line


def _journal(verb, line, person, now):
    record(person_id=person.pk, verb=verb, subject=line, now=now, place_id=line.school_id)
