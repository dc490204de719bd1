"""Procès-verbaux: written on the spot, signed by the city then by the school, réserves lifted one by one."""

from datetime import timedelta
from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localdate, now

from preau.kit.answers import require
from preau.kit.money import NBSP
from preau.kit.views import press, signed_in, submit
from preau.plan.rollouts import actions, forms, queries, rules
from preau.plan.rollouts.views.writing import answer, rollout_or_404

DUE_AFTER = timedelta(days=30)
SIGNED = (
    f"Quelqu’un a signé ce procès-verbal pendant que vous écriviez, sous le n°{NBSP}{{}}{NBSP}: on n’y ajoute plus de "
    f"réserve, et la vôtre n’est pas enregistrée. Pour l’écrire, retirez ce procès-verbal et refaites-en un."
)

REMOVED = "La réserve est enlevée du procès-verbal\u00a0: rien n’en reste, il n’est pas encore signé."


def _reception(request, reception_id, today):
    visible = rules.receptions_visible_to(request.person, today)
    related = ("rollout__school__city", "rollout__kit", "receipt_by")
    return get_object_or_404(visible.select_related(*related), id=reception_id)


def _reservation(request, reservation_id, today):
    visible = rules.reservations_visible_to(request.person, today)
    related = ("line__reception__rollout__school__city", "kit_line")
    return get_object_or_404(visible.select_related(*related), id=reservation_id)


@signed_in("GET", "POST")
def reception_create(request, rollout_id):
    """« Écrire un procès-verbal »"""
    today = localdate()
    rollout = rollout_or_404(request, rollout_id, today)
    require(rules.can_receive(request.person, rollout, today))
    progress = queries.progress_of([rollout], today)[0]
    initial = {
        "held_on": today, "labels": "\n".join(queries.labels_to_receive(rollout)),
        "has_common": progress.common_is_needed and not progress.common_on,
    }  # fmt: skip
    form = forms.VisitForm(request.POST or None, initial=initial)
    write = partial(actions.open_reception, person=request.person, rollout=rollout, now=now())
    if reception := submit(request, form, write):
        return redirect("rollouts:reception_detail", reception_id=reception.id)
    words = {
        "title": "Écrire un procès-verbal", "button": "Continuer",
        "lead": "Dites d’abord ce que vous avez vu. Vous ajouterez les réserves, puis vous signerez.",
    }  # fmt: skip
    return answer(request, "rollouts/act_form.html", {"rollout": rollout, "form": form, "words": words})


@signed_in("GET", "POST")
def reception_detail(request, reception_id):
    """The paper; while it is not signed, réserves are added here."""
    person, today = request.person, localdate()
    reception = _reception(request, reception_id, today)
    may_receive = rules.can_receive(person, reception.rollout, today)
    form = None
    if request.method == "POST":
        require(may_receive)
    if may_receive and (request.method == "POST" or not reception.signed_at):
        due_on = reception.held_on + DUE_AFTER
        given = request.POST if request.method == "POST" else None
        form = forms.ReservationForm(given, initial={"due_on": due_on}, reception=reception)
    if request.method == "POST" and _add_reservation(request, reception, form):
        return redirect("rollouts:reception_detail", reception_id=reception.id)
    context = {
        "reception": reception, "rollout": reception.rollout, "school": reception.rollout.school, "form": form,
        "lines": queries.lines_of(reception), "may_receive": may_receive,
        "may_sign_receipt": not reception.receipt_at and rules.can_sign_receipt(person, reception, today),
    }  # fmt: skip
    return answer(request, "rollouts/reception_detail.html", context)


def _add_reservation(request, reception, form):
    """False when the page comes back, with what was typed: it lacks something, or a colleague has signed meanwhile."""
    if reception.signed_at:
        form.add_error(None, SIGNED.format(reception.number))
    if not submit(request, form, partial(actions.add_reservation, person=request.person, now=now())):
        return False
    messages.success(
        request,
        f"{reception.rollout.school.shown_name}{NBSP}: la réserve est ajoutée. La Ville est attendue pour la lever.",
    )
    return True


def _do(request, paper, done, act, **given):
    """One act on a procès-verbal, then back to it: done, or why not."""
    press(request, partial(act, person=request.person, now=now(), **given), done)
    return redirect("rollouts:reception_detail", reception_id=paper.id)


