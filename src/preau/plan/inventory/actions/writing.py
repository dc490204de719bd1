"""What every write of the inventory shares: the rule asked again, the row locked, its version, the journal line."""

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from preau.journal.actions import record
from preau.kit.answers import Conflict, allow
from preau.kit.rows import lock
from preau.people.models import Role
from preau.plan.inventory.models import Asset, Funding, Kind, State
from preau.plan.inventory.rules import can_write_asset
from preau.plan.premises.queries import has_wifi_notice

NOT_TOLD = "Le conseil d’école n’a pas encore été informé du Wi-Fi\u00a0: "
UNTIL_TOLD = {
    State.DEPLOYED: "laissez ce matériel en réserve.",
    State.LOANED: "attendez qu’il le soit pour prêter ce matériel à cette école.",
}


class ChangedSince(Conflict):
    """Another person wrote this asset after the page was opened."""

    def __init__(self, asset):
        super().__init__(
            f"Ce bien a changé entre-temps\u00a0: il est maintenant {asset.get_state_display()}. Vérifiez."
        )


def locked(*, person, asset, now, version=None, state=None) -> Asset:
    """The asset for this transaction. Raises ChangedSince (old version), Conflict (may not become `state`)."""
    asset = lock(asset, "city", "school")
    allow(can_write_asset, person, asset, now=now)
    if version is not None and version != asset.version:
        raise ChangedSince(asset)
    if state is not None and state != asset.state and not asset.may_become(state):
        raise Conflict(f"Un bien {asset.get_state_display()} ne peut pas devenir {State(state).label}.")
    return asset


def refuse_radio(*, kind, school, room, state, now):
    """No access point is put in use nor lent before the conseil d'école was told, nor put in use where children under
    three are received (AC-21; loi 2015-136, art. 7). What is in stock disturbs nobody. Raises Conflict."""
    if state not in UNTIL_TOLD or kind not in (Kind.CART, Kind.ACCESS_POINT):
        return
    if not has_wifi_notice(school, localdate(now)):
        raise Conflict(NOT_TOLD + UNTIL_TOLD[state])
    if room is not None and room.refuses_wifi:
        raise Conflict("Ce local reçoit des enfants de moins de trois ans\u00a0: pas de Wi-Fi ici.")


def write(*, person, asset, verb, fields, now) -> Asset:
    """Saves these fields and the next version. Raises Conflict when the base knows such a thing already."""
    asset.version += 1
    try:
        with transaction.atomic():
            asset.save(update_fields=[*fields, "version"])
    except IntegrityError:
        raise Conflict("Un autre bien a déjà ce numéro de série, ou occupe déjà cette place du chariot.")
    journal(person=person, subject=asset, verb=verb, now=now, place=asset.school or asset.city, fields=fields)
    return asset


def journal(*, person, subject, verb, now, place, fields=()):
    """One line; no value: the inventory says nothing of persons."""
    return record(
        person_id=person.pk if person else None, verb=verb, subject=subject, now=now, place_id=place.pk, fields=fields
    )


def seal(*, person, retirement, verb, now, fields=()):
    """The end of a thing binds whoever paid and whose data it held: one line sealed in the city's chain."""
    asset = retirement.asset
    role = Role.DSDEN if asset.funding == Funding.STATE else Role.CITY_IT  # who may, `rules.can_retire_asset`
    return record(
        person_id=person.pk if person else None,
        verb=verb,
        subject=retirement,
        now=now,
        fields=fields,
        place_id=(asset.school or asset.city).pk,
        chain=asset.city_id,
        role=role if person else "",
    )
