"""A city's sealed acts as read: who by title, never by name, did what, and whether the chain holds."""

import datetime
import threading
from dataclasses import dataclass, replace
from uuid import UUID

from django.apps import apps
from django.utils.timezone import localdate, localtime

from preau.insight.steering.acts import ACTS
from preau.journal.queries import Verification, compare_noted, verify_chain
from preau.kit.dates import day_text, hour_text
from preau.kit.money import NBSP
from preau.people.models import CITY_ROLES, STATE_ROLES, Mandate, Role
from preau.plan.applications.queries import COPY, OPINION
from preau.plan.governance.models import Dossier
from preau.plan.governance.queries import DECISION, MINUTES, digests_of_dossiers
from preau.plan.priorities.queries import LIST
from preau.plan.rollouts.queries import ACCEPTANCE, LIFTING, RECEPTION

# What a sealed act locked, and how its digest is counted today.
PROOFS = {Dossier._meta.label: digests_of_dossiers}
CONTENTS = (COPY, OPINION, LIST, DECISION, MINUTES, RECEPTION, LIFTING, ACCEPTANCE)
SHORT = 12  # signs of a digest that one can copy by hand
FRESH = datetime.timedelta(minutes=10)  # how long a line changed in the base may hide behind the last verdict
AUTHORITIES = (*CITY_ROLES, *STATE_ROLES)


def verify_city(chain, **noted) -> Verification:
    """Its chain, and what its lines locked: filed copies, frozen dossiers, opinions, lists, decisions, réceptions."""
    return verify_chain(chain, proofs=PROOFS, contents=CONTENTS, **noted)


@dataclass(frozen=True)
class Verdict:
    """What was found when a city's chain was last read, which ended there."""

    found: Verification
    end: tuple  # (lines, last digest)
    at: datetime.datetime

    @property
    def again_at(self) -> datetime.datetime:
        """From when the chain is read again though no act was sealed since."""
        return self.at + FRESH


# Of this process, as whoever holds the base must not write a verdict. One reading at a time: a press that waits for
# another finds its verdict.
VERDICTS: dict[UUID, Verdict] = {}
_reading = threading.Lock()


def verdict_of(city, now, **noted) -> Verdict:
    """The last verdict on the chain of a city read `with_ends`, or a new one when an act was sealed since or it is no
    longer FRESH; what was `noted` on paper is compared each time."""
    end = (city.chain_count, city.chain_digest)
    with _reading:
        verdict = VERDICTS.get(city.pk)
        if verdict is None or verdict.end != end or abs(now - verdict.at) >= FRESH:
            verdict = VERDICTS[city.pk] = Verdict(verify_city(city.pk), end, now)
    return replace(verdict, found=compare_noted(city.pk, verdict.found, **noted))


def what_is_wrong(found, is_followed=True) -> str:
    """Why a chain does not hold, and which act: one sentence or two, without the last full stop. Who does not follow
    the city's plan reads no act."""
    if not is_followed or not (found.seal or found.unsealed):
        return found.reason
    if found.unsealed:
        return f"{found.reason}{NBSP}: {_kind(found.unsealed)}"
    (line,) = sealed_lines([found.seal])
    said = f"{found.reason}. L’acte qui ne correspond plus{NBSP}: «{NBSP}{line.act}{NBSP}», {line.kind}"
    when = localtime(line.at)
    return f"{said}, au titre de «{NBSP}{line.role}{NBSP}», le {day_text(when.date())} à {hour_text(when)}"


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
    untitled = {seal.entry.actor_id for seal in seals if seal.entry.actor_id and not seal.role}
    mandates = list(Mandate.objects.filter(person__in=untitled)) if untitled else []
    return [
        SealedLine(
            number=seal.number,
            at=seal.entry.at,
            act=ACTS.get(seal.entry.verb, "Acte scellé"),
            kind=_kind(seal.entry.object_kind),
            role=_role(seal, mandates),
            digest=seal.digest[:SHORT],
        )
        for seal in seals
    ]


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
