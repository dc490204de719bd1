"""Steps are planned, done, blocked; the last one puts the school in service."""

from datetime import date

from django.db import transaction
from django.utils.timezone import localdate

from preau.kit.answers import Conflict, allow
from preau.kit.money import NBSP
from preau.kit.rows import lock
from preau.plan.rollouts.actions.writing import journal, locked, progress_now
from preau.plan.rollouts.models import DERIVED, RolloutStep, StepKind
from preau.plan.rollouts.queries import breach_of, dates_of, gates_of
from preau.plan.rollouts.rules import can_receive, can_write_step

CHANGED = (
    f"Quelqu’un a modifié cette étape pendant que vous écriviez{NBSP}: relisez ce qu’elle dit maintenant, ci-dessus. "
    "Ce que vous avez écrit est resté ci-dessous."
)
FIELDS = ("owner", "planned_on", "done_on", "blocked_on", "blocked_cause", "proof")


@transaction.atomic
def write_step(
    *,
    person,
    rollout,
    kind,
    version: int,
    now,
    owner,
    planned_on: date | None = None,
    done_on: date | None = None,
    blocked_cause="",
    proof="",
) -> RolloutStep:
    """The whole step as its form says it. `version` is the one its form showed. Raises Conflict."""
    rollout, kind = locked(rollout_id=rollout.pk), StepKind(kind)
    allow(can_write_step, person, rollout, kind, now=now)
    step = lock(RolloutStep.objects.get(rollout=rollout, kind=kind), version=version, changed=CHANGED)
    _check_day(rollout, kind, done_on, blocked_cause, proof, step, now)
    before = {field: getattr(step, field) for field in FIELDS}
    step.owner, step.planned_on, step.done_on, step.proof = owner, planned_on, done_on, proof
    step.blocked_on = (step.blocked_on or localdate(now)) if blocked_cause else None
    step.blocked_cause = blocked_cause
    changed = [field for field in FIELDS if getattr(step, field) != before[field]]
    if changed:
        step.version += 1
        step.save()
        journal(
            person=person,
            verb="rollout_step_written",
            subject=step,
            city_id=rollout.school.city_id,
            now=now,
            fields=changed,
        )
    return step


def _check_day(rollout, kind, done_on, blocked_cause, proof, step, now):
    if done_on and blocked_cause:
        raise Conflict(f"Une étape faite n’est plus bloquée{NBSP}: effacez la date ou la cause.")
    if done_on and done_on > localdate(now):
        raise Conflict(f"Cette date n’est pas encore passée{NBSP}: écrivez-la comme date prévue.")
    if done_on and kind in DERIVED:
        raise Conflict("Cette étape se lit sur les réceptions, personne ne la coche.")
    if done_on and kind == StepKind.TRAINED and not proof:
        raise Conflict(f"La formation a besoin de sa preuve{NBSP}: feuille d’émargement, compte rendu.")
    if done_on == step.done_on:
        return
    progress = progress_now(rollout=rollout, now=now)
    dates = dates_of(rollout.steps.all(), _first_signed(rollout) or progress.accepted_on, rollout.service_on)
    breach = breach_of(dates | {kind: done_on}, kind) or (done_on and _lacking(rollout, kind, done_on))
    if breach:
        raise Conflict(breach)


def _lacking(rollout, kind, day):
    """What the premises lacked that day, as a sentence; empty when nothing."""
    gates = gates_of(rollout.school, rollout.kit, kind, day)
    return next((f"{gate.label}{NBSP}: {gate.reason}" for gate in gates if not gate.is_met), "")


def _first_signed(rollout):
    """The first standing procès-verbal leans on the steps before it."""
    signed = rollout.receptions.filter(withdrawn_at=None).exclude(signed_at=None)
    return signed.order_by("held_on").values_list("held_on", flat=True).first()


@transaction.atomic
def put_in_service(*, person, rollout, service_on: date, now):
    """Every class and common part received, réserves lifted, team trained, premises ready (AC-14, AC-21).

    Raises Conflict with the first thing that lacks. Done twice, it says the same.
    """
    rollout = locked(rollout_id=rollout.pk)
    if rollout.service_on:
        return rollout
    allow(can_receive, person, rollout, now=now)
    progress = progress_now(rollout=rollout, now=now)
    if service_on > localdate(now):
        raise Conflict(f"Cette date n’est pas encore passée{NBSP}: l’école entre en service le jour même ou après.")
    if service_on < rollout.opened_on:
        raise Conflict("Le déploiement n’était pas encore ouvert ce jour-là.")
    # A class may stand received by a table, and have a réserve open.
    if progress.open_reservations or not progress.is_accepted:
        raise Conflict(_what_lacks(progress))
    dates = dates_of(rollout.steps.all(), progress.accepted_on, service_on)
    breach = breach_of(dates, StepKind.IN_SERVICE) or _lacking(rollout, StepKind.IN_SERVICE, service_on)
    if breach:
        raise Conflict(breach)
    rollout.service_on = service_on
    rollout.save(update_fields=["service_on"])
    journal(
        person=person,
        verb="rollout_in_service",
        subject=rollout,
        city_id=rollout.school.city_id,
        now=now,
        fields=["service_on"],
        seals=True,
    )
    return rollout


def _what_lacks(progress):
    missing = progress.rollout.classes_count - progress.received_count
    if progress.open_reservations:
        return f"Des réserves restent à lever{NBSP}: {progress.open_reservations}."
    if missing > 0:
        return f"Des classes restent à recevoir{NBSP}: {missing}."
    return "Les parties communes restent à recevoir."
