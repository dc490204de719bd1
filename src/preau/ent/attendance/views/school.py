"""What the head of a school follows, and the reasons that a school hears by telephone."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.ent.attendance import actions, days, queries, rules
from preau.ent.attendance.actions.following import CLOSED
from preau.ent.attendance.forms import FollowUpForm, HeardReasonForm
from preau.kit.answers import require
from preau.kit.dates import MONTHS, months_before, this_year_begins
from preau.kit.rooms.doors import tabs_of
from preau.kit.views import first_or_404, form_page, signed_in, submit
from preau.people.models import Person
from preau.people.prepared import one_in

MONTHS_SHOWN = 3  # of registers: this one and those being closed
FOLLOWED_UP = "C’est noté\u00a0: cette suite reste à lire ici."
HEARD = "C’est noté\u00a0: la classe et la direction lisent cette raison, et personne d’autre."
FOLLOWED = one_in(rules.schools_followed_by, "city__department")


@signed_in()
def school_absences(request, school_id, has_wednesday):
    """The appels that are due, the absences of the day, the pupils who miss too much, the registers to print."""
    person, moment = request.person, now()
    today = localdate(moment)
    school = _school(person, school_id, today)
    held = days.halves_on(school, today, has_wednesday(school))
    halves = [half for half in held if half <= days.half_of(moment)]
    day = queries.school_day(school, today, halves, person)
    context = {
        "school": school, "today": today, "has_class": bool(halves), "day": day,
        "registers": [(room, _months(room.since, today)) for room in day.classrooms],
        "lines": queries.unjustified_in(school, today, person),
        "closed": queries.closed_in(school, today, person),
        "feeds_canteen": any(room.feeds_canteen for room in day.classrooms),
        "tabs": tabs_of("school", school, person=person, today=today, path=request.path), "many": queries.MANY,
    }  # fmt: skip
    return render(request, "attendance/school.html", context)


@signed_in("GET", "POST")
def line_close(request, school_id, absentee_id):
    """« Famille rencontrée », of the month `?mois=2026-11`, else the last one."""
    person, today = request.person, localdate()
    school, month = _school(person, school_id, today), request.GET.get("mois")
    found = [line for line in queries.unjustified_in(school, today) if line.pupil_id == absentee_id]
    line = next((each for each in found if month in (None, f"{each.month:%Y-%m}")), None)
    back = reverse("attendance:school_absences", args=[school.pk])
    if line is None and request.method == "POST" and queries.was_missing_in(school, absentee_id):
        # Pressed twice, or a reason came meanwhile.
        messages.error(request, CLOSED)
        return redirect(back)
    if line is None:
        raise Http404
    pupil = Person.objects.get(pk=absentee_id)
    require(rules.can_close_line(person, school, pupil, today))
    form = FollowUpForm(request.POST or None)
    close = partial(actions.close_line, person=person, school=school, pupil=pupil, month=line.month, now=now())
    if submit(request, form, close):
        messages.success(request, FOLLOWED_UP)
        return redirect(back)
    month = MONTHS[line.month.month - 1]
    lead = f"{line.halves_count} demi-journées sans raison en {month}. La suite notée reste à lire ici."
    return form_page(
        request, form, title=line.name, eyebrow="Absences", lead=lead, button="Noter cette suite", back=back
    )


@signed_in("GET", "POST")
def reason_note(request, missing_id):
    """A reason told by telephone or on paper."""
    person, today = request.person, localdate()
    rows = rules.missing_visible_to(person, today).select_related("roll_call__classroom__school", "pupil")
    missing = get_object_or_404(rows, pk=missing_id)
    require(rules.can_note_reason(person, missing, today))
    call = missing.roll_call
    form = HeardReasonForm(request.POST or None)
    back = f"{reverse('attendance:classroom_roll', args=[call.classroom_id])}?jour={call.day}&demi={call.half}"
    if submit(request, form, partial(actions.note_reason, person=person, missing=missing, now=now())):
        messages.success(request, HEARD)
        return redirect(back)
    context = {"form": form, "missing": missing, "back": back}
    return render(request, "attendance/reason_note.html", context, status=422 if form.errors else 200)


def _school(person, school_id, today):
    school = first_or_404(FOLLOWED.rows(person, today, school_id))
    require(rules.can_follow_absences(person, school, today))
    return school


def _months(since, today):
    """(« novembre », « 2026-11 ») of this school year, the latest first, none before a class had its first pupil."""
    first = max(since, this_year_begins(today))
    month = today.replace(day=1)
    count = min(12 * (month.year - first.year) + month.month - first.month + 1, MONTHS_SHOWN)
    found = [months_before(month, back) for back in range(count)]
    return [(f"{MONTHS[each.month - 1]} {each.year}", f"{each:%Y-%m}") for each in found]
