"""Who reads and writes roll-outs (plan.md, permission matrix): the city's IT writes steps and réceptions, its Education
opens and abandons, the DSDEN writes the training, the school's head signs the receipt; the others read or see nothing.
"""

from django.db.models import Q

from preau.kit.answers import No, Yes
from preau.kit.money import NBSP
from preau.people.models import Role
from preau.people.queries import current_mandates
from preau.plan.equipment.models import Acceptance
from preau.plan.equipment.rules import can_write_plan, cities_written_by, sight_of_schools
from preau.plan.rollouts.models import Reception, Reservation, Rollout, RolloutStep, StepKind
from preau.plan.rollouts.queries.awaited import entries_awaiting_rollout

TRAINERS = (Role.DSDEN, Role.DAN)
OVER = "Ce déploiement est abandonné."
NO_PROJECT = (
    "Cette école n’a encore rien reçu, et aucun programme arrêté ne la prévoit. Le plan n’équipe pas une école sans "
    "projet éducatif."
)


def rollouts_visible_to(person, today):
    """Roll-outs of the schools whose equipment the person reads; a federation reads none."""
    return Rollout.objects.filter(sight_of_schools(person, today).where("school__"))


def steps_visible_to(person, today):
    """Their steps."""
    return RolloutStep.objects.filter(sight_of_schools(person, today).where("rollout__school__"))


def receptions_visible_to(person, today):
    """Their procès-verbaux; one not yet signed is the city's own paper."""
    return Reception.objects.filter(_receptions_seen(person, today))


def reservations_visible_to(person, today):
    """Réserves of the procès-verbaux in sight."""
    return Reservation.objects.filter(_receptions_seen(person, today, "line__reception__"))


def _receptions_seen(person, today, prefix=""):
    writers = (m.city_id for m in current_mandates(person, today) if m.role in (Role.CITY_IT, Role.CITY_EDUCATION))
    own = Q((f"{prefix}city__in", [city for city in writers if city]))
    sight = sight_of_schools(person, today).where(f"{prefix}rollout__school__")
    return sight & (Q((f"{prefix}signed_at__isnull", False)) | own)


def entries_to_open_by(person, today):
    """Lines of running programmes whose roll-out the person has to open, see `can_open_rollout`."""
    return entries_awaiting_rollout(cities_written_by(person, today), today)


def rollouts_received_by(person, today):
    """Those not abandoned whose réceptions and service the person writes, see `can_receive`."""
    return Rollout.objects.filter(_held_city_it(person, today, "school__city"), abandoned_on=None)


def of_steps_written(person, today) -> Q:
    """A condition on steps: those whose pen the person holds, see `can_write_step`."""
    departments = [m.department_id for m in current_mandates(person, today) if m.role in TRAINERS]
    trained = Q(kind=StepKind.TRAINED)
    of_state = trained & Q(rollout__school__city__department__in=[key for key in departments if key])
    of_city = ~trained & _held_city_it(person, today, "rollout__school__city")
    return (of_state | of_city) & Q(rollout__abandoned_on=None)


def _held_city_it(person, today, path):
    held = [m.city_id for m in current_mandates(person, today) if m.role == Role.CITY_IT]
    return Q((f"{path}__in", [city for city in held if city]))


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
        department = rollout.school.city.department_id
        if any(m.role in TRAINERS and m.department_id == department for m in current_mandates(person, today)):
            return Yes()
        return No("Seules la DSDEN et la DAN écrivent la formation de l’équipe.")
    return _city_it(
        person, rollout.school.city_id, today, "Seule l’informatique des écoles de la Ville écrit cette étape."
    )


def can_receive(person, rollout, today):
    """Write a procès-verbal, sign it, lift its réserves, take it back, put the school in service."""
    if rollout.abandoned_on:
        return No(OVER)
    return _city_it(
        person, rollout.school.city_id, today, "Seule l’informatique des écoles de la Ville écrit les réceptions."
    )


def can_withdraw_reception(person, reception, today):
    """A signed paper that still counts."""
    if reception.signed_at is None:
        return No(f"Ce procès-verbal n’est pas signé{NBSP}: supprimez-le.")
    if reception.withdrawn_at:
        return No("Ce procès-verbal est déjà retiré.")
    return can_receive(person, reception.rollout, today)


def can_sign_receipt(person, reception, today):
    """The head of the school, once the city has signed."""
    school = reception.rollout.school_id
    if not any(m.role == Role.SCHOOL_HEAD and m.school_id == school for m in current_mandates(person, today)):
        return No("Seule la directrice ou le directeur de l’école signe pour elle.")
    if reception.signed_at is None:
        return No("La Ville n’a pas encore signé ce procès-verbal.")
    if reception.withdrawn_at:
        return No("Ce procès-verbal est retiré.")
    return Yes()


def _city_it(person, city_id, today, reason):
    if any(m.role == Role.CITY_IT and m.city_id == city_id for m in current_mandates(person, today)):
        return Yes()
    return No(reason)
