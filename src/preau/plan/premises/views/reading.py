"""Which schools are ready and why, what each is made of."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate

from preau.kit.views import signed_in, table_file
from preau.plan.equipment.rules import schools_visible_to
from preau.plan.premises import queries, rules

BY_PAGE = 50
STATES = {"pretes": True, "attente": False}


def visible_school(request, school_id, today):
    """404 out of sight."""
    return get_object_or_404(schools_visible_to(request.person, today).select_related("city"), id=school_id)


def _ranked(request, today):
    """[(school, readiness)]: ready ones first, then by how little lacks; and how many are ready."""
    schools = schools_visible_to(request.person, today)
    if request.GET.get("ville"):
        schools = schools.filter(city__slug=request.GET["ville"])
    schools = [school for school in schools.order_by("sort_key", "kind", "id") if school.is_open_on(today)]
    if not schools:
        raise Http404
    ready = queries.readiness_of_many(schools, today)
    return sorted(((school, ready[school.pk]) for school in schools), key=lambda pair: len(pair[1].missing))


@signed_in()
def readiness_list(request):
    """Every school in sight, gate by gate; `?etat=` keeps those ready or those that wait."""
    ranked = _ranked(request, localdate())
    state = request.GET.get("etat", "")
    shown = [pair for pair in ranked if state not in STATES or pair[1].is_ready is STATES[state]]
    context = {
        "page": Paginator(shown, BY_PAGE).get_page(request.GET.get("page")),
        "ready_count": sum(1 for _, ready in ranked if ready.is_ready),
        "schools_count": len(ranked),
        "state": state,
    }
    return render(request, "premises/readiness_list.html", context)


@signed_in()
def readiness_export(request, extension):
    """One line per school, one column per gate; a gate that does not apply is empty."""
    today = localdate()
    header = ("École", "UAI", "Nature", "Prête", *queries.GATE_LABELS.values(), "Ce qui manque")
    rows = []
    for school, ready in _ranked(request, today):
        gates = [ready.gate(key) for key in queries.GATE_LABELS]
        told = ["" if gate is None else "oui" if gate.is_met else "non" for gate in gates]
        missing = " ".join(gate.reason for gate in ready.missing)
        rows.append(
            (school.name, school.uai, school.get_kind_display(), "oui" if ready.is_ready else "non", *told, missing)
        )
    return table_file(f"ecoles-pretes-{today}", extension, header, rows)


@signed_in()
def premises_detail(request, school_id):
    """« Locaux et liaisons » of one school, and whether it is ready."""
    today = localdate()
    visible = queries.with_premises(schools_visible_to(request.person, today), today)
    school = get_object_or_404(visible.select_related("city"), id=school_id)
    premises = queries.premises_of(school, today)
    context = {
        "school": school,
        "readiness": queries.derive(school, premises.links, today),
        "premises": premises,
        "point": queries.point_text(school),
        "may_write": rules.can_write_premises(request.person, school, today),
        "may_note": rules.can_record_notice(request.person, school, today),
    }
    return render(request, "premises/premises_detail.html", context)
