"""A notebook that a guardian takes away, and what announces its end."""

import datetime
import secrets
from collections.abc import Iterable

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop as _

from preau.ent.portfolio import archive, papers, queries, rules
from preau.ent.portfolio.models import Page, Takeaway
from preau.journal.actions import record
from preau.kit import mail
from preau.kit.answers import Conflict, allow
from preau.kit.stored import store, with_its_files
from preau.kit.tasks import enqueue
from preau.people.actions import note_address_refused
from preau.people.languages import spoken_to
from preau.people.models import Person

TASK = "preau.ent.portfolio.tasks.make_takeaway"
ERASURE = "portfolio.erasure"
EMPTY = _("Il n’y a encore aucune page à emporter dans ce cahier.")
SAME_FOR = datetime.timedelta(minutes=10)  # asked again meanwhile, it is the same


@transaction.atomic
def ask_takeaway(*, person: Person, child: Person, now: datetime.datetime) -> Takeaway:
    """A job makes it; the one made before goes. Raises Refused, or Conflict: nothing was shown yet."""
    allow(rules.can_take_away, person, child, now=now)
    former = list(Takeaway.objects.select_for_update().filter(child=child, guardian=person).order_by("-asked_at"))
    if former and former[0].asked_at > now - SAME_FOR:
        return former[0]
    if not _pages(child).exists():
        raise Conflict(EMPTY)
    for each in former:
        _forget(each)
    takeaway = Takeaway.objects.create(child=child, guardian=person, name=secrets.token_hex(16), asked_at=now)
    record(person_id=person.pk, verb="notebook.take_away", subject=takeaway, now=now)
    enqueue(TASK, str(takeaway.pk))
    return takeaway


def make_takeaway(*, takeaway: Takeaway, now: datetime.datetime) -> bool:
    """Draws the PDF and fills the archive, outside of any lock: a whole schooling takes a minute. Played twice, it is
    made once; whether it was made now."""
    if takeaway.ready_at or not rules.can_take_away(takeaway.guardian, takeaway.child, localdate(now)):
        return False
    years = queries.by_year(queries.shown(_pages(takeaway.child)))
    with spoken_to(takeaway.guardian), archive.on_disk(years) as (folder, named):
        pdf = papers.draw(takeaway.child, years, folder, named, now=now)
        zipped = archive.zipped(takeaway.child, years, folder, named, pdf, now=now)
        with zipped.open("rb") as content:
            return _keep(takeaway=takeaway, pdf=pdf, content=File(content), years=years, now=now)


@with_its_files()
@transaction.atomic
def _keep(*, takeaway, pdf, content, years, now):
    takeaway = Takeaway.objects.select_for_update().filter(pk=takeaway.pk, ready_at=None).first()
    if takeaway is None:
        return False
    store(takeaway.pdf_path, pdf)
    store(takeaway.zip_path, content)
    takeaway.pdf_weight, takeaway.zip_weight = len(pdf), content.size
    takeaway.pages_count, takeaway.ready_at = sum(map(len, years.values())), now
    takeaway.save()
    return True


@transaction.atomic
def announce_erasure(*, now: datetime.datetime) -> int:
    """Tells by mail the guardians of children who have left that the notebook is theirs to take away before it goes:
    when they leave, then a month before. Returns how many mails were queued."""
    count = 0
    for child, left, stage in queries.leaving(localdate(now)):
        people = queries.guardians_to_tell(child, localdate(now))
        told = {f"{child.pk}:{who}:{left:%Y%m%d}:{stage}": (child.pk, who) for who in people}
        count += len(mail.put_many(ERASURE, told, now=now, due_at=now)) if told else 0
    return count


@transaction.atomic
def note_mailed(*, ids, state, now: datetime.datetime) -> None:
    """How a mail ended."""
    if state == mail.REFUSED:
        note_address_refused(person_id=ids[1], now=now)


def _pages(child):
    return Page.objects.filter(child=child, state=Page.State.APPROVED)


def forget_takeaways(*, children: Iterable) -> None:
    """A page that they hold is shown no more: the files are made again when they are asked for."""
    for takeaway in Takeaway.objects.filter(child__in=children):
        _forget(takeaway)


def _forget(takeaway):
    paths = (takeaway.pdf_path, takeaway.zip_path)
    takeaway.delete()
    transaction.on_commit(lambda: [default_storage.delete(path) for path in paths])
