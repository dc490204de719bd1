"""Named reads of what is said under a post."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from preau.ent.comments.models import Comment, Discussion
from preau.kit.prepared import PreparedOf
from preau.kit.rooms.told import count_line, parted
from preau.people.models import Person
from preau.spaces.models import Publication, Reach

TO_READ = "comments_to_read"
MOST = 200  # comments of a page: a class writes fewer in a year


def is_discussed() -> Exists:
    """Of rows with a `publication`: whether it was opened to comments."""
    return Exists(Discussion.objects.filter(publication=OuterRef("publication")))


def discussion_of(publication: Publication) -> Discussion | None:
    """One query."""
    return Discussion.objects.filter(publication=publication).first()


def reaches(publication: Publication) -> list[str]:
    """The audiences of a post; one query."""
    return _REACHES.rows(publication.pk)


_REACHES = PreparedOf(
    lambda publication: Reach.objects.filter(publication=publication).values_list("audience", flat=True)
)


def listed(comments: QuerySet[Comment]) -> list[Comment]:
    """Those of a post, the oldest first, with who wrote; one query."""
    return list(comments.select_related("author").order_by("written_at", "id")[:MOST])


def waiting(comments: QuerySet[Comment], limit: int) -> list[Comment]:
    """Those to read first, of any post, the oldest first; one query."""
    found = comments.select_related("author", "publication__classroom", "publication__group", "publication__school")
    return list(found.order_by("written_at", "id")[:limit])


def own_waiting_count(person: Person, publication: Publication) -> int:
    """How many of a person's comments on this post nobody has read over."""
    return len(_WAITING.rows(person.pk, publication.pk))


_WAITING = PreparedOf(
    lambda person, publication: Comment.objects.filter(
        author=person, publication=publication, state=Comment.State.WAITING
    ).values_list("pk")
)


def waiting_line(comments: QuerySet[Comment]) -> QuerySet:
    """Of the comments to read first, one line of a home that asks several things at once, or none."""
    return count_line(comments, TO_READ, since="written_at")


def read_waiting(rows: Iterable[tuple]) -> tuple[int, list[tuple]]:
    """Such a line among others: (how many, the others)."""
    found, others = parted(rows, TO_READ)
    return sum(int(line.name) for line in found), others
