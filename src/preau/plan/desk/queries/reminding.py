"""Who is to be reminded, and of how much."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.timezone import localdate

from preau.people.models import Account, Mandate
from preau.people.queries import emails_of
from preau.plan.applications import rules as applications
from preau.plan.applications.models import Application, Opinion, State
from preau.plan.desk.models import Reminder
from preau.plan.desk.queries.waiting import Act, Waiting, read_waiting, waiting_for

STILL_NEWS = timedelta(days=3)  # a worker that was down says it later, not a week later


@dataclass(frozen=True)
class Heap:
    """Acts of one kind that wait for a person: how many, and what presses first or waits since the oldest day."""

    count: int
    first: Waiting

    @property
    def act(self) -> Act:
        return self.first.act

    @property
    def day(self) -> date:
        return self.first.day


def persons_to_remind(today):
    """Those with a title and an address, for whom something marked as due was not told yet."""
    marked = {"reminded_on__gt": today - STILL_NEWS, "reminded_on__lte": today}
    opinions = Opinion.objects.awaited().filter(**marked)
    drafts = Application.objects.filter(state=State.DRAFT, **marked)
    if not opinions.exists() and not drafts.exists():
        return []
    titled = Mandate.objects.current(today).values("person")
    accounts = Account.objects.filter(person__in=titled, is_active=True, email_confirmed_at__isnull=False)
    persons = [account.person for account in accounts.select_related("person")]
    emails = emails_of([person.pk for person in persons])
    return [each for each in persons if each.pk in emails and _was_not_told(each, opinions, drafts, today)]


def _was_not_told(person, opinions, drafts, today):
    own = opinions.filter(pk__in=applications.opinions_to_give_by(person, today).values("pk"))
    taught = drafts.filter(school__in=applications.schools_taught_by(person, today))
    marks = [day for rows in (own, taught) for day in rows.values_list("reminded_on", flat=True)]
    return bool(marks) and not Reminder.objects.filter(person=person, day__gte=max(marks)).exists()


def heaps_for(person, now) -> list[Heap]:
    """All that waits for the person, by kind of act, the first due first."""
    return heaps_of(waiting_for(person, now), localdate(now))


def heaps_of(rows, today) -> list[Heap]:
    """The same of raw lines already read."""
    lines = {}
    for each in read_waiting(rows, today):
        lines.setdefault(each.act, []).append(each)
    heaps = [Heap(len(of_act), min(of_act, key=lambda each: each.day)) for of_act in lines.values()]
    return sorted(heaps, key=lambda heap: (not heap.act.is_due, heap.day))
