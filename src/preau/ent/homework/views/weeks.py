"""The week: of one's children or one's own, tomorrow first; of a class or a group, where its team writes."""

from functools import partial

from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now

from preau.ent.homework import actions, papers, queries, rules
from preau.ent.homework.forms import AssignmentForm
from preau.ent.homework.models import MOST_FILES
from preau.ent.homework.views.files import tell_dangerous
from preau.kit.answers import require
from preau.kit.bodies import of_files
from preau.kit.pages import addresses
from preau.kit.rooms.doors import tabs_of
from preau.kit.views import first_or_404, pdf_file, signed_in, submit
from preau.places.queries import first_days, has_class_on, pause_on
from preau.schools.queries import children_of_guardian
from preau.spaces import audiences
from preau.spaces.naming import child_tags
from preau.spaces.queries import children_of, select_memberships, stops
from preau.spaces.rules.single import space_entered

WORKDAYS = 5


@signed_in(is_family=True)
def mine(request):
    """A pupil's, or that of a guardian's children: what comes, tomorrow first, or another week."""
    person, today = request.person, localdate()
    memberships = audiences.memberships_of(person, today)
    chosen = select_memberships(memberships, profiles=(audiences.Profile.PUPIL, audiences.Profile.FAMILY))
    require(rules.can_have_homework(chosen, today))
    present = children_of(chosen, today)
    tags = child_tags(children_of_guardian(person, today), present) if present else {}
    week = queries.week_asked(request.GET.get("semaine", ""), today)
    first, last = (week.first, week.last) if week else (today, queries.week_of(today).after + queries.WEEK)
    visible = rules.due_days_visible_to(person, today, memberships=chosen).filter(day__gte=first, day__lt=last)
    works = queries.works_of(visible, person, chosen, rules.done_visible_to(person, today), tags=tags)
    days = queries.days_of(works, today)
    this = queries.week_of(today)
    context = {
        "days": days if week else queries.tomorrow_first(days), "week": week, "tags": tags.values(),
        "before": (week or this).before, "after": week.after if week else this.after + queries.WEEK,
        "is_pupil": not present, "today": today, "stopped": stops.notices(chosen, today),
    }  # fmt: skip
    return render(request, "homework/mine.html", context)


@signed_in("GET", "POST", is_family=True, takes=of_files(MOST_FILES))
def classroom_week(request, classroom_id, has_wednesday):
    return _week(request, "classroom", classroom_id, has_wednesday)


@signed_in("GET", "POST", is_family=True, takes=of_files(MOST_FILES))
def group_week(request, group_id, has_wednesday):
    return _week(request, "group", group_id, has_wednesday)


@signed_in()
def classroom_pdf(request, classroom_id, has_wednesday):
    """What is for the whole class, in large letters, for its door or to hand out: nothing of a few pupils is there."""
    person, today = request.person, localdate()
    memberships = audiences.memberships_of(person, today)
    place = _entered(person, "classroom", classroom_id, today, memberships)
    require(rules.can_write_in(person, place, today))
    week = _asked(request, today)
    visible = rules.due_days_visible_to(person, today, memberships=memberships)
    works = _works(visible, place, week, person, memberships, True)
    days = _days(place, week, works, today, has_wednesday(place.school))
    return pdf_file(f"lecons-{week.first}", papers.draw(classroom=place, week=week, days=days, now=now()))


def _week(request, kind, place_id, has_wednesday):
    person, today = request.person, localdate()
    memberships = audiences.memberships_of(person, today)
    place = _entered(person, kind, place_id, today, memberships)
    may_write = rules.can_write_in(person, place, today)
    if request.method == "POST":
        require(may_write)
    week, wednesday = _asked(request, today), has_wednesday(place.school)
    context = {}
    if may_write:
        form = _form(request, place, today, wednesday)
        write = partial(actions.assign, person=person, place=place, has_wednesday=wednesday, now=now())
        if assignment := submit(request, form, write):
            shown = queries.week_of(assignment.first_on).first
            return redirect(f"{request.path}?semaine={shown}&fait={assignment.pk}")
        tell_dangerous(request, form, place)
        context = {"form": form, "just_done": _just_done(request, person, today, memberships)}
    visible = rules.due_days_visible_to(person, today, memberships=memberships)
    works = _works(visible, place, week, person, memberships, bool(may_write))
    context |= {
        "place": place,
        "kind": kind,
        "week": week,
        "may_write": may_write,
        "today": today,
        "days": _days(place, week, works, today, wednesday),
        "stopped": stops.notices(memberships, today),
        "tabs": tabs_of(kind, place, person=person, today=today, path=request.path),
        "pdf": addresses.address("homework:classroom_pdf", place.pk) if may_write and kind == "classroom" else "",
    }
    return render(request, "homework/week.html", context, status=422 if may_write and form.errors else 200)


def _form(request, place, today, has_wednesday):
    """For the next day with class, or the one whose « Ajouter » was pressed."""
    tomorrow = first_days(today + queries.DAY, 1, lambda day: has_class_on(place.school, day, has_wednesday))
    asked = request.GET.get("pour") or (tomorrow[0] if tomorrow else None)
    pupils = queries.pupils_of(place, today)
    sent = (request.POST, request.FILES) if request.method == "POST" or request.POST else (None, None)
    return AssignmentForm(*sent, pupils=pupils, initial={"first_on": asked})


def _just_done(request, person, today, memberships):
    """The one that an address says was just written or withdrawn, to say so with its « Annuler »."""
    if not (asked := request.GET.get("fait")):
        return None
    found = queries.asked_for(rules.assignments_visible_to(person, today, memberships=memberships), asked)
    return found and {
        "assignment": found,
        "withdraw": rules.can_change_assignment(person, found, today),
        "restore": rules.can_restore_assignment(person, found, today),
    }


def _entered(person, kind, place_id, today, memberships):
    joined = "school__city__department"
    return first_or_404(space_entered(person, kind, place_id, today, joined, memberships=memberships))


def _asked(request, today):
    """On a Saturday or a Sunday, the next week is the one to read."""
    return queries.week_asked(request.GET.get("semaine", ""), today) or queries.week_of(
        today + (7 - WORKDAYS) * queries.DAY
    )


def _works(visible, place, week, person, memberships, names_pupils):
    here = visible.filter(space_id=place.pk, day__gte=week.first, day__lte=week.last)
    return queries.works_of(here, person, memberships, None, names_pupils=names_pupils)


def _days(place, week, works, today, has_wednesday):
    """Those with class, and those that hold something or say why there is none."""
    found = {day.date: day for day in queries.days_of(works, today)}
    for number in range(WORKDAYS):
        date = week.first + number * queries.DAY
        off = pause_on(place.school.city, date)
        if off or has_class_on(place.school, date, has_wednesday):
            found.setdefault(date, queries.day_on(date, today)).off = off
    return [found[date] for date in sorted(found)]
