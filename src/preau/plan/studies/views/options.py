"""Options compared."""

from decimal import Decimal
from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.kit.answers import require
from preau.kit.money import NBSP, round_half_up
from preau.kit.views import chosen_by_slug, form_page, signed_in, submit, table_file
from preau.plan.studies import actions, forms, queries, rules
from preau.plan.studies.models import Authority, Comparison, Criterion, Option

BY_PAGE = 30
EDITED = ("Enregistrer", "C’est corrigé\u00a0: qui note la comparaison le lit ainsi.")


@signed_in()
def comparison_list(request):
    """Every question put to the committees, the last first."""
    today = localdate()
    city, cities = chosen_by_slug(request, rules.cities_followed_by(request.person, today))
    found = rules.comparisons_visible_to(request.person, today).filter(city=city)
    page = Paginator(found.order_by("-opened_on", "-id"), BY_PAGE).get_page(request.GET.get("page"))
    may_write = rules.can_write_comparison(request.person, Comparison(city=city), today)
    context = {"city": city, "cities": cities, "page": page, "may_write": may_write}
    return render(request, "studies/comparison_list.html", context)


@signed_in()
def comparison_export(request, extension):
    """The same questions, as a table."""
    today = localdate()
    city, _ = chosen_by_slug(request, rules.cities_followed_by(request.person, today))
    found = rules.comparisons_visible_to(request.person, today).filter(city=city).order_by("-opened_on", "-id")
    rows = [(each.title, each.opened_on, each.get_state_display()) for each in found]
    return table_file(f"options-{city.slug}-{today}", extension, ("Question", "Ouverte le", "État"), rows)


@signed_in("GET", "POST")
def comparison_create(request):
    """« Comparer des options »"""
    today = localdate()
    city, _ = chosen_by_slug(request, rules.cities_followed_by(request.person, today))
    require(rules.can_write_comparison(request.person, Comparison(city=city), today))
    form = forms.ComparisonForm(request.POST or None)

    def write(**fields):
        return actions.open_comparison(person=request.person, city=city, now=now(), **fields)

    comparison = submit(request, form, write)
    if comparison:
        messages.success(
            request,
            f"«{NBSP}{comparison.title}{NBSP}» est ouverte à la comparaison. Ajoutez ses critères et ses options.",
        )
        return redirect("studies:comparison_detail", comparison_id=comparison.id)
    back = f"{reverse('studies:comparison_list')}?ville={city.slug}"
    return form_page(request, form, title="Comparer des options", button="Ouvrir", eyebrow=city.name, back=back)


@signed_in()
def comparison_detail(request, comparison_id):
    """Criteria, options, both authorities' marks; then the opinion and the choice."""
    today = localdate()
    comparison = _comparison(request, comparison_id)
    context = {
        "comparison": comparison,
        "today": today,
        "table": queries.comparison_table(comparison),
        "may_write": rules.can_write_comparison(request.person, comparison, today),
        "may_mark": rules.can_mark_options(request.person, comparison, today),
    }
    return render(request, "studies/comparison_detail.html", context)


@signed_in()
def mark_export(request, comparison_id, extension):
    """One line per option: what both authorities gave it, criterion by criterion."""
    comparison = _comparison(request, comparison_id)
    table = queries.comparison_table(comparison)
    by_criterion = [f"{c.label}, poids {c.weight}, {side.label}" for c in table.criteria for side in Authority]
    header = ("Option", "Nom", "Proposée par", "Présentée le", *by_criterion, "Moyenne pondérée, une aide", "Choisie")
    rows = [
        (
            row.option.letter,
            row.option.name,
            row.option.vendor,
            row.option.presented_on,
            *(mark for cell in row.cells for mark in (cell.city, cell.state)),
            None if row.mean is None else Decimal(int(round_half_up(row.mean * 100))) / 100,
            "oui" if comparison.choice_id == row.option.pk else "",
        )
        for row in table.rows
    ]
    return table_file(f"options-{comparison.city.slug}-{comparison.opened_on}", extension, header, rows)


@signed_in("GET", "POST")
def criterion_create(request, comparison_id):
    """« Ajouter un critère »"""
    return _part(
        request,
        comparison_id,
        forms.CriterionForm,
        actions.add_criterion,
        "Ajouter un critère",
        "Le critère est ajouté\u00a0: chaque option y sera notée.",
    )


@signed_in("GET", "POST")
def option_create(request, comparison_id):
    """« Ajouter une option »"""
    return _part(
        request,
        comparison_id,
        forms.OptionForm,
        actions.add_option,
        "Ajouter une option",
        "L’option est ajoutée\u00a0: elle sera notée sur chaque critère.",
    )


@signed_in("GET", "POST")
def criterion_edit(request, criterion_id):
    """« Changer un critère »"""
    row = _row(request, Criterion, criterion_id)
    initial = {"label": row.label, "weight": row.weight}
    change = partial(actions.change_criterion, criterion=row)
    form = forms.CriterionForm(request.POST or None, initial=initial)
    return _answer(request, row.comparison, form, change, ("Corriger un critère", *EDITED))


@signed_in("GET", "POST")
def option_edit(request, option_id):
    """« Changer une option »"""
    row = _row(request, Option, option_id)
    initial = {"name": row.name, "vendor": row.vendor, "presented_on": row.presented_on, "text": row.note}
    change = partial(actions.change_option, option=row)
    form = forms.OptionForm(request.POST or None, initial=initial)
    return _answer(request, row.comparison, form, change, ("Corriger une option", *EDITED))


def _row(request, model, row_id):
    visible = rules.comparisons_visible_to(request.person, localdate())
    rows = model.objects.filter(comparison__in=visible).select_related("comparison__city")
    return get_object_or_404(rows, id=row_id)


def _part(request, comparison_id, kind, action, title, said):
    comparison = _comparison(request, comparison_id)
    add = partial(action, comparison=comparison)
    return _answer(request, comparison, kind(request.POST or None), add, (title, "Ajouter", said))


def _answer(request, comparison, form, act, words):
    """One form about a comparison; `words`: its title, its button, what is said once done."""
    require(rules.can_write_comparison(request.person, comparison, localdate()))
    title, button, said = words

    def write(**fields):
        return act(person=request.person, now=now(), **fields)

    back = reverse("studies:comparison_detail", args=[comparison.id])
    if submit(request, form, write):
        messages.success(request, said)
        return redirect(back)
    return form_page(request, form, title=title, button=button, eyebrow=comparison.title, back=back)


@signed_in("GET", "POST")
def marks(request, comparison_id):
    """One's own authority's marks."""
    today = localdate()
    comparison = _comparison(request, comparison_id)
    require(rules.can_mark_options(request.person, comparison, today))
    authority = rules.authority_of(request.person, comparison.city, today)
    data = request.POST or None
    form = forms.MarksForm(data, table=queries.comparison_table(comparison), authority=authority)
    if request.method == "POST" and form.is_valid():
        actions.mark_options(person=request.person, comparison=comparison, values=form.values(), now=now())
        messages.success(request, f"Les notes «\u00a0{authority.label}\u00a0» sont enregistrées. Elles y comptent.")
        return redirect("studies:comparison_detail", comparison_id=comparison.id)
    context = {"comparison": comparison, "form": form, "authority": authority}
    return render(request, "studies/marks.html", context, status=422 if form.errors else 200)


def _comparison(request, comparison_id):
    visible = rules.comparisons_visible_to(request.person, localdate())
    parts = ("city", "choice")
    return get_object_or_404(visible.select_related(*parts), id=comparison_id)
