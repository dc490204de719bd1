"""Named reads: what a feed shows of a pupil's text, what waits for whom, what a pupil is told of theirs."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Concat, TruncDate
from django.utils.timezone import localdate

from preau.ent.writings.models import BACK, TOLD, Purpose, Remark, State, Writing
from preau.kit.names import name_key
from preau.kit.prepared import PreparedOf, built_once
from preau.kit.rich import from_text
from preau.kit.rooms.doors import tile_lines
from preau.kit.rooms.told import Line, count_line, lines, parted
from preau.media.models import Accord, Perimeter, Picture
from preau.media.queries.accords import is_shown, lacks_accord, places_with_taken_back, taken_back
from preau.people.models import Person
from preau.places.models import Classroom, School
from preau.schools.models import Enrolment, Guardianship
from preau.schools.queries.apart import with_initial
from preau.spaces.queries import Item

MOST_LISTED = 100  # of a class, on the page of its team
TO_READ, TO_LOOK_OVER = "writings_to_read", "writings_to_look_over"
TOLD_FOR = timedelta(days=7)  # on the pupil's home, once published
PLACES = ("publication__author", "publication__classroom__school")


@dataclass(frozen=True)
class WritingItem:
    """A pupil's text in a feed, and the children it concerns for the guardian who reads: those of its class."""

    writing: Writing
    child_ids: tuple[uuid.UUID, ...] = ()
    allowed: dict | None = None

    @property
    def publication(self):
        return self.writing.publication

    @property
    def html(self) -> str:
        return from_text(self.writing.text)


def with_place(writings: QuerySet[Writing]) -> QuerySet[Writing]:
    """With their publication, its author and its class."""
    return writings.select_related(*PLACES)


def whole(writings: QuerySet[Writing]) -> QuerySet[Writing]:
    """With their pictures and remarks too: three queries."""
    pictures = Prefetch("publication__pictures", pictures_to_read(localdate()).order_by("position", "id"))
    return with_place(writings).prefetch_related(pictures, _remarks())


@built_once
def pictures_to_read(today: datetime.date) -> QuerySet[Picture]:
    """All those of what is being written, and what may be shown of the rest."""
    return Picture.objects.filter(Q(publication__state__in=(State.DRAFT, State.WAITING)) | is_shown(today))


def _remarks():
    return Prefetch("remarks", Remark.objects.select_related("author").order_by("at", "id"))


def names_its_author(reader_id: uuid.UUID, today: datetime.date) -> Q:
    """Of writings, that this reader is told who wrote them: the families agree to signed works in the class, or it is
    the author, or one who answers for them."""
    mine = Guardianship.objects.reached(today).filter(guardian=reader_id, child=OuterRef("publication__author"))
    lacks = lacks_accord("publication__author", Accord.Kind.WORK, Perimeter.CLASS, today)
    return Q(publication__author=reader_id) | Q(Exists(mine)) | ~Q(lacks)


def named_to(reader_id: uuid.UUID, writings: Iterable[Writing], today: datetime.date) -> set[uuid.UUID]:
    """Ids of those of which this reader is told so; one query, whose SQL is longer to write than to answer."""
    ids = [one.pk for one in writings]
    return set(_NAMED.rows(reader_id, *ids, key=(today,))) if ids else set()


def _named_to(reader_id, *writings_and_day):
    *writings, today = writings_and_day
    found = Writing.objects.filter(names_its_author(reader_id, today), pk__in=writings)
    return found.order_by().values_list("pk", flat=True)


_NAMED = PreparedOf(_named_to)


def pictures_of(writing: Writing, today: datetime.date) -> list[Picture]:
    """Those that its readers see, in order; one query."""
    return _PICTURES.rows(writing.publication_id, key=(today,))


def remarks_of(writing: Writing) -> list[Remark]:
    """The first one first, each with who made it; one query."""
    return _REMARKS.rows(writing.pk)


_PICTURES = PreparedOf(
    lambda publication, today: pictures_to_read(today).filter(publication=publication).order_by("position", "id"),
    maxsize=2,
)
_REMARKS = PreparedOf(
    lambda writing: Remark.objects.filter(writing=writing).select_related("author").order_by("at", "id")
)


def items_of(items: list[Item], reader_id: uuid.UUID, today: datetime.date) -> dict[uuid.UUID, WritingItem]:
    """{publication id: item} of a feed, one query; the first picture of each comes with it, and whether who reads is
    told the name of its author, its class team apart."""
    if not items:
        return {}
    found = _IN_FEED.rows(reader_id, *(item.publication_id for item in items), key=(today,))
    by_publication = {one.publication_id: one for one in found}
    return {
        item.publication_id: WritingItem(by_publication[item.publication_id], item.child_ids)
        for item in items
        if item.publication_id in by_publication
    }


def _in_feed(reader_id, *publications_and_day):
    *publications, today = publications_and_day
    first = pictures_to_read(today).filter(publication=OuterRef("publication")).order_by("position", "id")
    shown = {f"picture_{name}": Subquery(first.values(name)[:1]) for name in ("id", "width", "height", "alt")}
    is_signed = ExpressionWrapper(names_its_author(reader_id, today), BooleanField())
    return with_place(Writing.objects.filter(publication__in=publications)).annotate(is_signed=is_signed, **shown)


_IN_FEED = PreparedOf(_in_feed)  # four fifths of a pupil's home went to writing its SQL


