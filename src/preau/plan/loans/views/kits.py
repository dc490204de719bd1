"""The kits, their calendar, what they hold."""

from django.contrib import messages
from django.db.models import UUIDField
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now

from preau.kit.answers import Conflict, require
from preau.kit.money import NBSP
from preau.kit.views import chosen_by_slug, press, signed_in, submit, table_file
from preau.people.prepared import PreparedFor
from preau.people.queries import schools_worked_in
from preau.places.models import City
from preau.plan.loans import actions, forms, queries, rules

WEEKS_OF_KIT = 8


def lending_city(request, today) -> City:
    """The city named by `?ville=`, else the first that lends to the person. 404 without one."""
    return chosen_by_slug(request, rules.cities_lending_to(request.person, today))[0]


KITS = (
    "Malle", "Nature", "Contenu", "Il manque", "Demi-journées au plus", "Demi-journées de trajet",
    "Demi-journées libres dans les quatre semaines",
)  # fmt: skip
LENT = PreparedFor(
    lambda person, today, city: queries.kits_lent(rules.kits_visible_to(person, today).filter(city=city)), UUIDField
)
LATE = PreparedFor(
    lambda person, today, city: (
        rules.bookings_visible_to(person, today).filter(queries.late(today), city=city).values_list("pk")
    ),
    UUIDField,
)  # a kit away is away once: no more of them than of kits
SLOTS = ("Malle", "Jour", "Demi-journée", "État")


def _calendars(request, city, today):
    """Every kit still lent and its next weeks."""
    kits = LENT.rows(request.person, today, city.pk)
    return queries.calendars_of(kits, schools_worked_in(request.person, today), today)


@signed_in()
def kit_export(request, extension):
    """A line per kit: what it holds, what is missing, how much of it is free."""
    today = localdate()
    city = lending_city(request, today)
    calendars = _calendars(request, city, today)
    parts = queries.parts_of([each.kit for each in calendars])
    rows = [
        (
            each.kit.name,
            each.kit.get_kind_display(),
            ", ".join(parts[each.kit.pk]),
            ", ".join(f"{count.missing_count} {count.part.label}" for count in each.missing),
            each.kit.longest_half_days,
            each.kit.transport_half_days,
            each.free_count,
        )
        for each in calendars
    ]
    return table_file(f"malles-{city.slug}-{today}", extension, KITS, rows)


@signed_in()
def kit_list(request):
    """Every kit and its next weeks: what is free, what is missing, how fairness works."""
    today = localdate()
    city = lending_city(request, today)
    context = {
        "city": city,
        "calendars": _calendars(request, city, today),
        "late_count": len(LATE.rows(request.person, today, city.pk)),
        "may_ask": rules.can_ask_for_kit(request.person, city, today),
        "may_write": rules.can_write_kits(request.person, city, today),
    }
    return render(request, "loans/kit_list.html", context)


def kit_in_sight(request, shared_kit_id, today):
    """404 out of sight."""
    return get_object_or_404(
        rules.kits_visible_to(request.person, today).select_related("city__department"), id=shared_kit_id
    )


def _weeks(request, today):
    return queries.weeks_asked(request.GET.get("semaine", ""), today, WEEKS_OF_KIT)


def _calendar(request, kit, today):
    own, monday = schools_worked_in(request.person, today), _weeks(request, today).monday
    return queries.calendars_of([kit], own, today, monday=monday, weeks=WEEKS_OF_KIT)[0]


@signed_in()
def kit_slot_export(request, shared_kit_id, extension):
    """The calendar of one kit, a line per half-day; who holds it is not told."""
    today = localdate()
    kit = kit_in_sight(request, shared_kit_id, today)
    rows = [
        (kit.name, day, half, word)
        for week in _calendar(request, kit, today).weeks
        for place, day in enumerate(week.days)
        for half, (_, word) in ((label, cells[place]) for label, cells in week.halves)
    ]
    return table_file(f"malle-{kit.sort_key.replace(' ', '-')}-{today}", extension, SLOTS, rows)


def _waiting(kit, today):
    return queries.waiting_list(kit.city, kit.kind, today, wanted=kit.pk if kit.is_named else None)


@signed_in()
def kit_detail(request, shared_kit_id):
    """One kit: what it holds, its calendar, who waits."""
    today = localdate()
    kit = kit_in_sight(request, shared_kit_id, today)
    may_write = rules.can_write_kits(request.person, kit.city, today)
    weeks = _weeks(request, today)
    context = {
        "kit": kit,
        "weeks": weeks,
        "calendar": _calendar(request, kit, today),
        "is_calendar_known": queries.is_calendar_known(kit.city, weeks.last),
        "parts": kit.parts.filter(removed_at=None).order_by("position"),
        "stops": queries.unavailabilities_ahead(kit, today),
        "waiting": _waiting(kit, today) if may_write else (),
        "may_ask": not kit.retired_on and rules.can_ask_for_kit(request.person, kit.city, today),
        "may_write": may_write,
    }
    return render(request, "loans/kit_detail.html", context)


@signed_in("GET", "POST")
def kit_create(request):
    """« Ajouter une malle »"""
    today = localdate()
    city = lending_city(request, today)
    require(rules.can_write_kits(request.person, city, today))
    form = forms.KitForm(request.POST or None)
    if kit := submit(request, form, lambda **kit: actions.add_kit(person=request.person, city=city, now=now(), **kit)):
        messages.success(request, f"{kit.said} peut être demandée. Toutes les écoles la voient.")
        return redirect("loans:kit_detail", shared_kit_id=kit.id)
    status = 422 if request.method == "POST" else 200
    return render(request, "loans/kit_form.html", {"city": city, "form": form}, status=status)


@signed_in("GET", "POST")
def kit_parts(request, shared_kit_id):
    """« Changer le contenu »"""
    today = localdate()
    kit = kit_in_sight(request, shared_kit_id, today)
    require(rules.can_write_kits(request.person, kit.city, today))
    held = "\n".join(queries.parts_of([kit])[kit.pk])
    told = {"parts": held, "seen": held, "has_access_point": kit.has_access_point}
    form = forms.PartsForm(request.POST or None, initial=told)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_parts(person=request.person, kit=kit, now=now(), **form.cleaned_data)
        except Conflict as conflict:
            form.add_error(None, conflict.reason)
            form.data = form.data.copy()
            form.data["seen"] = held
        else:
            messages.success(
                request,
                f"{kit.said}{NBSP}: le contenu est changé. Les écoles le lisent, les comptages passés sont gardés.",
            )
            return redirect("loans:kit_detail", shared_kit_id=kit.id)
    status = 422 if request.method == "POST" else 200
    return render(request, "loans/kit_form.html", {"city": kit.city, "kit": kit, "form": form}, status=status)


@signed_in("POST")
def kit_retirement(request, shared_kit_id):
    """No longer lent."""
    today = localdate()
    kit = kit_in_sight(request, shared_kit_id, today)
    require(rules.can_write_kits(request.person, kit.city, today))
    said = f"{kit.said} n’est plus prêtée. Les prêts passés restent écrits."
    press(request, lambda: actions.retire_kit(person=request.person, kit=kit, now=now()), said)
    return redirect("loans:kit_detail", shared_kit_id=kit.id)
