"""The city answers a request."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now

from preau.kit.answers import Conflict, require
from preau.kit.views import signed_in
from preau.plan.loans import actions, forms, rules
from preau.plan.loans.models import State
from preau.plan.loans.views.asking import booking_in_sight


def _said(booking, answer):
    """What the city answered, and whose turn it is."""
    if answer == "yes":
        return f"Le prêt est confirmé. {booking.school.shown_name} le lit sur sa demande, la malle est à préparer."
    return f"La demande est refusée. {booking.school.shown_name} lit pourquoi."


@signed_in("GET", "POST")
def booking_answer(request, booking_id):
    """Confirm, or refuse and say why."""
    booking, today = booking_in_sight(request, booking_id), localdate()
    require(rules.can_write_kits(request.person, booking.city, today))
    form = forms.AnswerForm(request.POST or None, initial={"answer": "yes"})
    # Sent whole, the action answers: what was typed stays when a colleague or the school was quicker.
    if request.method != "POST" or not form.is_valid():
        require(rules.can_answer_booking(request.person, booking, today))
    else:
        answer, reason = form.cleaned_data["answer"], form.cleaned_data["reason"]
        if answer == "yes" and booking.state == State.WAITING:
            form.add_error(None, "Aucune malle n’est libre à ces dates : la demande attend son tour.")
        else:
            try:
                _answer(request.person, booking, answer, reason, form.cleaned_data["transport"])
            except Conflict as conflict:
                form.add_error(None, conflict.reason)
            else:
                messages.success(request, _said(booking, answer))
                return redirect("loans:booking_detail", booking_id=booking.id)
    status = 422 if request.method == "POST" else 200
    return render(request, "loans/step_form.html", _context(booking, form), status=status)


def _answer(person, booking, answer, reason, transport):
    if answer == "yes":
        actions.confirm_booking(person=person, booking=booking, transport=transport, now=now())
    else:
        actions.refuse_booking(person=person, booking=booking, reason=reason, now=now())


def _context(booking, form):
    return {"booking": booking, "form": form, "title": "Répondre à la demande", "verb": "Répondre"}
