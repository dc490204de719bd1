"""An asset leaves the inventory: retired with its erasure certificate, then given, returned or thrown away."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.timezone import localdate

from preau.kit.answers import Conflict, require
from preau.plan.inventory.actions.writing import locked, seal, write
from preau.plan.inventory.models import Retirement, State
from preau.plan.inventory.queries import DISPOSED, SEALED, disposal_mark_of, mark_of
from preau.plan.inventory.rules import can_retire_asset

LOSSES = (Retirement.Reason.LOST, Retirement.Reason.STOLEN)
END = (
    "state", "state_on", "placed_at", "note", "loaned_to", "due_on", "cart", "slot", "off_switch", "retired_on",
    "disposed_on",
)  # fmt: skip


@dataclass(frozen=True)
class Erasure:
    """An erasure certificate: a service or a company, how, when, and its reference if it has one."""

    by: str
    method: str
    on: date
    ref: str = ""


@transaction.atomic
def retire_asset(
    *, person, asset, reason, now, erasure: Erasure | None = None, report_ref="", version=None
) -> Retirement:
    """Ends the use of an asset. What has a memory needs its erasure, or the report of its loss. Raises Conflict."""
    asset = locked(person=person, asset=asset, now=now, version=version, state=State.RETIRED)
    _refuse_retirement(person, asset, reason, erasure, report_ref, now)
    today = localdate(now)
    certificate = {}
    if erasure is not None:
        certificate = {
            "erased_by": erasure.by, "erasure_method": erasure.method, "erased_on": erasure.on,
            "erasure_ref": erasure.ref,
        }  # fmt: skip
    retirement = Retirement.objects.create(
        asset=asset,
        school=asset.school,
        funding=asset.funding,
        reason=reason,
        retired_on=today,
        report_ref=report_ref,
        needs_erasure=asset.holds_data and reason not in LOSSES,
        **certificate,
    )
    asset.state, asset.state_on, asset.placed_at, asset.retired_on = State.RETIRED, today, now, today
    asset.off_switch = asset.off_switch_in(None)
    asset.cart, asset.slot, asset.note, asset.loaned_to, asset.due_on = None, "", "", None, None
    write(person=person, asset=asset, verb="asset_retired", fields=END, now=now)
    seal(person=person, retirement=retirement, verb=SEALED, now=now, fields=(mark_of(retirement),))
    return retirement


def _refuse_retirement(person, asset, reason, erasure, report_ref, now):
    if person is not None:
        require(can_retire_asset(person, asset, localdate(now)))
    if asset.state == State.RETIRED:
        raise Conflict("Ce bien est déjà réformé.")
    if asset.is_cart and asset.contents.exists():
        raise Conflict("Ce chariot porte encore des biens\u00a0: sortez-les d’abord.")
    if reason in LOSSES and not report_ref:
        raise Conflict("Écrivez la référence de la déclaration de perte ou de vol.")
    if reason not in LOSSES:
        _refuse_unerased(asset, erasure, now)


def _refuse_unerased(asset, erasure, now):
    if asset.state == State.MISSING:
        raise Conflict("Un bien manquant se réforme comme perdu ou volé, ou se retrouve d’abord.")
    if asset.holds_data and erasure is None:
        raise Conflict("Ce matériel a une mémoire\u00a0: dites qui l’a effacée, comment et quand.")
    if erasure is not None and erasure.on > localdate(now):
        raise Conflict("La date d’effacement n’est pas encore passée.")


@transaction.atomic
def dispose_asset(*, person, asset, way, beneficiary, now, disposal_ref="", version=None) -> Retirement:
    """Says where a retired asset went: it is no longer in the inventory. Raises Conflict, Refused."""
    asset = locked(person=person, asset=asset, now=now, version=version, state=State.DISPOSED)
    if person is not None:
        require(can_retire_asset(person, asset, localdate(now)))
    if asset.state == State.DISPOSED:
        raise Conflict("Ce bien est déjà sorti de l’inventaire.")
    retirement = Retirement.objects.select_for_update().get(asset=asset, cancelled_at=None)
    if (retirement.reason in LOSSES) != (way == Retirement.Way.NEVER_FOUND):
        raise Conflict(
            "Un bien perdu ou volé ne se donne pas\u00a0: s’il est retrouvé, remettez-le d’abord en réserve."
        )
    if way != Retirement.Way.NEVER_FOUND and not beneficiary:
        raise Conflict("Écrivez à qui le bien a été remis.")
    today = localdate(now)
    retirement.way, retirement.beneficiary, retirement.disposal_ref = way, beneficiary, disposal_ref
    retirement.disposed_on = today
    retirement.save(update_fields=["way", "beneficiary", "disposal_ref", "disposed_on"])
    asset.state, asset.state_on, asset.placed_at, asset.disposed_on = State.DISPOSED, today, now, today
    write(
        person=person,
        asset=asset,
        verb="asset_disposed",
        fields=("state", "state_on", "placed_at", "disposed_on"),
        now=now,
    )
    retirement.asset = asset
    seal(person=person, retirement=retirement, verb=DISPOSED, now=now, fields=disposal_mark_of(retirement))
    return retirement
