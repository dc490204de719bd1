"""Who reads and writes roll-outs (plan.md, permission matrix): the city's IT writes steps and réceptions, its Education
opens and abandons, the DSDEN writes the training, the school's head signs the receipt; the others read or see nothing.
"""

from django.db.models import Q

from preau.kit.answers import No, Yes
from preau.kit.money import NBSP
from preau.people.models import Role
from preau.people.queries.grounds import Grounds
from preau.plan.equipment.models import Acceptance
from preau.plan.equipment.rules import READS, WRITES, can_write_plan, cities_written_by
from preau.plan.rollouts.models import Reception, Reservation, Rollout, RolloutStep, StepKind
from preau.plan.rollouts.queries.awaited import entries_awaiting_rollout

# Who may, by the place where the role is held (people.queries.grounds).
RECEIVES = Grounds("school", city=(Role.CITY_IT,))
TRAINS = Grounds("school", department=(Role.DSDEN, Role.DAN))
SIGNS_RECEIPT = Grounds("school", school=(Role.SCHOOL_HEAD,))

OVER = "Ce déploiement est abandonné."
NO_PROJECT = (
    "Cette école n’a encore rien reçu, et aucun programme arrêté ne la prévoit. Le plan n’équipe pas une école sans "
    "projet éducatif."
)


def rollouts_visible_to(person, today):
    """Roll-outs of the schools whose equipment the person reads; a federation reads none."""
    return Rollout.objects.filter(READS.where(person, today, "school"))


def steps_visible_to(person, today):
    """Their steps."""
    return RolloutStep.objects.filter(READS.where(person, today, "rollout__school"))


def receptions_visible_to(person, today):
    """Their procès-verbaux; one not yet signed is the city's own paper."""
    return Reception.objects.filter(_receptions_seen(person, today))


def reservations_visible_to(person, today):
    """Réserves of the procès-verbaux in sight."""
    return Reservation.objects.filter(_receptions_seen(person, today, "line__reception__"))


def _receptions_seen(person, today, prefix=""):
    school = f"{prefix}rollout__school"
    signed, own = Q((f"{prefix}signed_at__isnull", False)), WRITES.where(person, today, f"{prefix}city")
    return READS.where(person, today, school) & (signed | own)


def entries_to_open_by(person, today):
    """Lines of running programmes whose roll-out the person has to open, see `can_open_rollout`."""
    return entries_awaiting_rollout(cities_written_by(person, today), today)


def rollouts_received_by(person, today):
    """Those not abandoned whose réceptions and service the person writes, see `can_receive`."""
    return Rollout.objects.filter(RECEIVES.where(person, today, "school"), abandoned_on=None)


def of_steps_written(person, today) -> Q:
    """A condition on steps: those whose pen the person holds, see `can_write_step`."""
    trained = Q(kind=StepKind.TRAINED)
    of_state = trained & TRAINS.where(person, today, "rollout__school")
    of_city = ~trained & RECEIVES.where(person, today, "rollout__school")
    return (of_state | of_city) & Q(rollout__abandoned_on=None)


def can_open_rollout(person, school, today):
    """The city's Education or IT, for a school that is open."""
    answer = can_write_plan(person, school.city, today)
    if answer and not school.is_open_on(today):
        return No("Cette école est fermée.")
    return answer


def can_open_without_programme(person, school, today):
    """A renewal or a repair, where something was received already: a school is first equipped by a programme, so for a
    project (mission D1)."""
    answer = can_open_rollout(person, school, today)
    known = getattr(school, "has_received", None)  # read with the school where a page has it
    if answer and not (Acceptance.objects.standing().filter(school=school).exists() if known is None else known):
        return No(NO_PROJECT)
    return answer


def can_abandon_rollout(person, rollout, today):
    """Before service only: after it, classes are taken back one by one."""
    if rollout.abandoned_on:
        return No(OVER)
    if rollout.service_on:
        return No(f"Cette école a été mise en service{NBSP}: retirez plutôt ses réceptions.")
    return can_write_plan(person, rollout.school.city, today)


def can_write_step(person, rollout, kind, today):
    """The training belongs to the State, every other step to the city's IT."""
    if rollout.abandoned_on:
        return No(OVER)
    if kind == StepKind.TRAINED:
        refusal = No("Seules la DSDEN et la DAN écrivent la formation de l’équipe.")
        return Yes() if TRAINS.covers(person, rollout, today, "school") else refusal
    refusal = No("Seule l’informatique des écoles de la Ville écrit cette étape.")
    return Yes() if RECEIVES.covers(person, rollout, today, "school") else refusal


def can_receive(person, rollout, today):
    """Write a procès-verbal, sign it, lift its réserves, take it back, put the school in service."""
    if rollout.abandoned_on:
        return No(OVER)
    refusal = No("Seule l’informatique des écoles de la Ville écrit les réceptions.")
    return Yes() if RECEIVES.covers(person, rollout, today, "school") else refusal


def can_withdraw_reception(person, reception, today):
    """A signed paper that still counts."""
    if reception.signed_at is None:
        return No(f"Ce procès-verbal n’est pas signé{NBSP}: supprimez-le.")
    if reception.withdrawn_at:
        return No("Ce procès-verbal est déjà retiré.")
    return can_receive(person, reception.rollout, today)


def can_sign_receipt(person, reception, today):
    """The head of the school, once the city has signed."""
    if not SIGNS_RECEIPT.covers(person, reception, today, "rollout__school"):
        return No("Seule la directrice ou le directeur de l’école signe pour elle.")
    if reception.signed_at is None:
        return No("La Ville n’a pas encore signé ce procès-verbal.")
    if reception.withdrawn_at:
        return No("Ce procès-verbal est retiré.")
    return Yes()
