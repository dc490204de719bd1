"""The steering home, and the same figures to take away."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate

from preau.insight.steering import queries, rules
from preau.kit.tables import write_csv, write_ods
from preau.kit.views import signed_in
from preau.plan.equipment.queries import marked, overview_of_city

FORMATS = {
    "csv": (write_csv, "text/csv; charset=utf-8"),
    "ods": (write_ods, "application/vnd.oasis.opendocument.spreadsheet"),
}
HEADER = (
    "École", "UAI", "Nature", "État", "Équipée le", "Kit", "À niveau aujourd’hui", "Classes reçues",
    "Classes de l’école", "Payé (€)",
)  # fmt: skip


def _city(request, today):
    """(the city named by `?ville=` or the first, all those the person steers); 404 when there is none."""
    cities = list(marked(rules.cities_steered_by(request.person, today)).order_by("name", "id"))
    slug = request.GET.get("ville", "")
    chosen = next((city for city in cities if slug in ("", city.slug)), None)
    if chosen is None:
        raise Http404
    return chosen, cities


@signed_in()
def steering_home(request):
    """Where the plan stands, in one sentence and what it is made of."""
    today = localdate()
    city, cities = _city(request, today)
    overview = overview_of_city(city, today)
    context = {
        "city": city,
        "cities": cities,
        "steering": queries.steering_of(overview),
        "overview": overview,
        "may_write": rules.can_write_plan(request.person, city, today),
    }
    return render(request, "steering/steering_home.html", context)


@signed_in()
def steering_export(request, extension):
    """One line per school open today."""
    today = localdate()
    city, _ = _city(request, today)
    states = overview_of_city(city, today).situation.schools
    words = {"done": "équipée", "now": "commencée", "none": "pas encore"}
    rows = [
        (
            s.name, s.uai, s.kind_label, words[s.state], s.equipped_on, s.equipped_kit and f"v{s.equipped_kit}",
            "oui" if s.is_up_to_date else "non", s.received_count, s.classes_count, s.spent_cents / 100,
        )
        for s in states
    ]  # fmt: skip
    write, kind = FORMATS[extension]
    headers = {"Content-Disposition": f'attachment; filename="plan-{city.slug}-{today}.{extension}"'}
    return HttpResponse(write(HEADER, rows), content_type=kind, headers=headers)
