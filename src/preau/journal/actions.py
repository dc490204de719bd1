"""The only way to write the journal."""

import json
from datetime import datetime
from itertools import repeat

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from preau.journal.models import ABOUT_PEOPLE, PEOPLE, Chain, Detail, Entry, Seal
from preau.journal.queries import digest_line, digest_values


@transaction.atomic
def record(
    *,
    person_id,
    verb,
    subject,
    now,
    place_id=None,
    fields=(),
    values=None,
    about_id=None,
    chain=None,
    role="",
    bound="",
) -> Entry:
    """Writes one line about `subject` (a model instance), in the caller's transaction.

    `values` may hold personal data: they go to an erasable detail, tied to `about_id`.
    `chain`, the id of a city, seals the line for good: an opinion, a list, a decision, an acceptance. `role` is the
    title (`people.Role`) the act was made under. The city's next sealed act waits for this transaction to end.
    `bound` is the digest of what the act locks: the seal covers it, and who verifies the chain compares it.
    A verb of ABOUT_PEOPLE is sealed too, in the chain of acts on persons.
    """
    entry = _write(person_id, verb, subject, now, place_id, fields, values, about_id, bound)
    if chain is None and verb in ABOUT_PEOPLE:
        chain = PEOPLE
    if chain is not None:
        _seal([entry], chain, role)
    return entry


def _write(person_id, verb, subject, now, place_id, fields, values, about_id, bound):
    entry = Entry(
        at=now,
        actor_id=person_id,
        verb=verb,
        object_kind=subject._meta.label,
        object_id=subject.pk,
        place_id=place_id,
        fields=sorted(fields or (values or {})),
        bound_digest=bound,
    )
    if values is None:
        entry.save()
        return entry
    detail = Detail(values=json.loads(json.dumps(values, cls=DjangoJSONEncoder)), about_id=about_id)
    entry.detail_digest = digest_values(detail.salt, detail.values)
    entry.save()
    detail.entry = entry
    detail.save()
    return entry


def record_many(*, person_id, verb, subjects, now, place_id=None, places=None) -> None:
    """One line per subject, all with the same act: a class's sheets printed at once. A query or two per 100.
    `places`: the id of the place of each, when they are of several."""
    subjects = list(subjects)
    entries = Entry.objects.bulk_create(
        [
            Entry(
                at=now,
                actor_id=person_id,
                verb=verb,
                object_kind=subject._meta.label,
                object_id=subject.pk,
                place_id=place,
            )
            for subject, place in zip(subjects, places or repeat(place_id, len(subjects)), strict=True)
        ],
        batch_size=100,
    )
    if entries and verb in ABOUT_PEOPLE:
        _seal(entries, PEOPLE, "")


def _seal(entries, key, role):
    Chain.objects.get_or_create(key=key)
    chain = Chain.objects.select_for_update().get(key=key)
    seals = []
    for entry in entries:
        seal = Seal(chain=chain, number=chain.count + 1, entry=entry, role=role, previous=chain.digest)
        chain.count, chain.digest = seal.number, digest_line(seal)
        seal.digest = chain.digest
        seals.append(seal)
    Seal.objects.bulk_create(seals, batch_size=100)
    chain.save(update_fields=["count", "digest"])


@transaction.atomic
def forget_acts_on_people(*, before: datetime, dry_run: bool = False) -> int:
    """Takes away the first lines of the chain of acts on persons, up to the first that is later. Returns how many.

    The chain keeps their count and last digest: the lines that stay are verified from there.
    """
    chain = Chain.objects.select_for_update().filter(key=PEOPLE).first()
    if chain is None:
        return 0
    kept = chain.seals.filter(entry__at__gt=before).order_by("number").first()
    due = chain.seals.filter(number__lt=kept.number) if kept else chain.seals.all()
    ids, last = list(due.values_list("entry", flat=True)), due.order_by("-number").first()
    if last and not dry_run:
        chain.forgotten_count, chain.forgotten_digest = last.number, last.digest
        chain.save(update_fields=["forgotten_count", "forgotten_digest"])
        due.delete()
        for start in range(0, len(ids), 400):  # under the variable limit of SQLite
            Entry.objects.filter(pk__in=ids[start : start + 400]).delete()
    return len(ids)
