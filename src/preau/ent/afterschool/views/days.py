"""« Ce midi, ce soir »: a class, a school, a site, on a day that may be chosen."""

from functools import partial

from django.contrib import messages
from django.db.models import Count, UUIDField
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.ent.afterschool import forms, printing, queries, rules
from preau.kit.answers import require
from preau.kit.rooms.doors import tabs_of
from preau.kit.views import first_or_404, pdf_file, press, signed_in
from preau.people.prepared import PreparedFor, one_in
from preau.schools.actions import change_activity_day
from preau.schools.rules.activities import can_change_activity_day

UNREAD = "Ce changement n’est pas arrivé entier\u00a0: choisissez le jour, puis appuyez de nouveau."
ROOMS = one_in(rules.classrooms_with_days_for, "school__city__department")
SCHOOLS = one_in(rules.schools_with_days_for, "city__department")
SITES = one_in(rules.sites_visible_to, "city__department")


def _counted(person, today, school):
    rows = queries.lines_to_match(rules.lines_visible_to(person, today), school).order_by()
    return rows.values("school").annotate(number=Count("pk")).values_list("number", flat=True)


WAITING = PreparedFor(_counted, UUIDField)


@signed_in()
def classroom_day(request, classroom_id):
    """A class."""
    room, day = _class(request, classroom_id)
    return _page(request, "classroom", room, room.school, day)


@signed_in()
def school_day(request, school_id):
    """The whole school, a table by class."""
    school, day = _school(request, school_id)
    waiting = WAITING.rows(request.person, localdate(), school.pk)
    return _page(request, "school", school, school, day, waiting=sum(waiting))


@signed_in()
def classroom_day_pdf(request, classroom_id):
    """For the door of the class."""
    room, day = _class(request, classroom_id)
    return _pdf(request, room, room.school, day)


@signed_in()
def school_day_pdf(request, school_id):
    """One page a class."""
    school, day = _school(request, school_id)
    return _pdf(request, school, school, day)


@signed_in()
def afterschool_day(request, afterschool_id):
    """The children that a site expects, service by service."""
    site, person, today = _site(request, afterschool_id), request.person, localdate()
    day = _day(request, site.city)
    closed, kinds = queries.why_closed(site.city, day), rules.kinds_read_by(person, site, today)
    context = {
        "site": site, "tables": [] if closed else queries.site_day(site, kinds, day, reader=person),
        "day": day, "closed": closed, "form": forms.DayForm(initial={"jour": day}),
        "may_change": can_change_activity_day(person, site, today) and day >= today,
        "tabs": tabs_of("afterschool", site, person=person, today=today, path=request.path),
    }  # fmt: skip
    return render(request, "afterschool/site_day.html", context)


@signed_in("POST")
def change(request, afterschool_id):
    """« Ne vient pas ce jour-là », and back."""
    site, today, form = _site(request, afterschool_id), localdate(), forms.ChangeForm(request.POST)
    require(can_change_activity_day(request.person, site, today))
    back = reverse("afterschool:afterschool_day", args=[site.pk])
    if not form.is_valid():
        messages.error(request, UNREAD)
        return redirect(back)
    values = form.cleaned_data
    kinds = rules.kinds_read_by(request.person, site, today)
    activity = get_object_or_404(site.activities, kind__in=kinds, pk=values["activity"])
    child = get_object_or_404(queries.known_on(activity, values["on"]), pk=values["child"])
    comes = values["comes"] == "1"
    act = partial(change_activity_day, activity=activity, child=child, on=values["on"], comes=comes)
    act = partial(act, person=request.person, now=now())
    press(request, act, f"{child.full_name} {'vient' if comes else 'ne vient pas'} ce jour-là\u00a0: c’est noté.")
    return redirect(f"{back}?jour={values['on'].isoformat()}")


def _page(request, kind, place, school, day, **more):
    closed = queries.why_closed(school.city, day)
    context = {
        "place": place, "kind": kind, "school": school, "day": day, "closed": closed,
        "tables": [] if closed else queries.day_of(place, localdate(), day, reader=request.person),
        "form": forms.DayForm(initial={"jour": day}),
        "pdf": f"{reverse(f'afterschool:{kind}_day_pdf', args=[place.pk])}?jour={day.isoformat()}",
        "tabs": tabs_of(kind, place, person=request.person, today=localdate(), path=request.path),
    }  # fmt: skip
    return render(request, "afterschool/day.html", context | more)


def _pdf(request, place, school, day):
    closed = queries.why_closed(school.city, day)
    tables = [] if closed else queries.day_of(place, localdate(), day, reader=request.person)
    pdf = printing.draw(tables=tables, school=school, day=day, closed=closed, now=now())
    return pdf_file(f"midi-et-soir-{day.isoformat()}", pdf)


def _class(request, classroom_id):
    today = localdate()
    room = first_or_404(ROOMS.rows(request.person, today, classroom_id))
    require(rules.can_read_class_day(request.person, room, today))
    return room, _day(request, room.school.city)


def _school(request, school_id):
    today = localdate()
    school = first_or_404(SCHOOLS.rows(request.person, today, school_id))
    require(rules.can_read_school_day(request.person, school, today))
    return school, _day(request, school.city)


def _site(request, afterschool_id):
    site = first_or_404(SITES.rows(request.person, localdate(), afterschool_id))
    require(rules.can_read_site_day(request.person, site, localdate()))
    return site


def _day(request, city):
    """The day asked; for none, or one that is none, the next when children are expected."""
    form = forms.DayForm(request.GET)
    if form.is_valid():
        return form.cleaned_data["jour"]
    return queries.next_open_day(city, localdate())
