"""Roll-outs drawn and taken away: the kanban, the year, the spreadsheet."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from preau.kit.dates import school_year_asked
from preau.kit.views import signed_in, table_file
from preau.plan.rollouts import queries, rules
from preau.plan.rollouts.models import StepKind
from preau.plan.rollouts.views.reading import (
    PHASES,
    cities_of,
    rollouts_in_sight,
    some_or_404,
    standings_in_sight,
)

DRAWN = 25  # by page of the year: a line each, then up to eleven dates each
BY_COLUMN = 8  # a column is read at a glance; the list has the others
PAGE_OF = {StepKind.ACCEPTED: "rollouts:reception_create", StepKind.IN_SERVICE: "rollouts:service_create"}


@signed_in()
def rollout_board(request):
    """A column per phase, its first schools; the list has them all. A card moves by the form of its step, for who may
    write it."""
    today = localdate()
    cities = cities_of(request, today)
    standings = standings_in_sight(request, today, cities["city"])
    by_phase = {phase: [each for each in standings if each.phase == phase] for phase in PHASES}
    shown = queries.with_all_steps(each for found in by_phase.values() for each in found[:BY_COLUMN])
    columns = [
        (phase, len(found), [(each, _next_act(request.person, each, today)) for each in shown if each.phase == phase])
        for phase, found in by_phase.items()
    ]
    served = len({each.rollout.school_id for each in standings if each.is_in_service})  # some were renewed
    context = {"columns": columns, "served": served, "most": BY_COLUMN, **cities}
    return render(request, "rollouts/rollout_board.html", context)


def _next_act(person, progress, today):
    """(what to do, where) of the first current step the person may write; None when it is another's turn."""
    steps = (step for step in progress.current if rules.can_write_step(person, progress.rollout, step.kind, today))
    step = next(steps, None)
    if step is None:
        return None
    page = PAGE_OF.get(step.kind, "rollouts:step_edit")
    if progress.phase == queries.Phase.RESERVATIONS:
        page = "rollouts:rollout_detail"
    kwargs = {"rollout_id": progress.rollout.id}
    if page == "rollouts:step_edit":
        kwargs["step_kind"] = step.kind
    return step.label, reverse(page, kwargs=kwargs)


@signed_in()
def rollout_calendar(request):
    """The school year of `?annee=`, drawn, then said in a table."""
    today = localdate()
    year = school_year_asked(request.GET.get("annee", ""), today)
    cities = cities_of(request, today)
    ways = queries.in_year(standings_in_sight(request, today, cities["city"]), year)
    page = Paginator(ways, DRAWN).get_page(request.GET.get("page"))
    page.object_list = queries.rows_of(queries.with_all_steps(page.object_list), year)
    return render(
        request, "rollouts/rollout_calendar.html", {"page": page, "drawn": queries.year_drawn(year, today), **cities}
    )


@signed_in()
def rollout_export(request, extension):
    """Every roll-out in sight with its two dates per step."""
    header = [
        "École", "UAI", "Équipement type", "Ouvert le", "État", "Classes reçues", "Classes à équiper",
        "Parties communes reçues le", "Réserves à lever", "En service le", "Abandonné le",
    ]  # fmt: skip
    for kind in StepKind:
        header += [f"{kind.label}, prévue", f"{kind.label}, faite", f"{kind.label}, chez qui"]
    today = localdate()
    progress = some_or_404(request, queries.progress_of(rollouts_in_sight(request, today), today), today)
    rows = [_line(each) for each in progress]
    return table_file("deploiements", extension, header, rows)


def _line(progress):
    rollout = progress.rollout
    line = [
        rollout.school.shown_name, rollout.school.uai, str(rollout.kit), rollout.opened_on, str(progress.phase.label),
        progress.received_count, rollout.classes_count, progress.common_on, progress.open_reservations,
        rollout.service_on if progress.is_in_service else None, rollout.abandoned_on,
    ]  # fmt: skip
    for kind in StepKind:
        step = progress.step(kind)
        line += [step.planned_on, step.done_on, step.owner_label] if step else [None, None, None]
    return line
