"""Lists, programmes and préconisations to take away: what each page shows its reader, and no more."""

from decimal import Decimal

from django.http import Http404
from django.utils.timezone import localdate

from preau.kit.money import round_half_up
from preau.kit.views import signed_in, table_file
from preau.plan.priorities import queries, rules
from preau.plan.priorities.views.lists import changes_of, list_in_sight, lists_in_sight
from preau.plan.priorities.views.programmes import programme_in_sight, programmes_in_sight
from preau.plan.priorities.views.recommendations import recommendation_in_sight, recommendations_in_sight

LISTS = (
    "Appel",
    "Ville",
    "Version",
    "État",
    "Signée par la DSDEN le",
    "Signée par la DAN le",
    "Décision",
    "Décidée le",
)
RANKS = ("Rang", "Rang signé", "École", "UAI", "Nature")
CHANGES = ("École", "UAI", "Rang avant", "Rang maintenant")
MOVES = ("École", "UAI", "Du rang", "Au rang", "Raison", "Le")
REASONS = ("Raison", "Manque ou n’est pas noté", "Vu le", "Malgré ce qui manque", "Raison du COPIL")
PROGRAMMES = (
    "Année", "Ville", "Version", "État", "Enveloppe en euros", "HT ou TTC", "Décision", "Décidé le", "Délibération",
    "Voté le",
)  # fmt: skip
SCHOOLS, FROM_LIST = ("Ordre", "École", "UAI", "Nature"), ("Rang de la liste", "Passe avant")
ELEMENTS = (
    "Pour", "Ville", "Version", "Signée par la DSDEN le", "Signée par la DAN le", "Élément", "Règle", "Au moins",
    "Au plus", "Équipement type", "Réponse de la Ville", "Raison",
)  # fmt: skip


@signed_in()
def list_export(request, extension):
    """Every version in sight."""
    rows = [
        (
            each.call.title,
            each.city.name,
            each.version,
            each.get_state_display(),
            _day(each.dsden_signed_at),
            _day(each.dan_signed_at),
            each.decision_number,
            each.decided_on,
        )
        for each in lists_in_sight(request)
    ]
    return table_file(f"listes-priorisees-{localdate()}", extension, LISTS, rows)


@signed_in()
def rank_export(request, list_id, extension):
    """The order of one version; the reasons for who reads them."""
    priority_list = list_in_sight(request, list_id)
    with_reasons = rules.reads_reasons(request.person, priority_list, localdate())
    rows = [_rank(line, with_reasons) for line in queries.ranked_lines(priority_list)]
    header = RANKS + REASONS if with_reasons else RANKS
    return table_file(f"liste-{priority_list.city.slug}-v{priority_list.version}", extension, header, rows)


def _rank(line, with_reasons):
    entry, school = line.entry, line.entry.application.school
    cells = (line.copil_rank, line.rank, school.name_beside_kind, school.uai, school.get_kind_display())
    if not with_reasons:
        return cells
    return (*cells, entry.reason, ", ".join(entry.lacks), entry.lacks_on, entry.unready_reason, line.copil_reason)


@signed_in()
def difference_export(request, list_id, extension):
    """What changed since the version before; the reasons for who reads them."""
    priority_list = list_in_sight(request, list_id)
    with_reasons = rules.reads_reasons(request.person, priority_list, localdate())
    lines = queries.ranked_lines(priority_list)
    rows = [
        (*_school(each), each.before, each.after, *(each.reason,) * with_reasons)
        for each in changes_of(request, priority_list, lines, queries.moves_of(priority_list))
    ]
    name = f"changements-{priority_list.city.slug}-v{priority_list.version}"
    return table_file(name, extension, CHANGES + ("Raison",) * with_reasons, rows)


@signed_in()
def move_export(request, list_id, extension):
    """Each move and its reason, for who reads them."""
    priority_list = _reasoned(request, list_id)
    rows = [
        (*_school(each), each.from_rank, each.to_rank, each.reason, _day(each.moved_at))
        for each in queries.moves_of(priority_list)
    ]
    return table_file(f"deplacements-{priority_list.city.slug}-v{priority_list.version}", extension, MOVES, rows)


