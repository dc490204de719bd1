"""Reading the chains of the journal: is each line still what was sealed, in its place?"""

import datetime
import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.utils.timezone import localtime

from preau.journal.models import ABOUT_PEOPLE, PEOPLE, Chain, Entry, Seal
from preau.kit.contents import contents_of
from preau.kit.digest import digest_json

CHUNK = 500


@dataclass(frozen=True)
class Verification:
    """What reading a whole chain found. `broken_at` is the number of the first line that does not hold."""

    count: int  # lines that hold, from the first
    head: str  # digest of the last of them: noted elsewhere, it proves all the lines up to it
    broken_at: int | None = None
    reason: str = ""
    bound_count: int = 0  # acts whose content was read again and is still the same
    seal: Seal | None = None  # of the act whose content is no longer what it locked
    unsealed: str = ""  # the kind of an act that no line of the chain tells of

    @property
    def is_whole(self) -> bool:
        return self.broken_at is None and not self.unsealed


def days_since(moment: datetime.datetime, object_ids) -> dict:
    """{id: the last day that an act since then was about it}"""
    lines = Entry.objects.filter(object_id__in=object_ids, at__gte=moment).order_by("at")
    return {line.object_id: localtime(line.at).date() for line in lines}


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


def verify_chain(
    chain: UUID, *, known_number: int = 0, known_digest: str = "", proofs=None, contents=()
) -> Verification:
    """Reads every line of a chain, in order. Erased values break nothing: the line keeps their digest.

    `proofs`, {kind of object: a function of ids that gives {id: its digest today}}, and `contents`, kit.contents, also
    prove what those acts locked: this room knows none of them. `known_…` is what `compare_noted` compares.
    """
    while (found := _read(chain, proofs or {}, {kind.label: kind for kind in contents})) is None:
        pass  # an act was sealed between its line and what it locks
    return compare_noted(chain, found, known_number=known_number, known_digest=known_digest)


def people_chain() -> Chain:
    """The chain of acts on persons: activation codes, mandates, restrictions, exports, erasures."""
    return Chain.objects.filter(key=PEOPLE).first() or Chain(key=PEOPLE)


def find_broken_chains() -> list[str]:
    """French sentences, one for each chain whose lines do not hold; what they lock is `preau verify-journal`'s."""
    faults = []
    for key in Chain.objects.order_by("key").values_list("key", flat=True):
        found = verify_chain(key)
        if not found.is_whole:
            whose = "des actes sur les personnes" if key == PEOPLE else f"de la ville {key}"
            faults.append(f"Le journal {whose} est rompu à la ligne {found.broken_at}\u00a0: {found.reason}.")
    first = Seal.objects.filter(chain=PEOPLE).order_by("number").first()
    if first and Entry.objects.filter(pk__gt=first.entry_id, verb__in=ABOUT_PEOPLE, seal=None).exists():
        faults.append("Le journal des actes sur les personnes a une ligne qui n’est pas scellée.")
    return faults


def compare_noted(chain: UUID, found: Verification, *, known_number: int = 0, known_digest: str = "") -> Verification:
    """What was found, or that it is not what a paper says. Whoever can rewrite the whole base can rewrite the whole
    chain: `known_digest`, noted when `known_number` was the last line, tells this too. At least 8 signs are compared.
    """
    if not found.is_whole or not known_number:
        return found
    if known_number > found.count:
        return _broken(found.count, found.head, f"la ligne {known_number} n’existe plus")
    digest = Seal.objects.filter(chain=chain, number=known_number).values_list("digest", flat=True).first() or ""
    if len(known_digest) < 8 or not digest.startswith(known_digest.lower()):
        return _broken(known_number - 1, "", "l’empreinte notée n’est pas celle de la base")
    return found


def with_ends(cities):
    """Cities that carry how many lines their chain says it has and the digest of its last, so that another state is
    seen without reading the chain."""
    ends = Chain.objects.filter(key=OuterRef("pk"))
    return cities.annotate(chain_count=Subquery(ends.values("count")), chain_digest=Subquery(ends.values("digest")))


