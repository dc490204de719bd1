"""The steering home, and the same figures to take away."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.timezone import localdate, now

from preau.insight.hours.queries import told_of
from preau.insight.steering import queries, rules
from preau.insight.steering.forms import NotedForm
from preau.insight.steering.journal import sealed_lines, verdict_of, what_is_wrong
from preau.journal.queries import seals_of, with_ends
from preau.kit.views import asked_or_first, signed_in, table_file
from preau.people.prepared import PreparedFor
from preau.plan.equipment.models import UNDETAILED
from preau.plan.equipment.queries import PAID_COLUMNS, UNTOLD, marked, overview_of_city

BY_PAGE = 50
STEERED = PreparedFor(lambda person, today: marked(rules.cities_steered_by(person, today)).order_by("name", "id"))
VERIFIABLE = PreparedFor(
    lambda person, today: with_ends(rules.cities_verifiable_by(person, today)).order_by("name", "id")
)
HEADER = (
    "École", "UAI", "Nature", "État", "Équipée le", "Kit", "À niveau aujourd’hui", "Classes reçues",
    "Classes de l’école", *PAID_COLUMNS,
)  # fmt: skip


@signed_in()
def steering_home(request):
    """Where the plan stands, in one sentence and what it is made of."""
    today = localdate()
    cities = STEERED.rows(request.person, today)
    city = asked_or_first(request, cities)
    overview = overview_of_city(city, today)
    context = {
        "city": city,
        "cities": cities,
        "steering": queries.steering_of(overview),
        "overview": overview,
        "told": told_of(city, overview, today),
        "may_write": rules.can_write_plan(request.person, city, today),
    }
    return render(request, "steering/steering_home.html", context)


@signed_in()
def steering_export(request, extension):
    """One line per school open today."""
    today = localdate()
    city = asked_or_first(request, STEERED.rows(request.person, today))
    states = overview_of_city(city, today).situation.schools
    words = {"done": "équipée", "now": "en partie", "none": "pas encore", "unknown": UNTOLD}
    rows = [
        (
            s.name_beside_kind,
            s.uai,
            s.kind_label,
            words[s.state],
            s.equipped_when,
            f"v{s.equipped_kit}" if s.equipped_kit else UNDETAILED if s.has_undetailed else None,
            s.up_to_date_word,
            s.received_word,
            s.classes_word,
            *s.paid_cells,
        )
        for s in states
    ]
    return table_file(f"plan-{city.slug}-{today}", extension, HEADER, rows)


@signed_in()
def sealed_journal(request):
    """The sealed acts of a city, the last first, for who follows its plan; `?verifier=1`: does the chain hold?"""
    cities = VERIFIABLE.rows(request.person, localdate())
    city = asked_or_first(request, cities)
    asked = "verifier" in request.GET
    form = NotedForm(request.GET if asked else None)
    asked_at = now()
    verdict = verdict_of(city, asked_at, **form.noted) if asked and form.is_valid() else None
    found = verdict and verdict.found
    pages = Paginator(seals_of(city.pk), BY_PAGE)
    if found and found.is_whole:
        pages.count = found.count  # just counted
    page = pages.get_page(request.GET.get("page"))
    context = {
        "city": city,
        "cities": cities,
        "form": form,
        "page": page,
        "wrong": what_is_wrong(found, city.is_followed) if found and not found.is_whole else "",
        "lines": sealed_lines(page.object_list) if city.is_followed else (),
        "found": found,
        "verdict": verdict,
        "is_kept": verdict and verdict.at != asked_at,
    }
    return render(request, "steering/sealed_journal.html", context)
