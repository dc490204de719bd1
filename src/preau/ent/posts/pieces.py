"""The HTML of a post in a feed, the same for all its readers: drawn once per process while nothing of it changes.

A piece is drawn from a `Shown` and nothing else, and the whole `Shown` is the key it is kept under. So a change of the
post, of its author's name or of its pictures makes another piece, and a piece cannot hold a reader, a child's tag, a
form token or what this reader may do: the page writes those around it. Who may read a post is the feed's to decide.
"""

import datetime
import sys
import uuid
from typing import NamedTuple

from django.template.loader import get_template
from django.utils.timezone import localdate, localtime
from django.utils.translation import get_language

from preau.ent.posts.queries import LifeItem
from preau.kit.dates import day_text, since_text
from preau.kit.pages.kept import Kept
from preau.spaces.models import Publication

MOST_BYTES = 4 * 1024 * 1024  # two thousand posts, per process


class ShownPicture(NamedTuple):
    """A picture as a page names it."""

    pk: uuid.UUID
    width: int
    height: int
    alt: str


class Shown(NamedTuple):
    """All that the two templates of a piece read."""

    language: str
    post_id: uuid.UUID
    who: str  # who speaks; empty where a tag of the page already says « La Ville »
    author_name: str
    place_name: str  # empty on the page of that place
    when: str
    is_changed: bool  # since it was published
    changed: str  # the day of that change, unless it is the day of publication
    state: str
    is_week: bool  # « Ce qu’on a appris »
    leads: bool  # it leads to what the class did
    leaves: str  # of a draft that leaves by itself: « lundi 30 novembre à 8 h »
    scope: str
    scope_words: str  # alone, beside what one may do: for whom it is, in words
    is_marked_public: bool
    html: str
    has_links: bool
    pictures: tuple[ShownPicture, ...]
    files_count: int  # on a page of several posts: its own says which
    video_seconds: int  # the same, of a video that may be seen
    has_lsf: bool  # the same, of that video in LSF
    created_at: datetime.datetime
    is_short: bool  # one picture of several
    is_alone: bool  # on its own page: whole pictures, and no link to itself


class Piece(NamedTuple):
    """What is said beside a post, and the post."""

    margin: str
    body: str


def shown(item: LifeItem, now, *, links=True, where=False, alone=False, tagged=False, acts=False) -> Shown:
    """What a page shows of a post. `where`: in a stream of several places, each named; `tagged`: after tags;
    `acts`: what one may do stands below."""
    post, publication = item.post, item.publication
    author_name = publication.author.formal_name if publication.author_id else ""
    who = ("" if tagged else "La Ville") if publication.is_of_city else author_name or "L’école"
    at, now = publication.published_at, localtime(now)
    is_changed = bool(at and post.edited_at and post.edited_at > at)
    return Shown(
        language=get_language(),
        post_id=post.pk,
        who=who,
        author_name=author_name,
        place_name=_place_name(publication) if where else "",
        when=since_text(at.astimezone(now.tzinfo), now) if at else "",
        is_changed=is_changed,
        changed=_day_of_change(post, at) if is_changed else "",
        state=publication.state,
        is_week=post.told_week is not None,
        leads=bool(post.told_count and not alone),
        leaves=post.leaves_text if publication.state == Publication.State.DRAFT and post.leaves_at else "",
        scope=post.scope,
        scope_words=post.get_scope_display() if alone and acts else "",
        is_marked_public=bool(acts and not alone and post.scope == "public"),
        html=post.html,
        has_links=bool(links),
        pictures=tuple(ShownPicture(one.pk, one.width, one.height, one.alt) for one in item.pictures),
        files_count=0 if alone else getattr(post, "files_count", 0),
        video_seconds=0 if alone else getattr(post, "video_seconds", None) or 0,
        has_lsf=not alone and getattr(post, "has_lsf", False),
        created_at=publication.created_at,
        is_short=bool(where),
        is_alone=bool(alone),
    )


def piece_of(said: Shown) -> Piece:
    """Its HTML. What is not published changes with each keystroke and has one reader or two: it is not kept."""
    return KEPT.of(said, _draw) if said.state == Publication.State.PUBLISHED else _draw(said)


def _day_of_change(post, published_at):
    day = localdate(post.edited_at)
    return "" if day == localdate(published_at) else day_text(day)


def _place_name(publication):
    if publication.is_of_city:
        return ""
    return publication.school.full_name if publication.school_id else str(publication.place)


TEMPLATES = {"margin": "posts/_margin.html", "body": "posts/_body.html"}


def _draw(said):
    context = said._asdict()
    return Piece(**{name: get_template(template).render(context) for name, template in TEMPLATES.items()})


def _bytes(said, piece):
    return sum(map(sys.getsizeof, (*said, *piece, *(one.alt for one in said.pictures)))) + 500 * len(said.pictures)


KEPT = Kept(MOST_BYTES, _bytes)
