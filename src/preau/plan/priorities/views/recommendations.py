"""Préconisations: written and signed by DSDEN and DAN, answered by the city."""

from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now

from preau.kit.answers import require
from preau.kit.forms import MORE_ROWS, with_more_rows
from preau.kit.money import NBSP
from preau.kit.views import chosen_by_slug, press, signed_in, submit
from preau.plan.priorities import actions, forms, queries, rules

BY_PAGE = 30


def recommendation_in_sight(request, recommendation_id):
    """404 out of sight."""
    visible = rules.recommendations_visible_to(request.person, localdate())
    return get_object_or_404(visible.select_related("city"), id=recommendation_id)


def recommendations_in_sight(request):
    """The newest first; 404 for who has none to read anywhere."""
    today = localdate()
    found = rules.recommendations_visible_to(request.person, today).select_related("city")
    if not rules.cities_advised_for(request.person, today).exists() and not found.exists():
        raise Http404
    return found.order_by("-written_at", "id")


@signed_in()
def recommendation_list(request):
    """Every version in sight."""
    page = Paginator(recommendations_in_sight(request), BY_PAGE).get_page(request.GET.get("page"))
    cities = rules.cities_ranked_by(request.person, localdate()).order_by("name")
    return render(request, "priorities/recommendation_list.html", {"page": page, "cities": cities})


@signed_in("GET", "POST")
def recommendation_create(request):
    """The next version, for a kind of school."""
    today = localdate()
    city, _ = chosen_by_slug(request, rules.cities_advised_for(request.person, today))
    require(rules.can_write_priorities(request.person, city, today))
    first, lines = _last_version(request, city, today)
    form = forms.RecommendationForm(request.POST or None, initial=first)
    formset = forms.RecommendationLineFormSet(request.POST or None, initial=lines)
    if MORE_ROWS in request.POST:
        form = forms.RecommendationForm(initial=request.POST.dict())
        formset = with_more_rows(forms.RecommendationLineFormSet, request.POST, key="item")
    elif request.method == "POST" and formset.is_valid():
        lines = [
            {k: data[k] for k in ("item", "rule", "quantity_min", "quantity_max")}
            for data in formset.cleaned_data
            if data.get("item")
        ]
        write = partial(actions.write_recommendation, person=request.person, city=city, lines=lines, now=now())
        if written := submit(request, form, write):
            messages.success(
                request,
                f"La préconisation v{written.version} est écrite. La DSDEN et la DAN sont attendues pour la signer.",
            )
            return redirect("priorities:recommendation_detail", recommendation_id=written.id)
    context = {"city": city, "form": form, "formset": formset}
    return render(request, "priorities/recommendation_form.html", context, status=422 if form.is_bound else 200)


def _last_version(request, city, today):
    """What the next version begins from: (its first answers, its lines), the last of the kind `?pour=` gives."""
    kind = request.GET.get("pour", "")
    last = rules.recommendations_visible_to(request.person, today).filter(city=city, school_kind=kind)
    last = last.order_by("-version").first()
    if last is None:
        return {"school_kind": kind}, []
    lines = last.lines.order_by("position").values("item", "rule", "quantity_min", "quantity_max")
    return {"school_kind": kind, "reasons": last.reasons}, list(lines)


@signed_in()
def recommendation_detail(request, recommendation_id):
    """One version: its lines, its signatures, what each kit does of it."""
    return render(
        request,
        "priorities/recommendation_detail.html",
        _context(request, recommendation_in_sight(request, recommendation_id)),
    )


def _context(request, recommendation, form=None):
    today = localdate()
    may_answer = rules.can_answer_recommendation(request.person, recommendation, today)
    answers = queries.answers_by_line(recommendation)
    waiting = rules.awaiting_answer(recommendation)
    lines = list(recommendation.lines.order_by("position"))
    same = {"city": recommendation.city_id, "school_kind": recommendation.school_kind}
    before = rules.recommendations_visible_to(request.person, today).filter(**same, version__lt=recommendation.version)
    before = before.order_by("-version").first()
    pens = rules.pens_of(request.person, recommendation.city, today)
    return {
        "recommendation": recommendation,
        "before": before,
        "changes": queries.changes_from(before, lines) if before else (),
        "waiting": waiting,
        "silent": queries.lines_without_answer(lines, answers, waiting.kit_id) if waiting else (),
        "lines": [(line, answers.get(line.pk, ())) for line in lines],
        "to_sign": [pen for pen in pens if not getattr(recommendation, f"{pen}_signed_at")],
        "may_answer": may_answer,
        "may_write": rules.can_write_priorities(request.person, recommendation.city, today),
        "kits": queries.kits_to_answer(recommendation) if may_answer else (),
        "form": form,
        "refused_line": form and form.cleaned_data.get("line"),  # its own form opens again, as it was filled
    }


def _signed_said(recommendation, pen):
    """Who is awaited after this signature: the other one, then the city."""
    other = {"dsden": "dan", "dan": "dsden"}[pen]
    is_last = getattr(recommendation, f"{other}_signed_at")
    then = "La Ville est attendue pour y répondre." if is_last else f"Il y manque la signature de la {other.upper()}."
    return f"Vous avez signé la préconisation v{recommendation.version}. {then}"


@signed_in("POST")
def recommendation_signing(request, recommendation_id):
    """For one's own authority, once."""
    recommendation = recommendation_in_sight(request, recommendation_id)
    require(rules.can_sign_recommendation(request.person, recommendation, localdate()))
    pen = request.POST.get("pen", "")
    if pen not in rules.pens_of(request.person, recommendation.city, localdate()):
        raise Http404
    sign = partial(
        actions.sign_recommendation, person=request.person, recommendation=recommendation, pen=pen, now=now()
    )
    if row := press(request, sign):
        messages.success(request, _signed_said(row, pen))
    return redirect("priorities:recommendation_detail", recommendation_id=recommendation.id)


@signed_in("POST")
def recommendation_answer(request, recommendation_id):
    """Followed, or departed from with a reason."""
    today = localdate()
    recommendation = recommendation_in_sight(request, recommendation_id)
    require(rules.can_answer_recommendation(request.person, recommendation, today))
    form = forms.AnswerForm(request.POST, kits=queries.kits_to_answer(recommendation))

    def write(line, **data):
        found = get_object_or_404(recommendation.lines, id=line)
        return actions.answer_line(person=request.person, line=found, now=now(), **data)

    if answer := submit(request, form, write):
        said = f"«{NBSP}{answer.line.item}{NBSP}»{NBSP}: la réponse de la Ville est écrite."
        messages.success(request, f"{said} La DSDEN et la DAN la lisent.")
        return redirect("priorities:recommendation_detail", recommendation_id=recommendation.id)
    return render(request, "priorities/recommendation_detail.html", _context(request, recommendation, form), status=422)
