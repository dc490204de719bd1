"""Where a file is, told: the steps, whose turn it is, who did what."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate

from preau.kit.dates import day_text
from preau.kit.money import NBSP
from preau.plan.applications.models import OVER, STAGES, Authority, Message, State


@dataclass(frozen=True)
class Step:
    """A square of the hopscotch."""

    label: str
    detail: str
    is_: str  # done, now, late, or nothing yet


DONE_BEFORE = {
    State.SUBMITTED: 0, State.INSPECTOR_REVIEW: 1, State.STATE_REVIEW: 2, State.RANKED: 4, State.SELECTED: 5,
    State.WAITING_LIST: 5, State.NOT_SELECTED: 5, State.CONVERTED: 6,
}  # fmt: skip


def steps_of(application, opinions) -> tuple[tuple[Step, ...], ...]:
    """W1 as the mock-up draws it: filed, IEN, State and city side by side, list, COPIL, roll-out."""
    by = {line.authority: line for line in opinions}
    reached = DONE_BEFORE.get(application.state, -1)
    filed = f"le {day_text(localdate(application.submitted_at))}" if application.submitted_at else "par l’école"
    return (
        (Step("Déposée", filed, _is(application)),),
        (_opinions("Avis de l’IEN", [by.get(Authority.IEN)], reached == 1),),
        (
            _opinions("DSDEN et DAN", [by.get(Authority.DSDEN), by.get(Authority.DAN)], reached == 2),
            _opinions("Ville, technique", [by.get(Authority.CITY_IT), by.get(Authority.BUILDINGS)], reached == 2),
        ),
        (Step("Liste priorisée", "DSDEN et DAN", "done" if reached >= 4 else ""),),
        (Step("COPIL", application.decision_number, "done" if reached >= 5 else ("now" if reached == 4 else "")),),
        (Step("Déploiement", "", "done" if reached >= 6 else ""),),
    )


def _is(application):
    if application.is_editable:
        return "now"
    return "done" if application.copies_count else ""


def _opinions(label, lines, is_now):
    """The opinions of one square: what they say, or how many of several are given."""
    lines = [line for line in lines if line is not None]
    given = sum(1 for line in lines if line.given_at)
    says = " · ".join(line.says for line in lines)
    detail = says if given == len(lines) or len(lines) == 1 else f"{given} avis sur {len(lines)}"
    return Step(label, detail, _is_square(lines, given, is_now))


def _is_square(lines, given, is_now):
    if not lines:
        return "now" if is_now else ""
    if given == len(lines):
        return "done"
    if any(line.is_late for line in lines):
        return "late"
    return "now" if any(line.is_awaited for line in lines) else ""


def turn_of(application, opinions, unheld=()) -> str:
    """Who has the file in hand, and until when; `unheld`: authorities that nobody was named for."""
    is_read = application.state in STAGES.values()
    late = [line for line in opinions if line.is_late]
    if is_read and late:
        return f"Avis non rendu{_names(late)}. Ce silence ne vaut pas accord."
    waiting = [line for line in opinions if line.is_awaited]
    if is_read and waiting:
        last = day_text(max(line.due_on for line in waiting))
        nobody = [line for line in waiting if line.authority in unheld]
        lacks = f" Personne n’est encore nommé pour le rendre{_names(nobody)}." if nobody else ""
        return f"Avis attendu au plus tard le {last}{_names(waiting)}.{lacks}"
    if application.state == State.DRAFT:
        last = day_text(application.call.last_day)
        return f"{TURNS[State.DRAFT]} Dernier jour pour déposer{NBSP}: {last}."
    if application.state in OVER and application.closing_reason:
        return f"{application.get_state_display().capitalize()}{NBSP}: {application.closing_reason}"
    return TURNS[application.state]


def _names(lines):  # one of them holds a comma: « Ville, informatique »
    return f"{NBSP}: " + f"{NBSP}; ".join(line.authority_label for line in lines)


TURNS = {
    State.DRAFT: "L’équipe de l’école écrit son projet.",
    State.SUBMITTED: "L’avis n’est pas encore demandé à l’IEN.",
    State.INSPECTOR_REVIEW: "Le dossier est chez l’IEN.",
    State.CHANGES_REQUESTED: "L’école reprend son dossier.",
    State.STATE_REVIEW: "Tous les avis sont rendus. La DSDEN et la DAN préparent la liste priorisée.",
    State.RANKED: "Le COPIL décide du programme de l’année.",
    State.SELECTED: "Le COPIL a retenu ce projet.",
    State.WAITING_LIST: "Le COPIL garde ce projet pour plus tard.",
    State.NOT_SELECTED: "Le COPIL n’a pas retenu ce projet.",
    State.CONVERTED: "Le déploiement est ouvert.",
    State.WITHDRAWN: "L’école a retiré sa candidature.",
    State.NO_FOLLOW_UP: "Le dossier est sans suite.",
    State.REOPENED: "L’école reprend son dossier.",
}


@dataclass(frozen=True)
class Event:
    """A line of « Qui a fait quoi »."""

    at: datetime
    text: str


def log_of(application, copies, opinions, messages) -> list[Event]:
    """From what the page already read, newest first; nothing a reader may not know."""
    events = [Event(application.started_at, "L’école a commencé sa candidature.")]
    events += [Event(copy.submitted_at, f"L’école a déposé son dossier (copie {copy.number}).") for copy in copies]
    events += [Event(line.given_at, f"{line.authority_label}{NBSP}: avis rendu.") for line in opinions if line.given_at]
    events += [
        Event(line.lifted_at, f"{line.authority_label}{NBSP}: réserves levées.") for line in opinions if line.lifted_at
    ]
    events += [
        Event(message.sent_at, f"{message.voice}{NBSP}: modifications demandées.")
        for message in messages
        if message.kind == Message.Kind.CHANGE_REQUEST
    ]
    if application.state not in (State.DRAFT, State.INSPECTOR_REVIEW):
        events.append(Event(application.state_at, f"Candidature{NBSP}: {application.get_state_display()}."))
    return sorted(events, key=lambda event: event.at, reverse=True)
