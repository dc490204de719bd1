"""A class received without a procès-verbal: what the city had before its plan was kept here, or one more class of a
school that received its equipment."""

from datetime import date

from django.db import transaction
from django.utils.timezone import localdate

from preau.kit.answers import Conflict
from preau.kit.dates import day_text
from preau.kit.money import NBSP
from preau.plan.applications.models import Call
from preau.plan.equipment import actions as equipment
from preau.plan.equipment.models import Acceptance
from preau.plan.rollouts.models import Rollout

UNDER_WAY = (
    f"Un déploiement est en cours dans cette école{NBSP}: la classe se reçoit par son procès-verbal, où ses réserves "
    "s’écrivent et se lèvent."
)


@transaction.atomic
def receive_class(*, person, school, accepted_on: date, now, **facts) -> Acceptance:
    """`equipment.record_acceptance`, but for what a roll-out receives. Raises Conflict, or AlreadyAccepted."""
    under_way = Rollout.objects.select_for_update().filter(school=school, service_on=None, abandoned_on=None)
    if any(rollout.opened_on <= accepted_on for rollout in under_way):
        raise Conflict(UNDER_WAY)
    first = Call.objects.filter(city=school.city_id).order_by("opens_at").values_list("opens_at", flat=True).first()
    if first is not None and accepted_on >= localdate(first) and not _has_received(school):
        raise Conflict(_no_project(localdate(first)))
    return equipment.record_acceptance(person=person, school=school, accepted_on=accepted_on, now=now, **facts)


def _has_received(school):
    return Acceptance.objects.standing().filter(school=school).exists()


def _no_project(first):
    """No school is equipped without a project (mission D1): from its first call on, the city goes through one."""
    return (
        f"Cette école n’a encore rien reçu{NBSP}: depuis le premier appel de la Ville, le {day_text(first)}, une école "
        "est équipée par un déploiement, pour un projet. Seule une classe reçue avant ce jour s’écrit ici."
    )
