"""Calling somebody at once about what is no publication: an absence that nobody told of. By all their ways, whatever
the hour; neither counted among the two emergencies of a month nor held by an emergency stop."""

from datetime import datetime

from django.db import transaction

from preau.kit import mail
from preau.notify.models import PushDevice
from preau.notify.notices import Said
from preau.notify.queries.texts import phones_called
from preau.people import actions as people_actions
from preau.people.actions import note_address_refused
from preau.people.queries import emails_of


@transaction.atomic
def call(*, said: Said, subject, people: list, once: str, now: datetime) -> set:
    """Queues what calls these persons (by id) about this row; `once` tells it from what was said before of the same
    row. Asked twice, it leaves once. Returns who has a way to be called; the others have to be telephoned."""
    about = (subject.pk, once)
    mails = {f"{subject.pk}:{who}:{once}": (who, *about) for who in emails_of(people)}
    mail.put_many(f"{said.name}.mail", mails, now=now, due_at=now)
    devices = PushDevice.objects.filter(person__in=people, person__account__is_active=True).order_by("person", "id")
    pushes = {f"{subject.pk}:{each.pk}:{once}": (each.person_id, *about, each.pk) for each in devices}
    mail.put_many(f"{said.name}.push", pushes, now=now, due_at=now)
    texted = _queue_texts(said, subject, people, once, now)
    return {who for who, *_ in (*mails.values(), *pushes.values())} | texted


def _queue_texts(said, subject, people, once, now):
    keys = {f"{subject.pk}:{phone.account.person_id}:{once}": phone for phone in phones_called(people, is_urgent=True)}
    known = mail.known_keys(f"{said.name}.text", keys) if keys else set()
    due = {key: phone for key, phone in keys.items() if key not in known}
    taken = people_actions.take_texts(phones=list(due.values()), write=said.text, now=now)
    told = {
        key: (phone.account.person_id, subject.pk, once, taken[phone.pk].pk)
        for key, phone in due.items()
        if phone.pk in taken
    }
    mail.put_many(f"{said.name}.text", told, now=now, due_at=now)
    return {who for who, *_ in told.values()} | {keys[key].account.person_id for key in known}


@transaction.atomic
def note_called(*, ids, state, now: datetime) -> None:
    """How a mail ended."""
    if state == mail.REFUSED:
        note_address_refused(person_id=ids[0], now=now)


@transaction.atomic
def note_call_pushed(*, ids, state, now: datetime) -> None:
    """How a push ended. A browser that takes no more is forgotten."""
    if state == mail.REFUSED:
        PushDevice.objects.filter(pk=ids[3]).delete()


@transaction.atomic
def note_call_texted(*, ids, state, now: datetime) -> None:
    """How a text message ended; one that did not leave is given back to its city."""
    people_actions.note_text_end(text_id=ids[3], state=state, now=now)
