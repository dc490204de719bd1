"""Which schools are ready and why, what each is made of."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate

from preau.kit.views import first_or_404, listed_in_turn, signed_in, table_file
from preau.people.prepared import one_in
from preau.plan.equipment.rules import open_schools_in_turn, own_cities, schools_visible_to
from preau.plan.premises import queries, rules
from preau.plan.premises.models import Lack

BY_PAGE = 25
ROOMS = ("Bâtiment", "Étage", "Local", "Nature", "Électricité", "Câblé le", "N’est plus utilisé depuis le")
STATES = {"pretes": "oui", "attente": "non", "inconnu": queries.UNTOLD}


def visible_school(request, school_id, today):
    """404 out of sight."""
    return get_object_or_404(schools_visible_to(request.person, today).select_related("city"), id=school_id)


def _ranked(request, today):
    """([(school, readiness)], ready ones first, then by how little lacks; which cities, as `listed_in_turn`)."""
    schools, choice = listed_in_turn(request, **open_schools_in_turn(request.person, today))
    ready = queries.readiness_of_many(schools, today)
    ranked = sorted(((school, ready[school.pk]) for school in schools), key=lambda pair: len(pair[1].missing))
    return ranked, choice


@signed_in()
def readiness_list(request):
    """Every school in sight, gate by gate; `?etat=` keeps those ready, those that wait or those nobody tells."""
    today = localdate()
    ranked, choice = _ranked(request, today)
    state = request.GET.get("etat", "")
    shown = [pair for pair in ranked if state not in STATES or pair[1].word == STATES[state]]
    page = Paginator(shown, BY_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "ready_count": sum(1 for _, ready in ranked if ready.is_ready),
        "told_count": sum(1 for _, ready in ranked if ready.is_known),
        "untold_count": sum(1 for _, ready in ranked if not ready.is_known),
        "state": state,
        "writes_in": own_cities(request.person, today) if _has_unknown(ranked) else (),
        **choice,
    }
    return render(request, "premises/readiness_list.html", context)


def _has_unknown(ranked) -> bool:
    """Whether, of one of these schools, nobody noted what « Dire qu’il n’y en a pas » could say."""
    return any(not gate.is_known and gate.key in Lack.What for _, ready in ranked for gate in ready.missing)


@signed_in()
def readiness_export(request, extension):
    """One line per school, one column per gate; a gate that does not apply is empty."""
    today = localdate()
    header = ("École", "UAI", "Nature", "Prête", *queries.GATE_LABELS.values(), "À faire ou à noter")
    rows = []
    for school, ready in _ranked(request, today)[0]:
        gates = [ready.gate(key) for key in queries.GATE_LABELS]
        told = ["" if gate is None else gate.word for gate in gates]
        missing = " ".join(gate.reason for gate in ready.missing)
        rows.append((school.name_beside_kind, school.uai, school.get_kind_display(), ready.word, *told, missing))
    return table_file(f"ecoles-pretes-{today}", extension, header, rows)


TOLD = one_in(
    lambda person, today: queries.with_lacks(queries.with_premises(schools_visible_to(person, today), today)), "city"
)


@signed_in()
def premises_detail(request, school_id, needs):
    """« Locaux et liaisons » of one school, and whether it is ready."""
    today = localdate()
    school = first_or_404(TOLD.rows(request.person, today, school_id))
    premises = queries.premises_of(school, today)
    readiness = queries.derive(school, premises.links, today)
    unknown = [gate for gate in readiness.missing if not gate.is_known and gate.key in Lack.What]
    context = {
        "school": school,
        "needs": needs,
        "readiness": readiness,
        "has_unknown": bool(unknown),
        "lacks": [(gate.label, getattr(school, f"lack_of_{gate.key}")) for gate in readiness.missing if gate.seen_on],
        "premises": premises,
        "point": queries.point_text(school),
        "may_write": rules.can_write_premises(request.person, school, today),
        "may_note": rules.can_record_notice(request.person, school, today),
    }
    return render(request, "premises/premises_detail.html", context)


@signed_in()
def premises_export(request, school_id, extension):
    """The rooms of one school, building by building, those out of use last."""
    today = localdate()
    school = visible_school(request, school_id, today)
    uncabled = "non" if queries.are_rooms_told(school, today) else ""
    rows = [
        (
            building.name,
            room.floor_label,
            room.name,
            room.get_kind_display(),
            "oui" if room.has_power else "non",
            room.cabled_on or uncabled,
            room.closed_on,
        )
        for building, floors, closed in queries.premises_of(school, today).buildings
        for room in (*(room for floor in floors for room in floor.rooms), *closed)
    ]
    return table_file(f"locaux-{school.slug}-{today}", extension, ROOMS, rows)
