"""Named reads for the public pages."""

import datetime
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import DateField, Prefetch, QuerySet, Value
from django.utils.text import capfirst
from django.utils.timezone import localdate

from preau.ent.notes.queries import ClassHours
from preau.ent.posts.models import Post
from preau.ent.sites.models import CitySite, SchoolSite, UrgentBanner
from preau.kit import rich
from preau.kit.money import NBSP
from preau.kit.names import name_key
from preau.kit.prepared import PreparedOf
from preau.kit.rooms.told import lines, parted
from preau.media.models import Picture
from preau.media.queries.accords import is_shown
from preau.places.models import City, School
from preau.spaces import audiences
from preau.spaces.models import Publication
from preau.spaces.queries import Position, public_publications, published_to

WEDNESDAYS = "wednesdays"


def site_of(school: School) -> SchoolSite | None:
    """What the head gave, or None."""
    return SchoolSite.objects.filter(school=school).first()


def city_site_of(city: City | None) -> CitySite:
    """What the city gave, or an empty row, not saved, that reads « non publié » everywhere."""
    return (city and CitySite.objects.filter(city=city).first()) or CitySite(city=city)


def banner_of(school: School, now: datetime.datetime) -> UrgentBanner | None:
    """The urgent message shown now."""
    banners = UrgentBanner.objects.filter(school=school, removed_at=None, starts_at__lte=now, ends_at__gt=now)
    return banners.order_by("-starts_at", "-id").first()


def schools_found(schools: QuerySet[School], words: str) -> list[School]:
    """Those whose name holds every word, accents and case aside."""
    for word in name_key(words).split():
        schools = schools.filter(sort_key__contains=word)
    return list(schools)


def city_words(city: City) -> str:
    """The city's name, and plainly when it is made up."""
    return f"{city.name} (commune fictive)" if city.is_fictitious else city.name


def grouped(schools) -> list[tuple[str, list[School]]]:
    """By kind, nursery first; by city before that when there are several. Schools come ordered by city and name."""
    order = list(School.Kind)
    schools = sorted(schools, key=lambda school: (school.city.name, order.index(school.kind)))
    several = len({school.city_id for school in schools}) > 1
    groups = []
    for (_, kind), inside in groupby(schools, key=lambda school: (school.city.name, school.kind)):
        inside = list(inside)
        name = {"nursery": "Maternelles", "elementary": "Élémentaires", "primary": "Primaires"}[kind]
        groups.append((f"{city_words(inside[0].city)}\u00a0: {name.lower()}" if several else name, inside))
    return groups


TITLE_LENGTH = 90
SENTENCE_END = f"(?<=[.!?…]) +|{NBSP}: +"  # what a colon announces stands under its title
TYPED_SPACE = r" (?=[:;?!»])|(?<=«) "


@dataclass(frozen=True)
class LifeItem:
    """One public post as anyone reads it: no name of a person. `html` is what the title does not say."""

    id: uuid.UUID
    at: datetime.datetime
    title: str
    html: str
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True)
class Life:
    """A page of public posts; `after` is where the next one starts."""

    items: list[LifeItem] = field(default_factory=list)
    after: Position | None = None


def life_of(school: School, *, before: Position | None = None, limit: int = 20) -> Life:
    """What the school published for everyone, newest first; three queries."""
    feed = public_publications(school, before=before, limit=limit)
    posts = {post.publication_id: post for post in _public_posts(school, feed.publication_ids)}
    items = [_life_item(posts[id]) for id in feed.publication_ids if id in posts]
    return Life([item for item in items if item], feed.after)


def life_item(school: School, publication_id: uuid.UUID) -> LifeItem | None:
    """One public post of this school, or None."""
    post = _public_posts(school, [publication_id]).first()
    return _life_item(post) if post else None


def _public_posts(school, ids):
    """Published to everyone by this school: the audience is asked again, so that no address widens it."""
    return (
        Post.objects.filter(
            publication__in=Publication.objects.filter(published_to([], localdate()), pk__in=ids),
            publication__reaches__audience=audiences.public_key(school),
        )
        .select_related("publication")
        .prefetch_related(Prefetch("publication__pictures", Picture.objects.filter(is_shown(localdate()))))
    )


def _life_item(post) -> LifeItem | None:
    """None when nothing of it is left to show: its photos were all taken back."""
    title, rest = title_and_rest(post.text)
    pictures = sorted(post.publication.pictures.all(), key=lambda picture: picture.position)
    if not title and not pictures:
        return None
    if not title:
        title = (pictures[0].alt if pictures else "") or "Une photo"
    html = rich.from_text(rest)
    return LifeItem(post.publication_id, post.publication.published_at, title, html, tuple(pictures))


def title_and_rest(text: str) -> tuple[str, str]:
    """A post has no title: its first line, or its first sentence, is one when it is short; else its first words.

    The rest goes on from there and repeats nothing.
    """
    line, _, rest = re.sub(TYPED_SPACE, NBSP, text).partition("\n")
    if len(line) <= TITLE_LENGTH:
        return line.strip(), rest.strip()
    sentence, _, more = re.sub(SENTENCE_END, "\n", line, count=1).partition("\n")
    if len(sentence) <= TITLE_LENGTH:
        return sentence.removesuffix("."), f"{capfirst(more)}\n{rest}".strip()
    cut = line.rfind(" ", 0, TITLE_LENGTH)
    cut = cut if cut > 0 else TITLE_LENGTH - 1
    return f"{line[:cut]}…", f"…{line[cut:].strip()}\n{rest}".strip()


def schools_on_wednesdays() -> QuerySet:
    """Ids of the schools whose week, as their heads published it, has a Wednesday morning."""
    return SchoolSite.objects.filter(days=SchoolSite.Days.FOUR_AND_HALF).values("school")


def wednesday_lines(schools: QuerySet, today: datetime.date) -> QuerySet:
    """Those of these schools as lines of a home that asks several things at once (kit/rooms/told.py)."""
    rows = SchoolSite.objects.filter(days=SchoolSite.Days.FOUR_AND_HALF, school__in=schools)
    return lines(rows, WEDNESDAYS, name="", day=Value(today, DateField()), target="school_id")


def read_wednesdays(rows: Iterable[tuple]) -> tuple[set[uuid.UUID], list[tuple]]:
    """Such lines among others: (ids of schools, the others)."""
    found, others = parted(rows, WEDNESDAYS)
    return {line.target for line in found}, others


def has_class_on_wednesday(school) -> bool:
    """The same, of one school; one query."""
    return bool(_ON_WEDNESDAYS.rows(school.pk))


_ON_WEDNESDAYS = PreparedOf(lambda school: schools_on_wednesdays().filter(school=school).values_list("pk"))


def class_hours_of(school) -> ClassHours | None:
    """The day of a school as its head published it, None when they did not; one query."""
    site = SchoolSite.objects.filter(school=school).exclude(days="").first()
    if site is None:
        return None
    has_wednesday = site.days == SchoolSite.Days.FOUR_AND_HALF
    return ClassHours(site.morning_from, site.morning_to, site.afternoon_to, has_wednesday)
