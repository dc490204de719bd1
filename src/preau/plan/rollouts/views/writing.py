"""A roll-out opened, its steps written, its school put in service."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now

from preau.kit.answers import require
from preau.kit.money import NBSP
from preau.kit.names import in_sentence, of_name
from preau.kit.views import signed_in, submit
from preau.plan.equipment.queries import situation_of_school
from preau.plan.equipment.rules import schools_visible_to
from preau.plan.rollouts import actions, forms, queries, rules
from preau.plan.rollouts.models import DERIVED, StepKind

SERVES = "Tout est reçu, les réserves sont levées, l’équipe est formée, les locaux sont prêts."


def rollout_or_404(request, rollout_id, today):
    """Out of sight is 404."""
    visible = rules.rollouts_visible_to(request.person, today)
    return get_object_or_404(visible.select_related("school__city", "kit"), id=rollout_id)


def answer(request, template, context):
    """A form just opened, or one to put right."""
    return render(request, template, context, status=422 if request.method == "POST" else 200)


@signed_in("GET", "POST")
def rollout_create(request, receiving_id):
    """« Ouvrir un déploiement »"""
    today = localdate()
    schools = schools_visible_to(request.person, today)
    school = get_object_or_404(queries.with_receipt(schools).select_related("city"), id=receiving_id)
    entries = queries.entries_without_rollout(school)
    may_do_without = rules.can_open_without_programme(request.person, school, today)
    require(rules.can_open_rollout(request.person, school, today) if entries else may_do_without)
    state = next(iter(situation_of_school(school, today).schools), None)
    line = next(iter(entries), None)
    initial = {
        "classes_count": state.classes_count if state else None,
        "programme_entry": line, "kit": line.kit if line else None,
    }  # fmt: skip
    offered = {"school": school, "today": today, "entries": entries, "may_do_without": bool(may_do_without)}
    form = forms.OpeningForm(request.POST or None, initial=initial, **offered)
    if rollout := submit(request, form, partial(actions.open_rollout, person=request.person, school=school, now=now())):
        messages.success(
            request, f"Le déploiement {of_name(school.shown_name)} est ouvert. Chaque étape attend qui la tient."
        )
        return redirect("rollouts:rollout_detail", rollout_id=rollout.id)
    return answer(request, "rollouts/rollout_form.html", {"school": school, "form": form})


@signed_in("GET", "POST")
def step_edit(request, rollout_id, step_kind):
    """One step: who, when, done, blocked."""
    today = localdate()
    rollout = rollout_or_404(request, rollout_id, today)
    step = get_object_or_404(rollout.steps, kind=step_kind)
    kind = StepKind(step.kind)
    require(rules.can_write_step(request.person, rollout, kind, today))
    gates = queries.gates_of(rollout.school, rollout.kit, kind, today)
    form = forms.StepForm(request.POST or None, initial=vars(step) | _known_day(step, gates), kind=kind)
    write = partial(actions.write_step, person=request.person, rollout=rollout, kind=kind, now=now())
    if submit(request, form, write, versioned=step):
        messages.success(request, f"C’est écrit{NBSP}: {kind.label}.")
        return redirect("rollouts:rollout_detail", rollout_id=rollout.id)
    if form.errors:
        step.refresh_from_db()
    context = {
        "rollout": rollout, "school": rollout.school, "step": step, "form": form, "is_derived": kind in DERIVED,
        "gates": gates, "held_by": not step.done_on and queries.progress_of([rollout], today)[0].step(kind).held_by,
    }  # fmt: skip
    return answer(request, "rollouts/step_form.html", context)


def _known_day(step, gates):
    """What the premises already say is not typed again."""
    days = [gate.since for gate in gates if gate.is_met]
    if step.done_on or not gates or len(days) < len(gates) or None in days:
        return {}
    return {"done_on": max(days)}


@signed_in("GET", "POST")
def service_create(request, rollout_id):
    """« Mettre en service »"""
    today = localdate()
    rollout = rollout_or_404(request, rollout_id, today)
    require(rules.can_receive(request.person, rollout, today))
    form = forms.DayForm(request.POST or None, initial={"service_on": today})
    if submit(request, form, partial(actions.put_in_service, person=request.person, rollout=rollout, now=now())):
        messages.success(request, f"{rollout.school.shown_name} est en service. L’école et les autorités le lisent.")
        return redirect("rollouts:rollout_detail", rollout_id=rollout.id)
    progress = queries.progress_of([rollout], today)[0]
    wifi = progress.step(StepKind.COUNCIL_INFORMED) is not None
    gates = queries.gates_of(rollout.school, rollout.kit, StepKind.IN_SERVICE, today, wifi)
    lacks = [*progress.before_service, *(g.label for g in gates if not g.is_met)]
    lead = f"Il manque encore{NBSP}: {in_sentence(lacks)}." if lacks else SERVES
    words = {"title": "Mettre l’école en service", "button": "Mettre en service", "lead": lead}
    context = {"rollout": rollout, "form": form, "words": words, "gates": gates}
    return answer(request, "rollouts/act_form.html", context)


@signed_in("GET", "POST")
def rollout_abandonment(request, rollout_id):
    """« Abandonner »"""
    today = localdate()
    rollout = rollout_or_404(request, rollout_id, today)
    require(rules.can_abandon_rollout(request.person, rollout, today))
    form = forms.ReasonForm(request.POST or None)
    if submit(request, form, partial(actions.abandon_rollout, person=request.person, rollout=rollout, now=now())):
        messages.success(
            request,
            f"Le déploiement {of_name(rollout.school.shown_name)} est abandonné. "
            "Plus personne n’est attendu, les classes déjà reçues le restent.",
        )
        return redirect("rollouts:rollout_detail", rollout_id=rollout.id)
    words = {
        "title": "Abandonner ce déploiement", "button": "Abandonner",
        "lead": "Les classes déjà reçues restent reçues. Un autre déploiement pourra s’ouvrir.",
    }  # fmt: skip
    return answer(request, "rollouts/act_form.html", {"rollout": rollout, "form": form, "words": words})
