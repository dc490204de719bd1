"""What its author left for later: it goes out once, at its hour, by the same act and the same rules as any other."""

import datetime
import uuid
from collections.abc import Iterable
from contextlib import suppress

from django.db import transaction
from django.utils.timezone import localdate

from preau.ent.posts import accords, rules
from preau.ent.posts.actions import showing
from preau.ent.posts.actions.posting import NewPicture, publish_draft, write_post
from preau.ent.posts.actions.reading import CHANGED_DRAFT, lock_post, require_read
from preau.ent.posts.models import Post
from preau.kit import mail
from preau.kit.answers import Conflict, Refused, allow, require
from preau.kit.stored import with_its_files
from preau.notify.queries import leaves_at as opens_at
from preau.people.models import Account, Person

KEPT_BACK = "posts.kept_back"  # the mail to who wrote it
LATER_WITHIN = datetime.timedelta(days=60)
PAST = "Cette heure est passée\u00a0: choisissez-en une à venir."
TOO_FAR = "C’est dans plus de 60 jours\u00a0: choisissez un jour plus proche."
GONE = "Cette publication est déjà partie, ou n’attend plus son heure. La voici telle qu’elle est."
SUSPENDED = "Votre compte était arrêté à cette heure-là."
TAKEN_BACK = "Quelqu’un qui répond de l’école a repris ce qui partait de votre compte."


@with_its_files()
@transaction.atomic
def write_for_later(
    *,
    person: Person,
    place,
    scope: str,
    text: str,
    leaves_at: datetime.datetime,
    now: datetime.datetime,
    pictures: Iterable[NewPicture] = (),
    no_child_declared: bool = False,
    once: uuid.UUID | None = None,
    question: str = "",
) -> Post:
    """A draft that leaves at its hour. Raises Refused, Conflict."""
    written = {"pictures": pictures, "no_child_declared": no_child_declared, "once": once, "question": question}
    post = write_post(person=person, place=place, scope=scope, text=text, now=now, **written)
    if post.leaves_at:
        return post  # sent twice
    return schedule_post(person=person, post=post, leaves_at=leaves_at, now=now)


@transaction.atomic
def schedule_post(
    *,
    person: Person,
    post: Post,
    leaves_at: datetime.datetime,
    now: datetime.datetime,
    seen: str | None = None,
    no_child_declared: bool = False,
) -> Post:
    """A draft leaves at that hour, or at another than was said. What would keep it from leaving now is said now."""
    lock_post(post=post)
    if post.publication.state != post.publication.State.DRAFT:
        raise Conflict(GONE)
    allow(rules.can_schedule_post, person, post, now=now)
    if seen:
        require_read(post=post, seen=seen, sentence=CHANGED_DRAFT)
    if leaves_at <= now:
        raise Conflict(PAST, "hour")
    if leaves_at > now + LATER_WITHIN:
        raise Conflict(TOO_FAR, "day")
    if no_child_declared:
        showing.declare(person=person, post=post, now=now)
    showing.require_showable(post=post, now=now)
    showing.refuse_unread(post=post, is_sure=False, now=now)
    _keep(post, leaves_at=leaves_at, scheduled_at=now)
    showing.tell(person=person, verb="schedule_post", post=post, now=now, fields=["leaves_at"])
    return post


@transaction.atomic
def unschedule_post(*, person: Person, post: Post, now: datetime.datetime) -> Post:
    """A draft that waits for its author again. Raises Refused; Conflict when it has left."""
    lock_post(post=post)
    if not post.leaves_at:
        raise Conflict(GONE)
    allow(rules.can_discard_post, person, post, now=now)
    _keep(post)
    showing.tell(person=person, verb="unschedule_post", post=post, now=now, fields=["leaves_at"])
    return post


def leave_due(*, now: datetime.datetime) -> int:
    """Publishes what is due, each in its transaction; returns how many left. Played twice, or killed half-way, each
    leaves once. What is refused stays with its author, who is told why."""
    due = Post.objects.filter(leaves_at__lte=now).select_related("publication__author")
    return sum(_leave(post, now) for post in due.order_by("leaves_at", "id"))


@transaction.atomic
def keep_back_since(*, person: Person, author: Person, since: datetime.datetime, now: datetime.datetime) -> int:
    """What an account left for later since then, of what `person` may recall, no longer leaves. Returns how many."""
    posts = rules.posts_leaving_recallable_by(person, localdate(now)).filter(publication__author=author)
    kept = 0
    for post in list(posts.filter(scheduled_at__gte=since).select_related("publication")):
        with suppress(Conflict):  # thrown away meanwhile
            lock_post(post=post)
            if post.leaves_at:
                _keep(post, kept_back=TAKEN_BACK)
                showing.tell(person=person, verb="keep_back_post", post=post, now=now, fields=["leaves_at"])
                kept += 1
    return kept


def _leave(post, now):
    try:
        return _leave_once(post, now)
    except (Conflict, Refused) as refusal:
        reason = refusal.reason
    with suppress(Conflict):  # thrown away meanwhile: nobody is told, and the next ones leave
        _stay(post, reason, now)
    return 0


@transaction.atomic
def _leave_once(post, now):
    author = post.publication.author
    lock_post(post=post)
    if not _is_due(post, now):
        return 0  # another worker's turn, called off, or put off
    if author is None:
        _keep(post)
        return 0
    if Account.objects.filter(person=author, suspended_at__isnull=False).exists():
        raise Refused(SUSPENDED)
    require(accords.can_leave_alone(post, localdate(now)))
    publish_draft(person=author, post=post, now=now)
    return 1


@transaction.atomic
def _stay(post, reason, now):
    lock_post(post=post)
    if not _is_due(post, now):
        return
    author_id, was_due_at = post.publication.author_id, post.leaves_at
    if not accords.can_leave_alone(post, localdate(now)):
        post.no_child_declared_at = None  # it is asked again
    _keep(post, kept_back=reason)
    told_at = opens_at(post.school, now) if post.school else now
    mail.put(KEPT_BACK, author_id, post.pk, key=f"{post.pk.hex}:{was_due_at.isoformat()}", now=now, due_at=told_at)


def _is_due(post, now):
    is_draft = post.publication.state == post.publication.State.DRAFT
    return bool(is_draft and post.leaves_at and post.leaves_at <= now)


def _keep(post, leaves_at=None, scheduled_at=None, kept_back=""):
    post.leaves_at, post.scheduled_at, post.kept_back = leaves_at, scheduled_at, kept_back
    post.save(update_fields=["leaves_at", "scheduled_at", "kept_back", "no_child_declared_at"])
