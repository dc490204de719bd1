"""Committees set up, and who sits."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.kit.answers import require
from preau.kit.money import NBSP
from preau.kit.names import of_name
from preau.kit.views import chosen_by_slug, signed_in, submit, table_file
from preau.plan.governance import actions, forms, queries, rules
from preau.plan.governance.models import Seat

SEATS = ("Collège", "Qualité", "Tenu par", "Du", "Au")


@signed_in("POST")
def committee_opening(request):
    """« Installer le COPIL et le COTECH »"""
    today = localdate()
    city, _ = chosen_by_slug(request, rules.cities_followed_by(request.person, today))
    require(rules.can_keep_secretariat(request.person, city, today))
    actions.open_committees(person=request.person, city=city, now=now())
    messages.success(request, f"Le COPIL et le COTECH {of_name(city.name)} sont installés. Ajoutez leurs sièges.")
    return redirect(f"{reverse('governance:committee_home')}?ville={city.slug}")


def _committee(request, committee_id, today):
    visible = rules.committees_visible_to(request.person, today).select_related("city")
    return get_object_or_404(visible, id=committee_id)


@signed_in("GET", "POST")
def seat_list(request, committee_id):
    """Seats by college; the secretariat adds one on the same page."""
    today = localdate()
    committee = _committee(request, committee_id, today)
    may_write = rules.can_keep_secretariat(request.person, committee.city, today)
    form = None
    if may_write or request.method == "POST":
        require(may_write)
        persons = queries.persons_who_may_sit(committee.city, today)
        data = request.POST or None
        form = forms.SeatForm(data, committee=committee, persons=persons, initial={"starts_on": today})

        def write(**fields):
            return actions.add_seat(person=request.person, committee=committee, now=now(), **fields)

        if seat := submit(request, form, write):
            messages.success(
                request, f"«{NBSP}{seat.title}{NBSP}» est ajouté. Ce siège sera de la prochaine convocation."
            )
            return redirect("governance:seat_list", committee_id=committee.id)
    context = {
        "committee": committee, "colleges": queries.seats_by_college(committee, today), "form": form, "today": today,
    }  # fmt: skip
    return render(request, "governance/seat_list.html", context, status=422 if request.method == "POST" else 200)


@signed_in()
def seat_export(request, committee_id, extension):
    """The same seats; a college that nobody represents keeps its line."""
    today = localdate()
    committee = _committee(request, committee_id, today)
    rows = [
        (
            college,
            seat and seat.title,
            seat and seat.holder and seat.holder.full_name,
            seat and seat.starts_on,
            seat and seat.ends_on,
        )
        for college, seats in queries.seats_by_college(committee, today)
        for seat in seats or [None]
    ]
    return table_file(f"sieges-{committee.kind}-{committee.city.slug}-{today}", extension, SEATS, rows)


@signed_in("POST")
def seat_end(request, seat_id):
    """The seat sits no more from tomorrow."""
    today = localdate()
    seats = Seat.objects.filter(committee__in=rules.committees_visible_to(request.person, today))
    seat = get_object_or_404(seats.select_related("committee__city"), id=seat_id)
    require(rules.can_keep_secretariat(request.person, seat.committee.city, today))
    actions.end_seat(person=request.person, seat=seat, ends_on=today, now=now())
    messages.success(
        request, f"«{NBSP}{seat.title}{NBSP}»{NBSP}: ce siège prend fin aujourd’hui. Les séances passées le gardent."
    )
    return redirect("governance:seat_list", committee_id=seat.committee_id)
