"""« Équipée et utilisée »: the hours of a city, by school, kit, activity, month, and where life is hardest."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.timezone import localdate

from preau.insight.hours import queries, rules
from preau.kit.dates import school_year_asked, school_year_label, school_years_around
from preau.kit.views import asked_or_first, signed_in, table_file
from preau.people.prepared import PreparedFor
from preau.plan.equipment.queries import marked, overview_of_city

BY_PAGE = 50
STEERED = PreparedFor(lambda person, today: marked(rules.cities_steered_by(person, today)).order_by("name", "id"))
HEADER = ("École", "UAI", "Nature", "Équipée", "Année scolaire", "Séances", "Heures-élèves")


def _city(request, today):
    cities = STEERED.rows(request.person, today)
    return asked_or_first(request, cities), cities


def _lines(schools, hours):
    """Every school, those that used most first; the masked ones after, then those of which nothing is counted."""
    pairs = [(school, hours.of(school.id)) for school in schools]
    pairs.sort(key=lambda pair: (not pair[1].is_counted, pair[1].is_masked, -pair[1].seconds))
    return pairs


def _kits(schools, hours):
    """[(a cart or a kit, the schools whose sessions named it)]"""
    names = {school.id: school.shown_name for school in schools}
    return [(kit, ", ".join(names[key] for key in kit.school_ids if key in names)) for kit in hours.every_kit]


@signed_in()
def hours_home(request):
    """This school year beside what was bought; a former one with `?annee=`, its hours alone."""
    today = localdate()
    city, cities = _city(request, today)
    year = school_year_asked(request.GET.get("annee", ""), today)
    overview = overview_of_city(city, today)
    is_now = year == school_year_label(today)
    told = queries.told_of(city, overview, today, is_detailed=True) if is_now else None
    hours = told.hours if told else queries.city_hours(city, today, year, is_detailed=True)
    schools = overview.situation.schools
    social = queries.social_groups(schools, overview.social_indexes)
    priority = queries.priority_groups(schools, overview.priority_codes)
    context = {
        "city": city, "cities": cities, "overview": overview, "told": told, "hours": hours, "year": year,
        "is_now": is_now, "kits": _kits(schools, hours), "around": school_years_around(year),
        "page": Paginator(_lines(schools, hours), BY_PAGE).get_page(request.GET.get("page")),
        "tables": [
            ("Là où c’est le plus dur, et ailleurs", queries.group_hours(social, hours)),
            ("Éducation prioritaire", queries.group_hours(priority, hours)),
        ],
    }  # fmt: skip
    return render(request, "hours/hours_home.html", context)


@signed_in()
def hours_export(request, extension):
    """A line per school open today."""
    today = localdate()
    city, _ = _city(request, today)
    year = school_year_asked(request.GET.get("annee", ""), today)
    hours = queries.city_hours(city, today, year)
    rows = [
        (
            school.name_beside_kind,
            school.uai,
            school.kind_label,
            "oui" if school.is_equipped else "non" if school.is_told else "inconnu",
            year,
            cell.lessons_count if cell.is_counted and not cell.is_masked else None,
            cell.said,
        )
        for school, cell in _lines(overview_of_city(city, today).situation.schools, hours)
    ]
    return table_file(f"heures-{city.slug}-{year}", extension, HEADER, rows)
