"""A call: what a room has somebody told at once of a row of its own, by mail, push and text message, without a name, a
text or a place. A room declares its calls and puts `kinds_of` them in its `tasks.OUTGOING`; `actions.call` queues."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.utils.text import capfirst
from django.utils.translation import gettext

from preau.kit import mail
from preau.kit.mail import Kind
from preau.kit.outbound import texting
from preau.kit.outbound.push import Push
from preau.kit.outbound.texting import Text
from preau.notify import actions
from preau.notify.models import PushDevice
from preau.notify.notices import URGENT_LIVES, Said
from preau.people.languages import language_of, spoken_to
from preau.people.models import Person
from preau.people.queries import emails_of, phones_of

__all__ = ["Call", "Said", "kinds_of"]


@dataclass(frozen=True)
class Call:
    """`still(subject_id, person_id, once, now=)` gives who is to be told, or None when there is nothing to tell any
    more; `left`, an action, hears that one left."""

    said: Said
    still: Callable[..., Person | None]
    left: Callable[..., None] | None = None


def kinds_of(call: Call) -> tuple[Kind, ...]:
    """What the outbox knows of it."""
    name = call.said.name
    by_mail = Kind(f"{name}.mail", partial(_mail, call), partial(_settled, call, actions.note_called))
    pushed = partial(_settled, call, actions.note_call_pushed)
    by_push = Kind(f"{name}.push", partial(_push, call), pushed, leaves=lambda: True)
    texted = partial(_settled, call, actions.note_call_texted)
    return by_mail, by_push, Kind(f"{name}.text", partial(_text, call), texted, leaves=texting.leaves)


def _mail(call, person_id, subject_id, once, *, now: datetime):
    person = call.still(subject_id, person_id, once, now=now)
    address = person and emails_of([person.pk]).get(person.pk)
    if not address:
        return None
    with spoken_to(person):
        return mail.Letter(address, *call.said.letter(), language_of(person))


def _push(call, person_id, subject_id, once, device_id, *, now: datetime):
    device = PushDevice.objects.filter(pk=device_id, person=person_id).first()
    person = device and call.still(subject_id, person_id, once, now=now)
    if not person:
        return None
    with spoken_to(person):
        said = {"title": "Préau", "body": f"{capfirst(gettext(call.said.what))}.", "url": call.said.address}
    payload = json.dumps(said, ensure_ascii=False).encode()
    return Push(device.endpoint, device.p256dh, device.auth, payload, URGENT_LIVES, True, int(now.timestamp()))


def _text(call, person_id, subject_id, once, text_id, *, now: datetime):
    person = call.still(subject_id, person_id, once, now=now)
    phones = phones_of([person.pk]) if person else ()
    if not phones:
        return None
    with spoken_to(person):
        return Text(phones[0].number, call.said.text(), text_id)


def _settled(call, note, *, ids, state, now):
    note(ids=ids, state=state, now=now)
    if state == mail.SENT and call.left:
        call.left(ids=ids, now=now)
