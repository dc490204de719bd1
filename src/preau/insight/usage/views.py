"""The week's use, read by those who steer; never a name."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate

from preau.insight.usage import queries, rules, tables
from preau.kit.answers import require
from preau.kit.views import signed_in
from preau.places.models import School


@signed_in()
def week_use(request):
    """One week: by school, by profile, by service; masked cells say so. One school with ?ecole=ID."""
    today = localdate()
    require(rules.can_view_use(request.person, today))
    weeks = queries.closed_weeks()
    schools = rules.schools_visible_to(request.person, today)
    school = chosen_school(request.GET.get("ecole"), schools)
    page = {"weeks": [(week, tables.week_text(week)) for week in weeks], "school": school}
    week = chosen_week(request.GET.get("semaine"), weeks)
    if week:
        uses = rules.uses_visible_to(request.person, today).filter(week=week)
        page |= tables.page(uses, week, school, rules.cities_visible_to(request.person, today))
    return render(request, "usage/week.html", page)


@signed_in()
def week_use_csv(request):
    """The same cells with the national measure's column names."""
    return _csv(request, tables.to_csv, "usages")


@signed_in()
def week_cells_csv(request):
    """Each profile crossed with each service, a line a cell."""
    return _csv(request, tables.to_cells_csv, "usages-detail")


def _csv(request, told, name):
    today = localdate()
    require(rules.can_view_use(request.person, today))
    week = chosen_week(request.GET.get("semaine"), queries.closed_weeks())
    uses = rules.uses_visible_to(request.person, today).filter(week=week)
    answer = HttpResponse(told(uses, week or ""), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}-{week}.csv"'
    return answer


def chosen_school(asked, schools):
    """The school asked for by its id: two cities may each have an école Jules-Ferry. None when none is asked."""
    if not asked:
        return None
    try:
        return schools.get(pk=asked)
    except (School.DoesNotExist, ValidationError) as absent:
        raise Http404 from absent


def chosen_week(asked, weeks):
    """The week asked for when it is closed, else the last one closed; None before the first."""
    return asked if asked in weeks else next(iter(weeks), None)
