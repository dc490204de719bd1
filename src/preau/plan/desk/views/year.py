"""The school year of the plan, drawn, then said in tables: calls, opinions, sessions, roll-outs."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils.timezone import localdate

from preau.kit.dates import school_year_asked
from preau.kit.views import one_in_turn, signed_in, table_file
from preau.plan.desk import queries, rules
from preau.plan.equipment.rules import cities_to_choose, sight_of_schools
from preau.plan.rollouts import queries as rollouts

BY_PAGE = 25
HEADER = ("Du", "Au", "Quoi", "Précision")


def _year_asked(request, today):
    """(the school year of `?annee=`, the city in turn or None, the cities to choose from, the milestones in sight of
    that city or of all); 404 for who takes no part in the plan."""
    person = request.person
    if not rules.reads_year(person, today):
        raise Http404
    label = school_year_asked(request.GET.get("annee", ""), today)
    cities = cities_to_choose(person, today)
    city = one_in_turn(request, cities)
    return label, city, cities, queries.milestones_for(person, label, today, city.slug if city else "")


@signed_in()
def year(request):
    """What falls when, one line each."""
    today = localdate()
    label, city, cities, milestones = _year_asked(request, today)
    standings = rollouts.standings_of(sight_of_schools(request.person, today), today, city.slug if city else "")
    page = Paginator(rollouts.in_year(standings, label), BY_PAGE).get_page(request.GET.get("page"))
    page.object_list = rollouts.rows_of(rollouts.with_all_steps(page.object_list), label)
    context = {
        "drawn": rollouts.year_drawn(label, today), "milestones": milestones,
        "bands": queries.bands_of(milestones, label),
        "page": page, "city": city, "cities": cities,
    }  # fmt: skip
    return render(request, "desk/year.html", context)


@signed_in()
def year_export(request, extension):
    """Calls, opinions and sessions to take away, those that the page shows; the steps of roll-outs have their own."""
    label, *_, milestones = _year_asked(request, localdate())
    rows = [(each.day, each.until, each.line.label, each.says) for each in milestones]
    return table_file(f"annee-{label}", extension, HEADER, rows)
