"""The Wi-Fi of a school: on, off, and its register."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, localtime, now

from preau.kit.answers import require
from preau.kit.dates import day_text, hour_text
from preau.kit.views import signed_in, submit, table_file
from preau.plan.equipment.rules import schools_visible_to
from preau.plan.wifi import actions, forms, queries, rules

BY_PAGE, OUTSIDE = 30, 50  # windows of a page; signals outside any
COLUMNS = (
    "Jour", "Local", "Bâtiment", "Activité", "Allumé", "Éteint", "Minutes", "Fin", "Origine", "Borne",
    "Extinction de la borne",
)  # fmt: skip


def _school(request, school_id, today):
    return get_object_or_404(schools_visible_to(request.person, today).select_related("city"), id=school_id)


@signed_in("GET", "POST")
def school_wifi(request, school_id):
    """What is on now; « Allumer » for a teacher: room and activity as last time, one touch for the duration."""
    today, at = localdate(), now()
    school = _school(request, school_id, today)
    may_open = rules.can_open_wifi(request.person, school, today)
    if request.method == "POST":
        require(may_open)
    points = queries.points_of(school)
    why_not_now = queries.why_not_at(at)  # said before one fills the form; what was sent is answered on it
    form = _form(request, school, points, today) if may_open and (request.method == "POST" or not why_not_now) else None
    window = submit(request, form, lambda **_: actions.open_window(person=request.person, now=at, **form.wanted))
    if window:
        end = hour_text(localtime(window.ends_at))
        messages.success(request, f"Le Wi-Fi est allumé, {window.room.name}, jusqu’à {end}.")
        return redirect("wifi:school_wifi", school_id=school.pk)
    on = list(queries.on_now(rules.windows_visible_to(request.person, today).filter(school=school), at))
    context = {
        "school": school,
        "on": on,
        "alone": queries.alone_among(points, on),
        "is_off_measured": queries.is_off_measured(points),
        "form": form,
        "why_not_now": why_not_now,
        "durations": [(minutes, forms.minutes_text(minutes)) for minutes in forms.MINUTES],
        "may_open": may_open,
        "may_tell": not may_open and rules.can_tell_of_wifi(request.person, school, today),
        "may_close": rules.can_close_wifi(request.person, school, today),
        "reads_openers": rules.reads_openers(request.person, school, today),
        "points": points,
    }
    return render(request, "wifi/school_wifi.html", context, status=422 if request.method == "POST" else 200)


def _form(request, school, points, today):
    last = queries.last_of(request.person, school)
    initial = {"room": last.room_id, "activity": last.activity, "point": last.point_id} if last else {}
    rooms = queries.rooms_with_wifi(school, today)
    carried = [line.point for line in points if line.point.cart_id]
    return forms.OpenForm(request.POST or None, rooms=rooms, carried=carried, initial=initial)


@signed_in("POST")
def window_end(request, window_id):
    """« Éteindre »"""
    today = localdate()
    visible = rules.windows_visible_to(request.person, today).select_related("school", "room")
    window = get_object_or_404(visible, id=window_id)
    require(rules.can_close_wifi(request.person, window.school, today))
    actions.close_window(person=request.person, window=window, now=now())
    messages.success(request, f"Le Wi-Fi est éteint, {window.room.name}.")
    return redirect("wifi:school_wifi", school_id=window.school_id)


def _register(request, school_id, today):
    """(school, its windows, the room asked or None, rooms that may be asked)."""
    school = _school(request, school_id, today)
    windows = rules.windows_visible_to(request.person, today).filter(school=school)
    rooms = list(queries.rooms_in_register(windows, school))
    room = next((room for room in rooms if str(room.pk) == request.GET.get("local", "")), None)
    return school, windows, room, rooms


@signed_in()
def register(request, school_id):
    """Every time the Wi-Fi was on, room by room, declared or measured; and access points on outside any window."""
    today = localdate()
    school, windows, room, rooms = _register(request, school_id, today)
    shown = queries.register(windows, room and room.pk)
    context = {
        "school": school, "room": room, "rooms": rooms,
        "page": Paginator(shown, BY_PAGE).get_page(request.GET.get("page")),
        "outside": queries.on_outside(school, queries.month_before(now()), OUTSIDE),
        "reads_openers": rules.reads_openers(request.person, school, today),
        "points": queries.points_of(school),
    }  # fmt: skip
    return render(request, "wifi/register.html", context)


@signed_in()
def register_export(request, school_id, extension):
    """The same lines to take away, without any name: whoever gets the file reads hours, not persons."""
    today = localdate()
    school, windows, room, _ = _register(request, school_id, today)
    rows = [_row(window) for window in queries.register(windows, room and room.pk)]
    return table_file(f"registre-wifi-{school.slug}-{today}", extension, COLUMNS, rows)


def _row(window):
    start, end = localtime(window.opened_at), window.ended_at and localtime(window.ended_at)
    return (
        day_text(start.date()),
        window.room.name,
        window.room.building.name,
        window.get_activity_display(),
        f"{start:%H:%M}",
        f"{end:%H:%M}" if end else "",
        int((end - start).total_seconds() // 60) if end else "",
        window.get_ending_display(),
        window.origin_text,
        window.point.tag if window.point else "",
        window.point.get_off_switch_display() if window.point else "",
    )
