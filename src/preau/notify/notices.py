"""What a digest says: how many things are new, and where to read them. No text, no name, no place."""

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
