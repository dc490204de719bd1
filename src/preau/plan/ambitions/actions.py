"""The only writes about ambitions."""

import csv
from pathlib import Path

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.timezone import localdate

from preau.journal.actions import record
from preau.kit.answers import allow
from preau.kit.rows import lock
from preau.plan.ambitions.models import Ambition
from preau.plan.ambitions.rules import can_write_ambitions

DECK = Path(__file__).parent / "data" / "deck_ambitions.csv"


@transaction.atomic
def add_ambition(*, person, city, label, kind, source, now, code="") -> Ambition:
    """One more ambition of a city, after those of its kind. The code is made from the label unless given."""
    allow(can_write_ambitions, person, city, now=now)
    lock(city)  # two added at once take two ranks and two codes
    known = Ambition.objects.filter(city=city)
    last = known.filter(kind=kind).aggregate(last=Max("position"))["last"] or 0
    ambition = Ambition.objects.create(
        city=city, label=label, kind=kind, source=source, position=last + 1, code=code or _free_code(known, label)
    )
    _journal(person, "ambition_added", ambition, now)
    return ambition


@transaction.atomic
def retire_ambition(*, person, ambition, now) -> Ambition:
    """No longer proposed to what comes; what pointed to it still does."""
    return _retired_on(person, ambition, localdate(now), "ambition_retired", now)


@transaction.atomic
def restore_ambition(*, person, ambition, now) -> Ambition:
    """Undoes `retire_ambition`."""
    return _retired_on(person, ambition, None, "ambition_restored", now)


@transaction.atomic
def add_deck_ambitions(*, person, city, now, quality="") -> list[Ambition]:
    """The three axes of the educational project and the deck's four ambitions, each with its source; those already
    there are left as they are. `quality` is said before the source: « Fictif, d’après … »."""
    known = set(Ambition.objects.filter(city=city).values_list("code", flat=True))
    with DECK.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    return [
        add_ambition(
            person=person,
            city=city,
            label=row["label"],
            kind=row["kind"],
            code=row["code"],
            now=now,
            source=f"{quality}{row['source']}",
        )
        for row in rows
        if row["code"] not in known
    ]


def _retired_on(person, ambition, day, verb, now):
    locked = lock(ambition, "city")
    allow(can_write_ambitions, person, locked.city, now=now)
    if (locked.retired_on is None) != (day is None):
        locked.retired_on = day
        locked.save(update_fields=["retired_on"])
        _journal(person, verb, locked, now, fields=["retired_on"])
    return locked


def _free_code(known, label):
    base = slugify(label)[:34] or "ambition"
    used = set(known.values_list("code", flat=True))
    return next(code for code in (base, *(f"{base}-{n}" for n in range(2, 999))) if code not in used)


def _journal(person, verb, ambition, now, fields=()):
    record(
        person_id=person.pk if person else None,
        verb=verb,
        subject=ambition,
        now=now,
        place_id=ambition.city_id,
        fields=fields,
    )
