"""What waits, where each school is."""

from django.core.paginator import Paginator
from django.db.models import UUIDField
from django.http import Http404
from django.shortcuts import render
from django.utils.timezone import localdate, now

from preau.kit.views import asked_or_first, signed_in, table_file
from preau.people.prepared import PreparedFor
from preau.plan.applications.rules import applications_visible_to
from preau.plan.desk import queries, rules
from preau.plan.equipment import rules as equipment
from preau.plan.equipment.queries import marked, overview_of_city, situations_kept
from preau.plan.rollouts.queries import under_way_of

BY_PAGE = 25  # schools, or what waits: what presses stands first
CITIES = PreparedFor(lambda person, today: marked(equipment.kits_visible_in(person, today)).order_by("name", "id"))
IN_SIGHT = situations_kept(
    lambda person, today, city: equipment.schools_visible_to(person, today).filter(city=city), UUIDField
)
APPLICATIONS = PreparedFor(
    lambda person, today, city: queries.files_told(applications_visible_to(person, today).filter(school__city=city)),
    UUIDField,
)
HEADER = ("École", "UAI", "Nature", "État", "Raison", "Depuis le", "Jours d’attente", "Chez qui", "Classes reçues")


@signed_in()
def home(request):
    """« Ce qui vous attend », then the plan's pages; `?acte=` keeps one kind of act."""
    today = localdate()
    if not rules.takes_part(request.person, today):
        raise Http404
    # Read whole: to write this union again for its count would cost more than its lines, few for one person.
    rows = queries.waiting_for(request.person, now())
    kind = request.GET.get("acte", "")
    only = queries.acts().get(kind)
    if only:
        rows = [row for row in rows if row[0] == kind]
    page = Paginator(rows, BY_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "only": only,
        "waiting": queries.read_waiting(page.object_list, today),
        "first_step": None if rows or only else queries.first_step_for(request.person, today),
        "parts": queries.parts_of(rules.pages_open_to(request.person, today)),
    }
    return render(request, "desk/home.html", context)


def _board(request):
    """(city, all cities, rows of the city's schools in sight)"""
    person, today = request.person, localdate()
    cities = CITIES.rows(person, today)
    city = asked_or_first(request, cities)
    if equipment.reads_whole_city(person, city, today):
        states = overview_of_city(city, today).situation.schools
    else:
        states = IN_SIGHT(person, today, city.pk).schools
    under_way = under_way_of(equipment.sight_of_schools(person, today), today, city.slug)
    return city, cities, queries.board_of(states, APPLICATIONS.rows(person, today, city.pk), under_way)


def _in_stage(request, rows):
    """(the state of `?etat=` or nothing, the rows it keeps)"""
    stage = request.GET.get("etat", "")
    if stage not in queries.Stage.values:
        return "", rows
    return stage, [row for row in rows if row.stage == stage]


@signed_in()
def board(request):
    """Every school of a city in sight; `?etat=` keeps one state."""
    today = localdate()
    city, cities, rows = _board(request)
    stage, shown = _in_stage(request, rows)
    page = Paginator(shown, BY_PAGE).get_page(request.GET.get("page"))
    context = {
        "city": city, "cities": cities, "page": page, "stage": stage, "schools_count": len(rows),
        "counts": queries.counts_by_stage(rows), "lines": [(row, row.waited_days(today)) for row in page.object_list],
        "reads_files": rules.reads_files(request.person, today), "drawing": queries.drawing_of(shown, BY_PAGE),
    }  # fmt: skip
    return render(request, "desk/board.html", context)


@signed_in()
def board_export(request, extension):
    """One line per school, as in the table."""
    today = localdate()
    city, _, rows = _board(request)
    lines = [
        (
            row.school.name_beside_kind,
            row.school.uai,
            row.school.kind_label,
            row.stage.label,
            row.reason,
            row.since,
            row.waited_days(today),
            row.holder,
            row.school.received_word,
        )
        for row in _in_stage(request, rows)[1]
    ]
    return table_file(f"ecoles-{city.slug}-{today}", extension, HEADER, lines)
