"""What a reminder says: how many things wait, the first day, a link. No school, no project, no verdict."""

from django.utils.timezone import localdate

from preau.kit import mail
from preau.kit.dates import day_text
from preau.kit.money import NBSP
from preau.people.queries import emails_of
from preau.plan.desk import queries
from preau.plan.desk.models import Reminder


def reminder(reminder_id, *, now) -> mail.Letter | None:
    """What waits as the mail leaves; None when all was done meanwhile, or the address is gone."""
    row = Reminder.objects.select_related("person").get(pk=reminder_id)
    address, heaps = emails_of([row.person_id]).get(row.person_id), queries.heaps_for(row.person, now)
    return mail.Letter(address, *reminder_mail(heaps, localdate(now))) if address and heaps else None


def reminder_mail(heaps, today) -> tuple[str, str]:
    """(subject, text) of the one message of a person's day."""
    count = sum(heap.count for heap in heaps)
    waits = f"{count}{NBSP}choses vous attendent" if count > 1 else f"1{NBSP}chose vous attend"
    lines = "\n".join(f"– {_line(heap, today)}" for heap in heaps)
    text = (
        f"Bonjour,\n\n{waits}{NBSP}:\n\n{lines}\n\nTout est ici{NBSP}:\n{mail.address_of('desk:home')}\n\n"
        f"Un avis qui n’est pas rendu à temps ne vaut jamais accord{NBSP}: il se lit «{NBSP}avis non rendu{NBSP}».\n\n"
        f"{mail.LEAVE}\n"
    )
    return f"Plan numérique{NBSP}: {waits}", text


def _line(heap, today):
    """« Rendre un avis : 2, dont une chose avant le 3 décembre 2026 »; « en retard » as on the page."""
    when = ("au plus tard le" if heap.act.is_due else "depuis le") + f" {day_text(heap.day)}"
    first = ", " if heap.count == 1 else f"{NBSP}: {heap.count}, dont une chose "
    late = ", en retard" if heap.act.is_due and heap.day < today else ""
    return f"{heap.act.words}{first}{when}{late}"
