"""What a pupil in without account reads."""

import datetime
from dataclasses import dataclass
from itertools import chain

from django.db.models import Exists, OuterRef, Prefetch, Q

from preau.ent.lessons.models import Lesson
from preau.ent.portfolio import queries as notebooks
from preau.ent.portfolio import rules as notebook_rules
from preau.ent.posts import rules as post_rules
from preau.ent.posts.models import Post
from preau.ent.posts.queries import videos_of, videos_to_see, voices_to_hear
from preau.media.queries.accords import is_shown
from preau.media.rules import pictures_visible_to
from preau.people.models import Person
from preau.spaces.audiences import memberships_of
from preau.spaces.models import Publication

MOST, MOST_PICTURES = 8, 12  # on a page: their thumbnails stay within its weight (users.md §3.1)
VOICES = Prefetch("files", voices_to_hear(), to_attr="voices")
FILM_WEIGHS = 3  # the first image of a video is not a thumbnail


@dataclass(frozen=True)
class Some:
    """Things of a long list, and where the others begin; None: there are no others."""

    things: list
    next: int | None

    def __iter__(self):
        return iter(self.things)

    def __len__(self):
        return len(self.things)


def some(things: list, start: int, count_of) -> Some:
    """Of things read from `start` on, one more than a page takes: as many as it takes, with so many pictures each; one
    at least."""
    count, pictures = 0, 0
    for thing in things[:MOST]:
        pictures += count_of(thing)
        if count and pictures > MOST_PICTURES:
            break
        count += 1
    return Some(things[:count], start + count if len(things) > count else None)


def own_pages(pupil: Person, today: datetime.date, start: int = 0) -> Some:
    """Pages of the pupil's notebook, the last first, as `portfolio.queries.shown` gives them."""
    pages = notebook_rules.pages_visible_to(pupil, today).order_by("-created_at", "-id")[start : start + MOST + 1]
    found = notebooks.shown(notebook_rules.pages_visible_to(pupil, today).filter(pk__in=[page.pk for page in pages]))
    return some(found, start, lambda one: len(one.pictures))


def posts_of(pupil: Person, today: datetime.date, start: int = 0, lesson: Lesson | None = None) -> Some:
    """What was published to the pupil's class, and to the group that is at work in `lesson`, the last first, each with
    the `shown` pictures that the pupil sees, its `films` (posts.queries.Videos) and its `voices`, those that are
    ready."""
    mine = memberships_of(pupil, today)
    found = _looked_at(_on_wall(pupil, today, lesson, mine)[start : start + MOST + 1], pupil, today, mine)
    return some(found, start, lambda post: len(post.publication.shown) + FILM_WEIGHS * bool(post.films))


def word_for(pupil: Person, today: datetime.date, post_id) -> list[Post]:
    """The post of this id, as those of the wall, if the pupil reads it."""
    mine = memberships_of(pupil, today)
    posts = post_rules.posts_visible_to(pupil, today, memberships=mine).select_related("publication__author")
    return _looked_at(posts.filter(pk=post_id, publication__state=Publication.State.PUBLISHED), pupil, today, mine)


def _looked_at(posts, pupil, today, memberships):
    shown = pictures_visible_to(pupil, today, memberships=memberships).filter(is_shown(today))
    shown = shown.order_by("position", "id")
    found = list(
        posts.prefetch_related(
            Prefetch("publication__pictures", shown, to_attr="shown"), Prefetch("videos", videos_to_see()), VOICES
        )
    )
    for post in found:
        post.films = videos_of(post)
    return found


def _on_wall(pupil, today, lesson, memberships=None):
    """What the pupil reads of what was published to their class, or to the group at work, the last first."""
    place = Q(publication__classroom__isnull=False)
    if lesson and lesson.group_id:
        place |= Q(publication__group=lesson.group_id)
    posts = post_rules.posts_visible_to(pupil, today, memberships=memberships).filter(place)
    posts = posts.filter(publication__state=Publication.State.PUBLISHED)
    return posts.select_related("publication__author").order_by("-publication__published_at", "-id")


@dataclass(frozen=True)
class Heard:
    """A voice: its sound, and the page of the notebook or the post that it is on."""

    piece: object
    page: object = None
    post: object = None

    @property
    def at(self):
        return self.post.publication.published_at if self.post else self.page.created_at


def voices_of(pupil: Person, today: datetime.date, lesson: Lesson | None = None) -> list[Heard]:
    """The last voices of the pupil's notebook and of the wall (posts_of), ready to be heard, the last first."""
    pages = notebooks.shown(notebook_rules.pages_visible_to(pupil, today).filter(pieces__sort="voice").distinct())
    told = Exists(voices_to_hear().filter(post=OuterRef("pk")))
    posts = _on_wall(pupil, today, lesson).filter(told).prefetch_related(VOICES)[:MOST]
    own = (Heard(piece, page=one.page) for one in pages for piece in one.voices if piece.ready_at)
    others = (Heard(piece, post=post) for post in posts for piece in post.voices)
    return sorted(chain(own, others), key=lambda one: one.at, reverse=True)[:MOST]
