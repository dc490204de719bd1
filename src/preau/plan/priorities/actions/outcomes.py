"""What the COPIL decides, written by the committees' room above: its rules were asked there.

`decision` is an `applications.models.DecisionRef`. The city never reorders: only a decision with its reason does.
"""

from django.db import transaction

from preau.kit.answers import Conflict
from preau.kit.contents import digest_now
from preau.kit.money import NBSP
from preau.plan.applications import actions as applications
from preau.plan.applications.models import State
from preau.plan.priorities import queries
from preau.plan.priorities.actions.writing import (
    check_alone,
    check_reasons,
    check_unsettled,
    journal,
    locked_list,
    locked_programme,
    move,
)
from preau.plan.priorities.models import LIST_NEXT, PROGRAMME_NEXT, CopilRank, ListState, ProgrammeState


@transaction.atomic
def adopt_list(*, person, priority_list, decision, now, order=()):
    """The COPIL adopts. `order` is [(application, reason)] in the decided order when it changes it, whole.

    Raises Conflict when a change has no reason, or when `order` is not the list's own schools.
    """
    row = locked_list(priority_list=priority_list)
    check_alone(priority_list=row)
    changed = _changes(row, order, decision)
    if changed and not decision.reason.strip():
        raise Conflict(f"Le COPIL ne change la liste que par une décision motivée{NBSP}: écrivez sa raison.")
    to = ListState.ADOPTED_WITH_CHANGES if changed else ListState.ADOPTED
    move(row=row, table=LIST_NEXT, to=to, **_of(decision), decision_reason=decision.reason)
    CopilRank.objects.bulk_create(changed)
    _seal_list(person, "list_adopted", row, now)
    return row


@transaction.atomic
def send_back_list(*, person, priority_list, decision, now):
    """The COPIL sends it back, and says why: a new version follows."""
    if not decision.reason:
        raise Conflict(f"Un renvoi se motive{NBSP}: écrivez sa raison.")
    row = locked_list(priority_list=priority_list)
    move(row=row, table=LIST_NEXT, to=ListState.SENT_BACK, **_of(decision), decision_reason=decision.reason)
    _seal_list(person, "list_sent_back", row, now)
    return row


@transaction.atomic
def decide_programme(*, person, programme, decision, now):
    """The COPIL settles the year: its applications are kept, the others of the list wait. Raises Conflict while the
    list it follows is not adopted (the order is settled before the money), and where the COPIL's new order makes a
    school pass before others and neither the city nor this decision says why."""
    row = locked_programme(programme=programme)
    if row.priority_list_id and not row.priority_list.is_adopted:
        raise Conflict(f"Le programme suit la {row.priority_list}, que le COPIL n’a pas adoptée.")
    check_unsettled(programme=row)
    if not decision.reason.strip():
        check_reasons(view=queries.programme_view(row), mend=f"écrivez le motif de la décision, ou renvoyez le {row}")
    move(row=row, table=PROGRAMME_NEXT, to=ProgrammeState.DECIDED, **_of(decision), decision_reason=decision.reason)
    kept = {e.application_id for e in row.entries.all()}
    held = row.priority_list.entries.select_related("application") if row.priority_list_id else ()
    for application in [e.application for e in held]:
        if application.pk in kept and application.state in (State.RANKED, State.WAITING_LIST):
            applications.mark_selected(person=person, application=application, decision=decision, now=now)
        elif application.state == State.RANKED:
            applications.mark_waiting(person=person, application=application, decision=decision, now=now)
    _journal(person, "programme_decided", row, now, ["decision_reason"] if decision.reason else [])
    return row


@transaction.atomic
def send_back_programme(*, person, programme, now):
    """The COPIL does not settle it: the city works on it again."""
    row = locked_programme(programme=programme)
    move(row=row, table=PROGRAMME_NEXT, to=ProgrammeState.SIMULATED)
    _journal(person, "programme_sent_back", row, now)
    return row


def _of(decision):
    return {"decision_id": decision.id, "decision_number": decision.number, "decided_on": decision.held_on}


def _changes(row, order, decision):
    """CopilRank rows for the schools whose rank changes; none when the order is the list's."""
    if not order:
        return []
    entries = {e.application_id: e for e in row.entries.all()}
    if [a.pk for a, _ in order] != list(dict.fromkeys(a.pk for a, _ in order)) or {a.pk for a, _ in order} != set(
        entries
    ):
        raise Conflict(f"L’ordre décidé nomme chaque école de la liste une fois{NBSP}: corrigez-le.")
    changes = []
    for rank, (application, reason) in enumerate(order, 1):
        entry = entries[application.pk]
        if entry.rank == rank:
            continue
        if not reason.strip():
            raise Conflict(f"Chaque école déplacée a sa raison{NBSP}: il en manque une.")
        changes.append(CopilRank(entry=entry, rank=rank, reason=reason, decision_id=decision.id))
    return changes


def _seal_list(person, verb, row, now):
    journal(
        person=person,
        verb=verb,
        subject=row,
        city_id=row.city_id,
        now=now,
        fields=["state", *queries.DECIDES],
        is_sealed=True,
        bound=digest_now(queries.LIST, row.pk),
    )


def _journal(person, verb, row, now, fields=()):
    journal(
        person=person, verb=verb, subject=row, city_id=row.city_id, now=now, fields=["state", *fields], is_sealed=True
    )
