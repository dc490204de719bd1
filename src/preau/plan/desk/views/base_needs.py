"""The « socle numérique » of the State beside what is noted: a school class by class, all schools in a table."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate

from preau.kit.views import listed_in_turn, signed_in, table_file
from preau.plan.desk import queries
from preau.plan.equipment.rules import open_schools_in_turn, schools_visible_to

BY_PAGE = 25
TABLE = ("École", "UAI", "Bâtiment", "Salle", *queries.IN_CLASS)


def _schools(request, today):
    """Those that teach in cycles 2 and 3, as `listed_in_turn` gives them."""
    return listed_in_turn(request, **open_schools_in_turn(request.person, today, queries.BASE_SCHOOL_KINDS))


@signed_in()
def base_list(request):
    """School after school: classrooms that have all of it, and what lacks in how many."""
    today = localdate()
    schools, choice = _schools(request, today)
    page = Paginator(schools, BY_PAGE).get_page(request.GET.get("page"))
    bases = queries.bases_of(page.object_list, today)
    context = {"page": page, "bases": bases, "labels": list(queries.IN_CLASS), **choice}
    return render(request, "desk/base_list.html", context)


@signed_in()
def base_export(request, extension):
    """A line per classroom: « oui » or « non » under each line of the socle."""
    today = localdate()
    return _table(f"socle-numerique-{today}", extension, queries.bases_of(_schools(request, today)[0], today))


def _table(name, extension, bases):
    rows = [
        (base.school.shown_name, base.school.uai, each.building, each.room, *(word for _, word in words))
        for base in bases
        for each, words in base.told
    ]
    return table_file(name, extension, TABLE, rows)


def _base(request, school_id, today):
    """(a school in sight, its base; None for a nursery school, of which nothing is asked)"""
    school = get_object_or_404(schools_visible_to(request.person, today).select_related("city"), id=school_id)
    return school, queries.bases_of([school], today)[0] if school.kind in queries.BASE_SCHOOL_KINDS else None


@signed_in()
def school_base(request, school_id):
    """One school, classroom by classroom, then what its classes share."""
    school, base = _base(request, school_id, localdate())
    context = {"school": school, "base": base, "labels": list(queries.IN_CLASS)}
    return render(request, "desk/school_base.html", context)


@signed_in()
def school_base_export(request, school_id, extension):
    """The same classrooms to take away."""
    today = localdate()
    school, base = _base(request, school_id, today)
    return _table(f"socle-numerique-{school.slug}-{today}", extension, [base] if base else [])
