"""A city's sealed acts as read: who by title, never by name, did what, and whether the chain holds."""

import datetime
from dataclasses import dataclass

from django.apps import apps
from django.utils.timezone import localdate

from preau.insight.steering.acts import ACTS
from preau.journal.queries import Verification, verify_chain
from preau.people.models import CITY_ROLES, STATE_ROLES, Mandate, Role
from preau.plan.applications.models import Submission
from preau.plan.applications.queries import digests_of_copies
from preau.plan.governance.models import Dossier
from preau.plan.governance.queries import digests_of_dossiers

# What a sealed act locked, and how its digest is counted today.
PROOFS = {Submission._meta.label: digests_of_copies, Dossier._meta.label: digests_of_dossiers}
SHORT = 12  # signs of a digest that one can copy by hand
AUTHORITIES = (*CITY_ROLES, *STATE_ROLES)


def verify_city(chain, **noted) -> Verification:
    """Its chain, the filed copies and the frozen dossiers that its lines locked."""
    return verify_chain(chain, proofs=PROOFS, **noted)


@dataclass(frozen=True)
class SealedLine:
    """One act of the chain."""

    number: int
    at: datetime.datetime
    act: str
    kind: str  # what the act is about
    role: str
    digest: str  # shortened


def sealed_lines(seals) -> list[SealedLine]:
    """The lines of some seals, with the title each act was made under: one query for all."""
    seals = list(seals)
    mandates = list(Mandate.objects.filter(person__in={seal.entry.actor_id for seal in seals if seal.entry.actor_id}))
    return [
        SealedLine(
            number=seal.number, at=seal.entry.at, act=ACTS.get(seal.entry.verb, "Acte scellé"),
            kind=_kind(seal.entry.object_kind), role=_role(seal, mandates), digest=seal.digest[:SHORT],
        )
        for seal in seals
    ]  # fmt: skip


def _kind(label) -> str:
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except LookupError:
        return ""  # the table has gone since


def _role(seal, mandates) -> str:
    """The title written under the seal, else the one held that day, an authority's first."""
    if seal.role:
        return str(Role(seal.role).label) if seal.role in Role else seal.role
    if seal.entry.actor_id is None:
        return "console du serveur"
    day = localdate(seal.entry.at)
    held = [
        mandate.role
        for mandate in mandates
        if mandate.person_id == seal.entry.actor_id
        and mandate.starts_on <= day
        and (mandate.ends_on is None or mandate.ends_on >= day)
    ]
    if not held:
        return "mandat depuis effacé"
    return str(Role(min(held, key=lambda role: role not in AUTHORITIES)).label)
