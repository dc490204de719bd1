"""The Wi-Fi of every school in sight, and the key of the city's controllers."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now

from preau.kit.answers import require
from preau.kit.views import chosen_by_slug, listed_in_turn, signed_in, table_file
from preau.plan.equipment.rules import open_schools_in_turn
from preau.plan.wifi import actions, queries, rules

BY_PAGE = 25
COLUMNS = (
    "École", "UAI", "Conseil d’école informé", "Allumé en ce moment", "Séances de l’année", "Minutes de l’année",
    "dont mesurées", "Bornes allumées sans séance", "Bornes en service", "dont extinction non déclarée",
    "dont allumées hors séance en ce moment",
)  # fmt: skip


@signed_in()
def wifi_home(request):
    """Each school: whether its council was told, what is on, hours of the year and where they come from."""
    today, instant = localdate(), now()
    schools, choice = listed_in_turn(request, **open_schools_in_turn(request.person, today))
    shown = {school.pk for school in schools}
    lit = [each for each in rules.lit_for(request.person, today, instant, choice["city"]) if each[0] in shown]
    page = Paginator(schools, BY_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": queries.wifi_of(page.object_list, instant, lit),
        "on_count": sum(what == "room" for _, what in lit),
        "alone_count": sum(what == "point" for _, what in lit),
        "keyed_city": rules.city_keyed_by(request.person, today),
        **choice,
    }
    return render(request, "wifi/wifi_home.html", context)


@signed_in()
def wifi_export(request, extension):
    """The same lines; nothing of teachers."""
    schools, _ = listed_in_turn(request, **open_schools_in_turn(request.person, localdate()))
    rows = [
        (
            line.school.shown_name,
            line.school.uai,
            line.told_on,
            line.on_count,
            line.windows_count,
            line.minutes,
            line.measured_minutes,
            line.outside_count,
            line.points_count,
            line.undeclared_count,
            line.alone_count,
        )
        for line in queries.wifi_of(schools, now())
    ]
    return table_file(f"wifi-{localdate()}", extension, COLUMNS, rows)


def _keyed_city(request, today):
    city, _ = chosen_by_slug(request, rules.cities_keyed_by(request.person, today))
    require(rules.can_manage_key(request.person, city, today))
    return city


@signed_in("GET", "POST")
def key_create(request):
    """Since when there is a key; a new one is shown on this answer and never again."""
    city = _keyed_city(request, localdate())
    token = actions.make_key(person=request.person, city=city, now=now()) if request.method == "POST" else ""
    key = city.hook_keys.filter(ended_at=None).first()
    return render(request, "wifi/key.html", {"city": city, "key": key, "token": token})


@signed_in("POST")
def key_removal(request):
    """Taken back: controllers are no longer heard."""
    city = _keyed_city(request, localdate())
    actions.end_key(person=request.person, city=city, now=now())
    messages.success(request, "La clé est retirée. Les relevés des bornes sont refusés.")
    return redirect("wifi:key_create")
