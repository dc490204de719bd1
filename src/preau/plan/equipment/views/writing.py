"""The plan written by its city."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.kit.answers import require
from preau.kit.forms import MORE_ROWS, with_more_rows
from preau.kit.money import NBSP
from preau.kit.names import of_name
from preau.kit.views import form_page, press, signed_in, submit
from preau.plan.equipment import actions, forms, queries, rules
from preau.plan.equipment.models import Fact, KitLine, SiteKind
from preau.plan.equipment.views.reading import chosen_city

KIT_LINE = ("item", "kind", "rule", "quantity_min", "quantity_max", "terminals_each", "option", "is_wifi")


def _school(request, school_id, today, rule=rules.can_write_plan):
    """404 out of sight, 403 with its reason in sight only."""
    visible = rules.schools_visible_to(request.person, today)
    school = get_object_or_404(visible.select_related("city"), id=school_id)
    require(rule(request.person, school.city, today))
    return school


def _about_school(request, form, school, **said):
    back = reverse("equipment:school_detail", args=[school.id])
    return form_page(request, form, eyebrow=school.shown_name, back=back, **said)


@signed_in("GET", "POST")
def school_closing(request, school_id):
    """« Cette école ferme »"""
    school = _school(request, school_id, localdate())
    form = forms.ClosingForm(request.POST or None, school=school)
    if submit(request, form, partial(actions.close_school, person=request.person, school=school, now=now())):
        messages.success(request, f"{school.shown_name} sort des comptes le lendemain. Ce qu’elle a reçu reste écrit.")
        return redirect("equipment:school_detail", school_id=school.id)
    return _about_school(request, form, school, title="Cette école ferme", button="Fermer l’école")


@signed_in("POST")
def school_reopening(request, school_id):
    """Closing was a mistake."""
    school = _school(request, school_id, localdate())
    actions.reopen_school(person=request.person, school=school, now=now())
    messages.success(request, f"{school.shown_name} est de nouveau comptée. Les chiffres du plan ont changé aussitôt.")
    return redirect("equipment:school_detail", school_id=school.id)


@signed_in("GET", "POST")
def index_estimate(request, nursery_id):
    """« Estimer l’indice de position sociale » of a nursery school."""
    today = localdate()
    school = _school(request, nursery_id, today)
    require(rules.takes_an_estimate(school))
    form = forms.EstimateForm(request.POST or None, lenders=queries.lenders_to(school, today))
    if submit(request, form, partial(actions.estimate_index, person=request.person, school=school, now=now())):
        messages.success(
            request, f"{school.shown_name}{NBSP}: l’indice est estimé. Il est dit estimé partout où il se lit."
        )
        return redirect("equipment:school_detail", school_id=school.id)
    return _about_school(
        request,
        form,
        school,
        title="Estimer l’indice de position sociale",
        button="Estimer d’après cette école",
        lead=f"L’indice n’est publié que pour les écoles avec un CM2{NBSP}: une maternelle n’en a pas. Celui de "
        "l’école où vont ensuite ses élèves sert d’estimation, toujours montrée comme telle.",
    )


@signed_in("GET", "POST")
def kit_publication(request, school_kind, above):
    """A new version, begun from the one in force."""
    today = localdate()
    if school_kind not in SiteKind.values:
        raise Http404
    city = chosen_city(request, rules.cities_visible_to(request.person, today))
    require(rules.can_write_plan(request.person, city, today))
    current = next((k for k in queries.current_kits(city, today) if k.school_kind == school_kind), None)
    lines = list(current.lines.order_by("position").values(*KIT_LINE)) if current else []
    form = forms.KitForm(request.POST or None, initial={"school_kind": school_kind, "published_on": today})
    formset = forms.KitLineFormSet(request.POST or None, initial=lines)
    if MORE_ROWS in request.POST:
        form = forms.KitForm(initial=request.POST.dict())
        formset = with_more_rows(forms.KitLineFormSet, request.POST, key="item")
    elif request.method == "POST" and form.is_valid() and formset.is_valid():
        lines = [_line(data) for data in formset.cleaned_data if data.get("item")]
        write = partial(actions.publish_kit_version, person=request.person, city=city, lines=lines, now=now())
        if kit := submit(request, form, write):
            messages.success(request, f"La version {kit.version} est publiée. Les besoins se comptent avec elle.")
            return redirect(above["kit"], kit_id=kit.id)
    context = {
        "city": city, "form": form, "formset": formset, "current": current, "site": SiteKind(school_kind).label,
        "above": above,
    }  # fmt: skip
    return render(request, "equipment/kit_form.html", context, status=422 if form.is_bound else 200)


def _line(data):
    least = 1 if data["quantity_min"] is None else data["quantity_min"]
    return {
        **{name: data[name] for name in ("item", "rule", "is_wifi", "terminals_each")},
        "kind": data["kind"] or KitLine.Kind.OTHER,
        "option": data["option"] or KitLine.Option.ALWAYS,
        "quantity_min": least,
        "quantity_max": max(least, data["quantity_max"] or 0),
    }


@signed_in("GET", "POST")
def fact_create(request):
    """« Ajouter un chiffre »"""
    today = localdate()
    city = chosen_city(request, rules.cities_visible_to(request.person, today))
    require(rules.can_write_plan(request.person, city, today))
    form = forms.FactForm(request.POST or None)
    if submit(request, form, partial(actions.record_fact, person=request.person, city=city, now=now())):
        messages.success(
            request,
            f"Le chiffre est ajouté à ceux {of_name(city.name)}, à côté des précédents. Qui suit le plan le lit.",
        )
        return redirect("equipment:fact_list")
    return form_page(
        request,
        form,
        title="Ajouter un chiffre",
        button="Ajouter ce chiffre",
        eyebrow=f"Plan numérique, {city.name}",
        back=f"{reverse('equipment:fact_list')}?ville={city.slug}",
    )


def _whose(fact):
    return fact.school.shown_name if fact.school_id else fact.city.name


@signed_in("POST")
def fact_withdrawal(request, fact_id):
    """A figure entered by mistake, or an index that is no longer estimated."""
    today = localdate()
    facts = Fact.objects.filter(city__in=rules.cities_visible_to(request.person, today))
    fact = get_object_or_404(facts.select_related("city", "school"), id=fact_id)
    require(rules.can_write_plan(request.person, fact.city, today))
    withdraw = partial(actions.withdraw_fact, person=request.person, fact=fact, now=now())
    press(request, withdraw, f"{_whose(fact)}{NBSP}: le chiffre ne compte plus. Il reste écrit, retiré.")
    if fact.school_id:
        page = "equipment:school_detail" if fact.proxy_of_id else "equipment:school_knowledge"
        return redirect(page, school_id=fact.school_id)
    return redirect("equipment:fact_list")
