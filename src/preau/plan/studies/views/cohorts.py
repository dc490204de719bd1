"""Laboratories of schools and their joint review."""

from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.kit.answers import require
from preau.kit.money import NBSP
from preau.kit.views import chosen_by_slug, form_page, press, signed_in, submit, table_file
from preau.places.queries import open_schools
from preau.plan.studies import actions, forms, queries, rules

BY_PAGE = 30
COLUMNS = ("Laboratoire", "Du", "Au", "État", "Issue")


@signed_in()
def cohort_list(request):
    """Every laboratory of the city, the last first."""
    today = localdate()
    city, cities = chosen_by_slug(request, rules.cities_with_cohorts_for(request.person, today))
    found = rules.cohorts_visible_to(request.person, today).filter(city=city)
    page = Paginator(found.order_by("-starts_on", "-id"), BY_PAGE).get_page(request.GET.get("page"))
    context = {
        "city": city, "cities": cities, "page": page, "listed": [(each, each.said_on(today)) for each in page],
        "may_write": rules.can_open_cohort(request.person, city, today),
    }  # fmt: skip
    return render(request, "studies/cohort_list.html", context)


@signed_in()
def cohort_export(request, extension):
    """The same laboratories, as a table."""
    today = localdate()
    city, _ = chosen_by_slug(request, rules.cities_with_cohorts_for(request.person, today))
    found = rules.cohorts_visible_to(request.person, today).filter(city=city).order_by("-starts_on", "-id")
    rows = [
        (each.name, each.starts_on, each.ends_on, each.said_on(today), each.get_outcome_display()) for each in found
    ]
    return table_file(f"laboratoires-{city.slug}-{today}", extension, COLUMNS, rows)


@signed_in("GET", "POST")
def cohort_create(request):
    """« Ouvrir un laboratoire »"""
    today = localdate()
    city, _ = chosen_by_slug(request, rules.cities_followed_by(request.person, today))
    require(rules.can_open_cohort(request.person, city, today))
    form = forms.CohortForm(request.POST or None, schools=open_schools([city], today))

    def write(**fields):
        return actions.open_cohort(person=request.person, city=city, now=now(), **fields)

    cohort = submit(request, form, write)
    if cohort:
        messages.success(
            request, f"«{NBSP}{cohort.name}{NBSP}» est ouvert. La Ville, l’Éducation nationale et ses écoles le lisent."
        )
        return redirect("studies:cohort_detail", cohort_id=cohort.id)
    back = f"{reverse('studies:cohort_list')}?ville={city.slug}"
    return form_page(request, form, title="Ouvrir un laboratoire", button="Ouvrir", eyebrow=city.name, back=back)


@signed_in()
def cohort_detail(request, cohort_id):
    """Schools, questions, both halves of the review, the gate."""
    today = localdate()
    cohort = _cohort(request, cohort_id)
    own = rules.authority_of(request.person, cohort.city, today)
    is_whole = rules.cohorts_followed_by(request.person, today).filter(pk=cohort.pk).exists()
    page = queries.cohort_page(cohort, own, is_whole=is_whole)
    mine = {"city": page.city, "state": page.state}.get(own)
    context = {
        "cohort": cohort,
        "said": cohort.said_on(today),
        "is_whole": is_whole,
        "is_partial": not is_whole,
        "page": page,
        "mine": mine,
        "may_review": rules.can_review_cohort(request.person, cohort, today) and not (mine and mine.signed_at),
    }
    return render(request, "studies/cohort_detail.html", context)


@signed_in("GET", "POST")
def review_edit(request, cohort_id):
    """One's own half."""
    today = localdate()
    cohort = _cohort(request, cohort_id)
    require(rules.can_review_cohort(request.person, cohort, today))
    own = rules.authority_of(request.person, cohort.city, today)
    form = forms.ReviewForm(request.POST or None, page=queries.cohort_page(cohort, own), authority=own)

    def write(text, edition, **_):
        answers = form.answers()
        return actions.write_review(
            person=request.person, cohort=cohort, text=text, answers=answers, seen=edition, now=now()
        )

    back = reverse("studies:cohort_detail", args=[cohort.id])
    if submit(request, form, write):
        messages.success(
            request,
            f"«{NBSP}{cohort.name}{NBSP}»{NBSP}: votre bilan est enregistré. Il se lit de l’autre côté une fois signé.",
        )
        return redirect(back)
    if form.is_bound and "edition" in form.changed_data:
        form.show_kept()
    title = f"Le bilan, {own.label}"
    return form_page(request, form, title=title, button="Enregistrer", eyebrow=cohort.name, back=back)


@signed_in("POST")
def review_signature(request, cohort_id):
    """« Signer »"""
    cohort = _cohort(request, cohort_id)
    require(rules.can_review_cohort(request.person, cohort, localdate()))
    seen = request.POST.get("edition", "")
    sign = partial(actions.sign_review, person=request.person, cohort=cohort, seen=seen, now=now())
    press(request, sign, f"«{NBSP}{cohort.name}{NBSP}»{NBSP}: votre bilan est signé. L’autre côté le lit.")
    return redirect("studies:cohort_detail", cohort_id=cohort.id)


def _cohort(request, cohort_id):
    visible = rules.cohorts_visible_to(request.person, localdate())
    return get_object_or_404(visible.select_related("city"), id=cohort_id)
