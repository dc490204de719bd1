"""What a comparison ends with: differences with their reasons, questions, missing, problems, and the writes."""

import datetime
from collections import Counter
from dataclasses import dataclass, field

from preau.arrivals.comparing.identity import person_key
from preau.arrivals.reading import Problem, ReadFile

KINDS = ("pupils", "guardians", "teachers", "classes", "guardianships")
VERBS = ("created", "updated", "unchanged", "missing")
KIND_WORDS = {
    "pupils": "élèves", "guardians": "responsables", "teachers": "enseignantes et enseignants", "classes": "classes",
    "guardianships": "liens entre élève et responsable",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that applying would make or change."""

    kind: str  # of KINDS
    verb: str  # "created" or "updated"; "ended" with `complete`
    file: str
    line: int | None
    label: str  # who or what, readable
    reasons: tuple[str, ...]  # French, one per change


@dataclass(frozen=True, slots=True)
class Question:
    """Two that may be one: nothing is done about the line until a person says. `key` goes to `actions.decide`."""

    kind: str  # "pupils", "guardians", "teachers", "children" (which?), "guardianships" (ended), "births" (no age)
    key: str
    file: str
    line: int
    column: str
    label: str  # the line
    candidate: str  # what it is compared with
    candidate_id: str  # the person's id when already in the base, else empty
    score: int  # 0 to 100
    reason: str

    def as_json(self) -> dict:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Missing:
    """In the base, and not in the files. Listed; never ended unless `complete`."""

    kind: str
    label: str
    object_id: str


@dataclass(frozen=True)
class Comparison:
    """The whole of what the files would do to one school. `writes` is for `kit.batches` only."""

    school_year: str
    starts_on: datetime.date
    files: tuple[ReadFile, ...]
    differences: tuple[Difference, ...]
    questions: tuple[Question, ...]
    missing: tuple[Missing, ...]
    problems: tuple[Problem, ...]
    counts: dict  # {kind: {verb: number}}
    writes: tuple = field(repr=False, default=())
    set_aside_lines: bool = False
    enrolled_count: int = 0  # pupils of the school before
    bound: tuple = field(repr=False, default=())  # (key of a line, the new person it is): see Draft.bind

    @property
    def refused(self) -> bool:
        """Something blocks: nothing is applied, unless the person asked to leave such lines aside."""
        blocking = [problem for problem in self.problems if problem.blocks]
        return any(problem.line is None for problem in blocking) or bool(blocking and not self.set_aside_lines)

    @property
    def leaving_count(self) -> int:
        """Pupils whom a complete file makes leave."""
        return sum(1 for difference in self.differences if difference.verb == "ended")

    @property
    def many_leave(self) -> bool:
        """More than half of the school: as likely a file of one class, or of another school. Asked once more."""
        return 2 * self.leaving_count > self.enrolled_count

    def question(self, key: str) -> Question | None:
        """The question of that key, if it is still asked."""
        return next((question for question in self.questions if question.key == key), None)


class Draft:
    """A comparison being made."""

    def __init__(self, base, decisions, *, today, starts_on):
        self.base, self.decisions, self.today, self.starts_on = base, decisions, today, starts_on
        self.writes, self.differences, self.questions, self.missing, self.problems = [], [], [], [], []
        self.counts = {kind: Counter() for kind in KINDS}
        self.bound = []  # see Comparison
        self.held = {}  # {(file, line): its line}: left out, or to be answered before anything is done of it
        self.doubted = set()  # ids of persons a question is about: not said to be missing

    def tell(self, kind, verb, line, label, reasons=()):
        """Counts one thing, and keeps why when it changes."""
        self.counts[kind][verb] += 1
        if verb != "unchanged":
            where = (line.file, line.line) if line is not None else ("", None)
            self.differences.append(Difference(kind, verb, *where, label, tuple(reasons)))

    def miss(self, kind, row, label):
        self.counts[kind]["missing"] += 1
        self.missing.append(Missing(kind, label, str(row.pk)))

    def warn(self, line, column, reason, *, blocks):
        self.problems.append(Problem(line.file, line.line, column, reason, blocks))

    def hold(self, line):
        self.held[line.file, line.line] = line

    def verdict(self, keys, other_keys) -> str:
        """What a person already said of any of these pairs: "same", "different" or nothing."""
        said = (self.decisions.get(frozenset((one, other))) for one in keys for other in other_keys)
        return next((found for found in said if found in ("same", "different")), "")

    def became(self, keys, person_id) -> bool:
        """Whether one of these lines made this person, where two bore one name: see `bind`."""
        return any(self.decisions.get(frozenset((key, person_key(person_id)))) == "became" for key in keys)

    def bind(self, one):
        """Remembers which line this new Entry or Adult was, where a person has to tell two of them apart."""
        if one.is_bound:
            self.bound.append((one.keys[0], one.person))

    def ask(self, kind, line, label, keys, candidate, score, reason, *, column=""):
        """Adds a question about a line and a candidate (see identity.Candidate)."""
        if candidate.person_id:
            self.doubted.add(candidate.person_id)
        self.questions.append(
            Question(
                kind,
                f"{keys[0]}~{candidate.keys[0]}",
                line.file,
                line.line,
                column,
                label,
                candidate.label,
                str(candidate.person_id or ""),
                max(0, min(100, score)),
                reason,
            )
        )
