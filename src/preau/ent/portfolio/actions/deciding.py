"""What becomes of a page: given to read over, shown to the family, given back, taken back."""

import datetime
import logging

from django.db import transaction
from django.utils.timezone import localdate

from preau.ent.portfolio import rules
from preau.ent.portfolio.actions.taking import forget_takeaways
from preau.ent.portfolio.models import Page, PageThanks, Piece
from preau.ent.thanks import actions as thanks
from preau.journal.actions import record, record_many
from preau.kit.answers import Conflict, allow
from preau.kit.rows import lock
from preau.media import actions as media
from preau.people.models import Person
from preau.schools.models import FamiliesOpening
from preau.schools.queries.displays import reads_not_hears
from preau.spaces import audiences
from preau.spaces.queries import stops

State = Page.State
READ_WITH = ("classroom__school", "child")
MOST_AN_HOUR = 200  # pages that one account shows: a class of thirty, several times
HOUR = datetime.timedelta(hours=1)
logger = logging.getLogger("preau.portfolio")
CHANGED = "Cette page a changé depuis que vous l’avez ouverte\u00a0: relisez-la telle qu’elle est, puis recommencez."
TOO_OFTEN = "Beaucoup de pages viennent d’être montrées\u00a0: continuez dans une heure. Cette page est gardée."
NOT_HEARD = "Écrivez ce qu’on entend dans la voix\u00a0: cet élève lit ce qui se dit."
NO_REMARK = "Dites en une ligne ce que l’élève reprend."


@transaction.atomic
def propose_page(*, person: Person, page: Page, now: datetime.datetime) -> Page:
    """A pupil gives theirs to read over. Raises Refused."""
    page = lock(page, *READ_WITH)
    allow(rules.can_propose_page, person, page, now=now)
    return _moved(person, "notebook.propose", page, State.WAITING, now, remark="")


@transaction.atomic
def approve_page(*, person: Person, page: Page, now: datetime.datetime, version: int | None = None) -> Page:
    """Shows it to the family, as it was read (`version`). Raises Refused, Conflict."""
    page = lock(page, *READ_WITH, version=version, changed=CHANGED)
    allow(rules.can_approve_page, person, page, now=now)
    return show(person=person, page=page, now=now)


def show(*, person: Person, page: Page, now: datetime.datetime) -> Page:
    """The same, for an action that has asked its rule. Raises Conflict, also while a family reads nothing of the
    school."""
    require_words(page=page)
    if stop := stops.holding([audiences.child_key(page.child_id)]):
        raise Conflict(f"Cette page n’est pas montrée. {stops.told(stop)}")
    if not FamiliesOpening.objects.filter(school=page.school_id).exists():
        raise Conflict(stops.NOT_OPEN)
    shown = Page.objects.filter(approved_by=person, approved_at__gt=now - HOUR, approved_at__lte=now)
    if shown.count() >= MOST_AN_HOUR:
        logger.warning("the account of person %s shows too many pages", person.pk)
        raise Conflict(TOO_OFTEN)
    return _moved(person, "notebook.approve", page, State.APPROVED, now, approved_at=now, approved_by=person)


def require_words(*, page: Page) -> None:
    """A voice goes with what one hears in it to a child who reads what is said (users.md, rule 8). Raises Conflict."""
    silent = page.pieces.filter(sort=Piece.Sort.VOICE, heard="", refused_at=None)
    if silent.filter(reads_not_hears("page__child")).exists():
        raise Conflict(NOT_HEARD, "heard")


@transaction.atomic
def return_page(*, person: Person, page: Page, remark: str, now: datetime.datetime) -> Page:
    """Back to the pupil, with what to do again. Raises Refused, Conflict."""
    page = lock(page, *READ_WITH)
    allow(rules.can_return_page, person, page, now=now)
    if not remark.strip():
        raise Conflict(NO_REMARK, "remark")
    return _moved(person, "notebook.return", page, State.RETURNED, now, remark=remark.strip())


@transaction.atomic
def withdraw_page(*, person: Person, page: Page, now: datetime.datetime) -> Page:
    """The family reads it no more. Raises Refused."""
    page = lock(page, *READ_WITH)
    allow(rules.can_withdraw_page, person, page, now=now)
    forget_takeaways(children=[page.child_id])
    return _moved(person, "notebook.withdraw", page, State.WITHDRAWN, now, withdrawn_at=now)


@transaction.atomic
def restore_page(*, person: Person, page: Page, now: datetime.datetime) -> Page:
    """Shown again, at its first date. Raises Refused."""
    page = lock(page, *READ_WITH)
    allow(rules.can_restore_page, person, page, now=now)
    return _moved(person, "notebook.restore", page, State.APPROVED, now, withdrawn_at=None)


@transaction.atomic
def discard_page(*, person: Person, page: Page, now: datetime.datetime) -> None:
    """Thrown away with what it holds. Raises Refused."""
    page = lock(page, *READ_WITH)
    allow(rules.can_discard_page, person, page, now=now)
    tell_journal(person=person, verb="notebook.discard", page=page, now=now, fields=[])
    for piece in page.pieces.all():
        media.forget_joined(joined=piece)
    page.delete()


@transaction.atomic
def give_thanks(*, person: Person, page: Page, now: datetime.datetime) -> PageThanks:
    """Said once, however often it is pressed. Raises Refused."""
    page = lock(page, *READ_WITH)
    allow(rules.can_thank_for, person, page, now=now)
    return thanks.say(table=PageThanks, person=person, about=page, place_id=page.classroom_id, now=now)


@transaction.atomic
def take_back_thanks(*, person: Person, page: Page, now: datetime.datetime) -> None:
    """One's own, at any time."""
    thanks.unsay(table=PageThanks, person=person, about=page, place_id=page.classroom_id, now=now)


@transaction.atomic
def recall_pages_since(*, person: Person, author: Person, since: datetime.datetime, now: datetime.datetime) -> int:
    """All that an account showed since then, of what `person` may take back. Returns how many pages."""
    theirs = rules.pages_recallable_by(person, localdate(now)).filter(approved_by=author, approved_at__gte=since)
    pages = list(Page.objects.filter(pk__in=theirs.values("pk"), state=State.APPROVED).select_for_update())
    Page.objects.filter(pk__in=[each.pk for each in pages]).update(state=State.WITHDRAWN, withdrawn_at=now)
    forget_takeaways(children={each.child_id for each in pages})
    record_many(person_id=person.pk, verb="notebook.withdraw", subjects=pages, now=now)
    return len(pages)


def tell_journal(*, person: Person, verb: str, page: Page, now: datetime.datetime, fields: list[str]) -> None:
    """The journal's line."""
    record(person_id=person.pk, verb=verb, subject=page, now=now, place_id=page.classroom_id, fields=fields)


def _moved(person, verb, page, state, now, **fields):
    page.state = state
    for name, value in fields.items():
        setattr(page, name, value)
    page.save(update_fields=["state", *fields])
    tell_journal(person=person, verb=verb, page=page, now=now, fields=["state"])
    return page
