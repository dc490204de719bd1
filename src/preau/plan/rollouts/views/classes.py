"""Classes received, one by one: read, received by hand, taken back, put back."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.kit.answers import require
from preau.kit.money import NBSP
from preau.kit.views import form_page, press, signed_in, submit
from preau.plan.equipment import rules
from preau.plan.rollouts import actions, forms, queries


def _school(request, school_id, today):
    """404 out of sight, 403 with its reason in sight only."""
    visible = rules.schools_visible_to(request.person, today)
    school = get_object_or_404(visible.select_related("city"), id=school_id)
    require(rules.can_write_acceptances(request.person, school.city, today))
    return school


def _acceptance(request, acceptance_id, today):
    visible = rules.acceptances_visible_to(request.person, today)
    acceptance = get_object_or_404(visible.select_related("school__city"), id=acceptance_id)
    require(rules.can_write_acceptances(request.person, acceptance.school.city, today))
    return acceptance


def _said(acceptance):
    return f"{acceptance.label}, {acceptance.school.shown_name}"


@signed_in()
def acceptance_detail(request, acceptance_id):
    """One class received: the last thing a figure opens on."""
    today = localdate()
    visible = rules.acceptances_visible_to(request.person, today)
    acceptance = get_object_or_404(visible.select_related("school__city", "kit"), id=acceptance_id)
    return render(
        request,
        "rollouts/acceptance_detail.html",
        {
            "acceptance": acceptance,
            "lines": acceptance.kit.lines.filter(rule="per_class").order_by("position") if acceptance.kit else (),
            "with_amounts": rules.reads_amounts(request.person, acceptance.school, today),
            "share": queries.share_of(acceptance),
            "may_write": rules.can_write_acceptances(request.person, acceptance.school.city, today),
        },
    )


@signed_in("GET", "POST")
def acceptance_create(request, school_id):
    """« Recevoir une classe »: what a roll-out receives is refused."""
    today = localdate()
    school = _school(request, school_id, today)
    form = forms.AcceptanceForm(request.POST or None, school=school, today=today)
    write = partial(actions.receive_class, person=request.person, school=school, now=now())
    if acceptance := submit(request, form, write):
        messages.success(
            request, f"{_said(acceptance)}{NBSP}: la classe est reçue. Les chiffres du plan ont changé aussitôt."
        )
        return redirect("equipment:school_detail", school_id=school.id)
    back = reverse("equipment:school_detail", args=[school.id])
    return form_page(
        request, form, title="Recevoir une classe", button="Recevoir cette classe", eyebrow=school.shown_name, back=back
    )


@signed_in("GET", "POST")
def acceptance_removal(request, acceptance_id):
    """« Retirer cette réception », and why; its page says how to put it back."""
    acceptance = _acceptance(request, acceptance_id, localdate())
    form = forms.ReasonForm(request.POST or None)
    back = reverse("rollouts:acceptance_detail", args=[acceptance.id])
    remove = partial(actions.remove_acceptance, person=request.person, acceptance=acceptance, now=now())
    if submit(request, form, remove):
        messages.success(
            request, f"{_said(acceptance)}{NBSP}: la réception est retirée. Les chiffres du plan ont changé aussitôt."
        )
        return redirect(back)
    return form_page(
        request,
        form,
        title=f"Retirer la réception{NBSP}: {acceptance.label}",
        button="Retirer",
        back=back,
        eyebrow=acceptance.school.shown_name,
        lead="Les chiffres changent aussitôt. La classe reste écrite, avec votre raison, et le retrait s’annule.",
    )


@signed_in("POST")
def acceptance_restoral(request, acceptance_id):
    """« Annuler »: the reception counts again."""
    acceptance = _acceptance(request, acceptance_id, localdate())
    restore = partial(actions.restore_class, person=request.person, acceptance=acceptance, now=now())
    press(
        request,
        restore,
        f"{_said(acceptance)}{NBSP}: la réception compte de nouveau. Les chiffres du plan ont changé aussitôt.",
    )
    return redirect("rollouts:acceptance_detail", acceptance_id=acceptance.id)
