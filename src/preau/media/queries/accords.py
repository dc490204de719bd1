"""Who may be shown to whom: the one query of the « accord de diffusion » (decision 0036).

A child is shown within a perimeter when each holder of parental authority has said yes to it and to those within it.
Unanswered is no, and so is a child for whom nobody can answer.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    SmallIntegerField,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from preau.kit.prepared import Asked, Prepared, PreparedOf, built_once
from preau.media.models import Accord, Marking, Perimeter
from preau.people.models import Person
from preau.schools.models import Enrolment, GroupMember, Guardianship
from preau.spaces.models import Publication

IMAGE = Accord.Kind.IMAGE
YES, NO = Accord.Answer.YES, Accord.Answer.NO
MEMBERS = {"classroom": Enrolment, "school": Enrolment, "group": GroupMember}  # children, by kind of place
QUESTIONS = len(Accord.Kind) * len(Perimeter)  # asked of a guardian for a child


def holders(today: datetime.date) -> QuerySet[Guardianship]:
    """Links of that day of who holds parental authority, or may: where the file does not say, a parent does, and a
    foster family does not."""
    authority = Guardianship.Authority
    held = Q(authority=authority.YES) | Q(authority=authority.UNKNOWN) & ~Q(kind=Guardianship.Kind.FOSTER)
    return Guardianship.objects.current(today).filter(held)


@lru_cache(maxsize=64)
def lacks_accord(child: str, kind: str, perimeter: int | str, today: datetime.date) -> Q:
    """Of rows that lead to a child by the path `child`: that the child is not to be shown in this way within this
    perimeter, a value or the path of one.

    Who is restricted by a judge is not asked, but what they refused stays refused. A condition is built once a day:
    that takes longer than to read the rows."""
    asked = OuterRef(perimeter) if isinstance(perimeter, str) else Value(int(perimeter))
    links = holders(today).filter(child=OuterRef(child))
    links = links.annotate(asked=ExpressionWrapper(asked, output_field=SmallIntegerField()))
    said = Accord.objects.current().filter(
        child=OuterRef("child"), guardian=OuterRef("guardian"), kind=kind, perimeter__lte=OuterRef("asked")
    )
    agreed = said.filter(answer=YES).order_by().values("child").annotate(count=Count("pk")).values("count")
    able = links.unrestricted(today)
    short = able.annotate(agreed=Coalesce(Subquery(agreed), 0)).filter(agreed__lt=F("asked"))
    return Q(~Exists(able)) | Q(Exists(short)) | Q(Exists(links.filter(Exists(said.filter(answer=NO)))))


def without_accord(children: QuerySet[Person], kind: str, perimeter: int, today: datetime.date) -> QuerySet[Person]:
    """Among these children, those who are not to be shown in this way within this perimeter; one query."""
    return children.filter(lacks_accord("pk", kind, perimeter, today))


@built_once
def marked_without_accord(today: datetime.date) -> QuerySet[Marking]:
    """Children marked on a picture that is for people to whom they are not to be shown."""
    return Marking.objects.filter(lacks_accord("child", IMAGE, "picture__perimeter", today))


@lru_cache(maxsize=2)
def lacks_nobody(today: datetime.date) -> Q:
    """Of pictures: no child without accord is marked on it."""
    return Q(~Exists(marked_without_accord(today).filter(picture=OuterRef("pk"))))


def is_shown(today: datetime.date) -> Q:
    """Of pictures: no child without accord is marked on it, and it is not to be declared again."""
    return Q(withheld_at=None) & lacks_nobody(today)


def has_unshowable(publication: Publication, today: datetime.date) -> bool:
    """Whether a child without accord is marked on a picture of this publication; one query."""
    return bool(_unshowable(today).rows(publication.pk))


@lru_cache(maxsize=2)
def _unshowable(today):
    """Asked with the id of a publication: writing this SQL costs more than running it."""
    marked = marked_without_accord(today).filter(picture__publication=Asked())
    return Prepared(marked.order_by().values_list("pk"))


def taken_back(since, perimeter, kind: str = IMAGE) -> QuerySet[Accord]:
    """Each yes to a child's image, or voice, within this perimeter that was taken back after that instant."""
    return Accord.objects.filter(answer=YES, kind=kind, perimeter__lte=perimeter, replaced_at__gt=since)


