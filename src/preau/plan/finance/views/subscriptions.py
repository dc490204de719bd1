"""Which schools have the digital space and who pays for each, line by line."""

from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.kit.answers import require
from preau.kit.money import NBSP
from preau.kit.names import of_name
from preau.kit.views import chosen_by_slug, form_page, press, signed_in, submit, table_file
from preau.places.models import School
from preau.plan.finance import actions, forms, queries, rules

BY_PAGE = 50
COLUMNS = ("École", "UAI", "À partir du", "Années", "Qui paie", "Qualité", "Source", "Retiré le")
FACTS = ("school", "starts_on", "years_count", "payer", "source", "quality")


def _lines(request, today):
    """(the city, its subscriptions in order)"""
    city = chosen_by_slug(request, rules.cities_read_by(request.person, today))[0]
    visible = rules.subscriptions_visible_to(request.person, today).filter(school__city=city)
    return city, queries.subscriptions_shown(visible)


@signed_in()
def subscription_list(request):
    """Every line, those withdrawn too."""
    today = localdate()
    city, lines = _lines(request, today)
    context = {
        "city": city, "page": Paginator(lines, BY_PAGE).get_page(request.GET.get("page")),
        "counted": lines.filter(withdrawn_at=None).count(),
        "may_write": rules.can_write_expenses(request.person, city, today),
    }  # fmt: skip
    return render(request, "finance/subscription_list.html", context)


@signed_in()
def subscription_export(request, extension):
    """The same lines to take away."""
    today = localdate()
    city, lines = _lines(request, today)
    rows = [
        (
            s.school.shown_name,
            s.school.uai,
            s.starts_on,
            s.years_count,
            s.get_payer_display(),
            s.get_quality_display(),
            s.source,
            localdate(s.withdrawn_at) if s.withdrawn_at else "",
        )
        for s in lines
    ]
    return table_file(f"abonnements-{city.slug}-{today}", extension, COLUMNS, rows)


@signed_in("GET", "POST")
def subscription_create(request):
    """« Ajouter un abonnement »"""
    today = localdate()
    city = _lines(request, today)[0]
    require(rules.can_write_expenses(request.person, city, today))
    form = _form(request, city, {"school": request.GET.get("ecole", "")})
    if added := submit(request, form, partial(actions.record_subscription, person=request.person, now=now())):
        messages.success(
            request,
            f"L’abonnement {of_name(added.school.shown_name)} est ajouté. La page de l’école le dit.",
        )
        return redirect(_list(city))
    return _page(request, city, form, "Ajouter un abonnement", "Ajouter cet abonnement")


@signed_in("GET", "POST")
def subscription_correction(request, subscription_id):
    """A line in place of another, which stays withdrawn."""
    subscription = _subscription(request, subscription_id, localdate())
    city = subscription.school.city
    form = _form(request, city, {name: getattr(subscription, name) for name in FACTS})
    write = partial(actions.correct_subscription, person=request.person, subscription=subscription, now=now())
    if corrected := submit(request, form, write):
        messages.success(
            request,
            f"L’abonnement {of_name(corrected.school.shown_name)} est corrigé{NBSP}: l’ancienne ligne reste, retirée.",
        )
        return redirect(_list(city))
    return _page(request, city, form, "Corriger un abonnement", "Enregistrer la correction")


@signed_in("POST")
def subscription_withdrawal(request, subscription_id):
    """« Retirer »: it stops counting at once."""
    subscription = _subscription(request, subscription_id, localdate())
    withdraw = partial(actions.withdraw_subscription, person=request.person, subscription=subscription, now=now())
    said = f"L’abonnement {of_name(subscription.school.shown_name)} est retiré. Le plan ne le compte plus."
    press(request, withdraw, said)
    return redirect(_list(subscription.school.city))


def _subscription(request, subscription_id, today):
    visible = rules.subscriptions_visible_to(request.person, today)
    subscription = get_object_or_404(visible.select_related("school__city"), id=subscription_id)
    require(rules.can_write_expenses(request.person, subscription.school.city, today))
    return subscription


def _form(request, city, initial):
    schools = School.objects.filter(city=city).order_by("sort_key", "kind", "id")
    return forms.SubscriptionForm(request.POST or None, schools=schools, initial=initial)


def _list(city):
    return f"{reverse('finance:subscription_list')}?ville={city.slug}"


def _page(request, city, form, title, button):
    eyebrow = f"Abonnements, {city.name}"
    return form_page(request, form, title=title, button=button, eyebrow=eyebrow, back=_list(city))
