"""Where the answers of a mot stand: by child and guardian for who follows it, in number elsewhere."""

import datetime
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import NamedTuple

from django.db.models import OuterRef, Subquery

from preau.ent.notes.models import Answer, Nature, Note, NoteTarget, Outing
from preau.ent.notes.queries.concerned import children_of
from preau.kit.prepared import Asked, Prepared
from preau.notify.queries import Line, Reason, lines_of, lines_with
from preau.people.models import Person
from preau.schools.models import Guardianship
from preau.spaces import audiences
from preau.spaces.audiences import Profile

STATES = ("divided", "refused", "waiting", "alone", "seen", "partial", "done")
ANSWERS = Prepared(Answer.objects.filter(note=Asked()).select_related("file"))
TO_SEE = ("divided", "refused")  # shown to the head, whatever the class


class GuardianLine(NamedTuple):
    """One guardian of one child. `reason` is why they are not reached; `signs`, whether they answer for the child today
    and are not known to lack authority; `expected` is None as long as the list is being written."""

    person_id: uuid.UUID
    name: str
    sort_key: str
    reason: str
    expected: Line | None
    signs: bool
    answer: Answer | None = None
    asks_paper: bool = False

    @property
    def said(self) -> str:
        """Of who has not answered: « vu », « SMS reçu », or why they are not reached."""
        return self.reason or ("SMS reçu" if self.is_texted else "vu")

    @property
    def is_former(self) -> bool:
        """They answered or read, and do not answer for the child any more: it neither counts nor stands in the way."""
        return self.expected is not None and self.expected.link is None

    @property
    def mark(self) -> str:
        """The colour of what they said."""
        if self.answer is not None and not self.is_former:
            return "stop" if self.answer.agreed == Answer.Agreed.NO else "done"
        return "wait" if self.reason else "none"

    @property
    def aside(self) -> str:
        """What is on its way on paper."""
        if self.answer is not None:
            return ""
        if self.expected is not None and self.expected.paper_out_at:
            return "coupon imprimé"
        return "demande le papier" if self.asks_paper else ""

    @property
    def has_coupon_out(self) -> bool:
        return self.wants_coupon and self.expected.paper_out_at is not None

    @property
    def is_texted(self) -> bool:
        return self.expected is not None and self.expected.is_texted

    @property
    def is_reached(self) -> bool:
        """They have read it, or their paper is back."""
        return self.answer is not None or (self.expected is not None and not self.reason)

    @property
    def wants_coupon(self) -> bool:
        """Whether a coupon is to be printed: not before the list is frozen, nor for who has answered."""
        waits = self.expected is not None and self.answer is None and not self.is_former
        return waits and (bool(self.reason) or self.asks_paper)


@dataclass(frozen=True)
class ChildLine:
    """One child and who answers for it."""

    child_id: uuid.UUID
    name: str
    classroom_id: uuid.UUID | None
    classroom: str
    nature: str
    guardians: list[GuardianLine]
    is_insured: bool = False  # their certificate of this school year was handed in

    @cached_property
    def state(self) -> str:
        """One of STATES: « divided » is a refusal beside an agreement, « waiting » that nobody is reached, « alone »
        that nobody answers for the child."""
        if not self.guardians:
            return "alone"
        standing = [line for line in self.guardians if not line.is_former]
        answers = [line.answer for line in standing if line.answer]
        agreed = {answer.agreed for answer in answers}
        if Answer.Agreed.NO in agreed:
            return "divided" if Answer.Agreed.YES in agreed else "refused"
        if not answers:
            return "seen" if any(line.is_reached for line in self.guardians) else "waiting"
        expected = standing if self.nature == Nature.SEE else [line for line in standing if line.signs]
        if Nature(self.nature).is_for_each and not all(line.answer for line in expected):
            return "partial"
        return "done"