def places_with_taken_back(near: dict[str, QuerySet], today: datetime.date) -> dict[str, QuerySet]:
    """Of these lists of ids of classrooms, schools and groups, by kind, those where a child took back an accord,
    whichever and whenever. What was published elsewhere needs no further check."""
    taken = Exists(Accord.objects.filter(child=OuterRef("pupil"), answer=YES, replaced_at__isnull=False))
    return {
        kind: MEMBERS[kind].objects.current(today).filter((f"{kind}__in", places), taken).values(kind)
        for kind, places in near.items()
    }


def current_answers(guardian: Person, child: Person) -> dict[tuple[str, int], Accord]:
    """{(kind, perimeter): what this guardian last answered}; one query."""
    return {(one.kind, one.perimeter): one for one in _ANSWERS.rows(guardian.pk, child.pk)}


_ANSWERS = PreparedOf(lambda guardian, child: Accord.objects.current().filter(guardian=guardian, child=child))


def shown_as(child: Person, today: datetime.date) -> set[tuple[str, int]]:
    """The (kind, perimeter) in which the child may be shown; one query."""
    [row] = _LACKS_EACH.rows(child.pk, key=(today,))
    return {pair for pair, is_lacking in zip(EACH.values(), row, strict=True) if not is_lacking}


EACH = {f"{kind}_{perimeter}": (kind, perimeter) for kind in Accord.Kind for perimeter in Perimeter}


def _lacks_each(today):
    return {name: ExpressionWrapper(lacks_accord("pk", *pair, today), BooleanField()) for name, pair in EACH.items()}


# Nine conditions on the accords of a child: writing them takes four times what a page may.
_LACKS_EACH = PreparedOf(
    lambda child, today: Person.objects.filter(pk=child).annotate(**_lacks_each(today)).values_list(*EACH), maxsize=2
)


def answers_count(guardian: str, child: str) -> Coalesce:
    """Of rows that lead to a guardian and a child: how many questions that guardian has answered, of `QUESTIONS`."""
    said = Accord.objects.current().filter(guardian=OuterRef(guardian), child=OuterRef(child))
    return Coalesce(Subquery(said.order_by().values("child").annotate(count=Count("pk")).values("count")), 0)


@dataclass(frozen=True)
class ClassLine:
    """A pupil of a class, how far they may be shown in each kind (0: not at all), and what ONDE noted."""

    pupil: Person
    reach: dict[str, int]
    hint: str


def pupils_of_class(followed: QuerySet[Person], classroom, today: datetime.date) -> QuerySet[Person]:
    """Of these, the pupils of a class of this id, by name, each with what `class_lines` reads."""
    here = Enrolment.objects.current(today).filter(classroom=classroom).values("pupil")
    pupils = followed.filter(pk__in=here).select_related("record").annotate(**_lacks_each(today))
    return pupils.order_by("sort_key", "id")


def class_lines(pupils: Iterable[Person]) -> list[ClassLine]:
    """Of what `pupils_of_class` gives."""
    return [
        ClassLine(
            pupil,
            {kind: sum(not getattr(pupil, f"{kind}_{perimeter}") for perimeter in Perimeter) for kind in Accord.Kind},
            getattr(getattr(pupil, "record", None), "photo_hint", ""),
        )
        for pupil in pupils
    ]


@dataclass(frozen=True)
class HolderLine:
    """Somebody who answers for a child, and what they answered."""

    guardian: Person
    answers: dict[tuple[str, int], Accord]

    @property
    def left_count(self) -> int:
        return QUESTIONS - len(self.answers)


def answers_of(child: Person, today: datetime.date) -> list[HolderLine]:
    """Each holder of authority whom no judge restricts, with their answers; two queries."""
    links = holders(today).unrestricted(today).filter(child=child).select_related("guardian")
    found: dict = {}
    said = Accord.objects.current().filter(child=child).select_related("noted_by")
    for accord in said.order_by("kind", "perimeter"):
        found.setdefault(accord.guardian_id, {})[accord.kind, accord.perimeter] = accord
    return [
        HolderLine(link.guardian, found.get(link.guardian_id, {}))
        for link in links.order_by("-is_priority", "guardian__sort_key", "id")
    ]
