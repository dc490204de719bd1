"""The appel of a class, and its register of a month."""

from datetime import date, timedelta
from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.ent.attendance import actions, days, papers, queries, rules
from preau.ent.attendance.forms import RollForm
from preau.ent.attendance.models import Half
from preau.kit.answers import require
from preau.kit.dates import school_year_bounds, school_year_label
from preau.kit.money import counted
from preau.kit.names import of_name
from preau.kit.rooms.doors import tabs_of
from preau.kit.views import pdf_file, signed_in, submit
from preau.places.queries import pause_on


@signed_in("GET", "POST")
def roll_call(request, classroom_id, has_wednesday, write_to):
    """Of now, else of `?jour=2026-11-30&demi=am`."""
    person, moment = request.person, now()
    today = localdate(moment)
    classroom = _classroom(person, classroom_id, today)
    day, half = _asked(request, moment)
    wednesday = has_wednesday(classroom.school)
    heads = rules.heads_school_of(person, classroom, today)
    closed = days.why_closed(classroom.school, day, half, moment, has_wednesday=wednesday, heads=heads)
    roll = queries.roll_of(classroom, day, half, reader=person)
    ids = [line.pupil.pk for line in roll.lines]
    form = RollForm(request.POST or None, pupils=ids, initial={"version": roll.version})
    save = partial(
        actions.take_roll, person=person, classroom=classroom, day=day, half=half, has_wednesday=wednesday, now=moment
    )
    if submit(request, form, save):
        messages.success(request, _done(queries.roll_of(classroom, day, half, reader=person), moment))
        return redirect(f"{request.path}?jour={day}&demi={half}")
    lines = _ticked(roll.lines, form)
    is_late_by = form.is_bound and form.data.get("version") != str(roll.version)  # another hand saved meanwhile
    if form.errors:  # the next try is against what stands now, with what was ticked
        form.data = form.data.copy()
        form.data["version"] = roll.version
    context = {
        "classroom": classroom, "roll": roll, "form": form, "day": day, "half": Half(half), "closed": closed,
        "lines": lines, "others": _others(classroom, day, half, moment, wednesday), "today": today,
        "differs": _differs(lines) if is_late_by and roll.roll_call else [],
        "heads_url": _heads_url(classroom.school, day, half, wednesday, write_to) if day < today and not heads else "",
        "pause": _pause(classroom, roll, day, half, today, wednesday),
        "tabs": tabs_of("classroom", classroom, person=person, today=today, path=request.path),
    }  # fmt: skip
    return render(request, "attendance/roll_call.html", context, status=422 if form.errors else 200)


@signed_in()
def register(request, classroom_id):
    """A month of a class on A4, `?mois=2026-11`; this month otherwise."""
    person, moment = request.person, now()
    classroom = _classroom(person, classroom_id, localdate(moment))
    month = _month(request.GET.get("mois"), localdate(moment))
    pdf = papers.draw(queries.register_of(classroom, month), now=moment)
    return pdf_file(f"registre-{month:%Y-%m}", pdf)


def _classroom(person, classroom_id, today):
    visible = rules.classrooms_called_by(person, today).select_related("school__city__department")
    classroom = get_object_or_404(queries.with_canteen(visible, today), pk=classroom_id)
    require(rules.can_take_roll(person, classroom, today))
    return classroom


def _asked(request, moment):
    half = request.GET.get("demi", days.half_of(moment))
    try:
        day = date.fromisoformat(request.GET.get("jour", str(localdate(moment))))
    except ValueError:
        raise Http404 from None
    if half not in Half.values:
        raise Http404
    return day, half


def _month(text, today):
    """Of this school year: registers of others are not kept."""
    try:
        month = date.fromisoformat(f"{text}-01") if text else today.replace(day=1)
    except ValueError:
        raise Http404 from None
    first, last = school_year_bounds(school_year_label(today))
    if not first <= month <= last:
        raise Http404
    return month


def _ticked(lines, form):
    """(line, whether absent is ticked, whether late is): what was sent, when the page comes back."""
    if not form.is_bound:
        return [(line, line.is_absent, line.is_late) for line in lines]
    absent, late = (set(form.data.getlist(name)) for name in ("absent", "late"))
    return [(line, str(line.pupil.pk) in absent, str(line.pupil.pk) in late) for line in lines]


def _differs(lines):
    """(name, what the appel saved says, what was ticked) where they are not the same."""
    states = [(line.name, _state(line.is_absent, line.is_late), _state(*ticked)) for line, *ticked in lines]
    return [(name, saved, sent) for name, saved, sent in states if saved != sent]


def _state(is_absent, is_late):
    return "en retard" if is_late else "absent" if is_absent else "présent"


def _heads_url(school, day, half, wednesday, write_to):
    """Of a past day with class, where who may not put it right asks the head to."""
    had_class = half in days.halves_on(school, day, wednesday)
    return write_to(school, queries.head_of(school, localdate())) if had_class else ""


def _others(classroom, day, half, moment, wednesday):
    """(words, address) of the other half-days of today that are begun: the morning's, after noon."""
    today = localdate(moment)
    halves = [each for each in days.halves_on(classroom.school, today, wednesday) if each <= days.half_of(moment)]
    page = reverse("attendance:classroom_roll", args=[classroom.pk])
    wanted = [(today, each) for each in halves if (today, each) != (day, half)]
    return [(f"Aujourd’hui, {each.label}", f"{page}?jour={at}&demi={each}") for at, each in wanted]


def _pause(classroom, roll, day, half, today, wednesday):
    """What can be done today without class: the day it begins again, who is already told absent, the appels of the
    last day."""
    school = classroom.school
    if day != today or half in days.halves_on(school, day, wednesday):
        return None
    begins = days.class_days(school, day + timedelta(days=1), 1, wednesday)
    last = days.class_day_before(school, day, wednesday)
    halves = days.halves_on(school, last, wednesday) if last else ()
    named = pause_on(school.city, day)
    return {
        "why": named.label if named else "",
        "begins_on": begins[0] if begins else None,
        "lines": queries.coming_of(roll, begins[0] if begins else day),
        "last": [(last, each) for each in halves],
    }


def _done(roll, moment):
    """What was saved, and whom that called."""
    absent = counted(roll.absent_count, "absent", "absents") if roll.absent_count else "personne n’est absent"
    called = [line for line in roll.lines if line.missing and line.missing.marked_at == moment]
    called = [line for line in called if line.missing.called_count is not None]
    told = [line.name for line in called if line.missing.called_count]
    to_phone = [line.name for line in called if not line.missing.called_count]
    said = f"L’appel est {'corrigé' if roll.roll_call.changed_at else 'fait'}\u00a0: {absent}."
    said += f" Les responsables {', '.join(map(of_name, told))} sont prévenus." if told else ""
    names = ", ".join(to_phone).removesuffix(".")  # « Adam T. » ends with one
    return said + (f" À téléphoner, personne n’est joignable autrement\u00a0: {names}." if names else "")
