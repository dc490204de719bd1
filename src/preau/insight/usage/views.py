"""The week's use, read by those who steer; never a name."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate

from preau.insight.usage import queries, rules, tables
from preau.kit.answers import require
from preau.kit.views import signed_in


@signed_in()
def week_use(request):
    """One week: by school, by profile, by service; masked cells say so. One school with ?ecole=."""
    today = localdate()
    require(rules.can_view_use(request.person, today))
    weeks = queries.closed_weeks()
    schools = rules.schools_visible_to(request.person, today)
    school = get_object_or_404(schools, slug=request.GET["ecole"]) if request.GET.get("ecole") else None
    page = {"weeks": [(week, tables.week_text(week)) for week in weeks], "school": school}
    week = chosen_week(request.GET.get("semaine"), weeks)
    if week:
        uses = rules.uses_visible_to(request.person, today).filter(week=week)
        page |= tables.page(uses, week, school, rules.cities_visible_to(request.person, today))
    return render(request, "usage/week.html", page)


@signed_in()
def week_use_csv(request):
    """The same cells with the national measure's column names."""
    today = localdate()
    require(rules.can_view_use(request.person, today))
    week = chosen_week(request.GET.get("semaine"), queries.closed_weeks())
    uses = rules.uses_visible_to(request.person, today).filter(week=week)
    answer = HttpResponse(tables.to_csv(uses, week or ""), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="usages-{week}.csv"'
    return answer


def chosen_week(asked, weeks):
    """The week asked for when it is closed, else the last one closed; None before the first."""
    return asked if asked in weeks else next(iter(weeks), None)
