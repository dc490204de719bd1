"""The part of a dossier on what the plan asks its committee: a priority list, a programme."""

from django.db.models import Prefetch
from django.utils.timezone import localdate

from preau.plan.applications.models import Authority, Opinion
from preau.plan.applications.queries import silence_of
from preau.plan.governance.models import ObjectKind
from preau.plan.priorities.models import PriorityEntry, PriorityList, Programme
from preau.plan.priorities.queries import programme_view


def lists_data(items, today) -> list[dict]:
    """Priority lists of the agenda, whole, for members: order, reasons, what each school lacks, its opinions in one
    word each (plan.md, « COPIL pack »: opinions and the list are read there by elected members)."""
    ids = _ids(items, ObjectKind.PRIORITY_LIST)
    rows = (
        PriorityList.objects.filter(id__in=ids).select_related("call", "base").order_by("opened_at", "id")
        if ids
        else ()
    )
    return [_list(row, today) for row in rows]


def _list(row, today):
    given = Opinion.objects.select_related("submission").order_by("asked_at", "id")
    entries = PriorityEntry.objects.filter(priority_list=row).select_related("application__school").order_by("rank")
    before = dict(row.base.entries.values_list("application", "rank")) if row.base else {}
    return {
        "call": row.call.title,
        "version": row.version,
        "follows_version": row.base.version if row.base else None,
        "dsden_signed_on": _signed(row.dsden_signed_at),
        "dan_signed_on": _signed(row.dan_signed_at),
        "lines": [
            {
                "rank": entry.rank,
                "rank_before": before.get(entry.application_id),
                "school": entry.application.school.shown_name,
                "project": entry.application.title,
                "opinions": _opinions(entry.application, today),
                "reason": entry.reason,
                "lacks": entry.lacks,
                "unready_reason": entry.unready_reason,
            }
            for entry in entries.prefetch_related(Prefetch("application__opinions", given))
        ],
    }


def _signed(instant):
    return localdate(instant).isoformat() if instant else ""


def _opinions(application, today):
    """[(authority, « favorable »)] on the copy that counts."""
    current = {o.authority: o for o in application.opinions.all() if o.submission.number == application.copies_count}
    return [[a.label, _says(application, current[a], today)] for a in Authority if a in current]


def _says(application, opinion, today):
    if opinion.given_at is None:
        return silence_of(application.state, opinion.due_on, today)
    return "rendu, confidentiel" if opinion.is_confidential else opinion.get_verdict_display()


def programmes_data(items, members) -> list[dict]:
    """Programmes of the agenda: schools and totals for members; totals alone for a federation. No cost by school: an
    IEN reads none (plan.md, permission matrix: « totals only », « totals in pack »)."""
    hidden = {item.object_id for item in items if item.is_reserved and not members}
    ids = [pk for pk in _ids(items, ObjectKind.PROGRAMME) if pk not in hidden]
    rows = Programme.objects.filter(id__in=ids).order_by("school_year", "version") if ids else ()
    return [_programme(row, members) for row in rows]


def _programme(row, members):
    view = programme_view(row)
    lines = [
        {
            "position": line.entry.position,
            "school": line.entry.school.shown_name,
            "kit": f"{line.entry.kit.get_school_kind_display()}, {line.entry.kit}",
            "list_rank": line.list_rank,
            "reason": line.why or line.entry.reason,
        }
        for line in view.lines
    ]
    return {
        "year": row.school_year,
        "version": row.version,
        "regime": row.get_regime_display(),
        "envelope_cents": row.envelope_cents,
        "total_cents": view.total_cents,
        "schools_count": len(view.lines),
        "lines": lines if members else [],
    }


def _ids(items, kind):
    return [item.object_id for item in items if item.object_kind == kind]
