"""A roll-out opens for a school and a kit, or is given up with its reason."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from preau.kit.answers import Conflict, allow
from preau.kit.money import NBSP
from preau.people.models import Role
from preau.plan.applications import actions as applications
from preau.plan.applications.models import State
from preau.plan.equipment.rules import NOT_ITS_KIT
from preau.plan.priorities.queries import entries_to_open
from preau.plan.rollouts.actions.writing import journal, locked
from preau.plan.rollouts.models import MOST_CLASSES, USUAL_OWNER, Owner, Rollout, RolloutStep, StepKind
from preau.plan.rollouts.queries import has_wifi
from preau.plan.rollouts.rules import can_abandon_rollout, can_open_rollout, can_open_without_programme

NO_REASON = f"Sans programme, écrivez pourquoi{NBSP}: une réparation, un renouvellement."
UNDER_WAY = f"Un déploiement est déjà en cours pour cette école{NBSP}: terminez-le ou abandonnez-le d’abord."
OF_THE_SHELL = "Ouvert par l’exploitant de la base."


@transaction.atomic
def open_rollout(
    *,
    person,
    school,
    kit,
    classes_count: int,
    now,
    programme_entry_id=None,
    reason="",
    planned=None,
    opened_on: date | None = None,
) -> Rollout:
    """Opens the way to a kit, with its steps. `planned`: {StepKind: day}. For a line of a programme the COPIL settled,
    the candidature kept becomes « déploiement ouvert » (W1); `reason` says why without one, or why with another kit
    than the one settled. Raises Conflict."""
    rule = can_open_rollout if programme_entry_id else can_open_without_programme
    allow(rule, person, school, now=now)
    _check_what(school, kit, classes_count, localdate(now))
    entry = _entry_of(school, programme_entry_id) if programme_entry_id else None
    rollout = Rollout(
        school=school,
        kit=kit,
        classes_count=classes_count,
        opened_on=opened_on or localdate(now),
        programme_entry_id=programme_entry_id,
        settled_kit=entry and entry.kit,
        reason=_reason(person, entry, kit, reason.strip()),
    )
    try:
        with transaction.atomic():
            rollout.save()
    except IntegrityError:
        raise Conflict(UNDER_WAY) from None
    _lay_out_steps(rollout, planned or {})
    journal(person=person, verb="rollout_opened", subject=rollout, city_id=school.city_id, now=now)
    if entry is not None and entry.application and entry.application.state == State.SELECTED:
        applications.convert(person=person, application=entry.application, now=now)
    return rollout


def _lay_out_steps(rollout, planned):
    kinds = [kind for kind in StepKind if kind != StepKind.COUNCIL_INFORMED or has_wifi(rollout.kit)]
    RolloutStep.objects.bulk_create(
        RolloutStep(
            rollout=rollout, kind=kind, owner=USUAL_OWNER.get(kind, Owner.CITY_IT), planned_on=planned.get(kind)
        )
        for kind in kinds
    )


def _check_what(school, kit, classes_count, today):
    if not kit.serves(school, today):
        raise Conflict(NOT_ITS_KIT.format(school.shown_name))
    if not 1 <= classes_count <= MOST_CLASSES:
        raise Conflict(f"Un déploiement équipe de 1 à {MOST_CLASSES} classes{NBSP}: corrigez leur nombre.")


def _entry_of(school, entry_id):
    entry = entries_to_open(school).filter(pk=entry_id).first()
    if entry is None:
        raise Conflict("Cette école n’est pas à un programme arrêté par le COPIL.")
    return entry


def _reason(person, entry, kit, reason):
    """What the roll-out says of itself: nothing when it does what the COPIL settled."""
    if entry is None:
        if not reason and person is not None:
            raise Conflict(NO_REASON)
        return reason or OF_THE_SHELL
    if entry.kit_id == kit.pk:
        return ""
    if not reason:
        raise Conflict(
            f"Le COPIL a arrêté pour cette école le {entry.kit}{NBSP}: choisissez-le, ou écrivez pourquoi un autre."
        )
    return reason


@transaction.atomic
def abandon_rollout(*, person, rollout, reason, now) -> Rollout:
    """Gives it up; what was received stays received. Done twice, it says the same."""
    rollout = locked(rollout_id=rollout.pk)
    if rollout.abandoned_on:
        return rollout
    allow(can_abandon_rollout, person, rollout, now=now)
    rollout.abandoned_on, rollout.abandoned_reason = localdate(now), reason
    rollout.save(update_fields=["abandoned_on", "abandoned_reason"])
    journal(
        person=person,
        verb="rollout_abandoned",
        subject=rollout,
        city_id=rollout.school.city_id,
        now=now,
        fields=["abandoned_on", "abandoned_reason"],
        role=Role.CITY_EDUCATION,
    )
    return rollout
