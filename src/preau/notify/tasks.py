"""The digest of the evening, and who is expected to read a notice."""

from datetime import timedelta

from django.utils import timezone

from preau.kit.mail import Kind
from preau.kit.outbound import texting
from preau.kit.schedule import Every
from preau.kit.tasks import task
from preau.notify import actions, notices, queries


@task
def tell_evening():
    """Running twice tells nobody twice."""
    return actions.tell_evening(now=timezone.now())


@task
def freeze(notice_id):
    """Writes who is expected; killed anywhere, it goes on."""
    return actions.freeze(notice_id=notice_id, now=timezone.now())


@task
def tell(notice_id):
    """Queues the mails of a frozen notice; killed anywhere, it goes on."""
    return actions.tell(notice_id=notice_id, now=timezone.now())


@task
def follow_notices():
    """Begins again what a job did not end, and adds who arrived within the hour."""
    now = timezone.now()
    actions.freeze_what_waits(now=now)
    return actions.add_arrivals(now=now, since=now - timedelta(hours=1))


@task
def add_arrivals_of_the_day():
    """Those whose enrolment, written before, begins that day."""
    return actions.add_arrivals(now=timezone.now())


OUTGOING = (
    Kind(queries.EVENING, notices.evening, actions.note_evening_told),
    Kind("notify.notice", notices.notice, actions.note_told),
    Kind(queries.PUSH, notices.push, actions.note_pushed, leaves=lambda: True),
    Kind(queries.TEXT, notices.text, actions.note_texted, leaves=texting.leaves),
)
SCHEDULE = (
    Every(tell_evening, at="17:30"),
    Every(follow_notices, minutes=10),
    Every(add_arrivals_of_the_day, at="06:00"),
)
