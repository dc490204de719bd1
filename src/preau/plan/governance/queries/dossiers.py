"""Frozen dossiers, listed and checked."""

import datetime
import hashlib
import json
from dataclasses import dataclass

from django.db.models import Q

from preau.plan.governance.models import Dossier


@dataclass(frozen=True)
class DossierCheck:
    """Whether the bytes kept still have the digests taken the day they were frozen."""

    data_holds: bool
    pdf_holds: bool

    @property
    def holds(self) -> bool:
        return self.data_holds and self.pdf_holds


def dossier_lines(dossiers):
    """Dossiers to list, without their bytes."""
    listed = dossiers.defer("pdf", "data").select_related("session__committee__city")
    return listed.order_by("-frozen_at", "-audience", "-id")


def check_dossier(dossier) -> DossierCheck:
    """Counts both digests again."""
    return DossierCheck(
        hashlib.sha256(bytes(dossier.data)).hexdigest() == dossier.digest,
        hashlib.sha256(bytes(dossier.pdf)).hexdigest() == dossier.pdf_digest,
    )


def told_by(dossier) -> dict:
    """What the data kept say of the plan, coverage, roll-outs and gaps, its days as dates; empty for a dossier of a
    former format and for bytes that are data no more."""
    try:
        data = json.loads(bytes(dossier.data))
        told = {name: data[name] for name in ("figures", "coverage", "rollouts", "gaps")}
        for each in told["rollouts"]["reservations"]:
            each["due_on"] = datetime.date.fromisoformat(each["due_on"])
    except (ValueError, KeyError, TypeError):
        return {}
    return told


def bound_digest(data: bytes, pdf: bytes) -> str:
    """What the sealed line of a freezing covers: both files."""
    return hashlib.sha256(hashlib.sha256(data).digest() + hashlib.sha256(pdf).digest()).hexdigest()


def digests_of_dossiers(ids) -> dict:
    """{id: that digest counted again}, for who verifies the journal."""
    kept = Dossier.objects.filter(pk__in=ids).values_list("pk", "data", "pdf")
    return {pk: bound_digest(bytes(data), bytes(pdf)) for pk, data, pdf in kept.iterator()}


def dossier_with(dossiers, digest) -> Dossier | None:
    """The dossier whose data or PDF has this digest."""
    return dossier_lines(dossiers).filter(Q(digest=digest) | Q(pdf_digest=digest)).first()
