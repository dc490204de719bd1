"""The only writes of comments. Rules are asked again under the lock of the post."""

import datetime
import uuid

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop as _

from preau.ent.comments import rules
from preau.ent.comments.models import Comment, Discussion
from preau.journal.actions import record, record_many
from preau.kit.answers import Conflict, allow
from preau.kit.ids import sending
from preau.kit.names import tidy_line
from preau.kit.rows import lock
from preau.people.models import Person
from preau.spaces.models import Publication

State = Comment.State
NOTHING = _("Rien n’est écrit.")
MEANWHILE = "Quelqu’un d’autre vient de décider de ce commentaire. Le voici tel qu’il est."


@transaction.atomic
def open_discussion(*, person: Person, publication: Publication, now: datetime.datetime) -> Discussion:
    """Opened, or opened again. Raises Refused."""
    publication = lock(publication)
    allow(rules.can_open, person, publication, now=now)
    made = {"opened_by": person, "opened_at": now, "closed_at": None}
    discussion, _ = Discussion.objects.update_or_create(publication=publication, defaults=made)
    _tell(person, "comments.open", publication, publication, now)
    return discussion


@transaction.atomic
def close_discussion(*, person: Person, publication: Publication, now: datetime.datetime) -> None:
    """Nobody writes any more; what was shown stays. Raises Refused."""
    publication = lock(publication)
    allow(rules.can_open, person, publication, now=now)
    Discussion.objects.filter(publication=publication, closed_at=None).update(closed_at=now)
    _tell(person, "comments.close", publication, publication, now)


@transaction.atomic
def write_comment(
    *, person: Person, publication: Publication, text: str, now: datetime.datetime, once: uuid.UUID | None = None
) -> Comment:
    """The team reads it before anybody else; its own words are shown at once. `once` names the page: the
    same words sent twice are written once. Raises Refused, Conflict."""
    publication = lock(publication)
    text = tidy_line(text)
    name = sending(once, text)
    if known := name and Comment.objects.filter(author=person, pk=name).first():
        return known
    allow(rules.can_comment, person, publication, now=now)
    if not text:
        raise Conflict(NOTHING, "text")
    is_team = bool(rules.can_moderate(person, publication, localdate(now)))
    comment = Comment(
        publication=publication,
        author=person,
        profile=rules.reads_as(person, publication, localdate(now)),
        text=text,
        written_at=now,
        state=State.SHOWN if is_team else State.WAITING,
        decided_at=now if is_team else None,
        decided_by=person if is_team else None,
    )
    comment.pk = name or comment.pk
    comment.save(force_insert=True)
    _tell(person, "comments.write", comment, publication, now)
    return comment


@transaction.atomic
def decide(*, person: Person, comment: Comment, is_shown: bool, seen: str, now: datetime.datetime) -> Comment:
    """Shown to who reads the post, or kept from them; `seen` is the state that the page showed. Raises Refused,
    Conflict."""
    comment = lock(comment, "publication")
    allow(rules.can_decide, person, comment, now=now)
    if comment.state != seen:
        raise Conflict(MEANWHILE)
    return _moved(person, comment, State.SHOWN if is_shown else State.REFUSED, now)


@transaction.atomic
def withdraw_comment(*, person: Person, comment: Comment, now: datetime.datetime) -> Comment:
    """Nobody reads it any more. Raises Refused, Conflict."""
    comment = lock(comment, "publication")
    allow(rules.can_withdraw, person, comment, now=now)
    return _moved(person, comment, State.WITHDRAWN, now)


@transaction.atomic
def recall_comments_since(*, person: Person, author: Person, since: datetime.datetime, now: datetime.datetime) -> int:
    """All that an account wrote since then, of what `person` may take back. Returns how many were there."""
    theirs = rules.comments_recallable_by(person, localdate(now)).filter(author=author, written_at__gte=since)
    rows = Comment.objects.filter(pk__in=theirs.values("pk")).exclude(state=State.WITHDRAWN)
    found = list(rows.select_for_update())
    changes = {"hidden_at": None, "state": State.WITHDRAWN, "decided_at": now, "decided_by": person}
    Comment.objects.filter(pk__in=[each.pk for each in found]).update(**changes)
    record_many(person_id=person.pk, verb="comments.withdraw", subjects=found, now=now)
    return len(found)


@transaction.atomic
def hide_comment(*, person: Person, comment: Comment, now: datetime.datetime) -> Comment:
    """Reported: nobody reads it but its author and the team, until the team decides. Raises Refused, Conflict."""
    comment = lock(comment, "publication")
    allow(rules.can_hide, person, comment, now=now)
    comment.state, comment.hidden_at, comment.decided_at, comment.decided_by = State.WAITING, now, None, None
    comment.save(update_fields=["state", "hidden_at", "decided_at", "decided_by"])
    _tell(person, "comments.hide", comment, comment.publication, now)
    return comment


def _moved(person, comment, state, now):
    comment.state, comment.decided_at, comment.decided_by, comment.hidden_at = state, now, person, None
    comment.save(update_fields=["state", "decided_at", "decided_by", "hidden_at"])
    _tell(person, f"comments.{state}", comment, comment.publication, now)
    return comment


def _tell(person, verb, subject, publication, now):
    record(person_id=person.pk, verb=verb, subject=subject, now=now, place_id=publication.place_id)
