"""Reading the chains of the journal: is each line still what was sealed, in its place?"""

import datetime
import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from preau.journal.models import Chain, Seal
from preau.kit.digest import digest_json

CHUNK = 500


@dataclass(frozen=True)
class Verification:
    """What reading a whole chain found. `broken_at` is the number of the first line that does not hold."""

    count: int  # lines that hold, from the first
    head: str  # digest of the last of them: noted elsewhere, it proves all the lines up to it
    broken_at: int | None = None
    reason: str = ""
    bound_count: int = 0  # things locked by an act, read again and still the same

    @property
    def is_whole(self) -> bool:
        return self.broken_at is None


def seals_of(chain: UUID):
    """The sealed lines of a chain with what they say, the last first."""
    return Seal.objects.filter(chain=chain).select_related("entry").order_by("-number")


def digest_values(salt, values) -> str:
    """The salted digest that stays when the values are erased."""
    return hashlib.sha256(f"{salt}{json.dumps(values, sort_keys=True)}".encode()).hexdigest()


def digest_line(seal: Seal) -> str:
    """SHA-256 of the canonical JSON of a line, its place in the chain and the digest before it."""
    entry = seal.entry
    line = {
        "chain": str(seal.chain_id), "number": seal.number, "previous": seal.previous, "role": seal.role,
        "at": entry.at.astimezone(datetime.UTC).isoformat(timespec="microseconds"), "verb": entry.verb,
        "actor": _id(entry.actor_id), "kind": entry.object_kind, "object": _id(entry.object_id),
        "place": _id(entry.place_id), "fields": entry.fields, "detail": entry.detail_digest,
    }  # fmt: skip
    if entry.bound_digest:  # lines sealed before acts could bind something read as they were
        line["bound"] = entry.bound_digest
    return digest_json(line)


def verify_chain(chain: UUID, *, known_number: int = 0, known_digest: str = "", proofs=None) -> Verification:
    """Reads every line of a chain, in order. Erased values break nothing: the line keeps their digest.

    `proofs`, {kind of object: a function of ids that gives {id: its digest today}}, also proves what those acts locked:
    this room knows none of them.

    Whoever can rewrite the whole base can rewrite the whole chain: `known_digest`, noted on paper when `known_number`
    was the last line, tells this too. At least 8 of its signs are compared.
    """
    found = _read(chain, proofs or {})
    if not found.is_whole or not known_number:
        return found
    if known_number > found.count:
        return _broken(found.count, found.head, f"la ligne {known_number} n’existe plus")
    digest = Seal.objects.get(chain=chain, number=known_number).digest
    if len(known_digest) < 8 or not digest.startswith(known_digest.lower()):
        return _broken(known_number - 1, "", "l’empreinte notée n’est pas celle de la base")
    return found


def _read(chain, proofs) -> Verification:
    count, head, bound = 0, "", []
    end = Chain.objects.filter(key=chain).first() or Chain(key=chain)
    for seal in Seal.objects.filter(chain=chain).select_related("entry__detail").order_by("number").iterator(CHUNK):
        if seal.number > end.count == count:
            if Chain.objects.filter(key=chain, count__gt=count).exists():
                break  # sealed since `end` was read
            return _broken(count, head, "une ligne a été ajoutée à la fin")
        reason = _fault(seal, count, head)
        if reason:
            return _broken(count, head, reason)
        if seal.entry.bound_digest and seal.entry.object_kind in proofs:
            bound.append((seal.number, head, seal.entry))
        count, head = seal.number, seal.digest
    if (end.count, end.digest) != (count, head):
        return _broken(count, head, "la fin de la chaîne a été coupée")
    return _prove(bound, proofs) or Verification(count, head, bound_count=len(bound))


def _prove(bound, proofs) -> Verification | None:
    """The first of (number, digest before, entry) whose object is no longer what its line locked."""
    ids = defaultdict(list)
    for _, _, entry in bound:
        ids[entry.object_kind].append(entry.object_id)
    today = {kind: proofs[kind](found) for kind, found in ids.items()}
    for number, before, entry in bound:
        if today[entry.object_kind].get(entry.object_id) != entry.bound_digest:
            return _broken(number - 1, before, "ce que cette ligne fige a été changé ou ôté")
    return None


def _fault(seal, count, head) -> str:
    """Why this seal does not follow the line `count`, or nothing."""
    detail = getattr(seal.entry, "detail", None)
    if seal.number != count + 1:
        return "une ligne a été ôtée"
    if seal.previous != head:
        return "l’empreinte précédente n’est pas celle de la ligne d’avant"
    if digest_line(seal) != seal.digest:
        return "la ligne a été changée"
    if detail and digest_values(detail.salt, detail.values) != seal.entry.detail_digest:
        return "les valeurs de la ligne ont été changées"
    return ""


def _broken(count, head, reason):
    return Verification(count, head, broken_at=count + 1, reason=reason)


def _id(value):
    return None if value is None else str(value)
