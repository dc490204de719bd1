"""A kit in repair: not lent for a time, and lent again."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now

from preau.kit.answers import Conflict, require
from preau.kit.money import NBSP
from preau.kit.views import press, signed_in
from preau.plan.loans import actions, forms, rules
from preau.plan.loans.views.kits import kit_in_sight


@signed_in("GET", "POST")
def stop_create(request, shared_kit_id):
    """« Ne pas prêter quelque temps »: the loans promised then are shown before anything is written."""
    today = localdate()
    kit = kit_in_sight(request, shared_kit_id, today)
    require(rules.can_write_kits(request.person, kit.city, today))
    form, bookings = forms.StopForm(request.POST or None), ()
    if request.method == "POST" and form.is_valid():
        wanted = {name: form.cleaned_data[name] for name in ("first", "last", "reason", "moves")}
        try:
            stop = actions.stop_lending(person=request.person, kit=kit, now=now(), **wanted)
        except actions.InTheWay as conflict:
            form.add_error(None, conflict.reason)
            form.ask_to_move()
            bookings = conflict.bookings
        except Conflict as conflict:
            form.add_error(None, conflict.reason)
        else:
            messages.success(request, f"{kit.said} n’est pas prêtée ces jours-là.{_said_of_moved(stop.moved_count)}")
            return redirect("loans:kit_detail", shared_kit_id=kit.id)
    status = 422 if request.method == "POST" else 200
    context = {"kit": kit, "form": form, "bookings": bookings, "today": today}
    return render(request, "loans/stop_form.html", context, status=status)


def _said_of_moved(count):
    if not count:
        return " Les écoles le lisent à ses dates."
    one, some = "Un prêt promis a une autre malle ou attend", f"{count} prêts promis ont une autre malle ou attendent"
    return f" {one if count == 1 else some} sur la liste{NBSP}: leurs écoles le lisent."


@signed_in("POST")
def stop_ending(request, unavailability_id):
    """« De nouveau prêtée »"""
    today = localdate()
    visible = rules.unavailabilities_visible_to(request.person, today).select_related("kit__city")
    stop = get_object_or_404(visible, id=unavailability_id)
    require(rules.can_write_kits(request.person, stop.kit.city, today))
    resume = partial(actions.resume_lending, person=request.person, unavailability=stop, now=now())
    press(request, resume, f"{stop.kit.said} est de nouveau prêtée. Elle est proposée à qui l’attendait.")
    return redirect("loans:kit_detail", shared_kit_id=stop.kit_id)