@signed_in("POST")
def reception_signature(request, reception_id):
    """« Signer pour la Ville »"""
    today = localdate()
    reception = _reception(request, reception_id, today)
    require(rules.can_receive(request.person, reception.rollout, today))
    sign = partial(actions.sign_reception, person=request.person, reception=reception, now=now())
    if signed := press(request, partial(sign, seen=request.POST.getlist("reserve"))):  # numbered by the signature
        told = (
            f"Le procès-verbal n°{NBSP}{signed.number} est signé. Les classes sans réserve sont reçues, l’école le lit."
        )
        messages.success(request, told)
    return redirect("rollouts:reception_detail", reception_id=reception.id)


@signed_in("POST")
def reception_receipt(request, reception_id):
    """« Signer pour l’école »"""
    today = localdate()
    reception = _reception(request, reception_id, today)
    require(rules.can_sign_receipt(request.person, reception, today))
    return _do(
        request,
        reception,
        f"Vous avez signé le procès-verbal n°{NBSP}{reception.number} pour l’école. La Ville le lit.",
        actions.sign_receipt,
        reception=reception,
    )


@signed_in("POST")
def reception_removal(request, reception_id):
    """A paper not yet signed is thrown away."""
    today = localdate()
    reception = _reception(request, reception_id, today)
    require(rules.can_receive(request.person, reception.rollout, today))
    seen = request.POST.getlist("reserve")
    discard = partial(actions.discard_reception, person=request.person, reception=reception, seen=seen, now=now())
    school = reception.rollout.school.shown_name
    told = f"{school}{NBSP}: le procès-verbal est supprimé. La Ville est attendue pour l’écrire de nouveau."
    if press(request, discard, told):
        return redirect("rollouts:rollout_detail", rollout_id=reception.rollout_id)
    return redirect("rollouts:reception_detail", reception_id=reception.id)


@signed_in("GET", "POST")
def reception_withdrawal(request, reception_id):
    """« Retirer ce procès-verbal »"""
    today = localdate()
    reception = _reception(request, reception_id, today)
    require(rules.can_withdraw_reception(request.person, reception, today))
    form = forms.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = f"Le procès-verbal n°{NBSP}{reception.number} est retiré. Ses classes ne comptent plus."
        return _do(request, reception, done, actions.withdraw_reception, reception=reception, **form.cleaned_data)
    words = {
        "title": f"Retirer le procès-verbal n°{NBSP}{reception.number}", "button": "Retirer",
        "lead": "Ses classes ne comptent plus, les chiffres changent aussitôt. Le papier reste, avec votre raison.",
    }  # fmt: skip
    return answer(request, "rollouts/act_form.html", {"rollout": reception.rollout, "form": form, "words": words})


@signed_in("POST")
def reservation_removal(request, reservation_id):
    """A réserve written by mistake, before the signature."""
    today = localdate()
    reservation = _reservation(request, reservation_id, today)
    reception = reservation.line.reception
    require(rules.can_receive(request.person, reception.rollout, today))
    return _do(request, reception, REMOVED, actions.remove_reservation, reservation=reservation)


@signed_in("GET", "POST")
def reservation_lifting(request, reservation_id):
    """« Lever la réserve »"""
    today = localdate()
    reservation = _reservation(request, reservation_id, today)
    reception = reservation.line.reception
    require(rules.can_receive(request.person, reception.rollout, today))
    form = forms.LiftingForm(request.POST or None, initial={"lifted_on": today})
    lift = partial(actions.lift_reservation, person=request.person, reservation=reservation, now=now())
    if submit(request, form, lift):
        messages.success(
            request,
            f"{reservation.line.label}{NBSP}: la réserve est levée. L’école le lit au procès-verbal.",
        )
        return redirect("rollouts:reception_detail", reception_id=reception.id)
    words = {
        "title": f"Lever une réserve{NBSP}: {reservation.line.label}", "button": "Lever la réserve",
        "lead": f"{reservation.kit_line.item}. {reservation.text}",
    }  # fmt: skip
    return answer(request, "rollouts/act_form.html", {"rollout": reception.rollout, "form": form, "words": words})
