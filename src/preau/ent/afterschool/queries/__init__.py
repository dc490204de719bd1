"""Named reads: the sites of a city and their teams; its file (`files`); a day (`days`)."""

import datetime

from django.db.models import Count, Q, QuerySet

from preau.ent.afterschool.queries.days import (
    ABSENT,
    NO,
    UNKNOWN,
    YES,
    DayTable,
    day_of,
    known_on,
    next_open_day,
    site_day,
    why_closed,
)
from preau.ent.afterschool.queries.files import (
    answered_alike,
    answers_in,
    candidates_in,
    files_of,
    head_line,
    homonyms_of,
    kinds_of,
    known_of,
    lines_of,
    lines_of_name,
    lines_to_match,
    read_head_line,
    table_of,
    to_match_count,
)
from preau.ent.afterschool.queries.plans import OVER_ANOTHER, likely_children, plan_of
from preau.people.models import Mandate
from preau.places.models import AfterSchool, City

__all__ = [
    "ABSENT", "NO", "OVER_ANOTHER", "UNKNOWN", "YES", "DayTable", "answered_alike", "answers_in", "candidates_in",
    "day_of", "files_of", "head_line", "homonyms_of", "kinds_of", "known_of", "known_on", "likely_children",
    "lines_of", "lines_of_name", "lines_to_match", "next_open_day", "plan_of", "read_head_line", "site_day",
    "sites_of", "table_of", "team_of", "to_match_count", "why_closed",
]  # fmt: skip


def sites_of(city: City, today: datetime.date) -> list[AfterSchool]:
    """By name, each with its services and how many serve there; two queries."""
    sites = AfterSchool.objects.filter(city=city).select_related("school").prefetch_related("activities")
    lasting = Q(mandates__ends_on=None) | Q(mandates__ends_on__gte=today)
    return list(sites.annotate(agents_count=Count("mandates", filter=lasting)).order_by("sort_key", "pk"))


def team_of(agents: QuerySet[Mandate], site: AfterSchool) -> list[Mandate]:
    """Who serves in a site, by role then name."""
    rows = agents.filter(afterschool=site).select_related("person__account", "afterschool__city")
    return list(rows.order_by("-role", "person__sort_key", "pk"))
