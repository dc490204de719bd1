"""Who shows on the pictures of a post: what its author and a head say, hide and mark (decision 0036)."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils.timezone import localdate

from preau.ent.posts import accords, rules
from preau.ent.posts.models import Post, Scope
from preau.journal.actions import record
from preau.kit.answers import Conflict, allow, require
from preau.kit.rows import lock
from preau.kit.stored import with_its_files
from preau.media import actions as media
from preau.media.images import NotAPicture, Parts
from preau.media.models import Marking, Picture
from preau.people.models import Person
from preau.schools import actions as schools
from preau.spaces.models import Publication

NO_SQUARE = "Touchez d’abord les cases où l’on voit l’enfant."


def require_showable(*, post: Post, now: datetime.datetime) -> None:
    """Raises Refused while a picture of the post shows, or may show, a child without accord."""
    require(accords.can_show(post, localdate(now)))


def refuse_unread(*, post: Post, is_sure: bool, now: datetime.datetime) -> None:
    """Raises Held for a public text that names pupils or tells a plan of safety, unless who publishes it is sure."""
    schools.refuse_unread(why="" if is_sure else accords.why_text_held(post, localdate(now)), is_sure=is_sure)


def why_held(*, post: Post, now: datetime.datetime) -> str:
    """Why what everyone reads of it now would be held, if it were published today; empty for what nobody reads."""
    if post.publication.state != Publication.State.PUBLISHED:
        return ""
    return accords.why_text_held(post, localdate(now))


def refuse_reworded(*, post: Post, before: str, now: datetime.datetime) -> None:
    """Raises Held when what is published is now to be held for another reason than `before`."""
    why = why_held(post=post, now=now)
    schools.refuse_unread(why=why, is_sure=why == before)


def declare(*, person: Person, post: Post, now: datetime.datetime) -> None:
    """« Aucun enfant sans accord n’est reconnaissable », said of the pictures as they are."""
    post.no_child_declared_at = now
    post.save(update_fields=["no_child_declared_at"])
    media.declare_pictures(publication=post.publication)
    tell(person=person, verb="declare_no_child", post=post, now=now, fields=["no_child_declared_at"])


def confirm(*, person: Person, post: Post, now: datetime.datetime) -> None:
    """A head puts it on the public site."""
    post.confirmed_at, post.confirmed_by = now, person
    post.save(update_fields=["confirmed_at", "confirmed_by"])
    shown = ["no_child_declared_at"] if post.publication.pictures.exists() else []
    tell(person=person, verb="confirm_post", post=post, now=now, fields=["confirmed_at", *shown])


def declare_of_new(*, person: Person, post: Post, is_declared: bool, now: datetime.datetime) -> None:
    """What was declared, and confirmed, did not know these pictures: a head who declares confirms by it."""
    is_read = post.publication.state == Publication.State.PUBLISHED
    post.no_child_declared_at = now if is_declared else None
    if not is_declared and (post.scope == Scope.PUBLIC or is_read and accords.owes_declaration(post, localdate(now))):
        require(accords.UNDECLARED)
    if is_declared:
        media.declare_pictures(publication=post.publication)
    post.confirmed_at = post.confirmed_by = None
    post.save(update_fields=["no_child_declared_at", "confirmed_at", "confirmed_by"])
    if post.scope == Scope.PUBLIC and is_read:  # only a head edits what is there
        confirm(person=person, post=post, now=now)


@transaction.atomic
def declare_again(*, person: Person, post: Post, now: datetime.datetime) -> Post:
    """« J’ai regardé »: said of a post already read, after an accord was taken back, or of pictures that left the
    public site until then."""
    post = lock(post, "publication")
    allow(rules.can_declare_again, person, post, now=now)
    declare(person=person, post=post, now=now)
    return post


@with_its_files()
@transaction.atomic
def hide_on_picture(
    *, person: Person, post: Post, picture: Picture, parts: Parts, crops: bool, now: datetime.datetime
) -> Picture:
    """Blurs parts of a picture, or keeps them alone, for good. Raises Conflict when nothing is chosen."""
    allow(rules.can_edit_post, person, post, now=now)
    if not parts.squares:
        raise Conflict(NO_SQUARE)
    try:
        return media.hide_parts(person=person, picture=picture, parts=parts, crops=crops, now=now)
    except (NotAPicture, FileNotFoundError) as refusal:
        raise Conflict(str(refusal)) from None


@transaction.atomic
def mark_on_picture(
    *, person: Person, post: Post, picture: Picture, children: Iterable[Person], now: datetime.datetime
) -> None:
    """Exactly these children are on the picture, of those whom `person` may name."""
    allow(rules.can_edit_post, person, post, now=now)
    wanted = {child.pk for child in children}
    marked = set(Marking.objects.filter(picture=picture).values_list("child", flat=True))
    for child in accords.markable(person, post, localdate(now)):
        if child.pk in wanted:
            media.mark_child(person=person, picture=picture, child=child, now=now)
        elif child.pk in marked:
            media.unmark_child(person=person, picture=picture, child=child, now=now)


def tell(*, person: Person, verb: str, post: Post, now: datetime.datetime, fields: list[str]) -> None:
    """A line of the journal."""
    place_id = post.publication.place_id
    record(person_id=person.pk, verb=verb, subject=post, now=now, place_id=place_id, fields=fields)
