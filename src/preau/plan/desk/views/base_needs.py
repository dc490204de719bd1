"""The « socle numérique » of the State beside what is noted: a school class by class, all schools in a table."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate

from preau.kit.views import signed_in, table_file
from preau.places.queries import open_on
from preau.plan.desk import queries
from preau.plan.equipment.rules import schools_visible_to

BY_PAGE = 50
TABLE = ("École", "UAI", "Bâtiment", "Salle", *queries.IN_CLASS)


def _schools(request, today):
    """Schools in sight that teach in cycles 2 and 3, open that day, by name; 404 without any school in sight."""
    visible = schools_visible_to(request.person, today)
    asked = visible.filter(open_on(today), kind__in=queries.BASE_SCHOOL_KINDS)
    if request.GET.get("ville"):
        asked = asked.filter(city__slug=request.GET["ville"])
    schools = list(asked.order_by("sort_key", "kind", "id").only("uai", "name"))
    if not schools and not visible.exists():
        raise Http404
    return schools


@signed_in()
def base_list(request):
    """School after school: classrooms that have all of it, and what lacks in how many."""
    today = localdate()
    page = Paginator(_schools(request, today), BY_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "bases": queries.bases_of(page.object_list, today), "labels": list(queries.IN_CLASS)}
    return render(request, "desk/base_list.html", context)


@signed_in()
def base_export(request, extension):
    """A line per classroom: « oui » or « non » under each line of the socle."""
    today = localdate()
    rows = [
        (base.school.name, base.school.uai, each.building, each.room, *_told(each.has))
        for base in queries.bases_of(_schools(request, today), today)
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
