"""Telling those expected, each by their own ways, once a day at most for one notice."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from preau.journal.actions import record
from preau.kit import mail
from preau.kit.answers import Conflict
from preau.notify import queries
from preau.notify.actions.texting import queue_texts
from preau.notify.models import Level, Notice, PushDevice, Telling
from preau.people.actions import note_address_refused
from preau.people.models import Person
from preau.people.queries import emails_of
from preau.spaces.models import Publication

SLICE = 200  # persons of one transaction
ENDS = {mail.SENT: Telling.End.LEFT, mail.REFUSED: Telling.End.REFUSED}
NOT_FROZEN = "La liste des familles est encore en cours\u00a0: relancez dans quelques minutes."
MAIL = "notify.notice"


def tell(*, notice_id, now: datetime) -> int:
    """Queues what tells a frozen notice, for the end of the digital pause. Killed anywhere and played again, it queues
    what is missing. Returns how many were queued by this turn."""
    published = Publication.State.PUBLISHED
    waiting = Notice.objects.filter(told_at=None, frozen_at__isnull=False, publication__state=published)
    notice = waiting.filter(pk=notice_id).first()
    if notice is None:
        return 0
    people = list(notice.expected.order_by("person").values_list("person", flat=True).distinct())
    queued = queue(notice=notice, people=people, asked_on=localdate(notice.published_at), now=now)
    _end(notice, now)
    return queued


def queue(*, notice: Notice, people: list, asked_on: date, now: datetime, is_reminder: bool = False) -> int:
    """Puts in the outbox what tells these persons (by id); asked twice on one day, each is told once. What is only to
    read waits for the digest of the evening, unless they are told again."""
    in_digest = notice.level == Level.INFO and not is_reminder
    slices = (people[start : start + SLICE] for start in range(0, len(people), SLICE))
    if in_digest:
        return sum(_queue_digest(notice, some, now) for some in slices)
    return sum(_queue(notice, some, asked_on, now) for some in slices)


@transaction.atomic
def _queue_digest(notice, people, now):
    """Same outbox key as `tell_evening`: a person gets one evening mail, whichever queued it."""
    turn = queries.turn_after(max(now, notice.published_at))
    mails = dict(queries.evening_mail(who, turn) for who in emails_of(people))
    due_at = queries.leaves_at(notice.publication.place, turn.until)
    mail.put_many(queries.EVENING, mails, now=now, due_at=due_at)
    return len(mails)


@transaction.atomic
def _queue(notice, people, asked_on, now):
    moment = max(now, notice.leaves_at)
    due_at = moment if notice.is_urgent else queries.leaves_at(notice.publication.place, moment)
    said = asked_on.isoformat()
    mails = {f"{notice.pk}:{who}:{said}": (notice.pk, who, said) for who in emails_of(people)}
    queued = [mails[key][1] for key in mail.put_many(MAIL, mails, now=now, due_at=due_at)]
    pushes = {
        key: (device.pk, notice.pk, device.person_id, said)
        for key, device in queries.pushes_due(notice, people, localdate(due_at))
    }
    queued += [pushes[key][2] for key in mail.put_many(queries.PUSH, pushes, now=now, due_at=due_at)]
    return len({*queued, *queue_texts(notice=notice, people=people, asked_on=asked_on, due_at=due_at, now=now)})


@transaction.atomic
def _end(notice, now):
    Notice.objects.filter(pk=notice.pk, told_at=None).update(told_at=now)


@transaction.atomic
def remind(*, notice: Notice, people: Iterable[Person], person: Person, now: datetime) -> int:
    """« Relancer »: tells again those of these who have not been reached, once a day. Returns how many will be; the
    others have no way but paper. Raises Conflict."""
    notice = Notice.objects.select_related("publication").get(pk=notice.pk)
    if notice.frozen_at is None:
        raise Conflict(NOT_FROZEN)
    asked = {one.pk for one in people}
    today = localdate(now)
    unreached = {line.person_id for line in queries.reach(notice, today).unreached}
    queued = queue(notice=notice, people=sorted(asked & unreached), asked_on=today, now=now, is_reminder=True)
    record(person_id=person.pk, verb="notify.remind", subject=notice, now=now)
    return queued


@transaction.atomic
def note_told(*, ids, state, now: datetime) -> None:
    """How a mail of the outbox ended; one that had nothing to tell any more leaves no trace."""
    _note(Telling.Way.MAIL, *ids, state, now)
    if state == mail.REFUSED:
        note_address_refused(person_id=ids[1], now=now)


@transaction.atomic
def note_evening_told(*, ids, state, now: datetime) -> None:
    """How a digest ended, for each mot that it told."""
    person_id, since, until = ids
    turn = queries.Turn(datetime.fromisoformat(since), datetime.fromisoformat(until))
    for notice in queries.info_waiting(person_id, turn):
        _note(Telling.Way.MAIL, notice.pk, person_id, turn.day, state, now)
    if state == mail.REFUSED:
        note_address_refused(person_id=person_id, now=now)


@transaction.atomic
def note_pushed(*, ids, state, now: datetime) -> None:
    """How a push ended. A browser that takes no more is forgotten: it was taken back there."""
    device_id, *told = ids
    if state == mail.REFUSED:
        PushDevice.objects.filter(pk=device_id).delete()
    _note(Telling.Way.PUSH, *told, state, now)


def _note(way, notice_id, person_id, asked_on, state, now):
    alive = Notice.objects.filter(pk=notice_id).exists() and Person.objects.filter(pk=person_id).exists()
    if state == mail.DROPPED or not alive:
        return
    Telling.objects.get_or_create(
        notice_id=notice_id,
        person_id=person_id,
        way=way,
        asked_on=asked_on,
        defaults={"end": ENDS.get(state, Telling.End.GIVEN_UP), "ended_at": now},
    )
