"""What pupils make, as they and who teaches them see it. Each takes an already visible set or object."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, When
from django.utils.timezone import localdate

from preau.ent.lessons.models import Activity, Goal, Lesson, Work, WorkPart, WorkSigner
from preau.ent.lessons.queries.outcomes import outcomes_of
from preau.ent.posts.models import Post
from preau.kit.names import of_name
from preau.kit.rooms.told import count_line, parted
from preau.people.models import Person
from preau.people.queries.cards import signs_of

TO_READ = "lessons_to_read"
State = Work.State
WITH_PLACE = ("classroom__school", "group__school", "lesson")
WHERE_TO = {Goal.NOTEBOOK: "pour son cahier", Goal.ANSWER: "pour la consigne"}


@dataclass(frozen=True)
class Signer:
    """A pupil of a page, with the sign they know; `is_holding` it now."""

    pupil: Person
    sign: object
    is_holding: bool


@dataclass(frozen=True)
class Shown:
    """A work as it is drawn: who signs it, its parts in their order, what an adult said of it aloud."""

    work: Work
    signers: tuple[Signer, ...]
    parts: tuple[WorkPart, ...]

    @property
    def made(self) -> list[WorkPart]:
        """The parts of its pupils; a voice that was refused says why, beside."""
        return [part for part in self.parts if part.sort != WorkPart.Sort.REMARK]

    @property
    def remark(self) -> WorkPart | None:
        """The last one said aloud."""
        return next((part for part in reversed(self.parts) if part.sort == WorkPart.Sort.REMARK), None)

    @property
    def pictures(self) -> list[WorkPart]:
        return [part for part in self.made if part.is_picture]

    @property
    def voices(self) -> list[WorkPart]:
        """Of its pupils, those that are heard, or will be."""
        return [part for part in self.made if part.sort == WorkPart.Sort.VOICE and not part.refused_at]

    @property
    def words(self) -> str:
        """The first text of the page."""
        return next((part.text for part in self.made if part.sort == WorkPart.Sort.TEXT), "")

    @property
    def is_shared(self) -> bool:
        return len(self.signers) > 1

    @property
    def where_to(self) -> str:
        """Where its pupils want it to go, to an adult."""
        return _where_to(self.work, len(self.signers))

    @property
    def notebook(self) -> str:
        """Where it is kept, in a sentence: « dans le cahier d’Adam »."""
        names = [signer.pupil.first_name for signer in self.signers]
        return f"dans le cahier {of_name(names[0]) if len(names) == 1 else 'de chaque élève'}"


def shown(works: QuerySet[Work], *, most: int | None = None, with_signs: bool = True) -> list[Shown]:
    """The last begun first; four queries. `most`: of those, the ones that wait to be read over before all others; who
    reads them over is shown no sign: three queries."""
    parts = Prefetch("parts", WorkPart.objects.select_related("by").order_by("rank", "id"))
    signers = Prefetch("signers", WorkSigner.objects.select_related("pupil").order_by("joined_at", "id"))
    works = works.select_related(*WITH_PLACE).prefetch_related(parts, signers).order_by("-begun_at", "-id")
    if most:
        waits_first = Case(When(state=State.FINISHED, then=0), default=1)
        works = works.order_by(waits_first, "-begun_at", "-id")[:most]
    rows = list(works)
    pupils = {each.pupil_id: each.pupil for work in rows for each in work.signers.all()}
    signs = signs_of(list(pupils.values())) if pupils and with_signs else {}
    return [_shown(work, signs) for work in rows]


def _shown(work, signs):
    signers = (
        Signer(each.pupil, signs.get(each.pupil_id), each.pupil_id == work.holder_id) for each in work.signers.all()
    )
    return Shown(work, tuple(signers), tuple(work.parts.all()))


def of_pupil(works: QuerySet[Work], lesson: Lesson) -> list[Shown]:
    """Of the pupil's works, those that they go on with or wait for, and those kept today; the last begun first."""
    since = localdate(lesson.opened_at)
    return shown(works.filter(~Q(state=State.KEPT) | Q(kept_at__date__gte=since)))


def unfinished(works: QuerySet[Work]) -> list[Shown]:
    """Of the pupil's works, those that no adult has kept yet; the last begun first."""
    return shown(works.exclude(state=State.KEPT))


def of_one(one: Shown, pupil: Person) -> Shown:
    """The same page, with what this pupil made alone and what an adult says of it."""
    parts = tuple(part for part in one.parts if part.by_id == pupil.pk or part.sort == WorkPart.Sort.REMARK)
    return Shown(one.work, (), parts)


def in_hand(found: Iterable[Shown], lesson: Lesson, asked: uuid.UUID | None = None) -> Shown | None:
    """The page that the pupil goes on with: the one asked for, or the last that is not finished of what is to be done
    now. A page of another activity is taken up when it is asked for, and not otherwise."""
    if asked:
        return next((one for one in found if one.work.pk == asked), None)
    return next((one for one in found if one.work.is_open and one.work.task == lesson.task), None)


