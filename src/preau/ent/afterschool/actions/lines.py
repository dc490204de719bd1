"""The head says whose a line is, or that it is nobody's of the school."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from preau.ent.afterschool import queries, rules
from preau.ent.afterschool.models import ServiceLine
from preau.journal.actions import record
from preau.kit.answers import Conflict, allow
from preau.kit.rows import lock
from preau.people.models import Person
from preau.schools.models import ActivityEnrolment

ANSWERED = "Cette ligne a déjà sa réponse."
NOT_HERE = "Cet élève n’est plus dans l’école\u00a0: choisissez-en un autre, ou laissez la ligne de côté."
OVER = "La Ville a repris ce fichier\u00a0: cette ligne ne se pose plus."


@transaction.atomic
def match_line(*, line: ServiceLine, child: Person, person: Person, now: datetime) -> ServiceLine:
    """The child is put down as the lines of this name say; held for the next files. Raises Conflict."""
    line = _taken(line, person, now)
    today = localdate(now)
    if not queries.candidates_for(line, today).filter(pupil=child).exists():
        raise Conflict(NOT_HERE)
    for one in queries.lines_of_name(line):
        _put_down(one, child, today)
        one.child, one.decided_at = child, now
        one.save(update_fields=["child", "decided_at", "enrolment_id"])
    _journal("service_line_matched", line, person, now)
    return line


def _put_down(line, child, today):
    """Unless the child is in that service already, or the line is over by the time it is matched. What another line of
    the file put down has its days too."""
    starts_on = line.starts_on or today
    rows = ActivityEnrolment.objects.filter(activity=line.activity_id, child=child)
    made = line.file.lines.exclude(enrolment_id=None).values("enrolment_id")
    if same := rows.filter(pk__in=made, starts_on=starts_on, ends_on=line.ends_on).first():
        same.days = "".join(sorted({*same.days, *line.days}))
        same.save(update_fields=["days"])
        return
    if rows.exclude(ends_on__lt=today).exists() or rows.filter(starts_on=starts_on).exists():
        return
    if line.ends_on is None or line.ends_on >= starts_on:
        said = {"days": line.days, "fetched_by": line.fetched_by, "ends_on": line.ends_on}
        said |= {"activity_id": line.activity_id, "child": child, "starts_on": starts_on}
        line.enrolment_id = ActivityEnrolment.objects.create(**said).pk


@transaction.atomic
def set_line_aside(*, line: ServiceLine, person: Person, now: datetime) -> ServiceLine:
    """Nobody of the school: held for the next files. Raises Conflict."""
    line = _taken(line, person, now)
    for one in queries.lines_of_name(line):
        one.set_aside_at = one.decided_at = now
        one.save(update_fields=["set_aside_at", "decided_at"])
    _journal("service_line_set_aside", line, person, now)
    return line


def _taken(line, person, now):
    line = lock(line, "file", "school")
    allow(rules.can_match, person, line, now=now)
    if line.file.undone_at:
        raise Conflict(OVER)
    if line.child_id or line.set_aside_at:
        raise Conflict(ANSWERED)
    return line


def _journal(verb, line, person, now):
    record(person_id=person.pk, verb=verb, subject=line, now=now, place_id=line.school_id)
