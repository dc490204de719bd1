"""The « socle numérique » of the State beside what is noted: a school class by class, all schools in a table."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate

from preau.kit.views import kept_in_turn, signed_in, table_file
from preau.places.queries import open_on
from preau.plan.desk import queries
from preau.plan.equipment.rules import cities_to_choose, schools_visible_to

BY_PAGE = 50
TABLE = ("École", "UAI", "Bâtiment", "Salle", *queries.IN_CLASS)


def _schools(request, today):
    """(schools in sight that teach in cycles 2 and 3, open that day, by name, {"city": the one kept to or None,
    "cities": all to choose from}); 404 for who sees no school."""
    visible, cities = schools_visible_to(request.person, today), cities_to_choose(request.person, today)
    taught = visible.filter(open_on(today), kind__in=queries.BASE_SCHOOL_KINDS)
    asked, city = kept_in_turn(request, taught, cities)
    schools = list(asked.order_by("sort_key", "kind", "id").only("uai", "name"))
    if not schools and not visible.exists():
        raise Http404
    return schools, {"city": city, "cities": cities}


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
    rows = [
        (base.school.name, base.school.uai, each.building, each.room, *_told(each.has))
        for base in queries.bases_of(_schools(request, today)[0], today)
        for each in base.classes
    ]
    return table_file(f"socle-numerique-{today}", extension, TABLE, rows)


def _told(has):
    return ["oui" if there else "non" for there in has]


@signed_in()
def school_base(request, school_id):
    """One school, classroom by classroom, then what its classes share."""
    today = localdate()
    school = get_object_or_404(schools_visible_to(request.person, today).select_related("city"), id=school_id)
    is_asked = school.kind in queries.BASE_SCHOOL_KINDS
    base = queries.bases_of([school], today)[0] if is_asked else None
    context = {"school": school, "base": base, "labels": list(queries.IN_CLASS)}
    return render(request, "desk/school_base.html", context)
