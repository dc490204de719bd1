"""A school asks for a kit, follows its loans, gives one up."""

import uuid
from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now

from preau.kit.answers import require
from preau.kit.money import NBSP
from preau.kit.views import signed_in, submit, table_file
from preau.plan.equipment.rules import schools_visible_to
from preau.plan.loans import actions, forms, queries, rules
from preau.plan.loans.models import Booking, State, half_day_of, half_day_text
from preau.plan.loans.views.kits import lending_city
from preau.plan.premises.rules import can_record_notice

BY_PAGE = 50
FILTERS = (("", "Tous"), ("a-traiter", "À traiter"), ("en-cours", "En cours"), ("en-retard", "En retard"))
LEAVING = (State.CONFIRMED, State.PREPARED)
COLUMNS = ("École", "UAI", "Nature", "Malle", "Du", "Dès le", "Au", "Fin le", "Activité", "État", "Motif")


def booking_in_sight(request, booking_id) -> Booking:
    """404 out of sight."""
    visible = rules.bookings_visible_to(request.person, localdate())
    return get_object_or_404(visible.select_related("city", "school", "kit", "wanted", "asked_by"), id=booking_id)


def _school_asked(request, today):
    """The school in sight that `?ecole=` names; None without one."""
    if not request.GET.get("ecole"):
        return None
    try:
        school_id = uuid.UUID(request.GET["ecole"])
    except ValueError:
        raise Http404 from None
    return get_object_or_404(schools_visible_to(request.person, today), id=school_id)


def _shown(request, today):
    """(the school of `?ecole=` or None, bookings in sight that `?etat=` keeps)"""
    if not rules.cities_lending_to(request.person, today).exists():
        raise Http404
    school, bookings = _school_asked(request, today), rules.bookings_visible_to(request.person, today)
    bookings = bookings.filter(school=school) if school else bookings
    return school, queries.bookings_shown(bookings, today, request.GET.get("etat", ""))


@signed_in()
def booking_list(request):
    """Loans of the schools in sight; `?etat=` keeps some, `?ecole=` those of a school."""
    today = localdate()
    school, shown = _shown(request, today)
    context = {
        "page": Paginator(shown, BY_PAGE).get_page(request.GET.get("page")), "school": school,
        "state": request.GET.get("etat", ""), "filters": FILTERS, "today": today,
    }  # fmt: skip
    return render(request, "loans/booking_list.html", context)


@signed_in()
def booking_export(request, extension):
    """The same list as a spreadsheet."""
    today = localdate()
    _, shown = _shown(request, today)
    rows = [
        (
            b.school.shown_name,
            b.school.uai,
            b.get_kind_display(),
            str(b.kit or b.wanted or ""),
            *_half_day(b.first_half_day),
            *_half_day(b.last_half_day),
            b.activity,
            b.get_state_display(),
            b.reason,
        )
        for b in shown
    ]
    return table_file(f"emprunts-{today}", extension, COLUMNS, rows)


def _half_day(number):
    """A day that a spreadsheet sorts, and its half."""
    day, half = half_day_of(number)
    return day, half.label


@signed_in("GET", "POST")
def booking_create(request):
    """« Demander une malle »: one page, the answer says at once whether one is free."""
    today = localdate()
    city = lending_city(request, today)
    require(rules.can_ask_for_kit(request.person, city, today))
    kits = list(queries.kits_lent(city.shared_kits.all()))
    schools = rules.schools_bookable_by(request.person, today).filter(city=city)
    initial = {"kind": request.GET.get("nature", ""), "first_day": request.GET.get("jour", "")}
    form = forms.AskForm(request.POST or None, schools=schools, kits=kits, initial=initial)

    def write(**sent):
        asked = {name: sent[name] for name in ("school", "first", "last", "activity", "weeks")}
        return actions.ask_each_week(person=request.person, now=now(), **asked, **form.kit_asked)

    if weeks := submit(request, form, write):
        return _answer_weeks(request, weeks)
    status = 422 if request.method == "POST" else 200
    return render(request, "loans/booking_form.html", {"city": city, "form": form, "kits": kits}, status=status)


