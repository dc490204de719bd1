"""Named reads: what a feed says; who will see what is being written (`who`)."""

import datetime
import uuid
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from django.db.models import (
    Count,
    Exists,
    FilteredRelation,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    prefetch_related_objects,
)
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from preau.ent.posts.models import Post, PostFile, PostVideo
from preau.ent.thanks.queries import thanked_by
from preau.kit.digest import digest_json
from preau.kit.prepared import Asked, Prepared, PreparedOf, built_once, one_of_asked
from preau.media.models import Picture
from preau.media.queries.accords import is_shown, marked_without_accord
from preau.people.models import Person
from preau.spaces.models import Publication
from preau.spaces.queries import Item

# What a feed shows of a post, and what its rules read to say who may do what with it.
SPACES = ("classroom", "group", "afterschool", "school", "network", "city")  # where posts are written
IN_FEED = ("publication__author", *(f"publication__{space}" for space in SPACES))
SHOWN_IN_FEED = (
    "scope", "html", "edited_at", "told_week", "told_count",
    *(f"publication__{name}" for name in (*Publication.PLACES, "author", "state", "created_at", "published_at")),
    "publication__question",
    *(f"publication__author__{name}" for name in ("civility", "first_name", "last_name", "usage_name")),
    *(f"publication__{space}__name" for space in SPACES), "publication__school__shown_name",
    "publication__classroom__school", "publication__group__school",
)  # fmt: skip
SHOWN_OF_PICTURE = ("publication", "name", "width", "height", "alt")
IN_HAND = (Publication.State.DRAFT, Publication.State.WAITING)


@dataclass(frozen=True)
class LifeItem:
    """A post in a feed, its pictures, and the children it concerns for the guardian who reads."""

    post: Post
    pictures: list[Picture]
    child_ids: tuple[uuid.UUID, ...] = ()
    is_thanked: bool = False  # by the guardian who reads
    allowed: dict | None = None  # what the reader may do with it, on a page that offers it

    @property
    def publication(self):
        return self.post.publication

    @property
    def seen(self) -> str:
        """What a head reads before deciding, as a fingerprint: the text and the photos, 65 signs."""
        return seen_of(self.post, self.pictures)


def seen_of(post: Post, pictures: list[Picture]) -> str:
    """A fingerprint of the text, and one of the photos in their order, with what is said of them."""
    parts = (post.html, [[picture.name, picture.alt] for picture in pictures])
    return ".".join(digest_json(part)[:32] for part in parts)


def changed_since(seen: str, now: str) -> str:
    """« le texte », « les photos » or both, of two fingerprints; empty when nothing did."""
    pairs = zip(seen.split(".") if seen.count(".") == 1 else ["", ""], now.split("."), strict=True)
    names = [name for name, (one, other) in zip(("le texte", "les photos"), pairs, strict=True) if one != other]
    return " et ".join(names)


def with_publication(posts: QuerySet[Post]) -> QuerySet[Post]:
    """Posts with their publication, its author and its place."""
    places = ("classroom__school", "group__school", "afterschool", "school", "network", "city")
    return posts.select_related("publication__author", *(f"publication__{place}" for place in places))


def with_pictures(posts: QuerySet[Post]) -> QuerySet[Post]:
    """The same and their pictures: two queries. Of what is published, those that may be shown today."""
    return with_publication(posts).prefetch_related(Prefetch("publication__pictures", pictures_to_read(localdate())))


def join_pictures(posts: list[Post], today: datetime.date) -> None:
    """The same, to posts already read with their publication, for `pictures_of`; one query. Each picture says whether
    a child without accord `is_unshowable` on it."""
    read = {post.publication_id: [] for post in posts}
    for picture in _PICTURES.rows(*read, key=(today,)) if read else ():
        read[picture.publication_id].append(picture)
    for post in posts:
        post.pictures_read = read[post.publication_id]


def _pictures_of(*publications_and_day):
    *publications, today = publications_and_day
    pictures = pictures_to_read(today).filter(publication__in=publications)
    return pictures.annotate(is_unshowable=Exists(marked_without_accord(today).filter(picture=OuterRef("pk"))))


_PICTURES = PreparedOf(_pictures_of)


def pictures_of(post: Post) -> list[Picture]:
    """As `join_pictures` or `with_pictures` read them, else one query for all those of its publication."""
    return post.pictures_read if hasattr(post, "pictures_read") else list(post.publication.pictures.all())


@built_once
def pictures_to_read(today: datetime.date) -> QuerySet[Picture]:
    """In their order, all those of what is prepared, and what may be shown of the rest."""
    return _ordered_pictures().filter(Q(publication__state__in=IN_HAND) | is_shown(today))


def items_of(items: list[Item], person: Person) -> list[LifeItem]:
    """The posts of these items of a feed, in their order, as this person reads them; two queries."""
    if not items:
        return []
    posts, pictures = _feed_reads(len(items), localdate())
    ids = [item.publication_id for item in items]
    by_publication = {post.publication_id: post for post in posts.rows(*ids, person.pk)}
    shown = {}
    for picture in pictures.rows(*ids):
        shown.setdefault(picture.publication_id, []).append(picture)
    found = [(by_publication.get(item.publication_id), item) for item in items]
    return [
        LifeItem(post, shown.get(item.publication_id, []), item.child_ids, is_thanked=post.is_thanked)
        for post, item in found
        # Its photos may all have been taken back.
        if post and (post.html or post.files_count or post.video_seconds or item.publication_id in shown)
    ]


