"""What a pupil in without account reads."""

import datetime
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from preau.ent.portfolio import queries as notebooks
from preau.ent.portfolio import rules as notebook_rules
from preau.ent.posts import rules as post_rules
from preau.ent.posts.models import Post
from preau.media.rules import pictures_visible_to
from preau.people.models import Person
from preau.spaces.models import Publication

MOST = 8  # things on a page: their thumbnails stay within its weight (users.md §3.1)


def own_pages(pupil: Person, today: datetime.date) -> list:
    """The last pages of the pupil's notebook, as `portfolio.queries.shown` gives them."""
    pages = notebook_rules.pages_visible_to(pupil, today).order_by("-created_at", "-id")[:MOST]
    return notebooks.shown(notebook_rules.pages_visible_to(pupil, today).filter(pk__in=[page.pk for page in pages]))


def posts_of(pupil: Person, today: datetime.date) -> QuerySet[Post]:
    """The last things published to the pupil's class, each with the `shown` pictures that the pupil may see."""
    shown = pictures_visible_to(pupil, today).order_by("position", "id")
    posts = post_rules.posts_visible_to(pupil, today).filter(
        publication__classroom__isnull=False, publication__state=Publication.State.PUBLISHED
    )
    posts = posts.select_related("publication__author").order_by("-publication__published_at", "-id")
    return posts.prefetch_related(Prefetch("publication__pictures", shown, to_attr="shown"))[:MOST]


@dataclass(frozen=True)
class Heard:
    """A voice of the notebook: the page it is on, its sound."""

    page: object
    piece: object


def voices_of(pupil: Person, today: datetime.date) -> list[Heard]:
    """The last voices of the pupil's notebook, ready to be heard."""
    pages = notebooks.shown(notebook_rules.pages_visible_to(pupil, today).filter(pieces__sort="voice").distinct())
    return [Heard(one.page, piece) for one in pages for piece in one.voices if piece.ready_at][:MOST]
