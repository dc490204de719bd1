"""Absences as a guardian tells them, and answers those that the school noted."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from preau.ent.attendance import actions, days, queries, rules
from preau.ent.attendance.forms import DATES, WHOLE, AbsenceForm, ReasonForm, reason_said
from preau.ent.attendance.models import Half
from preau.kit.answers import require
from preau.kit.views import press, signed_in, submit
from preau.schools.models import Enrolment
from preau.spaces.naming import child_tags

DAYS = 2  # offered by their names; others are typed
TOLD = _("C’est dit\u00a0: l’école le sait, et la cantine saura seulement l’absence.")
TOLD_TO_SCHOOL = _("C’est dit\u00a0: l’école le sait.")
VERIFIES = _("L’appel, déjà fait, compte encore votre enfant présent\u00a0: l’école doit le vérifier.")
NOON_FOLLOWS = _("La cantine suit l’appel\u00a0: elle saura l’absence quand il sera corrigé.")
WITHDRAWN = _("C’est retiré\u00a0: l’école attend votre enfant.")
CORRECTED = _("C’est corrigé\u00a0: l’école le sait.")
ANSWERED = _("Votre réponse est partie\u00a0: l’école la lit, et personne d’autre.")


@signed_in(is_family=True)
def mine(request):
    """What the school noted, what was told, for each child."""
    person, today = request.person, localdate()
    require(rules.can_tell_absences(person, today))
    children = rules.children_told_by(person, today)
    tags = child_tags(children, [child.pk for child in children])
    found = list(queries.explained(children, today))
    told = [
        (tags[line.absence.child_id], line, reason_said(line.absence.reason) if line.is_own else "")
        for line in queries.lines_of(person, children, today)
    ]
    context = {
        "to_explain": [
            (tags[each.pupil_id], _as_at_home(each)) for each in found if not (each.is_told or each.is_late)
        ],
        "found": [(tags[each.pupil_id], each) for each in found],
        "told": told,
        "tags": [tag for tag in tags.values() if tag.enrolment],
        "today": today,
    }
    return render(request, "attendance/mine.html", context)


@signed_in("GET", "POST", is_family=True)
def tell(request, has_wednesday):
    """« Absent »: which children, when, and why if one wishes; `?enfant=` is who the page is about."""
    person, today = request.person, localdate()
    require(rules.can_tell_new_absence(person, today))
    schools = _schools_of(rules.children_told_by(person, today), today)
    tags = child_tags(rules.children_told_by(person, today), schools)
    asked = next((child for child in tags if str(child) == request.GET.get("enfant")), None)
    form = AbsenceForm(
        request.POST or None,
        children=[(str(child), tag.name) for child, tag in tags.items()] or [("", "")],
        initial={"child": [str(asked)]} if asked else {},
        **_calendar(schools, has_wednesday, today, asked),
    )
    write = partial(_tell, person, {str(child.pk): child for child in rules.children_told_by(person, today)})
    if submit(request, form, write):
        messages.success(request, _heard(form.cleaned_data, form.cleaned_data["child"], today, TOLD))
        return redirect("attendance:mine")
    context = {"form": form, "tags": [(each, tags.get(_uuid_in(tags, each))) for each in form["child"]]}
    context["feeds_canteen"] = queries.canteen_counts(list(tags), today)
    return render(request, "attendance/tell.html", context, status=422 if form.errors else 200)


@signed_in("GET", "POST", is_family=True)
def absence_edit(request, absence_id, has_wednesday):
    """Other days, or the reason, told later."""
    person, today = request.person, localdate()
    absence = _own(person, absence_id, today)
    schools = _schools_of([absence.child], today)
    half = absence.first_half if absence.is_one_half else WHOLE
    initial = {
        "when": DATES, "starts_on": absence.starts_on, "ends_on": absence.ends_on, "part": half,
        "reason": absence.reason, "version": absence.version,
    }  # fmt: skip
    calendar = _calendar(schools, has_wednesday, today, absence.child_id)
    form = AbsenceForm(request.POST or None, initial=initial, **calendar | {"days": []})
    write = partial(actions.correct_absence, person=person, absence=absence, now=now())
    if submit(request, form, write, versioned=absence):
        messages.success(request, _heard(form.cleaned_data, [absence.child_id], today, CORRECTED))
        return redirect("attendance:mine")
    tag = _tag(person, absence.child_id, today)
    context = {"form": form, "absence": absence, "tag": tag}
    context["feeds_canteen"] = queries.canteen_counts([absence.child_id], today)
    return render(request, "attendance/tell.html", context, status=422 if form.errors else 200)


@signed_in("POST", is_family=True)
def withdrawal_create(request, absence_id):
    """The child will be there. Pressed twice, it says that it is taken back."""
    person, today = request.person, localdate()
    absence = get_object_or_404(rules.absences_visible_to(person, today), pk=absence_id)
    write = partial(actions.withdraw_absence, person=person, absence=absence, now=now())
    press(request, write, gettext(WITHDRAWN))
    return redirect("attendance:mine")


@signed_in("GET", "POST", is_family=True)
def explain(request, missing_id):
    """Why a child was absent, asked by the school."""
    person, today = request.person, localdate()
    missing = get_object_or_404(
        rules.missing_visible_to(person, today).select_related("roll_call", "pupil"), pk=missing_id
    )
    require(rules.can_tell_absence(person, missing.pupil, today))
    day, half = missing.roll_call.day, missing.roll_call.half
    form = ReasonForm(request.POST or None)
    write = partial(
        actions.tell_absence,
        person=person,
        child=missing.pupil,
        starts_on=day,
        first_half=half,
        ends_on=day,
        last_half=half,
        now=now(),
    )
    if submit(request, form, write):
        messages.success(request, gettext(ANSWERED))
        return redirect("attendance:mine")
    context = {"form": form, "missing": missing, "tag": _tag(person, missing.pupil_id, today), "today": today}
    return render(request, "attendance/explain.html", context, status=422 if form.errors else 200)


def _as_at_home(missing):
    return queries.Unexplained(missing.pk, missing.pupil_id, missing.roll_call.day, Half(missing.roll_call.half))


def _tell(person, children, *, child, **said):
    said.pop("version", None)
    return actions.tell_absences(person=person, children=[children[each] for each in child], now=now(), **said)


def _heard(said, children, today, words):
    """What is true once it is told: the canteen counts by the appel when it is made, and of a day gone by no more."""
    first, last = (said["starts_on"], said["first_half"]), (said["ends_on"], said["last_half"])
    is_now = said["starts_on"] <= today <= said["ends_on"]
    found = queries.halves_to_verify(children, today) if is_now else ()
    halves = [half for half in Half if half in found and first <= (today, half) <= last]
    feeds_canteen = queries.canteen_counts(children, today)
    if words == TOLD and (halves or said["ends_on"] < today or not feeds_canteen):
        words = TOLD_TO_SCHOOL
    more = [VERIFIES] * bool(halves) + [NOON_FOLLOWS] * (Half.MORNING in halves and feeds_canteen)
    return " ".join(map(gettext, [words, *more]))


def _own(person, absence_id, today):
    """An absence that this person told of their child."""
    rows = rules.absences_visible_to(person, today).live().select_related("child")
    return get_object_or_404(rows, pk=absence_id)


def _tag(person, child_id, today):
    tags = child_tags(rules.children_told_by(person, today), [child_id])
    if child_id not in tags:
        raise Http404
    return tags[child_id]


def _uuid_in(tags, choice):
    return next((child for child in tags if str(child) == choice.data["value"]), None)


def _schools_of(children, today):
    """{child: schools they are enrolled in}; one query."""
    rows = Enrolment.objects.current(today).filter(pupil__in=children).select_related("school__city__department")
    found = {}
    for enrolment in rows.order_by("id"):
        found.setdefault(enrolment.pupil_id, []).append(enrolment.school)
    return found


def _calendar(schools, has_wednesday, today, about=None):
    """What `AbsenceForm` knows of the days with class: the next two of the child, else of any of them."""
    known = {school: has_wednesday(school) for each in schools.values() for school in each}
    asked = schools.get(about) or list(known)
    near = {day for school in asked for day in days.class_days(school, today, DAYS, known[school])}

    def has_class(child, first, first_half, last, last_half):
        of_child = next((each for pk, each in schools.items() if str(pk) == str(child or about)), ())
        return any(
            (first, Half(first_half)) <= at <= (last, Half(last_half))
            for school in of_child
            for at in days.halves_between(school, first, last, known[school])
        )

    return {"days": sorted(near)[:DAYS], "today": today, "has_class": has_class}
