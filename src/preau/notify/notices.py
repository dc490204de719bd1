"""What mails say: that something waits, and where to read it. No text, no name, no place."""

import json
import uuid
from dataclasses import dataclass
from datetime import datetime

from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext, ngettext

from preau.kit import mail, spoken
from preau.kit.money import NBSP
from preau.kit.outbound.push import Push
from preau.kit.outbound.texting import Text
from preau.kit.spoken import other_language
from preau.notify import queries
from preau.notify.models import Evening, PushDevice
from preau.notify.rules import can_choose_evening
from preau.people.languages import language_of, spoken_to
from preau.people.models import Person
from preau.people.queries import emails_of, phones_of

URGENT_LIVES = 24 * 3600  # seconds


def evening(person_id, since: str, until: str, *, now: datetime) -> mail.Letter | None:
    """The digest: everything new for who asked for it, otherwise only what asks for nothing. None when nothing
    is new any more, or when the person has no confirmed address left."""
    turn, today = queries.Turn(datetime.fromisoformat(since), datetime.fromisoformat(until)), localdate(now)
    address = emails_of([person_id]).get(uuid.UUID(person_id))
    if address is None:
        return None
    asked = Evening.objects.select_related("person").filter(person=person_id).first()
    if asked and can_choose_evening(asked.person, today):
        count, asks = queries.news_count(asked.person, turn, today), queries.asks_waiting(asked.person, today)
        if not count and not queries.has_new_ask(asks, turn):
            return None
        with spoken_to(reader := None if asks else asked.person):
            return mail.Letter(address, *digest(count, len(asks)), language_of(reader))
    found = [
        each for each in queries.info_waiting(person_id, turn) if queries.still_expected(each.pk, person_id, today)
    ]
    if not found:
        return None
    with spoken_to(reader := Person.objects.get(pk=person_id)):
        return mail.Letter(address, *messages_of_the_day(len(found)), language_of(reader))


def messages_of_the_day(count: int) -> tuple[str, str]:
    """(subject, text)"""
    what = ngettext("message à lire", "messages à lire", count).replace("{n}", str(count))
    if not other_language():
        what = f"{count}{NBSP}messages à lire" if count > 1 else "un message à lire"
    return _said(what, gettext(f"%(what)s sur Préau{NBSP}:"))


def digest(count: int, asks: int = 0) -> tuple[str, str]:
    """(subject, text); `asks`: who cannot enter and waits for an answer, told to staff, in French."""
    news = f"{count}{NBSP}nouvelles" if count > 1 else "une nouvelle"
    if other_language():
        news = spoken.counted(count, "nouvelle", "nouvelles")
    wait = f"{asks}{NBSP}demandes de codes attendent" if asks > 1 else "une demande de code attend"
    since = gettext("Depuis le dernier courriel du soir, %(news)s dans vos espaces.") % {"news": news}
    said = [since] if count else []
    said += [f"{wait.capitalize()} votre réponse."] if asks else []
    read = gettext(f"Pour lire{NBSP}:")
    leave = gettext("Ce courriel part le soir, en semaine, quand il y a du nouveau. Pour ne plus le recevoir\u00a0:")
    text = (
        f"{gettext('Bonjour,')}\n\n{' '.join(said)} {read}\n{mail.address_of('today')}\n\n"
        f"{leave}\n{mail.address_of('notify:evening')}\n"
    )
    subject = gettext(f"Préau{NBSP}: %(news)s dans vos espaces") % {"news": news}
    return subject if count else f"Préau{NBSP}: {wait}", text


def notice(notice_id, person_id, asked_on: str, *, now: datetime) -> mail.Letter | mail.Later | None:
    """The mail about one notice. None for who has read it, gave the paper back, is no longer concerned, or has no
    confirmed address left."""
    if (told := queries.still_expected(notice_id, person_id, localdate(now))) is None:
        return None
    if later := _waits(told.notice, now):
        return later
    address = emails_of([person_id]).get(told.person.pk)
    with spoken_to(told.person):
        return mail.Letter(address, *waiting(told.notice.is_urgent), language_of(told.person)) if address else None


def waiting(urgent: bool) -> tuple[str, str]:
    """(subject, text) of a mail about one thing to read."""
    return _said(_what(urgent), gettext(f"%(what)s sur Préau. Pour le lire{NBSP}:"))


def _said(what, line):
    text = f"{gettext('Bonjour,')}\n\n{line % {'what': capfirst(what)}}\n{mail.address_of('today')}\n\n"
    return f"Préau{NBSP}: {what}", f"{text}{gettext(mail.LEAVE)}\n"


def push(device_id, notice_id, person_id, asked_on: str, *, now: datetime) -> Push | mail.Later | None:
    """None in the same cases as a mail. It expires when the digital pause begins, so that no telephone lights up at
    night."""
    device = PushDevice.objects.filter(pk=device_id, person=person_id).first()
    told = queries.still_expected(notice_id, person_id, localdate(now)) if device else None
    if told is None:
        return None
    if later := _waits(told.notice, now):
        return later
    urgent = told.notice.is_urgent
    left = URGENT_LIVES if urgent else queries.hours_in(told.notice.publication.place).seconds_left(now)
    with spoken_to(told.person):
        what = capfirst(_what(urgent))
    said = {"title": "Préau", "body": f"{what}.", "url": mail.address_of("today")}
    payload = json.dumps(said, ensure_ascii=False).encode()
    seconds = int(now.timestamp())
    return Push(device.endpoint, device.p256dh, device.auth, payload, left, urgent, seconds)


def text(text_id, notice_id, person_id, asked_on: str, *, now: datetime) -> Text | mail.Later | None:
    """None in the same cases as a mail, or when the number was erased."""
    told = queries.still_expected(notice_id, person_id, localdate(now))
    phones = phones_of([person_id]) if told else ()
    if not phones:
        return None
    if later := _waits(told.notice, now):
        return later
    with spoken_to(told.person):
        return Text(phones[0].number, text_words(told.notice.is_urgent), text_id)


def text_words(urgent: bool) -> str:
    """What a text message says, in the language at hand."""
    return f"Préau{NBSP}: {_what(urgent)}. {mail.address_of('today')}"


@dataclass(frozen=True)
class Said:
    """What tells somebody at once of what is no publication (`notify.calls`), in sentences of the catalogues: `what`
    waits, and the `line` of a mail above the address of the page `url_name`."""

    name: str  # of the kind in the outbox
    what: str
    line: str
    url_name: str

    @property
    def address(self) -> str:
        return mail.address_of(self.url_name)

    def letter(self) -> tuple[str, str]:
        """(subject, text), in the language at hand."""
        text = f"{gettext('Bonjour,')}\n\n{gettext(self.line)}\n{self.address}\n\n{gettext(mail.LEAVE)}\n"
        return f"Préau{NBSP}: {gettext(self.what)}", text

    def text(self) -> str:
        """A text message, in the language at hand."""
        return f"Préau{NBSP}: {gettext(self.what)}. {self.address}"


def _waits(notice, now):
    """A relay that was down all day does not call at night."""
    opens = now if notice.is_urgent else queries.leaves_at(notice.publication.place, now)
    return mail.Later(opens) if opens > now else None


def _what(urgent):
    return gettext("un message urgent vous attend") if urgent else gettext("un message vous attend")
