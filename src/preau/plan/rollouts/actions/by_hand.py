"""A class received without a procès-verbal: what the city had before its plan was kept here, or one more class of a
school that received its equipment. Or put back, once its reception was taken away."""

from datetime import date

from django.db import transaction

from preau.kit.answers import Conflict
from preau.kit.money import NBSP
from preau.plan.equipment.models import Acceptance
from preau.plan.rollouts.actions.acceptances import record_acceptance, restore_acceptance
from preau.plan.rollouts.models import ReceptionLine, Rollout
from preau.plan.rollouts.queries import bars_of

WITHDRAWN = f"Le procès-verbal n°{NBSP}{{}}, qui recevait cette classe, est retiré{NBSP}: elle se reçoit par un autre."


@transaction.atomic
def receive_class(*, person, school, label, kit, accepted_on: date, now, **facts) -> Acceptance:
    """`record_acceptance`, but for what a roll-out receives. Raises Conflict."""
    bars = _bars(school)
    reason = bars.of_day(school.pk, accepted_on) or bars.of_class(school.pk, label, kit.pk)
    if reason:
        raise Conflict(reason)
    return record_acceptance(
        person=person, school=school, label=label, kit=kit, accepted_on=accepted_on, now=now, **facts
    )


@transaction.atomic
def restore_class(*, person, acceptance, now) -> Acceptance:
    """`restore_acceptance`, but for a class that a procès-verbal holds back or no longer receives. Raises
    Conflict. That its school has nothing else is no bar: it was received."""
    bars = _bars(acceptance.school)
    line = ReceptionLine.objects.filter(acceptance=acceptance).select_related("reception").first()
    if line is None:
        reason = bars.of_class(acceptance.school_id, acceptance.label, acceptance.kit_id)
    else:
        reason = WITHDRAWN.format(line.reception.number) if line.reception.withdrawn_at else ""
    if reason:
        raise Conflict(reason)
    return restore_acceptance(person=person, acceptance=acceptance, now=now)


def _bars(school):
    """Read while nothing is written about the school's roll-outs."""
    list(Rollout.objects.select_for_update().filter(school=school).values_list("pk"))
    return bars_of(school)
