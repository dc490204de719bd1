"""What the plan is for."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now

from preau.kit.answers import require
from preau.kit.money import NBSP
from preau.kit.views import chosen_by_slug, signed_in, table_file
from preau.plan.ambitions import actions, queries, rules
from preau.plan.ambitions.forms import AmbitionForm

MAY_REFER = "Les candidatures et les décisions peuvent s’y rattacher."
AMBITIONS = ("Ambition", "Nature", "Source", "Retirée le")


def _city(request, today):
    """The city named by `?ville=`, among those in sight, else the first. 404 when there is none."""
    return chosen_by_slug(request, rules.cities_visible_to(request.person, today))[0]


@signed_in()
def ambition_list(request):
    """Axes and ambitions, those that hold first."""
    today = localdate()
    city = _city(request, today)
    context = {
        "city": city,
        "ambitions": queries.every_ambition_of(city),
        "may_write": rules.can_write_ambitions(request.person, city, today),
    }
    return render(request, "ambitions/ambition_list.html", context)


@signed_in()
def ambition_export(request, extension):
    """The same ambitions to take away."""
    city = _city(request, localdate())
    rows = [(a.label, a.get_kind_display(), a.source, a.retired_on) for a in queries.every_ambition_of(city)]
    return table_file(f"ambitions-{city.slug}-{localdate()}", extension, AMBITIONS, rows)


@signed_in("GET", "POST")
def ambition_create(request):
    """« Ajouter une ambition »"""
    today = localdate()
    city = _city(request, today)
    require(rules.can_write_ambitions(request.person, city, today))
    form = AmbitionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ambition = actions.add_ambition(person=request.person, city=city, now=now(), **form.cleaned_data)
        messages.success(request, f"«{NBSP}{ambition.label}{NBSP}» est ajoutée. {MAY_REFER}")
        return redirect("ambitions:ambition_list")
    status = 422 if request.method == "POST" else 200
    return render(request, "ambitions/ambition_form.html", {"city": city, "form": form}, status=status)


def _ambition(request, ambition_id):
    today = localdate()
    visible = rules.ambitions_visible_to(request.person, today)
    ambition = get_object_or_404(visible.select_related("city"), id=ambition_id)
    require(rules.can_write_ambitions(request.person, ambition.city, today))
    return ambition


@signed_in("POST")
def ambition_retiring(request, ambition_id):
    """No longer proposed; what points to it still does."""
    ambition = _ambition(request, ambition_id)
    actions.retire_ambition(person=request.person, ambition=ambition, now=now())
    messages.success(request, f"«{NBSP}{ambition.label}{NBSP}» n’est plus proposée. Ce qui s’y rattachait la garde.")
    return redirect("ambitions:ambition_list")


@signed_in("POST")
def ambition_restoral(request, ambition_id):
    """Retiring was a mistake."""
    ambition = _ambition(request, ambition_id)
    actions.restore_ambition(person=request.person, ambition=ambition, now=now())
    messages.success(request, f"«{NBSP}{ambition.label}{NBSP}» est de nouveau proposée. {MAY_REFER}")
    return redirect("ambitions:ambition_list")
