"""What the list and the committees decide, written by the rooms above: their rules were asked there."""

from django.db import transaction

from preau.plan.applications.actions.writing import journal, locked, move
from preau.plan.applications.models import Application, State


@transaction.atomic
def mark_ranked(*, person, applications, now) -> list[Application]:
    """On a co-signed list, all or none. One already ranked stays so: a new version of the list may hold it again."""
    ranked = []
    for application in sorted(applications, key=lambda a: a.pk):  # the same order for everyone: no deadlock
        application = locked(application=application)
        if application.state != State.RANKED:
            move(application=application, wanted=State.RANKED, now=now)
            _journal(person, "application_ranked", application, now)
        ranked.append(application)
    return ranked


def mark_selected(*, person, application, decision, now) -> Application:
    """The COPIL keeps it. `decision` is a DecisionRef."""
    return _decide(person, application, State.SELECTED, decision, now)


def mark_waiting(*, person, application, decision, now) -> Application:
    """The COPIL keeps it for later."""
    return _decide(person, application, State.WAITING_LIST, decision, now)


def mark_not_selected(*, person, application, decision, now) -> Application:
    """The COPIL does not keep it."""
    return _decide(person, application, State.NOT_SELECTED, decision, now)


@transaction.atomic
def _decide(person, application, state, decision, now):
    application = locked(application=application)
    move(
        application=application,
        wanted=state,
        now=now,
        decision_id=decision.id,
        decision_number=decision.number,
        decided_on=decision.held_on,
        decision_reason=decision.reason,
    )
    _journal(person, f"application_{state}", application, now)
    return application


@transaction.atomic
def convert(*, person, application, now) -> Application:
    """A roll-out was opened for it."""
    application = locked(application=application)
    move(application=application, wanted=State.CONVERTED, now=now)
    _journal(person, "application_converted", application, now)
    return application


def _journal(person, verb, application, now):
    journal(
        person=person,
        verb=verb,
        subject=application,
        application=application,
        now=now,
        fields=["state"],
        chained=True,
    )
