"""The acts of DSDEN and DAN on a version. What was typed comes back when someone else moved first."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now

from preau.kit.answers import Conflict, require
from preau.kit.views import about, signed_in
from preau.plan.applications.models import Application
from preau.plan.priorities import actions, forms, queries, rules
from preau.plan.priorities.views.lists import list_context, list_in_sight

READ = "La DSDEN et la DAN lisent son rang et sa raison avant de signer."
RANKED = f"Le nouveau rang est écrit. {READ}"


def _refused(request, priority_list, form, sentence):
    priority_list.refresh_from_db()
    form.read_again(priority_list.edition)
    context = list_context(request, priority_list, form, sentence)
    return render(request, "priorities/list_detail.html", context, status=422)


def _act(request, list_id, form, rule, action, said):
    """Rule, shape, action; the page again with what was typed when one refuses."""
    priority_list = list_in_sight(request, list_id)
    require(rule(request.person, priority_list, localdate()))
    if not form.is_valid():
        return _refused(request, priority_list, form, form.faults())
    try:
        action(priority_list, dict(form.cleaned_data))
    except Conflict as refusal:
        return _refused(request, priority_list, form, str(refusal))
    messages.success(request, about(f"Liste v{priority_list.version}", said))
    return redirect("priorities:list_detail", list_id=list_id)


@signed_in("POST")
def rank_moving(request, list_id):
    """One school at another rank, and why."""

    def act(priority_list, data):
        application = get_object_or_404(Application, id=data["application"], ranks__priority_list=priority_list)
        actions.move_rank(
            person=request.person,
            priority_list=priority_list,
            application=application,
            to_rank=data["rank"],
            reason=data["reason"],
            unready_reason=data["unready_reason"] or None,
            edition=data["edition"],
            now=now(),
        )

    return _act(request, list_id, forms.RankForm(request.POST), rules.can_move_rank, act, RANKED)


@signed_in("POST")
def entry_create(request, list_id):
    """One more school, at the end."""
    priority_list = list_in_sight(request, list_id)
    form = forms.AddForm(request.POST, applications=list(queries.to_rank(priority_list)))

    def act(priority_list, data):
        actions.add_to_list(person=request.person, priority_list=priority_list, now=now(), **data)

    return _act(request, list_id, form, rules.can_move_rank, act, f"L’école est sur la liste. {READ}")


@signed_in("POST")
def entry_removal(request, list_id):
    """One school off the list, and why."""

    def act(priority_list, data):
        application = get_object_or_404(Application, id=data.pop("application"), ranks__priority_list=priority_list)
        actions.remove_from_list(
            person=request.person, priority_list=priority_list, application=application, now=now(), **data
        )

    return _act(
        request,
        list_id,
        forms.RemoveForm(request.POST),
        rules.can_move_rank,
        act,
        "L’école est ôtée de la liste, et la raison est gardée.",
    )


def _sign(request, list_id, rule, action, said):
    def act(priority_list, data):
        action(person=request.person, priority_list=priority_list, edition=data["edition"], now=now())

    return _act(request, list_id, forms.EditionForm(request.POST), rule, act, said)


@signed_in("POST")
def list_proposal(request, list_id):
    """The DSDEN signs."""
    said = "La liste est proposée. La DAN peut la signer."
    return _sign(request, list_id, rules.can_propose_list, actions.propose_list, said)


@signed_in("POST")
def list_signing(request, list_id):
    """The DAN signs."""
    said = "La liste est signée des deux. La Ville la lit."
    return _sign(request, list_id, rules.can_cosign_list, actions.cosign_list, said)


@signed_in("POST")
def list_giving_back(request, list_id):
    """The DAN does not sign yet."""
    said = "La liste est rouverte. La DSDEN peut la changer."
    return _sign(request, list_id, rules.can_cosign_list, actions.give_back_list, said)


@signed_in("POST")
def list_sending(request, list_id):
    """The COPIL is asked to adopt."""

    def may_send(person, priority_list, today):
        return rules.can_write_priorities(person, priority_list.city, today)

    return _sign(
        request,
        list_id,
        may_send,
        actions.send_to_copil,
        "La liste est devant le COPIL\u00a0: sa décision est attendue.",
    )
