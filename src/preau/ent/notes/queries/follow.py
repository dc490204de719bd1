"""Where the answers of a mot stand: by child and guardian for who follows it, in number elsewhere."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Count, F, Q, QuerySet

from preau.ent.notes.models import Answer, Nature, Note, NoteTarget
from preau.ent.notes.queries.family import SHOWN
from preau.ent.notes.queries.reach import with_pupils
from preau.people.models import Person
from preau.places.models import School, kind_of
from preau.schools.models import Enrolment, Guardianship
from preau.spaces import audiences
from preau.spaces.audiences import Member, Profile


@dataclass(frozen=True)
class GuardianLine:
    """One guardian of one child; `signs` is whether they hold authority, or are not known to lack it."""

    guardian: Member
    answer: Answer | None
    signs: bool

    @property
    def reason(self) -> str:
        """Why they are not reached, in a few words."""
        return "" if self.answer else "jamais ouvert" if self.guardian.has_account else "pas encore de compte"


@dataclass(frozen=True)
class ChildLine:
    """One child and who answers for it."""

    child: Member
    classroom: str
    nature: str
    guardians: tuple[GuardianLine, ...]

    @property
    def child_name(self) -> str:
        return f"{self.child.first_name} {self.child.usage_name or self.child.last_name}"

    @cached_property
    def state(self) -> str:
        """« done », « refused », « divided » (a refusal beside an agreement), « partial », « waiting » or « alone »."""
        if not self.guardians:
            return "alone"
        answers = [line.answer for line in self.guardians if line.answer]
        agreed = {answer.agreed for answer in answers}
        if Answer.Agreed.NO in agreed:
            return "divided" if Answer.Agreed.YES in agreed else "refused"
        if not answers:
            return "waiting"
        expected = self.guardians if self.nature == Nature.SEE else [line for line in self.guardians if line.signs]
        if Nature(self.nature).is_for_each and not all(line.answer for line in expected):
            return "partial"
        return "done"


@dataclass
class FollowUp:
    """Every child a mot concerns, among those the reader follows; `own_count` are their own, shown to nobody here."""

    note: Note
    children: list[ChildLine] = field(default_factory=list)
    own_count: int = 0

    def of(self, *states: str) -> list[ChildLine]:
        return [line for line in self.children if line.state in states]

    @property
    def done(self):
        return self.of("done")

    @property
    def refused(self):
        return self.of("refused")

    @property
    def divided(self):
        return self.of("divided")

    @property
    def partial(self):
        return self.of("partial")

    @property
    def waiting(self):
        return self.of("waiting")

    @property
    def alone(self):
        return self.of("alone")

    @property
    def to_reach_count(self) -> int:
        return len(self.of("waiting", "alone"))

    @property
    def by_class(self) -> dict[str, list[ChildLine]]:
        found: dict = {}
        for line in self.children:
            found.setdefault(line.classroom, []).append(line)
        return found


def follow_up(
    note: Note, targets: Iterable[NoteTarget], today: datetime.date, *, reader: Person | None = None
) -> FollowUp:
    """The children of these targets, by class and name; four queries. A parent who teaches here is not shown what the
    other parent of their child answers: the children of `reader` are left out."""
    members = audiences.members_of(with_pupils(target.audience for target in targets), today)
    pupils = {m.person_id: m for m in members if m.profile == Profile.PUPIL}
    ties = list(Guardianship.objects.filter(child__in=list(pupils)).values_list("child_id", "guardian_id", "authority"))
    own = {child for child, guardian, _ in ties if reader and guardian == reader.pk}
    shown = [pk for pk in pupils if pk not in own]
    answers = {
        (answer.child_id, answer.guardian_id): answer
        for answer in Answer.objects.filter(note=note, child__in=shown, version__gte=note.asked_from)
    }
    without = {(child, guardian) for child, guardian, authority in ties if authority == Guardianship.Authority.NO}
    guardians: dict = {}
    for m in {(m.child_id, m.person_id): m for m in members if m.profile == Profile.FAMILY}.values():
        pair = (m.child_id, m.person_id)
        guardians.setdefault(m.child_id, []).append(GuardianLine(m, answers.get(pair), pair not in without))
    rooms = _classes_of(shown, today)
    lines = [
        ChildLine(
            pupils[pk], rooms.get(pk, ""), note.nature,
            tuple(sorted(guardians.get(pk, ()), key=lambda line: (line.guardian.sort_key, line.guardian.person_id))),
        )
        for pk in shown
    ]  # fmt: skip
    lines.sort(key=lambda line: (line.classroom, line.child.sort_key, line.child.person_id))
    return FollowUp(note, lines, len(own))


def notes_sent_to(notes: QuerySet[Note], place) -> QuerySet[Note]:
    """Mots to a place, or to the classes and groups of a school, among those already visible; the newest first."""
    inside = Q(classroom__school=place) | Q(group__school=place) if isinstance(place, School) else None
    here = NoteTarget.objects.filter(inside or Q(**{kind_of(place): place}))
    return notes.filter(pk__in=here.values("note")).select_related(*SHOWN).order_by("-publication__created_at", "id")


def with_answers(notes: Iterable[Note]) -> list[tuple[Note, int]]:
    """Each with how many children have an answer; one query."""
    notes = list(notes)
    counted = Answer.objects.filter(note__in=notes, version__gte=F("note__asked_from")).values_list("note")
    counts = dict(counted.annotate(Count("child", distinct=True)))
    return [(note, counts.get(note.pk, 0)) for note in notes]


def _classes_of(children, today):
    current = Enrolment.objects.current(today).filter(pupil__in=children)
    return dict(current.values_list("pupil_id", "classroom__name"))
