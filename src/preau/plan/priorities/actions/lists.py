"""The list, version after version: ranked by people, with a reason for each move (W2; AC-25)."""

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from preau.kit.answers import Conflict, allow
from preau.kit.contents import digest_now
from preau.kit.money import NBSP
from preau.kit.names import in_sentence
from preau.kit.rows import lock
from preau.people.models import Role
from preau.plan.applications import actions as applications
from preau.plan.priorities import queries, rules
from preau.plan.priorities.actions.writing import (
    check_alone,
    journal,
    locked_list,
    move,
    touch,
)
from preau.plan.priorities.models import LIST_NEXT, SIGNED, ListMove, ListState, PriorityEntry, PriorityList

FAR = 10000  # out of the way of real ranks while they are written again: ranks are unique at every instant
NOT_TO_RANK = f"Cette candidature n’est pas à classer{NBSP}: elle a été retirée, ou elle est déjà sur la liste."


@transaction.atomic
def open_list(*, person, call, now) -> PriorityList:
    """The next version: a copy of the last one, or empty at first. Raises Conflict when one is already open."""
    city = call.city
    allow(rules.can_write_priorities, person, city, now=now)
    lock(call)
    last = call.priority_lists.order_by("-version").first()
    if last and last.state not in SIGNED:
        raise Conflict(f"La version {last.version} est déjà ouverte{NBSP}: complétez-la.")
    if last and last.state == ListState.BEFORE_COPIL:
        raise Conflict(f"La version {last.version} est devant le COPIL{NBSP}: attendez sa décision.")
    if last and last.is_adopted:
        raise Conflict(f"La version {last.version} est adoptée{NBSP}: elle ne se remplace plus.")
    opened = PriorityList(city=city, call=call, version=(last.version if last else 0) + 1, base=last, opened_at=now)
    opened.save(force_insert=True)
    if last:
        PriorityEntry.objects.bulk_create(
            [
                PriorityEntry(
                    priority_list=opened,
                    application_id=e.application_id,
                    rank=e.rank,
                    reason=e.reason,
                    lacks=e.lacks,
                    lacks_on=e.lacks_on,
                    unready_reason=e.unready_reason,
                )
                for e in last.entries.all()
            ]
        )
    journal(person=person, verb="list_opened", subject=opened, city_id=city.pk, now=now)
    return opened


@transaction.atomic
def add_to_list(*, person, priority_list, application, reason, now, edition=None, unready_reason="") -> PriorityEntry:
    """At the end of a draft. Only an application of the call whose opinions are being given (W1)."""
    draft = _draft(person, priority_list, now, edition)
    if not queries.to_rank(draft).filter(pk=application.pk).exists():
        raise Conflict(NOT_TO_RANK)
    today = localdate(now)
    lacks = queries.unready([application.school], today)[application.school_id]
    entry = PriorityEntry(
        priority_list=draft,
        application=application,
        rank=draft.entries.count() + 1,
        reason=reason,
        lacks=lacks,
        lacks_on=today,
        unready_reason=unready_reason,
    )
    entry.save(force_insert=True)
    touch(row=draft)
    journal(person=person, verb="list_entry_added", subject=entry, city_id=draft.city_id, now=now, fields=["rank"])
    return entry


@transaction.atomic
def move_rank(*, person, priority_list, application, to_rank: int, reason, now, edition=None, unready_reason=None):
    """Puts an application at a rank of a draft; the others keep their order around it. A reason, always."""
    draft = _draft(person, priority_list, now, edition)
    if not reason.strip():
        raise Conflict(f"Un déplacement se motive{NBSP}: écrivez pourquoi.")
    order = list(draft.entries.order_by("rank").values_list("application", flat=True))
    if application.pk not in order:
        raise Conflict("Cette candidature n’est plus sur la liste.")
    from_rank = order.index(application.pk) + 1
    to_rank = max(1, min(to_rank, len(order)))
    changes = {"reason": reason} | ({} if unready_reason is None else {"unready_reason": unready_reason})
    if from_rank == to_rank and draft.entries.filter(application=application, **changes).exists():
        raise Conflict(f"Rien ne change{NBSP}: écrivez un autre rang, ou une autre raison.")
    order.insert(to_rank - 1, order.pop(from_rank - 1))
    _write_order(draft, order)
    draft.entries.filter(application=application).update(**changes)
    ListMove.objects.create(
        priority_list=draft,
        application=application,
        from_rank=from_rank,
        to_rank=to_rank,
        reason=reason,
        moved_at=now,
        moved_by=person,
    )
    touch(row=draft)
    journal(person=person, verb="list_rank_moved", subject=draft, city_id=draft.city_id, now=now, fields=["rank"])


@transaction.atomic
def remove_from_list(*, person, priority_list, application, reason, now, edition=None):
    """Off a draft, and why; the ranks below go up by one."""
    draft = _draft(person, priority_list, now, edition)
    entry = draft.entries.filter(application=application).first()
    if entry is None:
        raise Conflict("Cette candidature n’est plus sur la liste.")
    if not reason.strip():
        raise Conflict(f"Un retrait se motive{NBSP}: écrivez pourquoi.")
    ListMove.objects.create(
        priority_list=draft,
        application=application,
        from_rank=entry.rank,
        to_rank=0,
        reason=reason,
        moved_at=now,
        moved_by=person,
    )
    entry.delete()
    _write_order(draft, list(draft.entries.order_by("rank").values_list("application", flat=True)))
    touch(row=draft)
    journal(person=person, verb="list_entry_removed", subject=draft, city_id=draft.city_id, now=now, fields=["rank"])


