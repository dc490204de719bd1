"""What happened to a school, from its project to its uses; what an ambition became (mission D1, D8)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, TruncDate
from django.utils.text import capfirst

from preau.kit.dates import day_text
from preau.kit.money import NBSP
from preau.places.models import School
from preau.plan.applications import rules as applications
from preau.plan.applications.models import LEFT, Authority, Submission, Verdict
from preau.plan.applications.models import State as FileState
from preau.plan.applications.queries import filed_title
from preau.plan.desk.queries.gathering import gathered, lines, word_of
from preau.plan.desk.queries.uses import Uses, read_uses, uses_lines
from preau.plan.equipment.rules import acceptances_visible_to
from preau.plan.governance import rules as governance
from preau.plan.governance.models import Result
from preau.plan.priorities import rules as priorities
from preau.plan.priorities.models import SIGNED, CopilRank, PriorityEntry, ProgrammeEntry
from preau.plan.rollouts import rules as rollouts
from preau.plan.rollouts.models import RolloutStep, StepKind
from preau.plan.rollouts.queries import taken_back, with_receipts
from preau.plan.studies import rules as studies
from preau.plan.studies.models import Outcome


@dataclass(frozen=True)
class Event:
    """One thing that happened, who did it (« school », « state », « city », « committee »), and the page that proves
    it."""

    day: date
    title: str
    detail: str
    by: str
    url_name: str
    target: object  # the id that page takes
    day_is_known: bool = True  # False: only the year of `day` is

    @property
    def by_label(self) -> str:
        """Who did it, in words."""
        return {"state": "Éducation nationale", "school": "École", "committee": "Comité"}.get(self.by, "Ville")


@dataclass(frozen=True)
class Story:
    """A school from its project, the first day first, to what it does of it."""

    events: list[Event]
    uses: Uses


def story_of(school, person, today: date) -> Story:
    """The school's story as this person may read it. One query."""
    told = (_project, _choice, _laboratory, _way, _reserves, uses_lines)
    rows = list(gathered(part for tell in told for part in tell(school, person, today)))
    events = sorted((row for row in rows if row[0] in TOLD), key=_moment)
    return Story([_event(row) for row in events], read_uses(rows))


def _project(school, person, today):
    seen = applications.applications_visible_to(person, today).filter(school=school)
    copies = Submission.objects.filter(application__in=seen)
    title = _read_title(person, today, "application__in", F("title"))
    yield lines(
        copies, "copy", name=title, detail="application__call__title", more=Cast("number", CharField()),
        day=TruncDate("submitted_at"), target="application_id",
    )  # fmt: skip
    given = applications.opinions_visible_to(person, today).filter(application__school=school, given_at__isnull=False)
    yield lines(
        given, "opinion", name="authority", detail="verdict", more="motivation", day=TruncDate("given_at"),
        target="application_id",
    )  # fmt: skip
    ended = seen.filter(Q(decided_on__isnull=False) | Q(state__in=LEFT, copies_count__gte=1))
    reason = Case(When(decided_on=None, then="closing_reason"), default="decision_reason")
    yield lines(
        ended, word_of(Q(decided_on=None), "left", "decision"), name="state", detail="decision_number", more=reason,
        day=Coalesce("decided_on", TruncDate("state_at")),
    )  # fmt: skip


def _read_title(person, today, path, title):
    """`title` where the person reads it, else nothing; `path` leads to the file."""
    titled = applications.titled_for(person, today).values("pk")
    return Case(When(**{path: titled}, then=title), default=Value(""), output_field=CharField())


def _choice(school, person, today):
    seen = priorities.lists_visible_to(person, today)
    lists = seen.filter(state__in=SIGNED)
    ranks = PriorityEntry.objects.filter(priority_list__in=lists, application__school=school)
    yield lines(
        ranks, "rank", name=Cast("rank", CharField()), detail="priority_list__call__title",
        more=Cast("priority_list__version", CharField()), day=TruncDate("priority_list__dan_signed_at"),
        target="priority_list_id",
    )  # fmt: skip
    changed = CopilRank.objects.filter(entry__priority_list__in=lists, entry__application__school=school)
    of = "entry__priority_list"
    yield lines(
        changed, "rank_changed", name=Cast("rank", CharField()), detail=f"{of}__decision_number", more="reason",
        day=f"{of}__decided_on", target=f"{of}_id",
    )  # fmt: skip
    chosen = ProgrammeEntry.objects.filter(
        school=school, programme__in=priorities.programmes_visible_to(person, today),
        programme__decided_on__isnull=False,
    )  # fmt: skip
    # Why a school passes before others tells their ranks: for who reads the list.
    read = Q(programme__priority_list__in=seen.values("pk")) | Q(programme__priority_list=None)
    outside = Concat(Value(f"hors candidature, motif{NBSP}: "), "reason")
    why = Case(
        When(read & Q(application=None), then=outside), When(read & ~Q(reason=""), then="reason"),
        When(read, then="programme__decision_reason"), When(application=None, then=Value("hors candidature")),
        default=Value(""), output_field=CharField(),
    )  # fmt: skip
    yield lines(
        chosen, "programme", name="programme__school_year", detail="programme__decision_number", more=why,
        day="programme__decided_on", target="programme_id",
    )  # fmt: skip


