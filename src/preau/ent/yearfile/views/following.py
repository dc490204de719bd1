"""Where the dossiers of a class and of a school stand, and what is to be written in ONDE."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now

from preau.ent.yearfile import actions, queries, rules
from preau.ent.yearfile.forms import OpeningForm
from preau.kit.answers import require
from preau.kit.dates import school_year_label
from preau.kit.rooms.doors import tabs_of
from preau.kit.views import press, signed_in, submit
from preau.schools.queries import current_classrooms

OPENED = "Le dossier est ouvert\u00a0: chaque responsable est prévenu, et le trouve sur son accueil."
CHANGED = "C’est noté\u00a0: les familles lisent ce jour-là sur leur page."
REPORTED = "C’est noté\u00a0: cette coordonnée est reportée dans ONDE."


@signed_in("GET", "POST")
def school_files(request, school_id):
    """Opens the dossier of the year; once open, where each class stands."""
    person, today = request.person, localdate()
    school = get_object_or_404(rules.schools_visible_to(person, today), pk=school_id)
    require(rules.can_open_year_file(person, school, today))
    opening = queries.with_count(school, rules.changes_visible_to(person, today), today)
    form = OpeningForm(request.POST or None, initial={"due_on": opening and opening.due_on})

    def write(due_on):
        if opening:
            return actions.change_year_file(person=person, opening=opening, due_on=due_on, now=now())
        return actions.open_year_file(person=person, school=school, due_on=due_on, now=now())

    if submit(request, form, write):
        messages.success(request, CHANGED if opening else OPENED)
        return redirect("yearfile:school_files", school_id=school.pk)
    context = {"school": school, "opening": opening, "form": form, "year": school_year_label(today)}
    context["tabs"] = tabs_of("school", school, person=person, today=today, path=request.path)
    if opening:
        counts = context["counts"] = queries.counts(opening, today, person)
        rooms = current_classrooms(school, today)
        context["classes"] = [(room, *counts.by_class.get(room.pk, (0, 0))) for room in rooms]
    return render(request, "yearfile/school_files.html", context, status=422 if form.errors else 200)


@signed_in()
def classroom_files(request, classroom_id):
    """Who lacks what, by name."""
    person, today = request.person, localdate()
    classroom = classroom_followed(request, classroom_id)
    opening = queries.opening_of(classroom.school, today)
    context = {"classroom": classroom, "opening": opening, "year": school_year_label(today)}
    context["tabs"] = tabs_of("classroom", classroom, person=person, today=today, path=request.path)
    if opening:
        context["follow"] = queries.follow(opening, today, person, classroom)
    return render(request, "yearfile/classroom_files.html", context)


@signed_in()
def changes(request, school_id):
    """The contacts that families corrected, to write in ONDE."""
    person, today = request.person, localdate()
    school = get_object_or_404(rules.schools_visible_to(person, today), pk=school_id)
    require(rules.can_open_year_file(person, school, today))
    rows = rules.changes_visible_to(person, today).filter(school=school).select_related("guardian")
    context = {"school": school, "changes": rows.order_by("changed_at", "id")}
    return render(request, "yearfile/changes.html", context)


@signed_in("POST")
def change_report(request, change_id):
    """Written in ONDE."""
    person, today = request.person, localdate()
    change = get_object_or_404(rules.changes_visible_to(person, today).select_related("school"), pk=change_id)
    require(rules.can_report_change(person, change, today))
    press(request, lambda: actions.report_change(person=person, change=change, now=now()), REPORTED)
    return redirect("yearfile:changes", school_id=change.school_id)


def classroom_followed(request, classroom_id):
    """The class, for who follows its dossiers; 404 or 403 for others."""
    person, today = request.person, localdate()
    visible = rules.classrooms_visible_to(person, today).select_related("school")
    classroom = get_object_or_404(visible, pk=classroom_id)
    require(rules.can_follow_class(person, classroom, today))
    return classroom