@transaction.atomic
def propose_list(*, person, priority_list, now, edition=None) -> PriorityList:
    """The DSDEN signs. Each school has its reason, and one more when it is not ready to be equipped."""
    row = locked_list(priority_list=priority_list, edition=edition)
    allow(rules.can_propose_list, person, row, now=now)
    _look_again(row, localdate(now))
    move(row=row, table=LIST_NEXT, to=ListState.PROPOSED, dsden_signed_at=now, dsden_signed_by=person)
    _sealed(person, "list_proposed", row, now, Role.DSDEN, queries.PROPOSES)
    return row


@transaction.atomic
def cosign_list(*, person, priority_list, now, edition=None) -> PriorityList:
    """The DAN signs too: the order is settled, the applications are ranked."""
    row = locked_list(priority_list=priority_list, edition=edition)
    allow(rules.can_cosign_list, person, row, now=now)
    move(row=row, table=LIST_NEXT, to=ListState.COSIGNED, dan_signed_at=now, dan_signed_by=person)
    held = [e.application for e in row.entries.select_related("application")]
    applications.mark_ranked(person=person, applications=held, now=now)
    _sealed(person, "list_cosigned", row, now, Role.DAN, ("dan_signed_at",))
    return row


@transaction.atomic
def give_back_list(*, person, priority_list, now, edition=None) -> PriorityList:
    """The DAN does not sign: the draft is open again, the DSDEN's signature is taken off."""
    row = locked_list(priority_list=priority_list, edition=edition)
    allow(rules.can_cosign_list, person, row, now=now)
    move(row=row, table=LIST_NEXT, to=ListState.DRAFT, dsden_signed_at=None, dsden_signed_by=None)
    _sealed(person, "list_given_back", row, now, Role.DAN, queries.PROPOSES, locks=False)
    return row


@transaction.atomic
def send_to_copil(*, person, priority_list, now, edition=None) -> PriorityList:
    """Both have signed: the COPIL is asked to adopt. Raises Conflict for a version that another one replaced."""
    row = locked_list(priority_list=priority_list, edition=edition)
    allow(rules.can_write_priorities, person, row.city, now=now)
    lock(row.call)  # no version opens meanwhile
    newer = row.call.priority_lists.filter(version__gt=row.version).order_by("-version").first()
    if newer:
        raise Conflict(f"La version {newer.version} remplace celle-ci{NBSP}: c’est elle que l’on présente au COPIL.")
    check_alone(priority_list=row)
    move(row=row, table=LIST_NEXT, to=ListState.BEFORE_COPIL)
    _sealed(person, "list_sent_to_copil", row, now, "", ("sent",))
    return row


def _draft(person, priority_list, now, edition):
    row = locked_list(priority_list=priority_list, edition=edition)
    allow(rules.can_move_rank, person, row, now=now)
    if not row.is_draft:
        raise Conflict("Cette version n’est plus en préparation.")
    return row


def _write_order(draft, order):
    draft.entries.update(rank=F("rank") + FAR)
    rows = {e.application_id: e for e in draft.entries.all()}
    for rank, application in enumerate(order, 1):
        rows[application].rank = rank
    PriorityEntry.objects.bulk_update(rows.values(), ["rank"])


def _look_again(row, today):
    """Readiness is checked before ranking counts (mission D9): what lacks is written, and needs its reason."""
    entries = list(row.entries.select_related("application__school").order_by("rank"))
    if not entries:
        raise Conflict(f"La liste est vide{NBSP}: classez au moins une candidature.")
    gone = [e.application for e in entries if e.application.state not in queries.RANKABLE]
    if gone:
        left = ", ".join(f"{a.school.shown_name} («{NBSP}{a.get_state_display()}{NBSP}»)" for a in gone)
        raise Conflict(f"La liste tient une candidature qui n’est plus à classer{NBSP}: {left}. Ôtez-la de la liste.")
    lacks = queries.unready([e.application.school for e in entries], today)
    for entry in entries:
        entry.lacks, entry.lacks_on = lacks[entry.application.school_id], today
    PriorityEntry.objects.bulk_update(entries, ["lacks", "lacks_on"])
    silent = [e.application.school.shown_name for e in entries if not e.reason]
    if silent:
        raise Conflict(f"Chaque rang se motive{NBSP}: il manque la raison pour {', '.join(silent)}.")
    unready = [e for e in entries if e.lacks and not e.unready_reason]
    if unready:
        first = unready[0]
        raise Conflict(
            f"{first.application.school.shown_name} n’est pas prête ({in_sentence(first.lacks)})"
            f"{NBSP}: dites pourquoi elle est classée malgré cela."
        )


def _sealed(person, verb, row, now, role, fields, locks=True):
    """`locks`: not when the draft is open again."""
    journal(
        person=person,
        verb=verb,
        subject=row,
        city_id=row.city_id,
        now=now,
        fields=["state", *fields],
        role=role,
        is_sealed=True,
        bound=digest_now(queries.LIST, row.pk) if locks else "",
    )
