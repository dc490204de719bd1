"""The city answers a request."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now

from preau.kit.answers import require
from preau.kit.views import signed_in
from preau.plan.loans import actions, forms, rules
from preau.plan.loans.models import State
from preau.plan.loans.views.asking import booking_in_sight


@signed_in("GET", "POST")
def booking_answer(request, booking_id):
    """Confirm, or refuse and say why."""
    booking = booking_in_sight(request, booking_id)
    require(rules.can_answer_booking(request.person, booking, localdate()))
    form = forms.AnswerForm(request.POST or None, initial={"answer": "yes"})
    if request.method == "POST" and form.is_valid():
        answer, reason = form.cleaned_data["answer"], form.cleaned_data["reason"]
        if answer == "yes" and booking.state == State.WAITING:
            form.add_error(None, "Aucune malle n’est libre à ces dates : la demande attend son tour.")
        else:
            try:
                _answer(request.person, booking, answer, reason, form.cleaned_data["transport"])
            except actions.Moved:
                form.add_error(None, rules.MOVED)
            else:
                messages.success(request, "L’école lit votre réponse sur sa demande.")
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
