"""What is known of a school, and where the city writes it: for one school, or a year for all of them."""

from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.kit.answers import require
from preau.kit.money import NBSP
from preau.kit.views import form_page, signed_in, submit
from preau.places.models import School
from preau.places.queries import open_on
from preau.plan.equipment import actions, forms, queries, rules
from preau.plan.equipment.models import Measure
from preau.plan.equipment.views.reading import chosen_city

BY_PAGE = 20
SAID_BY_THE_CITY = "déclaré par la Ville"


def _school(request, school_id, today, writes=True):
    """404 out of sight, 403 with its reason for who only reads."""
    visible = rules.schools_visible_to(request.person, today)
    school = get_object_or_404(visible.select_related("city"), id=school_id)
    if writes:
        require(rules.can_write_plan(request.person, school.city, today))
    return school


@signed_in()
def school_knowledge(request, school_id, above):
    """« Ce que l’on sait de l’école »: each line with its year and its source, and the form that writes it."""
    today = localdate()
    school = _school(request, school_id, today, writes=False)
    facts = queries.every_fact_about(school)
    context = {
        "school": school, "lines": queries.lines_about(facts, today), "facts": facts,
        "this_year": queries.year_of(today), "index": Measure.SOCIAL_INDEX_TENTHS,
        "subscriptions": queries.subscriptions_of(school), "above": above,
        "may_write": rules.can_write_plan(request.person, school.city, today),
    }  # fmt: skip
    return render(request, "equipment/school_knowledge.html", context)


@signed_in("GET", "POST")
def school_year(request, school_id, year):
    """« Les chiffres de la rentrée », one school."""
    today = localdate()
    school = _school(request, school_id, today)
    figures = _year_forms(request, [school], year, today)
    origin = forms.OriginForm(request.POST or None)
    if _write_year(request, school.city, year, figures, origin):
        return redirect("equipment:school_knowledge", school_id=school.id)
    context = {"school": school, "form": figures[0], "origin": origin, **_years(year, today)}
    return render(request, "equipment/school_year.html", context, status=422 if request.method == "POST" else 200)


@signed_in("GET", "POST")
def city_year(request, year):
    """The same for every school of a city, some at a time."""
    today = localdate()
    city = chosen_city(request, rules.cities_visible_to(request.person, today))
    require(rules.can_write_plan(request.person, city, today))
    schools = rules.schools_visible_to(request.person, today).filter(open_on(today), city=city)
    page = Paginator(schools.order_by("sort_key", "kind", "id"), BY_PAGE).get_page(request.GET.get("page"))
    figures = _year_forms(request, list(page.object_list), year, today, with_floors=False)
    origin = forms.OriginForm(request.POST or None)
    if _write_year(request, city, year, figures, origin):
        return redirect(f"{reverse('equipment:city_year', args=[year])}?ville={city.slug}&page={page.number}")
    context = {
        "city": city, "page": page, "forms": figures, "origin": origin, **_years(year, today),
        "wrong": [form for form in figures if form.errors],
    }  # fmt: skip
    return render(request, "equipment/city_year.html", context, status=422 if request.method == "POST" else 200)


def _years(year, today):
    return {
        "year": year,
        "earlier": year - 1 if queries.is_a_year(year - 1, today) else None,
        "later": year + 1 if queries.is_a_year(year + 1, today) else None,
    }


def _year_forms(request, schools, year, today, with_floors=True):
    if not queries.is_a_year(year, today):
        raise Http404
    known = {school.pk: {} for school in schools}
    for (school_id, measure), fact in queries.figures_of_year(schools, year).items():
        known[school_id][measure] = fact
    return [
        forms.FiguresForm(
            request.POST or None,
            school=school,
            known=known[school.pk],
            with_floors=with_floors,
            prefix=str(school.pk),
            auto_id=f"id_{number}_%s",
        )
        for number, school in enumerate(schools, 1)
    ]