def signature_of(pupil: Person, classroom: Classroom, today: datetime.date) -> str:
    """« Inès », or « Inès D. » when another pupil of the class has that first name."""
    here = Enrolment.objects.current(today).filter(classroom=classroom).exclude(pupil=pupil)
    others = {name_key(name) for name in here.values_list("pupil__first_name", flat=True)}
    if name_key(pupil.first_name) in others:
        return with_initial(pupil)
    return pupil.first_name


def to_read_line(waiting: QuerySet[Writing]) -> QuerySet:
    """Of the texts to read over, one line of a home that asks several things at once, or none."""
    return count_line(waiting, TO_READ, since="given_at")


def read_to_read(rows: Iterable[tuple]) -> tuple[int, list[tuple]]:
    """Such a line among others: (how many, the others)."""
    found, others = parted(rows, TO_READ)
    return sum(int(line.name) for line in found), others


def to_look_over(classrooms: QuerySet[Classroom], today: datetime.date) -> QuerySet[Writing]:
    """Of what these classes read, what has images and was published, or looked at, before a child of its class was left
    without accord (decision 0036)."""
    left = places_with_taken_back({"classroom": classrooms.values("pk")}, today)["classroom"]
    has_pictures = Exists(Picture.objects.filter(publication=OuterRef("publication")))
    shown = Writing.objects.filter(has_pictures, publication__classroom__in=left, publication__state=State.PUBLISHED)
    shown = shown.annotate(since=Coalesce("no_child_declared_at", "publication__published_at"))
    here = Enrolment.objects.current(today).filter(
        pupil=OuterRef("child"), classroom=OuterRef(OuterRef("publication__classroom"))
    )
    lacks = lacks_accord("child", Accord.Kind.IMAGE, Perimeter.CLASS, today)
    return shown.filter(Exists(taken_back(OuterRef("since"), Perimeter.CLASS).filter(Exists(here), lacks)))


def taken_since(writing: Writing) -> Exists:
    """Of children: an accord for their image in the class was taken back since somebody looked at this text's."""
    since = writing.no_child_declared_at or writing.publication.published_at
    return Exists(taken_back(since, Perimeter.CLASS).filter(child=OuterRef("pk")))


def look_over_lines(found: QuerySet[Writing]) -> QuerySet:
    """Of the texts to look over, a line each, for homes that ask several things at once."""
    place, day = "publication__classroom__name", TruncDate("publication__published_at")
    return lines(found, TO_LOOK_OVER, name="title", detail=place, day=day)


def read_look_over(rows: Iterable[tuple]) -> tuple[list[Line], list[tuple]]:
    """Such lines among others: (those, the others)."""
    return parted(rows, TO_LOOK_OVER)


def of_class(writings: QuerySet[Writing], classroom) -> QuerySet[Writing]:
    """Of these, those of a class of this id, the last given first."""
    return with_place(writings.filter(publication__classroom=classroom)).order_by("-given_at", "-id")[:MOST_LISTED]


def by_state(writings: Iterable[Writing]) -> dict[str, list[Writing]]:
    """What the team reads of a class, by state: of what waits, the oldest given first."""
    found = {state: [] for state in (State.WAITING, State.DRAFT, State.PUBLISHED, State.WITHDRAWN)}
    for writing in writings:
        found[writing.state].append(writing)
    found[State.WAITING].reverse()
    return found


def mine(writings: QuerySet[Writing]) -> list[Writing]:
    """A pupil's own, what is to take up again first, then the newest; two queries."""
    found = with_place(writings).prefetch_related(_remarks()).order_by("-changed_at", "-id")
    return sorted(found[:60], key=lambda one: not one.is_returned)


def subjects_of(visible: QuerySet[Writing], classroom: Classroom) -> QuerySet[Writing]:
    """What the class reads for its conseil d’élèves: what has no answer yet first."""
    here = visible.filter(publication__classroom=classroom, purpose=Purpose.COUNCIL, publication__state=State.PUBLISHED)
    return with_place(here).order_by("answered_at", "-publication__published_at", "id")


def in_journal(visible: QuerySet[Writing], school: School) -> QuerySet[Writing]:
    """The newspaper of a school, the newest choice first."""
    here = visible.filter(publication__classroom__school=school)
    return with_place(here).annotate(pictures_count=Count("publication__pictures")).order_by("-in_journal_at", "id")


def lines_of_pupil(person, today) -> list[QuerySet]:
    """Above the pictures of a pupil's home: their texts that came back; what is being read over, what was published
    this week, in a child's words."""
    mine = Writing.objects.filter(publication__author=person)
    back = mine.filter(publication__state=State.DRAFT, returned_at__isnull=False)
    is_new = Q(publication__published_at__date__gte=today - TOLD_FOR, publication__state=State.PUBLISHED)
    told = mine.filter(is_new | Q(publication__state=State.WAITING))
    waits = When(publication__state=State.WAITING, then=Value(TOLD[State.WAITING]))
    state = Case(waits, default=Value(TOLD[State.PUBLISHED]), output_field=CharField())
    name, told_name = _named("Reprends ton texte"), _named("Ton texte")
    returned, given = TruncDate("returned_at"), TruncDate("given_at")
    to_do = {"text": name, "day": returned, "detail": Value(BACK, CharField())}
    return [
        tile_lines(back, "writings:writing_edit", **to_do),
        tile_lines(told, "writings:writing_detail", text=told_name, day=given, detail=state, is_news=True),
    ]


def _named(words):
    return Concat(Value(f"{words} «\u00a0"), "title", Value("\u00a0»"), output_field=CharField())
