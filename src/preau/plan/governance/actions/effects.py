"""What a decision changes in the rooms below, once its relevé is approved: never before, so that a secretary alone
moves nothing of the other authority's."""

from preau.kit.answers import Conflict
from preau.kit.money import NBSP
from preau.plan.applications import actions as applications
from preau.plan.applications.models import Application, DecisionRef
from preau.plan.governance.models import Committee, ObjectKind, Result
from preau.plan.priorities import actions as priorities
from preau.plan.priorities.models import PriorityList, Programme
from preau.plan.studies import actions as studies
from preau.plan.studies.models import Cohort, Comparison

AGREED = (Result.ADOPTED, Result.CHANGED, Result.NOTED)
REFUSED = (Result.SENT_BACK, Result.REJECTED)
HEARD = (*AGREED, Result.REJECTED)  # an unfavourable opinion is an opinion; what is sent back will be seen again


class Stopped(Conflict):
    """A decision of the relevé cannot take effect any more: `decision` is the one to correct."""

    def __init__(self, decision, reason):
        super().__init__(
            f"La décision {decision.number} ne peut pas prendre effet, le relevé n’est donc pas approuvé. {reason}"
        )
        self.decision = decision


def apply_effect(*, person, decision, session, now) -> None:
    """The effect of one decision, if it has one. Raises Stopped when it cannot be any more."""
    effect = EFFECTS.get((decision.object_kind, session.committee.kind), {}).get(decision.result)
    if effect is None:
        return
    try:
        effect(person, decision, now)
    except Conflict as conflict:
        raise Stopped(decision, conflict.reason) from None


def _reference(decision, reason) -> DecisionRef:
    """What a room below keeps of a decision."""
    return DecisionRef(id=decision.pk, number=decision.number, held_on=decision.decided_on, reason=reason)


def _opinion(decision) -> DecisionRef:
    """A COTECH's opinion in its words, with its sense and its reason where it does not simply agree."""
    sense = {Result.REJECTED: "Avis défavorable", Result.CHANGED: "Avec changements"}.get(decision.result)
    said = f"{sense}{NBSP}: {decision.reason}\n{decision.text}" if sense else decision.text
    return _reference(decision, said)


def _is_only_noted(decision) -> bool:
    """A COPIL that takes note and chooses nothing: said, and the choice stays to be made."""
    return decision.result == Result.NOTED and not decision.choice


def _hear_comparison(person, decision, now):
    comparison, opinion = Comparison.objects.get(pk=decision.object_id), _opinion(decision)
    if decision.result == Result.NOTED and not comparison.is_open:
        return
    studies.hear_comparison(person=person, comparison=comparison, opinion=opinion, now=now)


def _choose_option(person, decision, now):
    if _is_only_noted(decision):
        return
    studies.choose_option(
        person=person,
        comparison=Comparison.objects.get(pk=decision.object_id),
        option_id=decision.choice,
        decision=_reference(decision, decision.reason),
        now=now,
    )


def _hear_cohort(person, decision, now):
    cohort, opinion = Cohort.objects.get(pk=decision.object_id), _opinion(decision)
    if decision.result == Result.NOTED and cohort.state != Cohort.State.REVIEWED:
        return  # how a trial goes, told while it runs: the opinion comes with its joint review
    studies.hear_cohort(person=person, cohort=cohort, opinion=opinion, now=now)


def _pass_gate(person, decision, now):
    if _is_only_noted(decision):
        return
    studies.pass_gate(
        person=person,
        cohort=Cohort.objects.get(pk=decision.object_id),
        outcome=decision.choice,
        decision=_reference(decision, decision.reason),
        now=now,
    )


def _adopt_list(person, decision, now):
    """As DSDEN and DAN signed it, or in the order the COPIL gives with its reason (AC-25)."""
    files = {
        str(row.pk): row for row in Application.objects.filter(pk__in=[line["application"] for line in decision.order])
    }
    order = [(files.get(line["application"]), line["reason"]) for line in decision.order]
    if any(row is None for row, _ in order):
        raise Conflict(f"Une candidature de l’ordre décidé n’existe plus{NBSP}: corrigez la décision.")
    priorities.adopt_list(
        person=person,
        priority_list=PriorityList.objects.get(pk=decision.object_id),
        order=order,
        decision=_reference(decision, decision.reason),
        now=now,
    )


def _send_back_list(person, decision, now):
    priorities.send_back_list(
        person=person,
        priority_list=PriorityList.objects.get(pk=decision.object_id),
        decision=_reference(decision, decision.reason),
        now=now,
    )


def _decide_programme(person, decision, now):
    priorities.decide_programme(
        person=person,
        programme=Programme.objects.get(pk=decision.object_id),
        decision=_reference(decision, decision.reason),
        now=now,
    )


def _send_back_programme(person, decision, now):
    programme = Programme.objects.get(pk=decision.object_id)
    priorities.send_back_programme(person=person, programme=programme, now=now)


def _outcome(mark):
    """Of one candidature outside the programme, kept or not."""

    def settle(person, decision, now):
        application = Application.objects.get(pk=decision.object_id)
        mark(person=person, application=application, decision=_reference(decision, decision.reason), now=now)

    return settle


# {(kind, committee): {result: what it does}}; a result that is not there is only said.
EFFECTS = {
    (ObjectKind.COMPARISON, Committee.Kind.COTECH): dict.fromkeys(HEARD, _hear_comparison),
    (ObjectKind.COMPARISON, Committee.Kind.COPIL): dict.fromkeys(AGREED, _choose_option),
    (ObjectKind.COHORT, Committee.Kind.COTECH): dict.fromkeys(HEARD, _hear_cohort),
    (ObjectKind.COHORT, Committee.Kind.COPIL): dict.fromkeys(AGREED, _pass_gate),
    (ObjectKind.PRIORITY_LIST, Committee.Kind.COPIL): {
        Result.ADOPTED: _adopt_list, Result.CHANGED: _adopt_list, **dict.fromkeys(REFUSED, _send_back_list),
    },
    # A programme is the city's own act: the COPIL settles it whole, or gives it back to be written again.
    (ObjectKind.PROGRAMME, Committee.Kind.COPIL): {
        Result.ADOPTED: _decide_programme, **dict.fromkeys((Result.CHANGED, *REFUSED), _send_back_programme),
    },
    (ObjectKind.APPLICATION, Committee.Kind.COPIL): {
        Result.ADOPTED: _outcome(applications.mark_selected), Result.CHANGED: _outcome(applications.mark_selected),
        Result.REJECTED: _outcome(applications.mark_not_selected),
    },
}  # fmt: skip