@dataclass(frozen=True)
class FollowUp:
    """Every child a mot concerns, among those the reader follows; `own_count` are their own, shown to nobody here.
    `is_frozen` is false as long as the list is being written."""

    note: Note
    children: list[ChildLine] = field(default_factory=list)
    own_count: int = 0
    is_frozen: bool = True
    shown_class: str = ""  # of several, the id of the one whose families are named

    @cached_property
    def by_state(self) -> dict[str, list[ChildLine]]:
        found = {state: [] for state in STATES}
        for line in self.children:
            found[line.state].append(line)
        return found

    @cached_property
    def groups(self) -> dict[str, list[ChildLine]]:
        """{state: its children that are named}: of a mot to several classes, those who disagree and one class."""
        rooms = {line.classroom_id for line in self.children}
        named = rooms if len(rooms) <= 1 else {room for room in rooms if str(room) == self.shown_class}
        return {
            state: [line for line in lines if state in TO_SEE or line.classroom_id in named]
            for state, lines in self.by_state.items()
        }

    @cached_property
    def to_reach_count(self) -> int:
        return len(self.by_state["waiting"]) + len(self.by_state["alone"])

    @property
    def paper_count(self) -> int:
        """Children of whom a coupon is back."""
        return sum(any(one.answer and one.answer.paper_at for one in line.guardians) for line in self.children)

    @property
    def answered_count(self) -> int:
        return len(self.children) - self.to_reach_count - len(self.by_state["seen"])

    @cached_property
    def coupons(self) -> list[tuple[ChildLine, GuardianLine]]:
        """Exactly those not reached, and who asks for paper: one for each guardian and child."""
        return [(line, one) for line in self.children for one in line.guardians if one.wants_coupon]

    @cached_property
    def to_remind(self) -> set[uuid.UUID]:
        """Ids of those who have an account and have not read it."""
        lines = (one for line in self.children for one in line.guardians if not (one.answer or one.is_former))
        return {one.person_id for one in lines if one.reason == Reason.NEVER_OPENED.label or one.is_texted}

    @cached_property
    def uninsured(self) -> list[ChildLine] | None:
        """Children without insurance certificate, for an outing that is optional; None for any other mot."""
        if not (self.note.outing and Outing(self.note.outing).needs_signature):
            return None
        return [line for line in self.children if not line.is_insured]

    @property
    def by_reason(self) -> list[tuple[str, int]]:
        """(why, how many guardians are not reached for it), the most first; one of several children is one."""
        lines = {one.person_id: one.reason for line in self.children for one in line.guardians if one.reason}
        return Counter(lines.values()).most_common()

    @cached_property
    def by_class(self) -> list[tuple[uuid.UUID, str, int, int]]:
        """(class, its name, children, children to reach), where there are several."""
        rooms: dict = {}
        for line in self.children:
            rooms.setdefault((line.classroom_id, line.classroom), []).append(line.state in ("waiting", "alone"))
        return [(*room, len(each), sum(each)) for room, each in rooms.items()] if len(rooms) > 1 else []


def follow_up(
    note: Note,
    targets: Iterable[NoteTarget],
    today: datetime.date,
    *,
    reader: Person | None = None,
    shown_class: str = "",
) -> FollowUp:
    """The children of these targets, by class and name; three queries. A parent who teaches here is not shown what the
    other parent of their child answers: the children of `reader` are left out."""
    targets = list(targets)
    children = children_of(targets, today, reader)
    notice = getattr(note.publication, "notice", None)
    is_frozen = notice is not None and notice.frozen_at is not None
    held_on = min(today, note.happens_on or today)  # once the day is past, who answered for the child that day
    expected = lines_of(notice, _lines_with_links(held_on)) if is_frozen else []
    guardians = _with_answers(note, _standing(expected) if is_frozen else _members(targets, today))
    awaited = {one.child_id for one in expected}
    lines = [
        ChildLine(*child, note.nature, guardians[child[0]], is_insured)
        for *child, is_insured, is_own, is_answered_for in children
        if not is_own and (child[0] in awaited or not (is_frozen and is_answered_for))
    ]
    shown = shown_class if any(str(line.classroom_id) == shown_class for line in lines) else ""
    own_count = sum(is_own for *_, is_own, _ in children)
    return FollowUp(note, lines, own_count, is_frozen, shown)


def _standing(lines):
    """[(child, the first facts of a GuardianLine)] of a frozen list."""
    return [
        (one.child_id, one.person_id, one.name, one.sort_key, one.reason_text, one, _signs(one.link))
        for one in lines
        if not one.is_gone
    ]


@lru_cache(maxsize=16)
def _lines_with_links(today):
    links = Guardianship.objects.reached(today).filter(guardian=OuterRef("person"), child=OuterRef("child"))
    return lines_with(Subquery(links.values("authority")[:1]))


def _members(targets, today):
    """The same while the list is being written: nothing is known of what they have read."""
    members = audiences.members_of({target.audience for target in targets}, today)
    families = {(one.person_id, one.child_id): one for one in members if one.profile == Profile.FAMILY}
    links = Guardianship.objects.reached(today).filter(child__in={child for _, child in families})
    authorities = {(who, child): said for who, child, said in links.values_list("guardian", "child", "authority")}
    reason = {True: Reason.NEVER_OPENED.label, False: Reason.NO_ACCOUNT.label}
    return [
        (
            child,
            who,
            one.formal_name,
            one.sort_key,
            reason[one.has_account],
            None,
            _signs(authorities.get((who, child))),
        )
        for (who, child), one in families.items()
    ]


def _signs(authority):
    return authority not in (None, Guardianship.Authority.NO)


def _with_answers(note, facts):
    """{child: its GuardianLines, by name}"""
    known = {(answer.guardian_id, answer.child_id): answer for answer in ANSWERS.rows(note.pk)}
    found = defaultdict(list)
    for child, person, *others in sorted(facts, key=itemgetter(3, 1)):
        answer = known.get((person, child))
        counts = answer is not None and (answer.version or 0) >= note.asked_from
        asks_paper = answer is not None and answer.paper_asked_at is not None
        found[child].append(GuardianLine(person, *others, answer if counts else None, asks_paper))
    return found
