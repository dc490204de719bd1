"""Messages on the file, each authority's own notes, reminders."""

from datetime import timedelta

from django.db import transaction
from django.utils.timezone import localdate

from preau.kit.answers import Conflict, require
from preau.people.queries import current_mandates
from preau.plan.applications import rules
from preau.plan.applications.actions.writing import journal, locked
from preau.plan.applications.models import Application, Message, Note, Opinion, State

REMIND_BEFORE = timedelta(days=3)  # days before an opinion is due, or a call closes


class NoteChanged(Conflict):
    """A colleague saved this note since it was read; `current` is theirs. Nothing was changed."""

    def __init__(self, current):
        super().__init__("Un collègue a changé cette note depuis que vous l’avez ouverte. Relisez-la, puis reprenez.")
        self.current = current


@transaction.atomic
def send_message(*, person, application, text, now) -> Message:
    """Read by all who read the file."""
    today = localdate(now)
    require(rules.can_write_message(person, application, today))
    message = Message.objects.create(
        application=application, text=text, sent_at=now, author=person, voice=_voice(person, application, today)
    )
    journal(person=person, verb="message_sent", subject=message, application=application, now=now)
    return message


def _voice(person, application, today):
    """« École », « IEN », « DSDEN »: the title one speaks under."""
    if rules.is_team(person, application.school, today):
        return rules.SCHOOL_VOICE
    authorities = rules.authorities_of(person, application.school, today)
    if authorities:
        return authorities[0].label
    return current_mandates(person, today)[0].get_role_display()[:40]


@transaction.atomic
def save_note(*, person, application, authority, question, text, version: int, now) -> Note:
    """One authority's note on one question kept for notes. Raises NoteChanged."""
    application = locked(application=application)
    require(rules.can_write_notes(person, application, authority, localdate(now)))
    kept = Note.objects.filter(application=application, authority=authority, question=question).first()
    if version != (kept.version if kept else 0):
        raise NoteChanged(kept)
    note = kept or Note(application=application, authority=authority, question=question, version=0)
    note.version += 1
    note.text, note.saved_at, note.saved_by = text, now, person
    note.save()
    return note


@transaction.atomic
def remind(*, now) -> int:
    """Marks once what is soon due: opinions, and drafts whose call closes. Lists show it first. Returns how many."""
    today = localdate(now)
    soon = today + REMIND_BEFORE
    due = Opinion.objects.awaited().filter(reminded_on=None, due_on__lte=soon)
    opinions = Opinion.objects.filter(pk__in=list(due.values_list("pk", flat=True)))
    drafts = Application.objects.filter(
        state=State.DRAFT, reminded_on=None, call__closes_at__gt=now, call__closes_at__lte=now + REMIND_BEFORE
    )
    return opinions.update(reminded_on=today) + drafts.update(reminded_on=today)
