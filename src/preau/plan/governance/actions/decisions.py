"""Decisions and what follows from them."""

from django.db import transaction
from django.db.models import Max

from preau.kit.answers import Conflict, allow
from preau.kit.contents import digest_now
from preau.kit.rows import lock
from preau.plan.ambitions.queries import ambitions_of
from preau.plan.governance import queries, rules
from preau.plan.governance.actions.minutes import check_votes, open_minutes
from preau.plan.governance.models import Committee, Decision, FollowUp, ObjectKind, Result
from preau.plan.priorities.models import PriorityEntry
from preau.plan.studies.actions.writing import note, seal

FIELDS = (
    "text", "result", "reason", "votes_for", "votes_against", "abstentions", "dissent", "choice", "object_kind",
    "object_id", "order",
)  # fmt: skip


@transaction.atomic
def decide(
    *, person, session, now, text, result, ambitions=(), item=None, replaces=None, version=None, **more
) -> Decision:
    """Numbers a decision of a session that was held. `more`: reason, votes, dissent, object and choice. A point of the
    agenda gives its object and is decided once: Conflict the second time. Its effect waits for the approval. It serves
    one of the city's ambitions at least (mission D1), where the city has written some."""
    session = open_minutes(person=person, session=session, now=now, version=version)
    city = session.committee.city
    if item is not None:
        if item.session_id != session.pk or Decision.objects.filter(item=item).exists():
            raise Conflict("Ce point vient de recevoir une décision\u00a0: elle est au relevé.")
        more.update(object_kind=item.object_kind, object_id=item.object_id)
    if replaces is not None and not queries.replaceable_in(session).filter(pk=replaces.pk).exists():
        raise Conflict("On ne remplace qu’une décision publiée de cette Ville, et le COTECH les siennes seulement.")
    _check_order(session, Decision(result=result, **more))
    check_votes(session=session, decision=Decision(**more))
    lock(city)  # numbers run across both committees
    year = session.held_on.year
    last = Decision.objects.filter(city=city, year=year).aggregate(last=Max("sequence"))["last"]
    decision = Decision.objects.create(
        city=city,
        session=session,
        item=item,
        year=year,
        sequence=(last or 0) + 1,
        decided_on=session.held_on,
        text=text,
        result=result,
        replaces=replaces,
        **more,
    )
    _aim(decision, ambitions)
    _seal(person, "governance.decide", decision, city, now, queries.DECISION.fields)
    return decision


@transaction.atomic
def amend_decision(*, person, decision, now, ambitions=None, version=None, **changes) -> Decision:
    """Writes a decision right before its relevé is approved; approvals given so far fall."""
    session = open_minutes(person=person, session=decision.session, now=now, version=version)
    decision = Decision.objects.get(pk=decision.pk)
    if decision.item_id:  # its object is the agenda's
        changes = {name: value for name, value in changes.items() if not name.startswith("object_")}
    for name in changes:
        if name not in FIELDS:
            raise TypeError(name)
        setattr(decision, name, changes[name])
    _check_order(session, decision)
    check_votes(session=session, decision=decision)
    decision.save(update_fields=list(changes))
    if ambitions is not None:
        _aim(decision, ambitions)
        changes["ambitions"] = ambitions
    _seal(person, "governance.amend_decision", decision, session.committee.city, now, list(changes))
    return decision


@transaction.atomic
def add_follow_up(*, person, decision, text, owner, due_on, now, owner_role="") -> FollowUp:
    """Who does what before when; holders of `owner_role` find it among what waits for them."""
    allow(rules.can_follow_up, person, decision, now=now)
    made = FollowUp.objects.create(decision=decision, text=text, owner=owner, due_on=due_on, owner_role=owner_role)
    note(
        person=person,
        verb="governance.add_follow_up",
        subject=made,
        city=decision.city,
        now=now,
        fields=["owner", "owner_role", "due_on"],
    )
    return made


@transaction.atomic
def close_follow_up(*, person, follow_up, done_on, done_note, now) -> FollowUp:
    """It was done that day; Conflict when someone said so first."""
    decision = follow_up.decision
    allow(rules.can_close_follow_up, person, follow_up, now=now)
    follow_up = lock(follow_up)
    if follow_up.done_on is not None:
        raise Conflict("Cette action est déjà notée comme faite.")
    follow_up.done_on, follow_up.done_note = done_on, done_note
    follow_up.save(update_fields=["done_on", "done_note"])
    note(
        person=person,
        verb="governance.close_follow_up",
        subject=follow_up,
        city=decision.city,
        now=now,
        fields=["done_on"],
    )
    return follow_up


def _aim(decision, ambitions):
    known = set(ambitions_of(decision.city).values_list("pk", flat=True))
    chosen = {ambition.pk for ambition in ambitions}
    if chosen - known - set(decision.ambitions.values_list("pk", flat=True)):
        raise Conflict("Une de ces ambitions n’est plus celle de la Ville.")
    if known and not chosen:
        raise Conflict("Cette décision ne sert encore aucune ambition\u00a0: choisissez-en une au moins.")
    decision.ambitions.set(ambitions)


def _check_order(session, decision):
    """A COPIL changes a signed list by a decision that gives the whole order (AC-25), and writes in no programme."""
    changed = decision.result == Result.CHANGED
    if decision.object_kind == ObjectKind.PROGRAMME and changed:
        raise Conflict("Un programme est l’acte de la Ville\u00a0: le comité l’adopte tel quel ou le renvoie.")
    reorders = changed and session.committee.kind == Committee.Kind.COPIL
    if not reorders or decision.object_kind != ObjectKind.PRIORITY_LIST:
        if decision.order:
            raise Conflict("Cette décision ne change l’ordre d’aucune liste\u00a0: remettez l’ordre signé.")
        return
    entries = PriorityEntry.objects.filter(priority_list=decision.object_id).order_by("rank")
    signed = [str(pk) for pk in entries.values_list("application", flat=True)]
    order = [line["application"] for line in decision.order]
    if sorted(order) != sorted(signed) or order == signed:
        raise Conflict("L’ordre décidé nomme chaque école une fois et change au moins un rang\u00a0: corrigez-le.")
    moved = [
        line["reason"] for line, before in zip(decision.order, signed, strict=True) if line["application"] != before
    ]
    if not all(reason.strip() for reason in (decision.reason, *moved)):
        raise Conflict("L’ordre décidé se motive\u00a0: écrivez le motif, et la raison de chaque école déplacée.")


def _seal(person, verb, decision, city, now, fields):
    seal(
        person=person,
        verb=verb,
        subject=decision,
        city=city,
        now=now,
        under=rules.KEEPS_SECRETARIAT,
        fields=fields,
        bound=digest_now(queries.DECISION, decision.pk),
    )