@lru_cache(maxsize=32)
def _feed_reads(count, today):
    here = one_of_asked("publication", count)
    posts = (
        Post.objects.filter(here)
        .select_related(*IN_FEED)
        .only(*SHOWN_IN_FEED)
        .annotate(is_thanked=thanked_by(Asked(count)), files_count=_files_to_read())
        .annotate(
            video_seconds=_seconds_to_see(), has_lsf=Exists(videos_to_see().filter(post=OuterRef("pk"), is_in_lsf=True))
        )
    )
    return Prepared(posts), Prepared(_ordered_pictures().filter(here).filter(is_shown(today)).only(*SHOWN_OF_PICTURE))


def _files_to_read():
    """How many files of a post may be opened."""
    ready = PostFile.objects.filter(post=OuterRef("pk"), ready_at__isnull=False).order_by()
    return Coalesce(Subquery(ready.values("post").annotate(count=Count("pk")).values("count")), 0)


def _seconds_to_see():
    """How long the video of a post lasts that may be seen; None without one."""
    return Subquery(videos_to_see().filter(post=OuterRef("pk")).values("seconds_count")[:1])


def voices_to_hear() -> QuerySet[PostFile]:
    """Those that are ready, of any post, in the order they were joined."""
    return PostFile.objects.filter(kind=PostFile.Kind.VOICE, ready_at__isnull=False).order_by("id")


def videos_to_see() -> QuerySet[PostVideo]:
    """Those that are ready, of any post; the one in LSF after the other."""
    return PostVideo.objects.filter(ready_at__isnull=False).order_by("is_in_lsf")


class Videos(NamedTuple):
    """Of a post: its video, and the same in LSF, in whatever state; None without."""

    video: PostVideo | None
    lsf: PostVideo | None

    def __bool__(self):
        return any(self)


def with_videos(posts: QuerySet[Post]) -> QuerySet[Post]:
    """Read with each of them, in the same query, for `videos_of`."""
    both = {"video": False, "lsf": True}
    joined = {name: FilteredRelation("videos", condition=Q(videos__is_in_lsf=is_in)) for name, is_in in both.items()}
    return posts.annotate(**joined, videos_read=Value(True)).select_related(*both)


def videos_of(post: Post) -> Videos:
    """One query, the first time, of a post that was not read `with_videos`."""
    if hasattr(post, "videos_read"):
        return Videos(getattr(post, "video", None), getattr(post, "lsf", None))
    prefetch_related_objects([post], "videos")
    found = {video.is_in_lsf: video for video in post.videos.all()}
    return Videos(found.get(False), found.get(True))


def _ordered_pictures():
    return Picture.objects.order_by("position", "id")


def item_of(post: Post) -> LifeItem:
    """One post read by `with_pictures`, or `join_pictures`."""
    return LifeItem(post, pictures_of(post))


def posts_in_hand(posts: QuerySet[Post], kind: str, place_id) -> QuerySet[Post]:
    """Drafts, things that wait and things withdrawn of one place, among posts already visible, the newest first."""
    here = posts.filter((f"publication__{kind}", place_id))
    return with_publication(here).order_by("-publication__created_at", "id")[:10]


def to_decide(posts: QuerySet[Post]) -> QuerySet[Post]:
    """A few posts to publish or to look over, of any place, newest first; what leaves by itself asks nothing.
    `lost_video`: its video, or the same in LSF, was refused."""
    found = posts.exclude(publication__state=Publication.State.WITHDRAWN).annotate(lost_video=has_lost_video())
    return (
        found.filter(Q(leaves_at=None) | Q(lost_video=True))
        .select_related(*IN_FEED)
        .only(*SHOWN_IN_FEED, "text", "kept_back")
        .order_by("-publication__created_at", "id")[:5]
    )


def has_lost_video() -> Exists:
    """Of rows of posts: whether a video of theirs was refused."""
    return Exists(PostVideo.objects.filter(post=OuterRef("pk"), refused_at__isnull=False))


def shows_or_tells() -> Q:
    """Of rows of publications: whether they have a picture, a video or a voice."""
    post = OuterRef("pk")
    pictures = Picture.objects.filter(publication=post)
    videos = PostVideo.objects.filter(post__publication=post)
    voices = PostFile.objects.filter(post__publication=post, kind=PostFile.Kind.VOICE)
    return Q(Exists(pictures)) | Q(Exists(videos)) | Q(Exists(voices))


def told_by(post: Post) -> list[Publication]:
    """What « Ce qu’on a appris » leads to, in its order, while it is published; one query."""
    found = Publication.objects.filter(pk__in=post.told.values("publication"), state=Publication.State.PUBLISHED)
    ranks = dict(post.told.values_list("publication", "position")) if post.told_week else {}
    return sorted(found, key=lambda one: ranks[one.pk]) if ranks else []


def week_told(week: datetime.date) -> Exists:
    """Of rows of classrooms: whether this week was told to the class already."""
    told = Post.objects.filter(told_week=week, publication__state=Publication.State.PUBLISHED)
    return Exists(told.filter(publication__classroom=OuterRef("pk")))