def _answer_weeks(request, weeks):
    if len(weeks) == 1:
        messages.success(request, _answer_to(weeks[0].booking))
        return redirect("loans:booking_detail", booking_id=weeks[0].booking.id)
    given = [week for week in weeks if week.booking and week.booking.kit]
    waiting = [half_day_text(week.first) for week in weeks if week.booking and not week.booking.kit]
    if given:
        messages.success(request, f"Semaines gardées pour vous{NBSP}: {len(given)} sur {len(weeks)}.")
    if waiting:
        messages.warning(request, f"Sur liste d’attente{NBSP}: {f'{NBSP}; '.join(waiting)}.")
    for week in weeks:
        if not week.booking:
            messages.warning(request, f"Pas de demande, {half_day_text(week.first)}. {week.reason}")
    return redirect("loans:booking_list")


def _answer_to(booking):
    if booking.state == State.WAITING:
        return "Aucune malle n’est libre à ces dates. Votre demande est sur la liste d’attente."
    return f"{booking.kit.said} est gardée pour vous. La Direction Éducation va confirmer."


def _waiting(booking, today):
    if booking.state != State.WAITING:
        return ()
    return queries.waiting_list(booking.city, booking.kind, today, wanted=booking.wanted_id)


def _may_note_council(person, booking, told, today):
    """Whether what stops the loan is the conseil d'école, and the person may write the day it was told."""
    may = told and can_record_notice(person, booking.school, today)
    return bool(may) and told == queries.why_not_lent(booking, today)


@signed_in()
def booking_detail(request, booking_id):
    """One loan: where it is, what was counted, what is to be done now."""
    today = localdate()
    booking = booking_in_sight(request, booking_id)
    person = request.person
    hand_overs = list(queries.hand_overs_of(booking)) if rules.reads_counts(person, booking, today) else []
    waiting = _waiting(booking, today)
    may_carry = rules.can_carry_booking(person, booking, today)
    asks = queries.why_not_sent if may_carry and booking.state in LEAVING else queries.why_not_lent
    why_not_sent = asks(booking, today) if booking.state in queries.TO_SERVE else ""
    is_confirmed = booking.state == State.CONFIRMED
    context = {
        "booking": booking,
        "steps": queries.steps_of(booking),
        "hand_overs": hand_overs,
        "parts": queries.counts_compared(hand_overs),
        "today": today,
        "why_not_sent": why_not_sent,
        "may_note_council": _may_note_council(person, booking, why_not_sent, today),
        "may_prepare": may_carry and is_confirmed and not (why_not_sent and queries.why_not_prepared(booking, today)),
        "may_send": may_carry and booking.state == State.PREPARED and not why_not_sent,
        "waiting": next((w for w in waiting if w.booking.pk == booking.pk), None),
        "has_kit": bool(waiting) and queries.is_lent(booking),
        "may_answer": rules.can_answer_booking(person, booking, today),
        "may_carry": may_carry,
        "may_receive": rules.can_receive_booking(person, booking, today),
        "may_cancel": rules.can_cancel_booking(person, booking, today),
        "needs_reason": rules.needs_reason(person, booking, today),
        "answer_form": forms.AnswerForm(initial={"answer": "yes"}),
    }
    return render(request, "loans/booking_detail.html", context)


@signed_in("GET", "POST")
def booking_cancelling(request, booking_id):
    """Given up, in one touch by the school, with a reason by anyone else; the half-days go to whoever waits."""
    booking, today = booking_in_sight(request, booking_id), localdate()
    require(rules.can_cancel_booking(request.person, booking, today))
    says_why, sent = rules.needs_reason(request.person, booking, today), request.method == "POST"
    form = forms.CancelForm(request.POST if sent else None, says_why=says_why)
    freed = " Ses demi-journées sont rendues aux autres écoles." if booking.kit else ""
    cancel = partial(actions.cancel_booking, person=request.person, booking=booking, now=now())
    if submit(request, form, cancel):
        messages.success(request, f"La demande est annulée.{freed}")
        return redirect("loans:booking_detail", booking_id=booking.id)
    context = {"booking": booking, "form": form, "title": "Annuler cette demande", "verb": "Annuler cette demande"}
    return render(request, "loans/step_form.html", context, status=422 if sent else 200)
