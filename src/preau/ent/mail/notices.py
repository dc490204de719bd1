"""What mails and telephones say: how many messages wait, and where to read them. No text, no name, no place."""

import json
from datetime import datetime

from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext, ngettext

from preau.ent.mail.models import Participant, Report
from preau.ent.mail.queries import receivers_of, unread_count
from preau.ent.mail.rules import participations_of
from preau.kit import mail
from preau.kit.money import NBSP
from preau.kit.outbound.push import Push
from preau.kit.spoken import other_language
from preau.notify import queries as notify
from preau.notify.models import PushDevice
from preau.people.languages import language_of, spoken_to
from preau.people.models import Person
from preau.people.queries import emails_of


def mail_of(conversation_id, person_id, *, now: datetime) -> mail.Letter | mail.Later | None:
    """None for who has read it since, muted it, may read it no more, or has no confirmed address left."""
    told = _still_told(conversation_id, person_id, now)
    if told is None or isinstance(told, mail.Later):
        return told
    person, count = told
    address = emails_of([person.pk]).get(person.pk)
    with spoken_to(person):
        return mail.Letter(address, *waiting(count), language_of(person)) if address else None


def push_of(device_id, conversation_id, person_id, *, now: datetime) -> Push | mail.Later | None:
    """In the same cases; it ends when the digital pause begins, so that no telephone lights up at night."""
    device = PushDevice.objects.filter(pk=device_id, person=person_id, person__account__is_active=True).first()
    told = _still_told(conversation_id, person_id, now) if device else None
    if told is None or isinstance(told, mail.Later):
        return told
    person, count = told
    with spoken_to(person):
        said = {"title": "Préau", "body": f"{capfirst(what_waits(count))}.", "url": mail.address_of("mail:inbox")}
    payload = json.dumps(said, ensure_ascii=False).encode()
    left = notify.hours_in(_school(conversation_id)).seconds_left(now)
    return Push(device.endpoint, device.p256dh, device.auth, payload, left, False, int(now.timestamp()))


def report_of(report_id, person_id, *, now: datetime) -> mail.Letter | mail.Later | None:
    """To who receives it still, until somebody takes it up."""
    report = Report.objects.select_related("school__city").filter(pk=report_id, taken_at=None).first()
    if report is None or not receivers_of(report, localdate(now)).filter(pk=person_id).exists():
        return None
    if (opens := notify.leaves_at(report.school, now)) > now:
        return mail.Later(opens)
    address = emails_of([person_id]).get(Person.objects.get(pk=person_id).pk)
    what = "un signalement vous attend"
    text = f"Bonjour,\n\n{capfirst(what)} sur Préau. Pour le lire{NBSP}:\n{mail.address_of('mail:reports')}\n"
    return mail.Letter(address, f"Préau{NBSP}: {what}", f"{text}\n{mail.LEAVE}\n") if address else None


def waiting(count: int) -> tuple[str, str]:
    """(subject, text)"""
    what = what_waits(count)
    line = gettext(f"%(what)s sur Préau. Pour lire{NBSP}:") % {"what": capfirst(what)}
    text = f"{gettext('Bonjour,')}\n\n{line}\n{mail.address_of('mail:inbox')}\n\n{gettext(mail.LEAVE)}\n"
    return f"Préau{NBSP}: {what}", text


def what_waits(count: int) -> str:
    """« 1 message »"""
    if not other_language():
        return f"{count}{NBSP}{'messages' if count > 1 else 'message'}"
    return ngettext("message à lire", "messages à lire", count).replace("{n}", str(count))


def _still_told(conversation_id, person_id, now):
    """(person, how many messages wait), Later in the digital pause, or None."""
    person = Person.objects.filter(pk=person_id, account__is_active=True).first()
    theirs = person and participations_of(person, localdate(now)).filter(muted_at=None)
    if not theirs or not unread_count(person, theirs.filter(conversation=conversation_id)):
        return None
    if (opens := notify.leaves_at(_school(conversation_id), now)) > now:
        return mail.Later(opens)
    return person, unread_count(person, theirs)


def _school(conversation_id):
    return (
        Participant.objects.select_related("conversation__school__city")
        .filter(conversation=conversation_id)[0]
        .conversation.school
    )
