"""Every school in one table: its state, why, since when, with whom (mission D8)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef
from django.db.models.enums import TextChoices
from django.utils.timezone import localdate

from preau.kit.money import counted
from preau.plan.applications.models import OVER, Opinion
from preau.plan.applications.models import State as FileState
from preau.plan.equipment.models import UNDETAILED
from preau.plan.equipment.queries import SchoolState
from preau.plan.rollouts.queries import current_steps


class Stage(TextChoices):
    """The stages of a school, from the last to the first: the first that holds is the school's."""

    UP_TO_DATE = "up_to_date", "à niveau"
    TO_RENEW = "to_renew", "équipée, à remettre à niveau"
    UNDETAILED = "undetailed", f"équipée, {UNDETAILED}"
    ROLLOUT = "rollout", "en déploiement"
    UNCOUNTED = "uncounted", "classes reçues, leur nombre inconnu"
    PARTLY = "partly", "équipée en partie"
    DECIDED = "decided", "retenue, déploiement à ouvrir"
    WAITING_LIST = "waiting_list", "en liste d’attente"
    RANKED = "ranked", "sur la liste priorisée"
    REVIEW = "review", "dossier à l’avis"
    WRITING = "writing", "dossier à l’école"
    NOT_SELECTED = "not_selected", "non retenue"
    CLOSED_FILE = "closed_file", "sans suite ou retirée"
    NOTHING = "nothing", "pas encore"
    UNTOLD = "untold", "équipement inconnu"


CHIPS = {Stage.UP_TO_DATE: "done", Stage.UNDETAILED: "done", Stage.NOT_SELECTED: "none", Stage.CLOSED_FILE: "none",
         Stage.NOTHING: "none", Stage.UNTOLD: "none", Stage.UNCOUNTED: "wait",
         Stage.TO_RENEW: "wait", Stage.WAITING_LIST: "wait"}  # fmt: skip
SHAPES = {"done": "square", "old": "square", "now": "triangle"}
WITH_SCHOOL, WITH_CITY, WITH_COPIL, WITH_STATE = "école", "Direction Éducation", "COPIL", "DSDEN et DAN"
OF_FILE = {
    FileState.DRAFT: (Stage.WRITING, WITH_SCHOOL),
    FileState.CHANGES_REQUESTED: (Stage.WRITING, WITH_SCHOOL),
    FileState.REOPENED: (Stage.WRITING, WITH_SCHOOL),
    FileState.SUBMITTED: (Stage.REVIEW, "DSDEN"),  # filed without a circonscription: the DSDEN or the DAN goes on
    FileState.INSPECTOR_REVIEW: (Stage.REVIEW, "IEN"),
    FileState.STATE_REVIEW: (Stage.REVIEW, "DSDEN, DAN et Ville"),
    FileState.RANKED: (Stage.RANKED, WITH_COPIL),
    FileState.SELECTED: (Stage.DECIDED, WITH_CITY),
    FileState.CONVERTED: (Stage.DECIDED, WITH_CITY),
    FileState.WAITING_LIST: (Stage.WAITING_LIST, WITH_COPIL),
    FileState.NOT_SELECTED: (Stage.NOT_SELECTED, ""),
    FileState.WITHDRAWN: (Stage.CLOSED_FILE, ""),
    FileState.NO_FOLLOW_UP: (Stage.CLOSED_FILE, ""),
}


@dataclass(frozen=True)
class Row:
    """A school today. `since` is None for one that nothing has happened to, or of which only
    the year is known; `holder` says who has the next act."""

    school: SchoolState
    stage: Stage
    reason: str
    since: date | None
    holder: str

    @property
    def chip(self) -> str:
        """The chip's word."""
        return CHIPS.get(self.stage, "now")

    @property
    def mark(self) -> str:
        """Its shape on the map: an equipped school whose kit has aged is not among those that wait for theirs."""
        return "old" if self.stage == Stage.TO_RENEW else self.chip

    @property
    def shape(self) -> str:
        """What the map draws it with."""
        return SHAPES.get(self.mark, "circle")

    def waited_days(self, today: date) -> int | None:
        """Days in this state; None where nobody is waited for."""
        return (today - self.since).days if self.since and self.holder else None


def board_of(states, files, under_way) -> list[Row]:
    """One row per school, in the order of `states` (equipment.queries.SchoolState); `files` are rows of `files_told`,
    `under_way` what rollouts.queries says. Reads nothing."""
    files = {school: File(*row) for school, *row in files}  # the last of each school
    steps = current_steps(under_way)
    return [_row(state, files.get(state.id), steps.get(state.id)) for state in states]


class File(NamedTuple):
    """What the board says of a file."""

    state: str
    state_at: datetime
    decided_on: date | None
    decision_number: str
    decision_reason: str
    is_awaiting: bool  # of an opinion


FILE_STATES = dict(FileState.choices)


def files_told(applications):
    """(school, what File says) of each file of an already visible set, in the order they were started."""
    awaited = Opinion.objects.awaited().filter(application=OuterRef("pk"))
    rows = applications.annotate(is_awaiting=Exists(awaited)).order_by("started_at", "id")
    return rows.values_list("school_id", *File._fields)


def _row(state, file, current):
    if current:
        return _under_way(state, current)
    if state.is_up_to_date:
        return Row(state, Stage.UP_TO_DATE, f"kit v{state.current_kit}", state.received_day, "")
    if state.has_undetailed:
        return Row(state, Stage.UNDETAILED, f"équipée {state.equipped_said}", state.equipped_day, "")
    if state.is_equipped:
        return Row(state, Stage.TO_RENEW, _kits(state), state.equipped_day, "")
    if state.received_count and (file is None or file.state in OVER):
        received = counted(state.received_count, "classe reçue", "classes reçues")
        if state.lacks_total:
            return Row(state, Stage.UNCOUNTED, received, state.received_day, WITH_CITY)
        reason = f"{received} sur {state.classes_count}"
        return Row(state, Stage.PARTLY, reason, state.received_day, WITH_CITY)
    if file is not None:
        return _of_file(state, file)
    return Row(state, Stage.NOTHING if state.is_told else Stage.UNTOLD, "", None, "")


def _kits(state):
    if state.current_kit is None:
        return f"aucun équipement type en vigueur, équipée {state.equipped_said}"
    classes = state.classes_count or state.received_count
    return f"{state.up_to_date_count} sur {classes} classes au kit v{state.current_kit}"


def _of_file(state, file):
    stage, holder = OF_FILE[file.state]
    reason = FILE_STATES[file.state]
    if file.state == FileState.STATE_REVIEW and not file.is_awaiting:
        reason, holder = "tous les avis sont rendus", WITH_STATE  # who rank it
    if file.decision_reason:
        reason = f"{reason}\u00a0: {file.decision_reason}"
    elif file.decision_number:
        reason = f"{reason}, décision {file.decision_number}"
    return Row(state, stage, reason, file.decided_on or localdate(file.state_at), holder)


def _under_way(state, current):
    step = current.step
    reason = f"{step.label}, bloquée\u00a0: {step.blocked_cause}" if step.blocked_on else step.label
    return Row(state, Stage.ROLLOUT, reason, current.since, step.owner_label)


def counts_by_stage(rows) -> list[tuple[Stage, int]]:
    """Stages that hold at least one school, in the order of the way."""
    found = defaultdict(int)
    for row in rows:
        found[row.stage] += 1
    return [(stage, found[stage]) for stage in Stage if found[stage]]
