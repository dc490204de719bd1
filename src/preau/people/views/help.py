"""« Aide »: asked from the sign-in page, without an account; read by the school, then the city, then the operator."""

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from preau.kit.answers import require
from preau.kit.views import press, public, signed_in
from preau.people import actions, rules
from preau.people.adapters import throttle
from preau.people.models import HelpAsk
from preau.people.queries import help as queries
from preau.people.recovery.answering import next_class_day
from preau.people.recovery.forms import HelpForm
from preau.people.sessions import network_of
from preau.places.queries import cities_of_host, open_schools

SENT = "help_sent"  # in the session: who reads it, and when
MOST = 300  # schools of a list; beyond, one types
SHOWN = 60  # lines of one page


@public("GET", "POST", is_family=True)
def help_ask(request):
    """A small form: the school, what happens, how to be reached."""
    here = cities_of_host(request.get_host(), settings.DEFAULT_CITY)
    cities = [city for city in here if city.slug == request.GET.get("ville")] or here
    schools = open_schools(cities, timezone.localdate())
    # Of several cities, one says which, or types: a list of all schools would be long.
    form = HelpForm(request.POST or None, schools=schools if len(cities) == 1 and schools.count() <= MOST else None)
    if request.method == "POST" and form.is_valid() and _is_heard(request, form):
        sent = form.cleaned_data
        ask = actions.ask_help(
            school=sent.get("school") or queries.school_named(sent["school_typed"], schools),
            school_typed=sent["school_typed"],
            city=cities[0] if len(cities) == 1 else None,
            words=sent["words"],
            name=sent["name"],
            reach=sent["reach"],
            now=timezone.now(),
        )
        day = next_class_day(ask.asked_at).isoformat()
        request.session[SENT] = {"who": ask.get_level_display(), "on": day, "reach": bool(ask.reach)}
        return redirect("help_sent")
    context = {"form": form, "cities": here if len(cities) > 1 else ()}
    return render(request, "people/help_ask.html", context, status=422 if form.is_bound else 200)


def _is_heard(request, form):
    """A few asks from one network, then longer and longer waits: each is read by somebody."""
    try:
        throttle(f"help from {network_of(request) or 'unknown'}")
    except ValidationError as wait:
        form.add_error(None, wait)
    return not form.errors


@public(is_family=True)
def help_sent(request):
    """Who reads it, when, and what happens then."""
    sent = request.session.get(SENT)
    if not sent:
        return redirect("help_ask")
    return render(request, "people/help_sent.html", {"sent": sent | {"on": date.fromisoformat(sent["on"])}})


@signed_in()
def help_asks(request):
    """Those that wait for an answer here, the oldest first."""
    today, now = timezone.localdate(), timezone.now()
    require(rules.can_answer_help(request.person, today))
    asks = rules.help_asks_visible_to(request.person, today)
    waiting = list(queries.waiting_in_order(asks)[:SHOWN])
    context = {"asks": waiting, "answered": queries.answered_lately(asks, now), "now": timezone.localtime(now)}
    return render(request, "people/help_asks.html", context)


def _in_sight(request, help_id):
    return get_object_or_404(rules.help_asks_visible_to(request.person, timezone.localdate()), pk=help_id)


@signed_in("POST")
def help_answer(request, help_id):
    """« C’est répondu »"""
    ask = _in_sight(request, help_id)
    press(
        request,
        lambda: actions.answer_help(ask=ask, person=request.person, now=timezone.now()),
        "C’est noté\u00a0: répondu. La demande s’efface dans 30 jours.",
    )
    return redirect("help_asks")


@signed_in("POST")
def help_pass_on(request, help_id):
    """« Passer à la Ville »: one press."""
    ask = _in_sight(request, help_id)
    above = HelpAsk.Level(queries.first_level(ask.school, ask.city, timezone.localdate(), above=ask.level)).label
    press(
        request,
        lambda: actions.pass_help_on(ask=ask, person=request.person, now=timezone.now()),
        f"La demande est passée\u00a0: c’est {above} qui répond maintenant.",
    )
    return redirect("help_asks")
