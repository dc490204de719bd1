"""What the way of doing is worth: adhesion, fluidity, consistency."""

from django.core.paginator import Paginator
from django.db.models import UUIDField
from django.shortcuts import render
from django.utils.timezone import localdate

from preau.kit.views import chosen_by_slug, signed_in, table_file
from preau.people.prepared import PreparedFor
from preau.plan.applications.rules import applications_visible_to
from preau.plan.desk import queries, rules
from preau.plan.equipment import rules as equipment
from preau.plan.priorities.rules import lists_visible_to

HEADER = (
    "Force", "Appel ou école", "Année scolaire", "Volontaires", "Écoles", "Projet déposé le", "En service le", "Jours",
    "Place au programme", "Rang de la liste", "Écoles mieux classées après elle", "Raison",
)  # fmt: skip
BY_PAGE = 25
OF_FILES = ("Projet déposé le", "Jours")
OF_LISTS = ("Rang de la liste", "Écoles mieux classées après elle", "Raison")


ENTRIES = PreparedFor(
    lambda person, today, city: queries.entries_decided(
        city, applications_visible_to(person, today), lists_visible_to(person, today)
    ),
    UUIDField,
)


@signed_in()
def strengths(request):
    """Adhesion, fluidity, consistency: each figure with its parts."""
    today = localdate()
    city, cities = chosen_by_slug(request, equipment.cities_steered_by(request.person, today))
    entries = ENTRIES.rows(request.person, today, city.pk)
    fluidity, consistency = queries.fluidity_of(entries), queries.consistency_of(entries)
    most = max(len(fluidity.passages), len(consistency.lines))
    page = Paginator(range(most), BY_PAGE).get_page(request.GET.get("page"))  # of both tables
    shown = slice((page.number - 1) * BY_PAGE, page.number * BY_PAGE)
    context = {
        "city": city, "cities": cities, "adhesions": queries.adhesion_of(city, today),
        "fluidity": fluidity, "consistency": consistency, "page": page,
        "passages": fluidity.passages[shown], "lines": consistency.lines[shown],
        "reads_files": rules.reads_files(request.person, today),
    }  # fmt: skip
    return render(request, "desk/strengths.html", context)


@signed_in()
def strengths_export(request, extension):
    """The parts each figure is made of, one line each; cells that a strength does not have stay empty, columns that
    the person may read of no school are left out."""
    today = localdate()
    city, _ = chosen_by_slug(request, equipment.cities_steered_by(request.person, today))
    entries = ENTRIES.rows(request.person, today, city.pk)
    fluidity, consistency = queries.fluidity_of(entries), queries.consistency_of(entries)
    rows = [
        ("Adhésion", each.call.title, each.call.school_year, each.volunteers, each.eligible, *[None] * 7)
        for each in queries.adhesion_of(city, today)
    ]
    for each in fluidity.passages:
        filed, days = (each.submitted_on, each.days) if each.is_told else (None, None)
        rows.append(("Fluidité", each.school.shown_name, *[None] * 3, filed, each.service_on, days, *[None] * 4))
    for line in consistency.lines:
        entry = line.entry
        told = (line.list_rank, line.passes_before, line.why) if entry.is_rank_told else [None] * 3
        rows.append(
            ("Cohérence", entry.school.shown_name, entry.programme.school_year, *[None] * 5, entry.position, *told)
        )
    hidden = (() if fluidity.is_told else OF_FILES) + (() if consistency.is_told else OF_LISTS)
    kept = [column for column, name in enumerate(HEADER) if name not in hidden]
    header, *rows = [[row[column] for column in kept] for row in (HEADER, *rows)]
    return table_file(f"forces-{city.slug}-{today}", extension, header, rows)