def given_back(works: QuerySet[Work]) -> Shown | None:
    """Of the pupil's works, the one that an adult gave back last."""
    return last_back(shown(works.filter(state=State.RETURNED)))


def last_back(found: Iterable[Shown]) -> Shown | None:
    """The same, of works that were read."""
    back = (one for one in found if one.work.state == State.RETURNED)
    return max(back, key=lambda one: one.work.returned_at or one.work.begun_at, default=None)


def answer_of(works: QuerySet[Work], lesson: Lesson) -> Work | None:
    """Of the pupil's works, the last begun for what is to be done now, which no adult has kept."""
    mine = works.filter(lesson=lesson, task_number=lesson.task_number).exclude(state=State.KEPT)
    return mine.order_by("begun_at", "id").last()


def to_read_line(waiting: QuerySet[Work]) -> QuerySet:
    """How many works are to be read over, for homes that ask several things at once (kit/rooms/told.py)."""
    return count_line(waiting, TO_READ, since="finished_at")


def read_to_read(rows: Iterable[tuple]) -> tuple[int, list[tuple]]:
    """Such a line among others: (how many, the other rows)."""
    mine, others = parted(rows, TO_READ)
    return sum(int(line.name) for line in mine), others


def worth_a_line(works: QuerySet[Work]) -> QuerySet[Work]:
    """All but those just begun, on which nothing is."""
    return works.filter(~Q(state=State.MAKING) | Exists(WorkPart.objects.filter(work=OuterRef("pk"))))


def with_outcomes(works: Iterable[Work]) -> list[Work]:
    """Of pages shown as posts, each with its `outcome`; one query."""
    works = list(works)
    outcomes = outcomes_of({work: () for work in works})
    for work in works:
        work.outcome = outcomes[work.pk]
    return works


def with_their_outcomes(found: Iterable[Shown]) -> list[Shown]:
    """Each work with its `outcome`, once it was read over, or None; one query."""
    found = list(found)
    outcomes = outcomes_of({one.work: [signer.pupil.pk for signer in one.signers] for one in found})
    for one in found:
        one.work.outcome = outcomes.get(one.work.pk)
    return found


def posted_by(person: Person) -> QuerySet[Work]:
    """Those that this person showed to the families of a class or a group, the last first, each with its place: the
    post has the id of the work (actions.reading). Who leads a group is not in its space, and finds the post by this."""
    posted = Work.objects.filter(kept_by=person, state=State.KEPT, goal=Goal.CLASS)
    posted = posted.filter(Exists(Post.objects.filter(pk=OuterRef("pk"), publication__author=person)))
    return posted.select_related(*WITH_PLACE).order_by("-kept_at", "-id")


def works_under_way(lesson: Lesson) -> dict[uuid.UUID, Work]:
    """{pupil: the page that they last began in this session}, for its board: each `told_to_adults`, « Avant » of an
    activity that is over; one query, and one more once a page was read over."""
    parts = WorkPart.objects.filter(work=OuterRef("work")).exclude(sort=WorkPart.Sort.REMARK).order_by("-rank", "-id")
    rows = WorkSigner.objects.filter(work__lesson=lesson).select_related("work__group")
    rows = rows.order_by("work__begun_at", "work")
    works, signed, sorts = {}, {}, {}
    for row in rows.annotate(last_sort=Subquery(parts.values("sort")[:1])):
        works[row.pupil_id] = row.work
        signed.setdefault(row.work, []).append(row.pupil_id)
        sorts[row.work_id] = row.last_sort
    outcomes = outcomes_of(signed)
    for work in works.values():
        told = _as_told(work, len(signed[work]), sorts[work.pk], outcomes.get(work.pk))
        is_former = 0 < work.task_number < lesson.task_number
        work.told_to_adults = f"Avant\u00a0: {told[0].lower()}{told[1:]}" if is_former else told
    return works


def _as_told(work, signers_count, last_sort, outcome):
    """« Dessin, pour son cahier »: what was last put on the page; what became of it, once it was read over."""
    if outcome:
        return outcome.words
    begun = WorkPart.Sort(last_sort).label.capitalize() if last_sort else "Page commencée"
    if work.state == State.RETURNED:
        return f"{begun}, {work.get_state_display()}"
    return f"{begun}, {_where_to(work, signers_count)}"


def _where_to(work, signers_count):
    if work.goal == Goal.NOTEBOOK and signers_count > 1:
        return "pour leurs cahiers"
    return work.for_place if work.goal == Goal.CLASS else WHERE_TO[work.goal]


def is_begun(work_id: uuid.UUID) -> bool:
    """Whether somebody has begun a page of this id, which a device chooses."""
    return Work.objects.filter(pk=work_id).exists()


def goal_of(lesson: Lesson) -> str:
    """Where a page goes when nobody chose: the answer to what was asked, the class page for a word of the class."""
    if lesson.activity == Activity.WORD:
        return Goal.CLASS
    return Goal.NOTEBOOK if lesson.activity in (Activity.FREE, Activity.PAGE) else Goal.ANSWER
