"""A kit goes and comes back: each hand-over is one page with its check-list."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now

from preau.kit.answers import require
from preau.kit.bodies import of_files
from preau.kit.files import send_picture
from preau.kit.views import about, press, signed_in, submit
from preau.plan.loans import actions, forms, queries, rules
from preau.plan.loans.models import HandOver
from preau.plan.loans.views.asking import booking_in_sight


@signed_in("GET", "POST", takes=of_files(1))
def booking_preparation(request, booking_id):
    """Charged, counted, ready."""
    return _count(request, booking_id, rules.can_carry_booking, actions.prepare_booking, "Préparer la malle", "prête")


@signed_in("GET", "POST", takes=of_files(1))
def booking_arrival(request, booking_id):
    """The school counts what arrived."""
    return _count(
        request, booking_id, rules.can_receive_booking, actions.receive_booking, "La malle est arrivée", "arrivée"
    )


@signed_in("GET", "POST", takes=of_files(1))
def booking_check(request, booking_id):
    """Counted on its return."""
    return _count(
        request,
        booking_id,
        rules.can_carry_booking,
        actions.check_booking,
        "Contrôler la malle",
        "vérifiée",
        reads=queries.told_on_departure,
    )


@signed_in("GET", "POST", takes=of_files(1))
def booking_return(request, booking_id):
    """The kit leaves the school, which counts it or not."""
    return _count(
        request,
        booking_id,
        rules.can_receive_booking,
        actions.return_booking,
        "La malle repart",
        "repartie",
        may_skip=True,
    )


def _count(request, booking_id, rule, action, title, done, *, may_skip=False, reads=None):
    booking = booking_in_sight(request, booking_id)
    require(rule(request.person, booking, localdate()))
    if booking.kit is None:
        raise Http404
    parts = booking.kit.parts.filter(removed_at=None).order_by("position")
    skips = may_skip and "uncounted" in request.POST
    known = queries.last_found(booking.kit)
    form = forms.CountForm(request.POST or None, request.FILES or None, parts=() if skips else parts, known=known)

    def write(note, photo, **_):
        found = None if skips else form.found
        action(person=request.person, booking=booking, found=found, now=now(), note=note, photo=photo)

    if submit(request, form, write):
        messages.success(request, f"{booking.kit.said} est {done}. L’école et la Ville le lisent sur la demande.")
        return redirect("loans:booking_detail", booking_id=booking.id)
    status = 422 if request.method == "POST" else 200
    context = {
        "booking": booking, "form": form, "title": title, "verb": "Noter ce comptage", "has_file": True,
        "may_skip": may_skip, "told": reads(booking) if reads else None,
    }  # fmt: skip
    return render(request, "loans/step_form.html", context, status=status)


@signed_in("POST")
def booking_departure(request, booking_id):
    """The kit leaves."""
    form = forms.SendForm(request.POST)
    transport = form.cleaned_data["transport"] if form.is_valid() else ""
    said = "La malle est en route. L’école qui l’attend dira qu’elle est arrivée."
    return _move(request, booking_id, rules.can_carry_booking, actions.send_booking, said, transport=transport)


@signed_in("POST")
def booking_closing(request, booking_id):
    """Nothing more to do."""
    said = "Le prêt est clos. La malle peut être redemandée."
    return _move(request, booking_id, rules.can_carry_booking, actions.close_booking, said)


def _move(request, booking_id, rule, action, said, **fields):
    booking = booking_in_sight(request, booking_id)
    require(rule(request.person, booking, localdate()))
    act = partial(action, person=request.person, booking=booking, now=now(), **fields)
    press(request, act, about(f"{booking.kit.said}, {booking.school.shown_name}", said))
    return redirect("loans:booking_detail", booking_id=booking.id)


@signed_in()
def hand_over_photo(request, hand_over_id):
    """The photo of a hand-over, to those who hand the kit over."""
    today = localdate()
    bookings = rules.bookings_visible_to(request.person, today)
    found = get_object_or_404(HandOver.objects.select_related("booking"), id=hand_over_id, booking__in=bookings)
    require(rules.can_see_hand_over(request.person, found.booking, today))
    if not found.photo_name:
        raise Http404
    return send_picture(request, found.photo_path)
