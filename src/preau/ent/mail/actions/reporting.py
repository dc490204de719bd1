"""« Signaler »: a copy of what was said, for who must know of it; never for who is reported."""

import datetime
import uuid

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop as _

from preau.ent.mail import rules
from preau.ent.mail.actions.telling import tell_report
from preau.ent.mail.models import Message, Report
from preau.journal.actions import record
from preau.kit.answers import Conflict, allow, require
from preau.kit.rows import lock
from preau.people.models import Person
from preau.places.models import School

SUBJECT = 120  # signs kept of it

GONE = _("Ce message n’est plus là\u00a0: il ne se signale plus.")
TAKEN = "Ce signalement est déjà pris en charge."
FIRST_TAKE = "Prenez d’abord ce signalement en charge."
CLOSED = "Ce signalement est déjà clos."


@transaction.atomic
def report_message(*, person: Person, message: Message, reason: str, words: str, now: datetime.datetime) -> Report:
    """Raises Refused for one's own message, or one reported already."""
    message = lock(message, "conversation__school__city", "author")
    allow(rules.can_report, person, message, now=now)
    conversation = message.conversation
    part = next(iter(conversation.participants.filter(person=message.author).values_list("part", flat=True)), "")
    if not part:  # its author was erased
        raise Conflict(GONE)
    report = Report.objects.create(
        school=conversation.school,
        message=message,
        reporter=person,
        about=message.author,
        about_part=part,
        to=rules.report_goes_to(message.author, part, conversation.school, localdate(now)),
        reason=reason,
        words=words.strip(),
        subject=conversation.subject,
        text=message.text or message.recalled_text,
        files=list(message.files.values_list("label", flat=True)),
        sent_at=message.sent_at,
        reported_at=now,
    )
    tell_report(report=report, now=now)
    record(person_id=person.pk, verb="message.report", subject=report, now=now, place_id=report.school_id)
    return report


@transaction.atomic
def report_thing(
    *,
    person: Person,
    school: School,
    thing_id: uuid.UUID,
    about: Person,
    part: str,
    subject: str,
    text: str,
    said_at: datetime.datetime,
    reason: str,
    words: str,
    now: datetime.datetime,
) -> Report:
    """What was said elsewhere than in a message, of which the caller asked whether `person` reads it. Raises Refused
    for one's own words, or what one reported already."""
    school = lock(school)
    require(rules.can_report_thing(person, about, thing_id))
    report = Report.objects.create(
        school=school,
        thing_id=thing_id,
        reporter=person,
        about=about,
        about_part=part,
        to=rules.report_goes_to(about, part, school, localdate(now)),
        reason=reason,
        words=words.strip(),
        subject=subject[:SUBJECT],
        text=text,
        sent_at=said_at,
        reported_at=now,
    )
    tell_report(report=report, now=now)
    record(person_id=person.pk, verb="thing.report", subject=report, now=now, place_id=school.pk)
    return report


@transaction.atomic
def take_report(*, person: Person, report: Report, now: datetime.datetime) -> Report:
    """« Je m’en occupe ». Raises Refused, or Conflict when somebody did first."""
    report = lock(report)
    allow(rules.can_handle_report, person, report, now=now)
    if report.taken_at:
        raise Conflict(TAKEN)
    report.taken_at, report.taken_by = now, person
    return _kept(person, report, "report.take", ["taken_at", "taken_by"], now)


@transaction.atomic
def close_report(*, person: Person, report: Report, answer: str, now: datetime.datetime) -> Report:
    """With what was done, that its reporter reads. Raises Refused, Conflict."""
    report = lock(report)
    allow(rules.can_handle_report, person, report, now=now)
    if report.taken_at is None or report.closed_at:
        raise Conflict(CLOSED if report.closed_at else FIRST_TAKE)
    report.closed_at, report.answer = now, answer.strip()
    return _kept(person, report, "report.close", ["closed_at", "answer"], now)


def _kept(person, report, verb, fields, now):
    report.save(update_fields=fields)
    record(person_id=person.pk, verb=verb, subject=report, now=now, place_id=report.school_id, fields=fields)
    return report
