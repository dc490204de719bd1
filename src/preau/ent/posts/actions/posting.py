"""The only writes to posts. The rules are asked again here, under the lock, so that no path forgets them."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.timezone import localdate

from preau.ent.posts import accords, rules
from preau.ent.posts.actions import showing
from preau.ent.posts.actions.reading import (
    CHANGED,
    CHANGED_DRAFT,
    CHANGED_MEANWHILE,
    keep_version,
    lock_post,
    require_open,
    require_read,
)
from preau.ent.posts.models import KIND, Post, PostVideo, Scope
from preau.kit import rich
from preau.kit.answers import allow, require
from preau.kit.rows import refuse_other
from preau.kit.stored import with_its_files
from preau.media import actions as media
from preau.media.images import Drawn
from preau.media.models import Picture
from preau.people.models import Person
from preau.spaces import actions as spaces
from preau.spaces.models import Publication


@dataclass(frozen=True)
class NewPicture:
    """A picture made by `media.images.draw_again`, and what is seen on it."""

    drawn: Drawn
    alt: str = ""


@with_its_files()
@transaction.atomic
def write_post(
    *,
    person: Person,
    place,
    scope: str,
    text: str,
    now: datetime.datetime,
    pictures: Iterable[NewPicture] = (),
    no_child_declared: bool = False,
    once: uuid.UUID | None = None,
    question: str = "",
) -> Post:
    """A draft, that only its author sees. `once` names the sending: sent twice, it is written once; with another text,
    other pictures, other readers or another question, Conflict."""
    pictures, known = list(pictures), once and Post.objects.filter(pk=once).first()
    if known and known.publication.author_id == person.pk:
        weights = known.publication.pictures.order_by("position").values_list("weight", flat=True)
        kept = known.text, list(weights), known.scope, known.publication.question
        refuse_other(kept, (rich.tidy(text), [each.drawn.weight for each in pictures], scope, question.strip()))
        return known
    allow(rules.can_publish_in, person, place, scope, now=now)
    publication = spaces.open_draft(person=person, place=place, kind=KIND, now=now, question=question)
    post = Post(
        publication=publication,
        scope=scope,
        text=rich.tidy(text),
        html=rich.from_text(text),
        no_child_declared_at=now if no_child_declared else None,
    )
    if once and not known:
        post.pk = once
    post.save(force_insert=True)
    spaces.make_searchable(publication=publication, text=post.text)
    for picture in pictures:
        _hang(person, post, picture, now)
    return post


@with_its_files()
@transaction.atomic
def publish_post(
    *,
    person: Person,
    place,
    scope: str,
    text: str,
    now: datetime.datetime,
    pictures: Iterable[NewPicture] = (),
    no_child_declared: bool = False,
    once: uuid.UUID | None = None,
    question: str = "",
) -> Post:
    """Writes and publishes at once; what a teacher proposes for the public site waits for the head."""
    post = write_post(
        person=person,
        place=place,
        scope=scope,
        text=text,
        now=now,
        pictures=pictures,
        no_child_declared=no_child_declared,
        once=once,
        question=question,
    )
    if post.publication.state != Publication.State.DRAFT:
        return post  # sent twice
    return publish_draft(person=person, post=post, now=now)


@transaction.atomic
def publish_draft(
    *,
    person: Person,
    post: Post,
    now: datetime.datetime,
    seen: str | None = None,
    no_child_declared: bool = False,
    is_sure: bool = False,
) -> Post:
    """A draft goes to its audience, or to the head when it is for the public site.

    `seen` is the `queries.seen_of` of the page it is published from: Conflict when another page changed it since.
    `is_sure`: of a public text that names pupils, read again and confirmed; Held otherwise.
    """
    if seen is not None:
        lock_post(post=post)
        require_read(post=post, seen=seen, sentence=CHANGED_DRAFT)
    place = post.publication.place
    allow(rules.can_publish_in, person, place, post.scope, now=now)
    if no_child_declared:
        showing.declare(person=person, post=post, now=now)
    _no_longer_awaits(post)
    if rules.needs_the_head(person, place, post.scope, localdate(now)):
        showing.require_showable(post=post, now=now)
        post.publication = spaces.propose(person=person, publication=post.publication, now=now)
        return post
    if post.scope == Scope.PUBLIC:
        showing.confirm(person=person, post=post, now=now)
    return _publish(person, post, now, is_sure)


@transaction.atomic
def confirm_post(*, person: Person, post: Post, seen: str, now: datetime.datetime, is_sure: bool = False) -> Post:
    """The head puts on the public site what waited; with pictures, says with its author that no child shows.

    `seen` is the `queries.seen_of` of what the head read: Conflict when the author has changed it since.
    """
    lock_post(post=post)
    allow(rules.can_confirm_post, person, post, now=now)
    require_read(post=post, seen=seen, sentence=CHANGED)
    showing.confirm(person=person, post=post, now=now)
    return _publish(person, post, now, is_sure)


@transaction.atomic
def send_back_post(*, person: Person, post: Post, now: datetime.datetime) -> Post:
    """The head gives a proposal back to its author as a draft."""
    allow(rules.can_confirm_post, person, post, now=now)
    post.publication = spaces.send_back(person=person, publication=post.publication, now=now)
    return post


@with_its_files()
@transaction.atomic
def edit_post(
    *,
    person: Person,
    post: Post,
    text: str,
    now: datetime.datetime,
    added: Iterable[NewPicture] = (),
    described: dict[Picture, str] | None = None,
    removed: Iterable[Picture] = (),
    no_child_declared: bool = False,
    seen: str = "",
    question: str | None = None,
) -> Post:
    """Changes the text and the pictures; the journal says that they changed, not what they said.
    Conflict when the post was proposed, confirmed or thrown away since it was read, and may no longer be changed; or
    when it is no longer what `seen`, its `queries.seen_of` when the form was opened, says: another page wrote it.
    """
    require_open(person=person, post=post, now=now)
    added, removed, text, described = list(added), list(removed), rich.tidy(text), described or {}
    rewords = any(picture.alt != alt.strip() for picture, alt in described.items())
    if seen and (text != post.text or added or removed or rewords):  # sent twice, it is already as it was sent
        require_read(post=post, seen=seen, sentence=CHANGED_MEANWHILE)
    asks = question is not None and question.strip() != post.publication.question
    if text != post.text or added or removed or rewords or asks:
        keep_version(person=person, post=post, now=now)
    held = showing.why_held(post=post, now=now)
    for picture in removed:
        media.remove_picture(person=person, picture=picture, now=now)
    for picture, alt in described.items():
        media.describe_picture(person=person, picture=picture, alt=alt, now=now)
    for picture in added:
        _hang(person, post, picture, now)
    if added or no_child_declared:
        showing.declare_of_new(person=person, post=post, is_declared=no_child_declared, now=now)
    if text != post.text:
        _reword(person, post, text, now)
    spaces.ask(publication=post.publication, question=question)
    showing.refuse_reworded(post=post, before=held, now=now)
    spaces.touch(publication=post.publication)
    return post


@transaction.atomic
def withdraw_post(*, person: Person, post: Post, now: datetime.datetime) -> Post:
    """Nobody reads it any more but its author and the head; 30 days to put it back."""
    allow(rules.can_withdraw_post, person, post, now=now)
    post.publication = spaces.withdraw(person=person, publication=post.publication, now=now)
    return post


@transaction.atomic
def restore_post(*, person: Person, post: Post, now: datetime.datetime) -> Post:
    """« Annuler » after withdrawing."""
    allow(rules.can_restore_post, person, post, now=now)
    post.publication = spaces.restore(person=person, publication=post.publication, now=now)
    return post


@transaction.atomic
def undo_post(*, person: Person, post: Post, now: datetime.datetime) -> Post:
    """« Annuler » right after publishing or proposing: a draft again, nothing lost."""
    allow(rules.can_undo_post, person, post, now, now=now)
    if post.publication.state == Publication.State.WAITING:
        post.publication = spaces.send_back(person=person, publication=post.publication, now=now)
    else:
        post.publication = spaces.unpublish(person=person, publication=post.publication, now=now)
        post.confirmed_at = post.confirmed_by = None
        post.save(update_fields=["confirmed_at", "confirmed_by"])
    return post


@transaction.atomic
def discard_draft(*, person: Person, post: Post, now: datetime.datetime) -> None:
    """Forgets a draft that nobody else ever saw, pictures included."""
    allow(rules.can_discard_post, person, post, now=now)
    showing.tell(person=person, verb="discard_draft", post=post, now=now, fields=[])
    for picture in post.publication.pictures.all():
        media.remove_picture(person=person, picture=picture, now=now)
    for file in (*post.files.all(), *PostVideo.objects.filter(post=post)):
        media.forget_joined(joined=file)
    spaces.discard(publication=post.publication)


def _reword(person, post, text, now):
    post.text, post.html, post.edited_at = text, rich.from_text(text), now
    post.save(update_fields=["text", "html", "edited_at"])
    spaces.make_searchable(publication=post.publication, text=text)
    showing.tell(person=person, verb="edit_post", post=post, now=now, fields=["text"])


def _hang(person, post, picture, now):
    require(rules.can_show_pictures(post.scope, post.publication.place))
    perimeter = accords.perimeter_of(post.scope, post.publication.place)
    media.add_picture(
        person=person,
        publication=post.publication,
        drawn=picture.drawn,
        alt=picture.alt,
        now=now,
        perimeter=perimeter,
    )


def _no_longer_awaits(post):
    if post.leaves_at or post.kept_back:
        post.leaves_at, post.scheduled_at, post.kept_back = None, None, ""
        post.save(update_fields=["leaves_at", "scheduled_at", "kept_back"])


def _publish(person, post, now, is_sure):
    """Every post that goes out passes here."""
    showing.refuse_unread(post=post, is_sure=is_sure, now=now)
    showing.require_showable(post=post, now=now)
    require(accords.is_still_heard(post, localdate(now)))
    reached = Scope(post.scope).audiences_in(post.publication.place)
    post.publication = spaces.publish(person=person, publication=post.publication, reached=reached, now=now)
    return post
