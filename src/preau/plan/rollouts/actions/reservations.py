"""Réserves are lifted one by one; the last one of a class receives it."""

from datetime import date

from django.db import transaction
from django.utils.timezone import localdate

from preau.kit.answers import Conflict, allow
from preau.kit.contents import digest_now
from preau.kit.dates import day_text
from preau.kit.money import NBSP
from preau.plan.rollouts.actions.acceptances import record_acceptance
from preau.plan.rollouts.actions.writing import journal, locked
from preau.plan.rollouts.models import Reservation
from preau.plan.rollouts.queries import LIFTING, NO_STORE, lacks_a_store
from preau.plan.rollouts.rules import can_receive


@transaction.atomic
def lift_reservation(*, person, reservation, lifted_on: date, note, now) -> Reservation:
    """What was wrong is right, since a day, thanks to what `note` says. Raises Conflict."""
    rollout = locked(rollout_id=reservation.line.reception.rollout_id)
    allow(can_receive, person, rollout, now=now)
    reservation = Reservation.objects.select_related("line__reception").get(pk=reservation.pk)
    reception = reservation.line.reception
    if reservation.lifted_on:
        raise Conflict(
            f"Cette réserve est déjà levée, le {day_text(reservation.lifted_on)}{NBSP}: {reservation.lifted_note}"
        )
    if not reception.signed_at or reception.withdrawn_at:
        raise Conflict("Une réserve se lève sur un procès-verbal signé et non retiré.")
    if not reception.held_on <= lifted_on <= localdate(now):
        raise Conflict("Une réserve se lève entre le jour de la visite et aujourd’hui.")
    reservation.lifted_on, reservation.lifted_note = lifted_on, note
    reservation.save(update_fields=["lifted_on", "lifted_note"])
    journal(
        person=person,
        verb="reservation_lifted",
        subject=reservation,
        city_id=reception.city_id,
        now=now,
        fields=["lifted_on", "lifted_note"],
        seals=True,
        bound=digest_now(LIFTING, reservation.pk),
    )
    days = list(reservation.line.reservations.values_list("lifted_on", flat=True))
    if None not in days:
        accept_line(person=person, rollout=rollout, reception=reception, line=reservation.line, on=max(days), now=now)
    return reservation


def accept_line(*, person, rollout, reception, line, on: date, now):
    """A class without réserve is received in the plan; the common parts need their premises (AC-18)."""
    if line.is_class:
        line.acceptance = record_acceptance(
            person=person,
            school=rollout.school,
            label=line.label,
            kit=rollout.kit,
            accepted_on=on,
            source=f"Procès-verbal n°{NBSP}{reception.number}",
            quality=reception.quality,
            now=now,
        )
    elif lacks_a_store(rollout.school, rollout.kit, on):
        raise Conflict(NO_STORE)
    line.accepted_on = on
    line.save(update_fields=["accepted_on", "acceptance"])