def _laboratory(school, person, today):
    """The gate of the deck (D17): a pilot, the COTECH's opinion, what the COPIL decides."""
    seen = studies.cohorts_visible_to(person, today).filter(schools=school)
    yield lines(seen, "pilot", name="name", detail=Cast("ends_on", CharField()), day="starts_on")
    yield lines(
        seen.filter(opinion_on__isnull=False), "pilot_heard", name="name", detail="opinion_number", more="opinion_text",
        day="opinion_on",
    )  # fmt: skip
    yield lines(
        seen.filter(decided_on__isnull=False), "pilot_passed", name="outcome", detail="decision_number",
        more="decision_reason", day="decided_on",
    )  # fmt: skip


def _reserves(school, person, today):
    """Réserves of the papers that still count, then their lifting (W4)."""
    seen = rollouts.reservations_visible_to(person, today).filter(line__reception__rollout__school=school)
    seen = seen.filter(line__reception__signed_at__isnull=False, line__reception__withdrawn_at=None)
    paper = {"name": "line__label", "target": "line__reception_id"}
    yield lines(
        seen, "reserve", detail="text", more=Cast("due_on", CharField()), day="line__reception__held_on", **paper
    )
    yield lines(seen.filter(lifted_on__isnull=False), "reserve_lifted", detail="lifted_note", day="lifted_on", **paper)


def _way(school, person, today):
    ways = rollouts.rollouts_visible_to(person, today).filter(school=school)
    yield lines(ways, "opened", name="kit__school_kind", detail=Cast("kit__version", CharField()), day="opened_on")
    steps = RolloutStep.objects.filter(rollout__in=ways)
    yield lines(
        steps.filter(done_on__isnull=False), "step", name="kind", detail="proof", day="done_on", target="rollout_id"
    )
    yield lines(
        steps.filter(blocked_on__isnull=False), "blocked", name="kind", detail="blocked_cause", day="blocked_on",
        target="rollout_id",
    )  # fmt: skip
    signed = rollouts.receptions_visible_to(person, today).filter(rollout__school=school, signed_at__isnull=False)
    receipt = Cast("receipt_at", CharField())
    yield lines(signed, "reception", name="number", detail=receipt, more="withdrawn_reason", day="held_on")
    yield lines(
        with_receipts(ways.filter(service_on__isnull=False)), "service", name="kit__school_kind",
        detail=Cast("kit__version", CharField()), more=word_of(taken_back(), "retirée", ""), day="service_on",
    )  # fmt: skip
    received = acceptances_visible_to(person, today).filter(school=school)
    yield lines(
        received, word_of(Q(day_is_known=True), "class", "class_of_year"), name="label", detail="source",
        more=Cast("withdrawn_at", CharField()), day="accepted_on",
    )  # fmt: skip
    yield lines(
        ways.filter(abandoned_on__isnull=False), "abandoned", name="abandoned_reason", day="abandoned_on"
    )  # fmt: skip


def _q(text):
    return f"«{NBSP}{text}{NBSP}»"


