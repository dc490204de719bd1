"""What a session's dossier holds, as plain data: the PDF is drawn from it and from nothing else."""

import json

from django.utils.timezone import localtime

from preau.kit.money import counted, decimal, group
from preau.places.models import School
from preau.plan.equipment.queries import overview_of
from preau.plan.governance.models import NOT_RESERVED, Committee, Dossier, ObjectKind, State
from preau.plan.governance.queries.committees import committee_states, missing_colleges, seats_by_college
from preau.plan.governance.queries.decisions import open_follow_ups, published_before
from preau.plan.governance.queries.dossier_plan import lists_data, programmes_data
from preau.plan.governance.queries.dossier_state import coverage_data, gaps_data, rollouts_data, standings_in
from preau.plan.governance.queries.objects import objects_of
from preau.plan.studies.models import Cohort, Comparison
from preau.plan.studies.queries import cohort_page, comparison_table

# 3: coverage, roll-outs and gaps. A dossier of a former format is drawn from what it holds, to the same bytes.
FORMAT = 3


def dossier_bytes(data) -> bytes:
    """One way to write the data, so that one digest stands for it."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def dossier_data(session, audience, now, figures_of=None) -> dict:
    """The members' dossier, or the federation's: without names, statements, reserved points, vendors, marks, reviews
    and decisions that are not published (plan.md, permission matrix: « COPIL pack only, redacted »)."""
    members = audience == Dossier.Audience.MEMBERS
    committee, today = session.committee, localtime(now).date()
    items = list(session.items.order_by("position"))
    overview = overview_of(committee.city, School.objects.filter(city=committee.city), today)
    standings = standings_in(committee.city, today)
    return {
        "format": FORMAT,
        "audience": audience,
        "city": committee.city.name,
        "is_fictitious": committee.city.is_fictitious,
        "committee": committee.long_name,
        "kind": committee.kind,
        "session": session.number,
        "day": session.planned_on.isoformat(),
        "hour": session.starts_at.strftime("%H:%M") if session.starts_at else "",
        "place": session.place,
        "frozen_at": localtime(now).isoformat(timespec="seconds"),
        "warnings": _warnings(session, today),
        "agenda": _agenda(session, items, members),
        "figures": _figures(overview) + (figures_of(committee.city, overview, today) if figures_of else []),
        "coverage": coverage_data(overview.situation),
        "rollouts": rollouts_data(standings, committee.city, today, members),
        "gaps": gaps_data(standings, committee.city, members),
        "comparisons": _comparisons(items) if members else [],
        "cohorts": _cohorts(items) if members else [],
        "lists": lists_data(items, today) if members else [],
        "programmes": programmes_data(items, members),
        "previous": _previous(session, members),
        "follow_ups": _follow_ups(session, members, today),
        "seats": _seats(session) if members else [],
    }


def _warnings(session, today):
    states = committee_states(session.committee.city, today)
    rhythm = [state.warning for state in states if state.committee.pk == session.committee_id and state.warning]
    return rhythm + [f"Collège non représenté\u00a0: {college}." for college in missing_colleges(session)]


def _agenda(session, items, members):
    about = [(item.object_kind, item.object_id) for item in items]
    links = {link.id: link for link in objects_of(session.committee.city, about)}
    is_copil = session.committee.kind == Committee.Kind.COPIL
    lines = []
    for item in items:
        hidden = item.is_reserved and not members
        link = links.get(item.object_id)
        choices = [label for _, label in link.choices] if link and is_copil and members else []
        lines.append(
            {
                "title": "Point réservé aux membres" if hidden else item.title,
                "aim": item.get_aim_display(),
                "asks": item.aim,
                "is_whole": item.object_kind == ObjectKind.PROGRAMME,
                "by": item.get_presented_by_display(),
                "text": item.text if members else "",
                "choices": choices,
            }
        )
    return lines


def _figures(overview):
    """The plan on a page: totals only, each with what it counts and on what."""
    received, paid = "compté sur les réceptions", "compté sur les dépenses enregistrées"
    return [
        _figure(_schools_label(overview), _number(overview.equipped_count), received, overview, overview.quality_label),
        _figure(
            _agreed(overview.classes_count, "classe équipée", "classes équipées"),
            _number(overview.classes_count),
            received,
            overview,
            overview.quality_label,
        ),
        _figure(
            _paid_label(overview),
            overview.paid.total,
            paid,
            overview,
            overview.spent_quality_label,
        ),
    ]


def _figure(label, value, counted_on, overview, quality):
    how = counted_on if overview.is_derived else "publié"
    origin = f"{how}, {quality}" if quality else how
    return {"label": label, "value": value or "inconnu", "origin": origin if value else "rien n’est enregistré"}


def _number(number):
    """As it is read; nothing when it is not known: it is no zero."""
    return "" if number is None else group(number)


def _schools_label(overview):
    share = f", soit {decimal(overview.percent_equipped, 1)}\u00a0%" if overview.percent_equipped is not None else ""
    schools = _agreed(overview.equipped_count, "école équipée", "écoles équipées")
    untold = f", inconnu pour {group(overview.unsettled_count)}" if overview.unsettled_count else ""
    return f"{schools} sur {group(overview.schools_count)}{share}{untold}"


def _paid_label(overview):
    """Whose money it is: every school's when it is counted here, the equipped ones' when it was published so."""
    if not overview.is_derived:
        return "investis pour les écoles équipées"
    closed = ", fermées comprises" if overview.situation.closed_paid_count else ""
    label = f"payés pour toutes les écoles de la Ville{closed}"
    equipped = overview.situation.equipped_cents
    if equipped is None or equipped == overview.paid.only:
        return label
    count = overview.situation.costed[0].schools
    schools = counted(count, "école équipée", "écoles équipées")
    return f"{label}, dont {overview.situation.costed[0].paid.total} pour {schools}"


def _agreed(number, one, many):
    """Zero and one are singular in French."""
    return one if number is not None and number < 2 else many


def _comparisons(items):
    ids = [item.object_id for item in items if item.object_kind == ObjectKind.COMPARISON]
    found = []
    for comparison in Comparison.objects.filter(id__in=ids).order_by("opened_on", "id"):
        table = comparison_table(comparison)
        found.append(
            {
                "title": comparison.title,
                "need": comparison.need,
                "criteria": [[c.label, c.weight] for c in table.criteria],
                "opinion": comparison.opinion_text,
                "options": [
                    {
                        "letter": row.option.letter,
                        "name": row.option.name,
                        "vendor": row.option.vendor,
                        "presented_on": row.option.presented_on.isoformat() if row.option.presented_on else "",
                        "note": row.option.note,
                        "marks": [[cell.city, cell.state] for cell in row.cells],
                        "mean": decimal(row.mean, 2) if row.mean is not None else "",
                    }
                    for row in table.rows
                ],
            }
        )
    return found


def _cohorts(items):
    ids = [item.object_id for item in items if item.object_kind == ObjectKind.COHORT]
    found = []
    for cohort in Cohort.objects.filter(id__in=ids).order_by("starts_on", "id"):
        page = cohort_page(cohort)
        found.append(
            {
                "name": cohort.name,
                "aim": cohort.aim,
                "schools": [school.shown_name for school in page.schools],
                "opinion": cohort.opinion_text,
                "reviews": [[label, review.text if review else ""] for label, review in page.reviews],
                "questions": [[line.text, line.city, line.state] for line in page.questions],
            }
        )
    return found


def _previous(session, members):
    last, decisions = published_before(session)
    if last is None or not (members or last.state == State.PUBLISHED):
        return None
    if not members:
        decisions = [each for each in decisions if not (each.item and each.item.is_reserved)]
    return {
        "session": last.number,
        "day": last.held_on.isoformat(),
        "decisions": [
            {"number": d.number, "text": d.text, "result": d.get_result_display(), "vote": d.vote} for d in decisions
        ],
    }


def _follow_ups(session, members, today):
    decisions = session.committee.city.decisions.exclude(session=session)
    if not members:
        decisions = decisions.filter(NOT_RESERVED, session__state=State.PUBLISHED)
    return [
        {
            "number": each.decision.number,
            "text": each.text,
            "owner": each.owner,
            "due_on": each.due_on.isoformat(),
            "is_late": each.is_late_on(today),
        }
        for each in open_follow_ups(decisions)
    ]


def _seats(session):
    return [
        {"college": college, "seats": [[seat.title, seat.holder.full_name if seat.holder else ""] for seat in seats]}
        for college, seats in seats_by_college(session.committee, session.day)
    ]
