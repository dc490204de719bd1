"""A week's cells as the page and the CSV show them."""

import datetime
from itertools import product

from preau.insight.usage import dnma, queries
from preau.insight.usage.models import Profile
from preau.kit.dates import day_text
from preau.kit.tables import write_csv

# The context of the national tables (standards.md §9.1), the school's name besides.
CONTEXT = (
    "debutsemaine", "uai", "ecole", "academie", "departement", "commune", "region", "ministere", "circonscription",
    "nature_uai", "secteur",
)  # fmt: skip
CELL = (
    "debutsemaine", "uai", "ecole", "commune", "profil", "service", "visites", "utilisateurs", "duree_secondes",
)  # fmt: skip
MASKED = "<5"  # the cell's users are fewer than 5, or would give away one that is


def week_days(week: str) -> tuple[datetime.date, datetime.date]:
    """Monday and Sunday of « 2026-W47 »."""
    year, number = week.split("-W")
    monday = datetime.date.fromisocalendar(int(year), int(number), 1)
    return monday, monday + datetime.timedelta(days=6)


def week_text(week: str) -> str:
    """« du 16 au 22 novembre 2026 »"""
    monday, sunday = week_days(week)
    if monday.month == sunday.month:
        first = "1er" if monday.day == 1 else str(monday.day)
    else:
        first = day_text(monday).removesuffix(f" {monday.year}") if monday.year == sunday.year else day_text(monday)
    return f"du {first} au {day_text(sunday)}"


def page(uses, week, school, city_ids) -> dict:
    """What the template shows of a week: the school asked for, else the city, else each visible school."""
    cells = []
    if school:
        cells = queries.cells_of(uses, school=school, city_id=None)
    elif len(city_ids) == 1:
        cells = queries.cells_of(uses, school=None, city_id=next(iter(city_ids)))
    by_school = [] if school else queries.lines_by_school(uses)
    if not cells and len(by_school) == 1:
        school = by_school[0].use.school
        cells, by_school = queries.cells_of(uses, school=school, city_id=None), []
    return {
        "week": week,
        "week_text": week_text(week),
        "school": school,
        "by_profile": queries.lines_by_profile(cells),
        "by_service": queries.lines_by_service(cells),
        "by_school": by_school,
    }


def columns() -> list[str]:
    """The context, then visits, users and duration (seconds) for all, for each profile, for each service."""
    keys = ["globales", *Profile.values, *dnma.labels()]
    return [*CONTEXT, *(f"{what}_{key}" for key in keys for what in ("visites", "utilisateurs", "duree"))]


def to_csv(uses, week: str) -> bytes:
    """One row a school; a masked cell reads « <5 »."""
    rows = {}
    related = ("school__city__department", "school__district")
    for use in uses.filter(school__isnull=False).select_related(*related).order_by("school__sort_key", "school_id"):
        key = _key(use)
        if key:
            rows.setdefault(use.school, {}).update(_triplet(use, key))
    names = columns()
    told = (_context(school, week) | values for school, values in rows.items())
    return write_csv(names, ([row.get(name, 0) for name in names] for row in told))


def to_cells_csv(uses, week: str) -> bytes:
    """One row a school, profile and service. Nobody reads as few: an empty cell would tell that another is a total."""
    schools = {}
    found = uses.filter(school__isnull=False).select_related("school__city").order_by("school__sort_key", "school_id")
    for use in found:
        schools.setdefault(use.school, {})[use.profile, use.service] = _told(use)
    crossed = list(product(Profile.choices, dnma.labels().items()))
    return write_csv(
        CELL,
        (
            [
                week_days(week)[0].isoformat(),
                school.uai,
                str(school),
                school.city.name,
                who,
                what,
                *cells.get((profile, service), [MASKED] * 3),
            ]
            for school, cells in schools.items()
            for (profile, who), (service, what) in crossed
        ),
    )


def _told(use):
    """Visits, users and seconds, as they may be read."""
    return [MASKED] * 3 if use.is_masked else [use.visits_count, use.users_count, use.duration_seconds]


def _key(use):
    """The name of a cell in the national tables, which cross neither profile with service."""
    if use.profile and use.service:
        return None
    return use.profile or use.service or "globales"


def _triplet(use, key):
    names = ("visites", "utilisateurs", "duree")
    return {f"{name}_{key}": value for name, value in zip(names, _told(use), strict=True)}


def _context(school, week):
    return {
        "debutsemaine": week_days(week)[0].isoformat(),
        "uai": school.uai,
        "ecole": school.name,
        "academie": school.city.department.academy,
        "departement": school.city.department.code,
        "commune": school.city.name,
        "region": "",  # no list of regions is kept here: a column left empty, for who joins the two tables
        "ministere": "Éducation nationale",
        "circonscription": school.district.name if school.district_id else "",
        "nature_uai": school.get_kind_display(),
        "secteur": "public",
    }
