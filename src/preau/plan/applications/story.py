"""What candidatures tell of a school: filed, heard, decided; and of an ambition: the projects that serve it."""

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Cast, Coalesce, TruncDate

from preau.kit.money import NBSP
from preau.kit.rooms.story import Chapter, Told, quoted
from preau.kit.rooms.told import lines, word_of
from preau.plan.applications import rules
from preau.plan.applications.models import CITY_AUTHORITIES, LEFT, Authority, State, Submission, Verdict
from preau.plan.applications.queries import filed_title

PAGE = "applications:application_detail"


def _project(school, person, today):
    seen = rules.applications_visible_to(person, today).filter(school=school)
    copies = Submission.objects.filter(application__in=seen)
    title = _read_title(person, today, "application__in", F("title"))
    of_copy = {"detail": "application__call__title", "more": Cast("number", CharField()), "target": "application_id"}
    yield lines(copies, "copy", name=title, day=TruncDate("submitted_at"), **of_copy)
    given = rules.opinions_visible_to(person, today).filter(application__school=school, given_at__isnull=False)
    of_opinion = {"detail": "verdict", "more": "motivation", "target": "application_id"}
    yield lines(given, "opinion", name="authority", day=TruncDate("given_at"), **of_opinion)
    ended = seen.filter(Q(decided_on__isnull=False) | Q(state__in=LEFT, copies_count__gte=1))
    reason = Case(When(decided_on=None, then="closing_reason"), default="decision_reason")
    word, day = word_of(Q(decided_on=None), "left", "decision"), Coalesce("decided_on", TruncDate("state_at"))
    yield lines(ended, word, name="state", detail="decision_number", more=reason, day=day)


def _read_title(person, today, path, title):
    """`title` where the person reads it, else nothing; `path` leads to the file."""
    titled = rules.titled_for(person, today).values("pk")
    return Case(When(**{path: titled}, then=title), default=Value(""), output_field=CharField())


def _serving(ambition, person, today):
    filed = Submission.objects.filter(application=OuterRef("pk"), number=OuterRef("copies_count"), ambitions=ambition)
    # A draft never filed: its own team reads it. Never a join: a project that serves two ambitions is one line.
    serves = Q(Exists(filed)) | Q(copies_count=0, pk__in=ambition.applications.values("pk"))
    files = rules.applications_visible_to(person, today).filter(serves)
    title = _read_title(person, today, "pk__in", filed_title())
    yield lines(files, "file", name="school__shown_name", detail="state", more=title, day=TruncDate("state_at"))


def decided(number: str, reason: str) -> str:
    """« Décision 2026-03 : trop tard »"""
    return f"Décision {number}" + (f"{NBSP}: {reason}" if reason else "")


def _state(line):
    """What was decided that day: the roll-out opened later, and has its own line."""
    return State.SELECTED if line.name == State.CONVERTED else State(line.name)


KINDS = {
    "copy": Told(10, "school", PAGE,
                 lambda line: f"Projet déposé{NBSP}: {quoted(line.name)}" if line.name else "Projet déposé",
                 lambda line: f"{line.detail}, copie n°{NBSP}{line.more}"),
    "opinion": Told(20, lambda line: "city" if line.name in CITY_AUTHORITIES else "state", PAGE,
                    lambda line: f"Avis {Verdict(line.detail).label}, {Authority(line.name).label}",
                    lambda line: line.more, names=tuple(Authority)),
    "left": Told(30, lambda line: "school" if line.name == State.WITHDRAWN else "state", PAGE,
                 lambda line: f"Candidature{NBSP}: {State(line.name).label}", lambda line: line.more),
    "decision": Told(70, "committee", PAGE, lambda line: f"Candidature{NBSP}: {_state(line).label}",
                     lambda line: decided(line.detail, line.more)),
}  # fmt: skip
OF_AMBITION = {
    "file": Told(10, "school", PAGE,
                 lambda line: f"{line.name}{NBSP}: {quoted(line.more)}" if line.more else line.name,
                 lambda line: State(line.detail).label),
}  # fmt: skip

STORY = (Chapter(_project, KINDS),)
AMBITION_STORY = (Chapter(_serving, OF_AMBITION),)