def _write_year(request, city, year, figures, origin) -> bool:
    """Whether what was posted is good; then it is written and said."""
    if request.method != "POST" or not all([form.is_valid() for form in (*figures, origin)]):
        return False
    values = {form.school: given for form in figures if (given := form.changed_values())}
    if origin.asks_for(values):
        return False
    write = partial(actions.record_school_figures, person=request.person, city=city, year=year, values=values)
    if not (counts := submit(request, origin, partial(write, now=now()))):
        return False
    messages.success(request, _said(*counts))
    return True


def _said(written, withdrawn) -> str:
    if not (written or withdrawn):
        return "Aucun chiffre n’était différent\u00a0: rien n’a changé."
    parts = []
    if written:
        parts.append("1 chiffre est écrit" if written == 1 else f"{written} chiffres sont écrits")
    if withdrawn:
        parts.append("1 chiffre est retiré" if withdrawn == 1 else f"{withdrawn} chiffres sont retirés")
    return f"{' et '.join(parts)}. Les anciens restent lisibles."


@signed_in("GET", "POST")
def none_received(request):
    """« Ces écoles n’ont rien reçu »: those of which nobody said it; `?ecole=` ticks that one alone."""
    today = localdate()
    city = chosen_city(request, rules.cities_visible_to(request.person, today))
    require(rules.can_write_plan(request.person, city, today))
    schools = queries.untold_schools(city, today)
    ticked = [school for school in schools if str(school.pk) == request.GET.get("ecole")]
    form = forms.NoneReceivedForm(request.POST or None, schools=schools, initial={"schools": ticked, "as_of": today})
    back = f"{reverse('equipment:school_list')}?ville={city.slug}"
    write = partial(actions.record_none_received, person=request.person, city=city, source=SAID_BY_THE_CITY, now=now())
    if count := submit(request, form, write):
        messages.success(request, _said_of_none(0 if count is True else count))
        return redirect(back)
    return render(
        request,
        "equipment/none_received.html",
        {"city": city, "form": form, "schools_count": len(schools), "back": back},
        status=422 if form.is_bound else 200,
    )


def _said_of_none(count):
    if not count:
        return "Rien n’a changé\u00a0: un collègue l’avait déjà dit."
    schools = "1 école se lit" if count == 1 else f"{count} écoles se lisent"
    return f"{schools} maintenant «\u00a0pas encore\u00a0», et non plus «\u00a0inconnu\u00a0»."


@signed_in("GET", "POST")
def school_contact(request, school_id):
    """« Adresse et contact »"""
    school = _school(request, school_id, localdate())
    form = forms.ContactForm(
        request.POST or None, initial={name: getattr(school, name) for name in School.CONTACT} | {"source": ""}
    )
    write = partial(actions.record_school_contact, person=request.person, school=school, now=now())
    if submit(request, form, write):
        messages.success(
            request,
            f"{school.shown_name}{NBSP}: l’adresse et le contact sont écrits. Tout le monde les lit sur son site.",
        )
        return redirect("equipment:school_knowledge", school_id=school.id)
    return _about(request, form, school, "Adresse et contact", "Enregistrer")


@signed_in("GET", "POST")
def school_opening(request, school_id):
    """« Jour d’ouverture »"""
    school = _school(request, school_id, localdate())
    form = forms.OpeningForm(request.POST or None, initial={"first_day": school.opened_on})
    write = partial(actions.write_opening, person=request.person, school=school, now=now())
    if submit(request, form, write):
        messages.success(
            request,
            f"{school.shown_name}{NBSP}: le jour d’ouverture est écrit. Les chiffres du plan la comptent depuis.",
        )
        return redirect("equipment:school_knowledge", school_id=school.id)
    return _about(request, form, school, "Jour d’ouverture", "Enregistrer ce jour")


def _about(request, form, school, title, button):
    back = reverse("equipment:school_knowledge", args=[school.id])
    return form_page(request, form, title=title, button=button, eyebrow=school.full_name, back=back)
