"""What becomes of it: each verb is one POST, then back to the page it was pressed on."""

from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localdate, now

from preau.ent.homework import actions, queries, rules
from preau.ent.homework.views.assignments import visible_assignment, week_url
from preau.kit.answers import require
from preau.kit.views import press, sent_from, signed_in


@signed_in("POST")
def withdrawal_create(request, assignment_id):
    """Nobody reads it any more; the week says so, with its « Annuler »."""
    assignment = visible_assignment(request, assignment_id)
    require(rules.can_change_assignment(request.person, assignment, localdate()))
    press(request, lambda: actions.withdraw_assignment(person=request.person, assignment=assignment, now=now()))
    return redirect(f"{week_url(assignment)}&fait={assignment.pk}")


@signed_in("POST")
def restoration_create(request, assignment_id):
    """« Annuler » a withdrawal."""
    assignment = visible_assignment(request, assignment_id)
    require(rules.can_restore_assignment(request.person, assignment, localdate()))
    press(request, lambda: actions.restore_assignment(person=request.person, assignment=assignment, now=now()))
    return redirect(f"{week_url(assignment)}&fait={assignment.pk}")


@signed_in("POST")
def cancellation_create(request, due_day_id):
    """One day alone."""
    return _changed(request, due_day_id, actions.cancel_day, "Ce jour est annulé. Les autres restent.")


@signed_in("POST")
def keeping_create(request, due_day_id):
    """Takes a cancellation back."""
    return _changed(request, due_day_id, actions.keep_day, "Ce jour est maintenu.")


@signed_in("POST", is_family=True)
def done_create(request, due_day_id):
    """« C’est fait »."""
    return _said(request, due_day_id, actions.say_done)


@signed_in("POST", is_family=True)
def done_remove(request, due_day_id):
    """It was not, after all."""
    return _said(request, due_day_id, actions.take_done_back)


def _changed(request, due_day_id, act, said):
    due_day = _visible_day(request, due_day_id)
    require(rules.can_change_day(request.person, due_day, localdate()))
    press(request, lambda: act(person=request.person, due_day=due_day, now=now()), said)
    return redirect("homework:assignment_detail", assignment_id=due_day.assignment_id)


def _said(request, due_day_id, act):
    due_day = _visible_day(request, due_day_id)
    require(rules.can_say_done(request.person, due_day, localdate()))
    press(request, lambda: act(person=request.person, due_day=due_day, now=now()))
    return redirect(sent_from(request))


def _visible_day(request, due_day_id):
    visible = rules.due_days_visible_to(request.person, localdate())
    return get_object_or_404(queries.with_assignment(visible), pk=due_day_id)
