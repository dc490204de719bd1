"""A class is received, or its reception is taken back."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from preau.kit.answers import Conflict, allow
from preau.kit.contents import digest_now
from preau.kit.money import NBSP
from preau.kit.rows import lock
from preau.plan.equipment.actions.writing import journal
from preau.plan.equipment.models import HAND_QUALITIES, Acceptance, Quality
from preau.plan.equipment.rules import NOT_ITS_KIT, can_write_acceptances
from preau.plan.rollouts.queries import ACCEPTANCE

WITHDRAWN = ("withdrawn_at", "withdrawn_reason")

TWICE = (
    f"{{}} est déjà reçue avec cet équipement type, par une autre réception{NBSP}: retirez-la d’abord, ou choisissez "
    "une autre classe."
)
AGAIN = f"Cette classe a été reçue de nouveau depuis{NBSP}: retirez d’abord l’autre réception."


@transaction.atomic
def record_acceptance(
    *, person, school, label, kit, accepted_on: date, source, now, quality=Quality.MEASURED, day_is_known=True
) -> Acceptance:
    """Writes that a class was received whole, with every line its kit gives a class. Raises Conflict
    for what cannot be received."""
    allow(can_write_acceptances, person, school.city, now=now)
    _check_what(school, label, kit, accepted_on, source, localdate(now))
    if person is not None and quality not in HAND_QUALITIES and not school.city.is_fictitious:
        raise Conflict(f"Cette qualité ne s’écrit pas à la main{NBSP}: choisissez mesuré, déclaré ou estimé.")
    acceptance = Acceptance(
        school=school,
        label=label,
        kit=kit,
        accepted_on=accepted_on,
        source=source,
        quality=quality,
        day_is_known=day_is_known,
    )
    try:
        with transaction.atomic():
            acceptance.save()
    except IntegrityError:
        raise Conflict(TWICE.format(label)) from None
    _seal(person, "acceptance_recorded", acceptance, school.city, now, ACCEPTANCE.fields - set(WITHDRAWN))
    return acceptance


def _check_what(school, label, kit, accepted_on, source, today):
    if not label.strip() or not source.strip():
        raise Conflict(f"La classe ou la source n’est pas écrite{NBSP}: écrivez les deux.")
    if accepted_on > today:
        raise Conflict(f"Cette date n’est pas encore passée{NBSP}: écrivez le jour où la classe a été reçue.")
    if not kit.serves(school, today):
        raise Conflict(NOT_ITS_KIT.format(school.shown_name))


@transaction.atomic
def remove_acceptance(*, person, acceptance, reason, now) -> Acceptance:
    """Takes a reception back, and why; the line stays, dated, so that it can be put back."""
    acceptance, city = _locked(acceptance)
    allow(can_write_acceptances, person, city, now=now)
    if acceptance.withdrawn_at is None:
        acceptance.withdrawn_at, acceptance.withdrawn_reason = now, reason
        acceptance.save(update_fields=WITHDRAWN)
        _seal(person, "acceptance_removed", acceptance, city, now)
    return acceptance


@transaction.atomic
def restore_acceptance(*, person, acceptance, now) -> Acceptance:
    """Undoes `remove_acceptance`. Raises Conflict when the class was received again since."""
    acceptance, city = _locked(acceptance)
    allow(can_write_acceptances, person, city, now=now)
    if acceptance.withdrawn_at is None:
        return acceptance
    acceptance.withdrawn_at, acceptance.withdrawn_reason = None, ""
    try:
        with transaction.atomic():
            acceptance.save(update_fields=WITHDRAWN)
    except IntegrityError:
        raise Conflict(AGAIN) from None
    _seal(person, "acceptance_restored", acceptance, city, now)
    return acceptance


def _seal(person, verb, acceptance, city, now, fields=WITHDRAWN):
    journal(
        person=person,
        verb=verb,
        subject=acceptance,
        city=city,
        now=now,
        fields=fields,
        bound=digest_now(ACCEPTANCE, acceptance.pk),
    )


def _locked(acceptance):
    locked = lock(acceptance, "school__city")
    return locked, locked.school.city