@signed_in()
def aid_export(request, list_id, extension):
    """The computed aid, with the weights of the address."""
    priority_list = _reasoned(request, list_id)
    weights = queries.weights_from(request.GET)
    parts = tuple(f"{weight.label} × {weights[weight.key]}" for weight in queries.WEIGHTS)
    rows = [
        (
            *_school(line),
            *(_shown(part) for _, part in line.parts),
            _shown(line.score),
            line.estimate.label if line.estimate else "",
        )
        for line in queries.aid_for(priority_list, weights, localdate())
    ]
    name = f"aide-{priority_list.city.slug}-v{priority_list.version}"
    return table_file(name, extension, ("École", "UAI", *parts, "Moyenne", "Équité estimée"), rows)


@signed_in()
def programme_export(request, extension):
    """Every programme in sight."""
    rows = [
        (
            each.school_year,
            each.city.name,
            each.version,
            each.get_state_display(),
            _euros(each.envelope_cents),
            each.get_regime_display(),
            each.decision_number,
            each.decided_on,
            each.vote_reference,
            each.voted_on,
        )
        for each in programmes_in_sight(request)
    ]
    return table_file(f"programmes-{localdate()}", extension, PROGRAMMES, rows)


@signed_in()
def programme_school_export(request, programme_id, extension):
    """The schools of one year; ranks, reasons and costs for who reads them."""
    programme, today = programme_in_sight(request, programme_id), localdate()
    with_ranks = rules.reads_ranks(request.person, programme, today)
    with_reasons = with_ranks and rules.reads_reasons(request.person, programme, today)
    with_costs = rules.reads_programme_costs(request.person, programme, today)
    header = SCHOOLS + FROM_LIST * with_ranks + ("Équipement type",) + ("Raison",) * with_reasons
    header += ("Coût estimé en euros",) * with_costs
    rows = []
    for place, line in enumerate(queries.programme_view(programme).lines, 1):
        entry, school = line.entry, line.entry.school
        cells = (place, school.name_beside_kind, school.uai, school.get_kind_display())
        ranks = (line.list_rank, line.passes_before) * with_ranks
        # As on the page: a reason is told where the school passes before another.
        why = (line.why,) * with_reasons
        rows.append((*cells, *ranks, str(entry.kit), *why, *(_euros(entry.cost_cents),) * with_costs))
    return table_file(f"programme-{programme.city.slug}-{programme.school_year}", extension, header, rows)


@signed_in()
def recommendation_export(request, extension):
    """Every element of every version in sight, and what each kit does of it."""
    return _elements(recommendations_in_sight(request), f"preconisations-{localdate()}", extension)


@signed_in()
def recommendation_line_export(request, recommendation_id, extension):
    """The elements of one version."""
    found = recommendation_in_sight(request, recommendation_id)
    return _elements([found], f"preconisation-{found.city.slug}-v{found.version}", extension)


def _elements(recommendations, name, extension):
    rows = [
        (
            of.get_school_kind_display(),
            of.city.name,
            of.version,
            _day(of.dsden_signed_at),
            _day(of.dan_signed_at),
            line.item,
            line.get_rule_display(),
            line.quantity_min,
            line.quantity_max,
            str(answer.kit) if answer else "",
            answer.get_choice_display() if answer else "",
            answer.reason if answer else "",
        )
        for of, line, answer in queries.elements_of(recommendations)
    ]
    return table_file(name, extension, ELEMENTS, rows)


def _day(instant):
    return localdate(instant) if instant else None


def _euros(cents):
    return None if cents is None else Decimal(cents) / 100


def _reasoned(request, list_id):
    """A version in sight, to who reads its reasons; 404 to the others, as its page."""
    priority_list = list_in_sight(request, list_id)
    if not rules.reads_reasons(request.person, priority_list, localdate()):
        raise Http404
    return priority_list


def _school(of):
    return of.application.school.shown_name, of.application.school.uai


def _shown(fraction):
    return None if fraction is None else Decimal(int(round_half_up(fraction * 100))) / 100
