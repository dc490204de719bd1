"""What the city paid, line by line, and its finance officer's pen."""

from decimal import Decimal
from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.kit.answers import require
from preau.kit.money import amount
from preau.kit.views import chosen_by_slug, form_page, press, signed_in, submit, table_file
from preau.places.models import School
from preau.plan.equipment.models import TaxRegime
from preau.plan.finance import actions, forms, queries, rules

BY_PAGE = 50
COLUMNS = (
    "École", "UAI", "Exercice", "Dépense ou avoir", "Montant en euros", "HT ou TTC", "Montant HT en euros", "Qualité",
    "Source", "Retirée le",
)  # fmt: skip
WHO_READS = "La Ville lit la ligne, les autres lecteurs du plan ses totaux."
WRITTEN = ("school", "fiscal_year", "kind", "amount_cents", "regime", "ht_cents", "source", "quality")


def _city(request, today):
    return chosen_by_slug(request, rules.cities_read_by(request.person, today))[0]


def _expenses(request, city, today):
    return rules.expenses_visible_to(request.person, today).filter(school__city=city)


@signed_in()
def expense_list(request):
    """Totals by year, then every line; `?exercice=` keeps one year."""
    today = localdate()
    city = _city(request, today)
    expenses, year = _expenses(request, city, today), request.GET.get("exercice", "")
    totals = queries.totals_of(expenses)
    context = {
        "city": city, "totals": totals, "paid": queries.paid_in(totals), "year": year,
        "lines_count": sum(each["lines"] for each in totals if year in ("", str(each["fiscal_year"]))),
        "years": list(dict.fromkeys(str(total["fiscal_year"]) for total in totals)),
        "page": Paginator(queries.shown(expenses, year), BY_PAGE).get_page(request.GET.get("page")),
        "may_write": rules.can_write_expenses(request.person, city, today),
    }  # fmt: skip
    return render(request, "finance/expense_list.html", context)


@signed_in()
def expense_export(request, extension):
    """The same lines to take away."""
    today = localdate()
    city = _city(request, today)
    rows = [
        (
            e.school.shown_name,
            e.school.uai,
            e.fiscal_year,
            e.get_kind_display(),
            _euros(e.amount_cents),
            e.get_regime_display(),
            _euros(e.ht_cents),
            e.get_quality_display(),
            e.source,
            localdate(e.withdrawn_at) if e.withdrawn_at else "",
        )
        for e in queries.shown(_expenses(request, city, today), request.GET.get("exercice", ""))
    ]
    return table_file(f"depenses-{city.slug}-{today}", extension, COLUMNS, rows)


@signed_in("GET", "POST")
def expense_create(request):
    """« Ajouter une dépense »"""
    today = localdate()
    city = _city(request, today)
    require(rules.can_write_expenses(request.person, city, today))
    form = _form(request, city, today)
    if expense := submit(request, form, partial(actions.record_expense, person=request.person, now=now())):
        messages.success(request, f"{_named(expense)} est {_agreed(expense, 'ajoutée')}. {WHO_READS}")
        _warn(request, expense)
        return redirect(_list(city))
    return _page(request, city, form, "Ajouter une dépense ou un avoir", "Ajouter")


@signed_in("GET", "POST")
def expense_correction(request, expense_id):
    """A line in place of another, which stays withdrawn."""
    today = localdate()
    expense = _expense(request, expense_id, today)
    city = expense.school.city
    form = _form(request, city, today, {name: getattr(expense, name) for name in WRITTEN})
    write = partial(actions.correct_expense, person=request.person, expense=expense, now=now())
    if corrected := submit(request, form, write):
        messages.success(
            request,
            f"{_named(corrected)} est {_agreed(corrected, 'corrigée')}. L’ancienne ligne reste, retirée. {WHO_READS}",
        )
        _warn(request, corrected)
        return redirect(_list(city))
    return _page(request, city, form, "Corriger une dépense", "Enregistrer la correction")


@signed_in("POST")
def expense_withdrawal(request, expense_id):
    """« Retirer »: it stops counting at once."""
    expense = _expense(request, expense_id, localdate())
    withdraw = partial(actions.withdraw_expense, person=request.person, expense=expense, now=now())
    said = f"{_named(expense)} est {_agreed(expense, 'retirée')}. Les chiffres du plan ne comptent plus cette ligne."
    press(request, withdraw, said)
    return redirect(_list(expense.school.city))


def _named(expense):
    """« La dépense de 1 200,00 € TTC pour l’école Montmidi (exercice 2025) »"""
    what = "L’avoir" if expense.is_credit else "La dépense"
    tax = "" if expense.regime == TaxRegime.UNKNOWN else f" {expense.get_regime_display()}"
    sum_said, school = amount(abs(expense.amount_cents)), expense.school.shown_name
    return f"{what} de {sum_said}{tax} pour {school} (exercice {expense.fiscal_year})"


def _agreed(expense, word):
    return word.removesuffix("e") if expense.is_credit else word


def _warn(request, expense):
    if expense.doubt:
        messages.warning(request, f"{expense.doubt[0].upper()}{expense.doubt[1:]} La ligne est enregistrée.")


def _euros(cents):
    return None if cents is None else Decimal(cents) / 100


def _expense(request, expense_id, today):
    visible = rules.expenses_visible_to(request.person, today)
    expense = get_object_or_404(visible.select_related("school__city"), id=expense_id)
    require(rules.can_write_expenses(request.person, expense.school.city, today))
    return expense


def _form(request, city, today, initial=None):
    schools = School.objects.filter(city=city).order_by("sort_key", "kind", "id")
    initial = initial or {"fiscal_year": today.year, "school": request.GET.get("ecole", "")}
    return forms.ExpenseForm(request.POST or None, schools=schools, this_year=today.year, initial=initial)


def _list(city):
    return f"{reverse('finance:expense_list')}?ville={city.slug}"


def _page(request, city, form, title, button):
    eyebrow = f"Dépenses du plan, {city.name}"
    return form_page(request, form, title=title, button=button, eyebrow=eyebrow, back=_list(city))
