"""What an erasure certificate says, and whether it is still what was sealed."""

from dataclasses import dataclass

from preau.journal.models import Seal
from preau.kit.digest import digest_json
from preau.plan.inventory.models import Retirement

SEALED, DISPOSED, CANCELLED = "retirement_recorded", "retirement_disposed", "retirement_cancelled"


@dataclass(frozen=True)
class Certificate:
    """`seal` is None when the retirement was written before retirements were sealed; then `holds` says nothing.

    `exit_seal` is the line that binds where the thing went, None while it went nowhere or before such lines bound it.
    """

    retirement: Retirement
    digest: str
    seal: Seal | None
    exit_seal: Seal | None
    holds: bool


def facts_of(retirement) -> dict:
    """What the seal binds: the thing, its school, who paid, why it was retired, who erased its memory, how and when."""
    asset = retirement.asset
    facts = {
        "asset": str(asset.pk), "tag": asset.tag, "kind": asset.kind, "label": asset.label, "serial": asset.serial,
        "reason": retirement.reason, "retired_on": str(retirement.retired_on), "erased_by": retirement.erased_by,
        "erased_on": str(retirement.erased_on or ""), "method": retirement.erasure_method,
        "ref": retirement.erasure_ref, "report": retirement.report_ref,
    }  # fmt: skip
    if retirement.salt is None:  # sealed before the school of that day was kept
        return facts
    return facts | {
        "salt": str(retirement.salt),
        "school": str(retirement.school_id or ""),
        "funding": retirement.funding,
    }


def mark_of(retirement) -> str:
    """The digest of these facts, as a field name of the sealed line: values of a line are erased after a year, its
    field names stay."""
    return f"sha256 {digest_json(facts_of(retirement))}"


def disposal_mark_of(retirement) -> tuple[str, ...]:
    """The same for where the thing went. Empty without a salt: a digest without one could be found by trying every
    answer."""
    if retirement.salt is None:
        return ()
    facts = {
        "salt": str(retirement.salt), "way": retirement.way, "to": retirement.beneficiary,
        "on": str(retirement.disposed_on or ""), "ref": retirement.disposal_ref,
    }  # fmt: skip
    return (f"sha256 {digest_json(facts)}",)


def certificate_of(retirement) -> Certificate:
    """One read. The lines hold against a base that says it went elsewhere, or that it was not taken back that day."""
    seals = Seal.objects.filter(entry__object_id=retirement.pk, entry__verb__in=(SEALED, DISPOSED, CANCELLED))
    lines = {seal.entry.verb: seal for seal in seals.select_related("entry").order_by("-number")}
    seal, left, back = lines.get(SEALED), lines.get(DISPOSED), lines.get(CANCELLED)
    exit_seal = left if left is not None and left.entry.fields else None
    holds = seal is not None and mark_of(retirement) in seal.entry.fields
    holds = holds and (back.entry.at if back else None) == retirement.cancelled_at
    if exit_seal is not None or retirement.way:
        holds = holds and list(disposal_mark_of(retirement)) == (exit_seal.entry.fields if exit_seal else [])
    return Certificate(retirement, digest_json(facts_of(retirement)), seal, exit_seal, holds)


def retirement_of(asset) -> Retirement | None:
    """The one in force."""
    retirement = asset.retirements.filter(cancelled_at=None).first() if asset.retired_on else None
    if retirement is not None:
        retirement.asset = asset
    return retirement
