"""What mails say: that something waits, and where to read it. No text, no name, no place."""

from datetime import datetime

from django.utils.timezone import localdate

from preau.kit import mail
from preau.kit.money import NBSP
from preau.notify import queries
from preau.notify.models import Evening
from preau.notify.rules import can_choose_evening
from preau.people.queries import emails_of


def evening(person_id, since: str, until: str, *, now: datetime) -> mail.Letter | None:
    """None for who asked for no more, has lost what they read, or the address."""
    asked = Evening.objects.select_related("person").filter(person=person_id).first()
    if asked is None or not can_choose_evening(asked.person, localdate(now)):
        return None
    turn = queries.Turn(datetime.fromisoformat(since), datetime.fromisoformat(until))
    count = queries.news_count(asked.person, turn, localdate(now))
    return mail.Letter(emails_of([asked.person_id])[asked.person_id], *digest(count)) if count else None


def digest(count: int) -> tuple[str, str]:
    """(subject, text)"""
    news = f"{count}{NBSP}nouvelles" if count > 1 else "une nouvelle"
    text = (
        f"Bonjour,\n\nDepuis le dernier courriel du soir, {news} dans vos espaces. Pour les lire{NBSP}:\n"
        f"{mail.address_of('today')}\n\nCe courriel part le soir, en semaine, quand il y a du nouveau. Pour ne plus le "
        f"recevoir{NBSP}:\n{mail.address_of('notify:evening')}\n"
    )
    return f"Préau{NBSP}: {news} dans vos espaces", text


def notice(notice_id, person_id, asked_on: str, *, now: datetime) -> mail.Letter | None:
    """None for who has read it or given the paper back, is concerned no more, or has lost the address."""
    if (told := queries.still_expected(notice_id, person_id, localdate(now))) is None:
        return None
    address = emails_of([person_id]).get(told.person.pk)
    return mail.Letter(address, *waiting(told.urgent)) if address else None


def waiting(urgent: bool) -> tuple[str, str]:
    """(subject, text) of a mail about one thing to read."""
    what = "un mot urgent vous attend" if urgent else "un mot vous attend"
    text = (
        f"Bonjour,\n\n{what.capitalize()} sur Préau. Pour le lire{NBSP}:\n{mail.address_of('today')}\n\n{mail.LEAVE}\n"
    )
    return f"Préau{NBSP}: {what}", text