# kind of line → (by, page, title, detail), the last two from the line's three texts. Of one day, in this order.
TOLD = {
    "copy": ("school", "applications:application_detail",
             lambda n, d, m: f"Projet déposé{NBSP}: {_q(n)}" if n else "Projet déposé",
             lambda n, d, m: f"{d}, copie n°{NBSP}{m}"),
    "opinion": ("", "applications:application_detail",
                lambda n, d, m: f"Avis {Verdict(d).label}, {Authority(n).label}", lambda n, d, m: m),
    "left": ("", "applications:application_detail",
             lambda n, d, m: f"Candidature{NBSP}: {FileState(n).label}", lambda n, d, m: m),
    "rank": ("state", "priorities:list_detail",
             lambda n, d, m: f"{n}{'re' if n == '1' else 'e'} de la liste priorisée",
             lambda n, d, m: f"{d}, liste v{m} signée par la DSDEN et la DAN"),
    "rank_changed": ("committee", "priorities:list_detail",
                     lambda n, d, m: f"Le COPIL la place {n}{'re' if n == '1' else 'e'}",
                     lambda n, d, m: _decided(d, m)),
    "programme": ("committee", "priorities:programme_detail",
                  lambda n, d, m: f"Au programme {n}", lambda n, d, m: _decided(d, m)),
    "decision": ("committee", "applications:application_detail",
                 lambda n, d, m: f"Candidature{NBSP}: {_decided_state(n).label}", lambda n, d, m: _decided(d, m)),
    "pilot": ("city", "studies:cohort_detail",
              lambda n, d, m: f"Laboratoire{NBSP}: {n}", lambda n, d, m: f"jusqu’au {_day(d)}"),
    "pilot_heard": ("committee", "studies:cohort_detail",
                    lambda n, d, m: f"Avis du COTECH sur le laboratoire {_q(n)}", lambda n, d, m: _decided(d, m)),
    "pilot_passed": ("committee", "studies:cohort_detail",
                     lambda n, d, m: f"Laboratoire{NBSP}: le COPIL décide d’{Outcome(n).label}",
                     lambda n, d, m: _decided(d, m)),
    "opened": ("city", "rollouts:rollout_detail",
               lambda n, d, m: "Déploiement ouvert", lambda n, d, m: _kit(n, d)),
    "blocked": ("", "rollouts:rollout_detail",
                lambda n, d, m: f"Bloquée{NBSP}: {StepKind(n).label}", lambda n, d, m: d),
    "step": ("", "rollouts:rollout_detail",
             lambda n, d, m: capfirst(StepKind(n).label), lambda n, d, m: d),
    "reception": ("city", "rollouts:reception_detail",
                  lambda n, d, m: f"Réception {n}", lambda n, d, m: _reception(d, m)),
    "class": ("city", "rollouts:acceptance_detail",
              lambda n, d, m: f"Classe reçue{NBSP}: {n}", lambda n, d, m: "retirée depuis" if m else d),
    "reserve": ("city", "rollouts:reception_detail",
                lambda n, d, m: f"Réserve, {n}", lambda n, d, m: f"{d.rstrip('.')}, à lever avant le {_day(m)}"),
    "reserve_lifted": ("city", "rollouts:reception_detail",
                       lambda n, d, m: f"Réserve levée, {n}", lambda n, d, m: d),
    "service": ("city", "rollouts:rollout_detail",
                lambda n, d, m: "Mise en service",
                lambda n, d, m: _kit(n, d) + (f"{NBSP}; une réception a été {m} depuis" if m else "")),
    "abandoned": ("city", "rollouts:rollout_detail",
                  lambda n, d, m: "Déploiement abandonné", lambda n, d, m: n),
}  # fmt: skip
TOLD["class_of_year"] = TOLD["class"]  # of which only the year is known


def _decided_state(state):
    """What was decided that day: the roll-out opened later, and has its own line."""
    return FileState.SELECTED if state == FileState.CONVERTED else FileState(state)


def _decided(number, reason):
    return f"Décision {number}" + (f"{NBSP}: {reason}" if reason else "")


def _day(iso):
    return day_text(date.fromisoformat(iso))


def _kit(school_kind, version):
    return f"équipement type v{version}, école {School.Kind(school_kind).label}"


def _reception(receipt, withdrawn):
    if withdrawn:
        return f"Retirée{NBSP}: {withdrawn}"
    return "signée par la Ville et par l’école" if receipt else "signée par la Ville"


def _moment(row):
    """Lines know their day only: those of one day follow the school's way, steps and opinions their own order."""
    kind, _, name, *_, day = row
    own = {"step": list(StepKind), "opinion": list(Authority)}.get(kind, ())
    return day, list(TOLD).index(kind), own.index(name) if name in own else 0


def _event(row):
    kind, target, name, detail, more, day = row
    by, url_name, title, rest = TOLD[kind]
    if kind == "opinion":
        by = "city" if name in ("city_it", "buildings") else "state"
    elif kind == "left":
        by = "school" if name == FileState.WITHDRAWN else "state"
    elif kind in ("step", "blocked"):
        by = "state" if name == StepKind.TRAINED else "school" if name == StepKind.COUNCIL_INFORMED else "city"
    texts = (name, detail or "", more or "")
    return Event(day, title(*texts), rest(*texts), by, url_name, target, kind != "class_of_year")


def told_of(ambition, person, today: date):
    """Raw lines of what points to an ambition, to page then to read with `read_told`. One query."""
    filed = Submission.objects.filter(application=OuterRef("pk"), number=OuterRef("copies_count"), ambitions=ambition)
    # A draft never filed: its own team reads it. Never a join: a project that serves two ambitions is one line.
    serves = Q(Exists(filed)) | Q(copies_count=0, pk__in=ambition.applications.values("pk"))
    files = applications.applications_visible_to(person, today).filter(serves)
    decisions = governance.decisions_visible_to(person, today).filter(ambitions=ambition)
    title = _read_title(person, today, "pk__in", filed_title())
    return gathered([
        lines(files, "file", name="school__shown_name", detail="state", more=title, day=TruncDate("state_at")),
        lines(decisions, "decided", name="text", detail="result", more=Cast("sequence", CharField()), day="decided_on"),
    ])  # fmt: skip


def read_told(rows) -> list[Event]:
    """The lines of a page."""
    found = []
    for kind, target, name, detail, more, day in rows:
        if kind == "file":
            title = f"{name}{NBSP}: {_q(more)}" if more else name
            event = Event(day, title, FileState(detail).label, "school", "applications:application_detail", target)
        else:
            words = f"{Result(detail).label}, décision {day.year}-{int(more):02d}"
            event = Event(day, name, words, "committee", "governance:decision_detail", target)
        found.append(event)
    return found
