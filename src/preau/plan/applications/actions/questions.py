"""The form: a draft begins as the copy of the last version; published, it never changes."""

import csv
from pathlib import Path

from django.db import transaction
from django.db.models import F, Max
from django.utils.text import slugify
from django.utils.timezone import localdate

from preau.journal.actions import record
from preau.kit.answers import Conflict, require
from preau.kit.money import NBSP
from preau.kit.rows import lock
from preau.plan.applications import rules
from preau.plan.applications.models import FormField, FormRevision

FIRST_FORM = Path(__file__).parents[1] / "data" / "form_fields.csv"
PUBLISHED = f"Cette version du formulaire est publiée{NBSP}: elle ne change plus. Commencez la suivante."
COPIED = ("key", "section", "position", "label", "hint", "kind", "choices", "is_required", "audience", "levels")


@transaction.atomic
def start_revision(*, person, city, now) -> FormRevision:
    """The city's draft: the one already begun, else a copy of its last version, else the proposed form."""
    require(rules.can_manage_calls(person, city, localdate(now)))
    lock(city)
    last = FormRevision.objects.filter(city=city).order_by("-number").first()
    if last is not None and last.published_at is None:
        return last
    revision = FormRevision.objects.create(city=city, number=last.number + 1 if last else 1, created_at=now)
    rows = [{name: getattr(f, name) for name in COPIED} for f in last.fields.all()] if last else _proposed()
    FormField.objects.bulk_create(FormField(revision=revision, **row) for row in rows)
    _journal(person, "form_started", revision, now)
    return revision


def _proposed():
    """The eleven sections' questions of data/form_fields.csv."""
    with FIRST_FORM.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    return [
        {
            "key": row["key"],
            "section": row["section"],
            "position": place,
            "label": row["label"],
            "hint": row["hint"],
            "kind": row["kind"],
            "choices": [c for c in row["choices"].split("|") if c],
            "is_required": row["required"] == "oui",
            "audience": row["audience"],
            "levels": row["levels"],
        }
        for place, row in enumerate(rows, start=1)
    ]


@transaction.atomic
def add_field(*, person, revision, now, section, label, **values) -> FormField:
    """A new question, last of its section."""
    revision = _draft(person, revision, now)
    last = revision.fields.aggregate(last=Max("position"))["last"] or 0
    stem = slugify(label)[:50] or "question"
    taken = set(FormField.objects.filter(revision__city=revision.city_id).values_list("key", flat=True))
    key, number = stem, 1
    while key in taken:  # a retired question keeps its key: the new one is another
        number += 1
        key = f"{stem}-{number}"
    field = FormField.objects.create(
        revision=revision, key=key, section=section, label=label, position=last + 1, **values
    )
    _journal(person, "form_field_added", revision, now)
    return field


@transaction.atomic
def change_field(*, person, field, now, **values) -> FormField:
    """Its words, its kind, whether it must be answered; the key stays."""
    revision = _draft(person, field.revision, now)
    field = lock(field)
    for name, value in values.items():
        setattr(field, name, value)
    field.save(update_fields=list(values))
    _journal(person, "form_field_changed", revision, now)
    return field


@transaction.atomic
def move_field(*, person, field, up: bool, now) -> None:
    """One place up or down in its section."""
    revision = _draft(person, field.revision, now)
    same = list(revision.fields.filter(section=field.section).order_by("position", "id"))
    place = next(n for n, other in enumerate(same) if other.pk == field.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(same):
        return
    first, second = same[place], same[other]
    first.position, second.position = second.position, first.position
    if first.position == second.position:
        FormField.objects.filter(pk=second.pk).update(position=F("position") + (1 if up else -1))
    FormField.objects.bulk_update([first, second], ["position"])
    _journal(person, "form_field_moved", revision, now)


@transaction.atomic
def retire_field(*, person, field, now) -> None:
    """Out of this version; the earlier ones, and what was answered in them, stay."""
    revision = _draft(person, field.revision, now)
    FormField.objects.filter(pk=field.pk, revision=revision).delete()
    _journal(person, "form_field_retired", revision, now)


@transaction.atomic
def publish_revision(*, person, revision, now) -> FormRevision:
    """From now on calls may use it, and nobody changes it."""
    revision = _draft(person, revision, now)
    revision.published_at = now
    revision.save(update_fields=["published_at"])
    _journal(person, "form_published", revision, now)
    return revision


def _draft(person, revision, now):
    revision = lock(revision, "city")
    require(rules.can_manage_calls(person, revision.city, localdate(now)))
    if revision.published_at is not None:
        raise Conflict(PUBLISHED)
    return revision


def _journal(person, verb, revision, now):
    record(person_id=person.pk, verb=verb, subject=revision, now=now, place_id=revision.city_id)
