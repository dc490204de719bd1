"""The list read: its order and reasons, its versions, the computed aid beside it."""

from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import UUIDField
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now

from preau.kit.answers import require
from preau.kit.rooms.doors import story_page
from preau.kit.views import press, signed_in
from preau.people.prepared import PreparedFor
from preau.plan.applications.models import Call
from preau.plan.applications.queries import said_among, said_on
from preau.plan.applications.rules import opinions_visible_to
from preau.plan.priorities import actions, forms, queries, rules

BY_PAGE = 30
SAID = PreparedFor(
    lambda person, today, of_list: said_on(
        opinions_visible_to(person, today).filter(application__ranks__priority_list=of_list)
    ),
    UUIDField,
)  # opinions on the files of a list


def list_in_sight(request, list_id):
    """404 out of sight."""
    visible = queries.marked_replaced(rules.lists_visible_to(request.person, localdate()))
    return get_object_or_404(visible.select_related("city", "call", "base"), id=list_id)


def lists_in_sight(request):
    """Every version, the newest call first; 404 for who reads no list anywhere, a city’s finance included."""
    today = localdate()
    if not rules.cities_with_lists_for(request.person, today).exists():
        raise Http404
    return queries.lists_of_cities(rules.lists_visible_to(request.person, today))


@signed_in()
def list_list(request):
    """Every version in sight; DSDEN and DAN open the first of a call here."""
    lists, today = lists_in_sight(request), localdate()
    ranked = rules.cities_ranked_by(request.person, today)
    page = Paginator(lists, BY_PAGE).get_page(request.GET.get("page"))
    calls = Call.objects.filter(city__in=ranked, priority_lists=None).select_related("city").order_by("-opens_at")
    context = {
        "page": page, "calls": calls[:BY_PAGE],
        "is_advised": rules.cities_advised_for(request.person, today).exists(),
    }  # fmt: skip
    return render(request, "priorities/list_list.html", context)


@signed_in("POST")
def list_opening(request, call_id):
    """The first version, or the next one."""
    today = localdate()
    cities = rules.cities_visible_to(request.person, today)
    call = get_object_or_404(Call.objects.select_related("city"), id=call_id, city__in=cities)
    require(rules.can_write_priorities(request.person, call.city, today))
    opened = press(request, partial(actions.open_list, person=request.person, call=call, now=now()))
    if opened is None:
        return redirect("priorities:list_list")
    messages.success(
        request, f"La version {opened.version} est ouverte. La DSDEN et la DAN l’ordonnent, puis la signent."
    )
    return redirect("priorities:list_detail", list_id=opened.id)


@signed_in()
def list_detail(request, list_id):
    """One version: its order, the reasons, what changed since the one before."""
    return render(request, "priorities/list_detail.html", list_context(request, list_in_sight(request, list_id)))


def changes_of(request, priority_list, lines, moves):
    """What changed since the version before: it tells that one's order, to who may open it only."""
    base = priority_list.base
    reads_base = base and rules.lists_visible_to(request.person, localdate()).filter(pk=base.pk).exists()
    return queries.differences(base if reads_base else None, lines, moves)


def list_context(request, priority_list, form=None, refused=""):
    """What the page of a version needs; `form` and `refused` bring back what was typed when an act was refused."""
    person, today = request.person, localdate()
    may_move = rules.can_move_rank(person, priority_list, today)
    applications = list(queries.to_rank(priority_list)) if may_move else []
    with_reasons = rules.reads_reasons(person, priority_list, today)
    said = said_among(SAID.rows(person, today, priority_list.pk), today) if with_reasons else {}
    lines = queries.ranked_lines(priority_list, said)
    moves = queries.moves_of(priority_list)
    return {
        "list": priority_list,
        "lines": lines,
        "differences": changes_of(request, priority_list, lines, moves),
        "moves": moves,
        "with_reasons": with_reasons,
        "story": rules.reads_every_school(person, priority_list, today) and story_page(),
        "may_move": may_move,
        "may_propose": rules.can_propose_list(person, priority_list, today),
        "may_cosign": rules.can_cosign_list(person, priority_list, today),
        "may_open": rules.can_write_priorities(person, priority_list.city, today),
        "add_form": _add_form(priority_list, applications, form),
        "refused_form": form,
        "refused": refused,
    }


def _add_form(priority_list, applications, typed):
    if isinstance(typed, forms.AddForm):
        return typed
    initial = {"edition": priority_list.edition}
    return forms.AddForm(applications=applications, initial=initial) if applications else None


@signed_in()
def list_aid(request, list_id):
    """A computed order, its weights shown and changed in the address: never the rank."""
    priority_list = list_in_sight(request, list_id)
    if not rules.reads_reasons(request.person, priority_list, localdate()):
        raise Http404
    weights = queries.weights_from(request.GET)
    context = {
        "list": priority_list,
        "weights": [(weight, weights[weight.key]) for weight in queries.WEIGHTS],
        "lines": queries.aid_for(priority_list, weights, localdate()),
    }
    return render(request, "priorities/list_aid.html", context)
