"""The part of a dossier on where the plan is: coverage, roll-outs with their réserves, what the programmes decided
still lack (plan.md, « COPIL pack »). No rank of a list and no amount: who reads neither may read this.
"""

from preau.places.models import School
from preau.plan.priorities.models import ProgrammeEntry, ProgrammeState
from preau.plan.rollouts.models import Reservation, Rollout
from preau.plan.rollouts.queries import Phase, progress_of

OPEN = (ProgrammeState.DECIDED, ProgrammeState.VOTED, ProgrammeState.RUNNING)
OVER = (Phase.SERVICE, Phase.ABANDONED)


def coverage_data(situation) -> list[dict]:
    """One line per kind of school, then all of them; none where no class received is recorded: what is not counted is
    not a zero."""
    if not situation.is_told:
        return []
    by_kind = [(kind.label, [s for s in situation.schools if s.kind == kind]) for kind in School.Kind]
    lines = [_covered(label, schools) for label, schools in by_kind if schools]
    return [*lines, _covered("ensemble", situation.schools)]


def _covered(label, schools):
    states = [school.state for school in schools]
    return {
        "kind": label,
        "schools": len(schools),
        "equipped": states.count("done"),
        "partly": states.count("now"),
        "uncounted": sum(1 for school in schools if school.lacks_total),  # of these, maybe whole
        "not_begun": states.count("none"),
        "untold": states.count("unknown"),
        "up_to_date": sum(1 for school in schools if school.is_up_to_date),
        "undetailed": sum(1 for school in schools if school.has_undetailed),
    }


def rollouts_data(standings, city, today, members) -> dict:
    """Roll-outs under way, and réserves to lift wherever they are; a federation reads how many, and no school."""
    under_way = [each for each in standings if each.phase not in OVER]
    marked = [each for each in standings if each.open_reservations]
    return {
        "under_way": len(under_way),
        "reservations_count": sum(each.open_reservations for each in marked),
        "schools_with_reservations": len({each.rollout.school_id for each in marked}),
        "lines": [_rollout(each) for each in under_way] if members else [],
        "reservations": _reservations(city, today) if members else [],
    }


def _rollout(progress):
    return {
        "school": progress.rollout.school.shown_name,
        "kit": str(progress.rollout.kit),
        "phase": progress.phase.label,
        "received": progress.received_count,
        "classes": progress.rollout.classes_count,
        "reservations": progress.open_reservations,
        "blocked": [[step.label, step.blocked_cause] for step in progress.blocked],
    }


def _reservations(city, today):
    rows = Reservation.objects.filter(line__reception__rollout__school__city=city, lifted_on=None)
    rows = rows.filter(line__reception__withdrawn_at=None, line__reception__signed_at__isnull=False)
    return [
        {
            "school": row.line.reception.rollout.school.shown_name,
            "place": row.line.label,
            "item": row.kit_line.item,
            "text": row.text,
            "due_on": row.due_on.isoformat(),
            "is_late": row.due_on < today,
        }
        for row in rows.select_related("line__reception__rollout__school", "kit_line").order_by("due_on", "id")
    ]


def gaps_data(standings, city, members) -> dict:
    """Each programme decided and not closed, school by school until it is in service; then what is under way without a
    programme. A federation reads how many."""
    found = {each.rollout.programme_entry_id: each for each in standings}
    entries = ProgrammeEntry.objects.filter(programme__city=city, programme__state__in=OPEN)
    programmes = {}
    for entry in entries.select_related("programme", "school", "kit").order_by(
        "programme__school_year", "programme_id", "position"
    ):
        programmes.setdefault(entry.programme, []).append((entry, found.get(entry.pk)))
    outside = [each for each in standings if each.rollout.programme_entry_id is None and each.phase not in OVER]
    return {
        "programmes": [_programme(programme, rows, members) for programme, rows in programmes.items()],
        "outside_count": len(outside),
        "outside": [{**_rollout(each), "reason": each.rollout.reason} for each in outside] if members else [],
    }


def _programme(programme, rows, members):
    phases = [progress.phase if progress else None for _, progress in rows]
    return {
        "year": programme.school_year,
        "decision": programme.decision_number,
        "planned": len(rows),
        "in_service": phases.count(Phase.SERVICE),
        "not_opened": phases.count(None),
        "abandoned": phases.count(Phase.ABANDONED),
        "lines": [_gap(*row) for row in rows if row[1] is None or row[1].phase != Phase.SERVICE] if members else [],
    }


def _gap(entry, progress):
    way = progress.rollout if progress else None
    return {
        "school": entry.school.shown_name,
        "kit": str(entry.kit),
        "other_kit": str(way.kit) if way and way.kit_id != entry.kit_id else "",
        "stands": progress.phase.label if progress else "déploiement pas ouvert",
        "why": (way.abandoned_reason or way.reason) if way else "",
    }


def standings_in(city, today) -> tuple:
    """Every roll-out of the city and where it stands, by school; four reads."""
    rollouts = Rollout.objects.filter(school__city=city).select_related("school", "kit")
    return progress_of(rollouts.order_by("school__sort_key", "school_id", "opened_on", "id"), today)