def _read(chain, proofs, contents) -> Verification | None:
    count, head, acts, end = 0, "", [], None
    seals = Seal.objects.filter(chain=chain).select_related("chain", "entry__detail").order_by("number")
    for seal in seals.iterator(CHUNK):  # one statement: the lines and where their chain says it starts and ends
        if end is None:
            count, head = seal.chain.forgotten_count, seal.chain.forgotten_digest
        end = seal.chain
        if seal.number > end.count == count:
            return _broken(count, head, "une ligne a été ajoutée à la fin")
        reason = _fault(seal, count, head)
        if reason:
            return _broken(count, head, reason)
        if seal.entry.object_kind in proofs or seal.entry.object_kind in contents:
            acts.append(seal)
        count, head = seal.number, seal.digest
    if end is None:
        end = Chain.objects.filter(key=chain).first() or Chain(key=chain)
        count, head = end.forgotten_count, end.forgotten_digest
    if (end.count, end.digest) != (count, head):
        return _broken(count, head, "la fin de la chaîne a été coupée")
    return _compare(Verification(count, head), chain, acts, proofs, contents)


def _compare(read, chain, acts, proofs, contents) -> Verification | None:
    """A chain that was read whole, then what its acts locked; None when one was sealed meanwhile."""
    held = contents_of(contents.values(), city=chain) if contents else {}
    proved, false = _prove(acts, held, proofs, contents)
    unsealed = _unsealed(acts, held, contents)
    if (false or unsealed) and Chain.objects.filter(key=chain, count__gt=read.count).exists():
        return None
    if false:
        return _broken(false.number - 1, false.previous, "ce que cette ligne fige a été changé ou ôté", false)
    reason = "un acte est dans la base sans ligne scellée" if unsealed else ""
    return replace(read, reason=reason, bound_count=proved, unsealed=unsealed)


def _prove(seals, held, proofs, contents):
    """(how many acts still say what they locked, the first that does not or None)"""
    by_object, ids = defaultdict(list), defaultdict(set)
    for seal in seals:
        kind, pk = seal.entry.object_kind, seal.entry.object_id
        if kind in contents or seal.entry.bound_digest:
            by_object[kind, pk].append(seal)
            ids[kind].add(pk)
    today = {kind: proof(ids[kind]) for kind, proof in proofs.items() if kind in ids}
    proved, false = 0, []
    for (kind, pk), acts in by_object.items():
        if kind in contents:
            pairs = _digests(acts, held.get((kind, pk)), contents[kind])
        else:
            pairs = [(seal, today[kind].get(pk)) for seal in acts]
        proved += len(pairs)
        false += [seal for seal, digest in pairs if digest != seal.entry.bound_digest]
    return proved, min(false, key=lambda seal: seal.number, default=None)


def _unsealed(seals, held, contents) -> str:
    """The kind of an object that an act wrote and no line tells of, or nothing."""
    told = {(seal.entry.object_kind, seal.entry.object_id) for seal in seals}
    for key, content in held.items():
        if contents[key[0]].acted in content and key not in told:
            return key[0]
    return ""


def _digests(acts, content, kind):
    """[(act, the digest of what it locked, counted from `content`)], for those that can be: what later acts wrote is
    put aside, and an act is let go once a later one wrote over what it locked. Where the first act was sealed before
    acts locked their content, nothing tells what it wrote: the acts after it stand until the next one."""
    acts = [(seal, kind.fields.intersection(seal.entry.fields)) for seal in acts]
    acts = [(seal, wrote) for seal, wrote in acts if wrote or seal.entry.bound_digest]
    known = set() if acts and acts[0][0].entry.bound_digest else set(kind.fields)
    written = [known := known | wrote for _, wrote in acts]
    pairs, later = [], set()
    for (seal, wrote), before in zip(reversed(acts), reversed(written), strict=True):
        if seal.entry.bound_digest and not before & later:
            pairs.append((seal, kind.digest(content, later)))
        later |= wrote
    return pairs


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


def _broken(count, head, reason, seal=None):
    return Verification(count, head, broken_at=count + 1, reason=reason, seal=seal)


def _id(value):
    return None if value is None else str(value)
