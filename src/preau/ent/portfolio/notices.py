"""The mail that announces the end of a notebook. No name, no class: what is to be done, and where."""

from datetime import datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext

from preau.ent.portfolio import queries
from preau.kit import mail
from preau.kit.dates import day_text
from preau.kit.money import NBSP
from preau.kit.spoken import date, other_language
from preau.people.languages import language_of, spoken_to
from preau.people.models import Person
from preau.people.queries import emails_of


def erasure_of(child_id, person_id, *, now: datetime) -> mail.Letter | None:
    """None for who may take it away no more, has no confirmed address left, or when the child is back."""
    child, today = Person.objects.filter(pk=child_id).first(), localdate(now)
    left = child and queries.left_on(child, today)
    if left is None:
        return None
    person = Person.objects.filter(pk=person_id, pk__in=queries.guardians_to_tell(child, today)).first()
    address = person and emails_of([person.pk]).get(person.pk)
    if not address:
        return None
    with spoken_to(person):
        return mail.Letter(address, *erasure(queries.erased_on(left)), language_of(person))


def erasure(day) -> tuple[str, str]:
    """(subject, text)"""
    language = other_language()
    said = date(day, language) if language else day_text(day)
    line = gettext("Un cahier de progrès est à emporter\u00a0: il sera effacé le %(day)s. Pour le garder\u00a0:") % {
        "day": said
    }
    text = f"{gettext('Bonjour,')}\n\n{line}\n{mail.address_of('portfolio:mine')}\n\n{gettext(mail.LEAVE)}\n"
    return f"Préau{NBSP}: {gettext('un cahier à emporter')}", text
