"""The only way to write the journal."""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from preau.journal.models import Chain, Detail, Entry, Seal
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
    """
    entry = _write(person_id, verb, subject, now, place_id, fields, values, about_id, bound)
    if chain is not None:
        _seal(entry, chain, role)
    return entry


def _write(person_id, verb, subject, now, place_id, fields, values, about_id, bound):
    entry = Entry(
        at=now, actor_id=person_id, verb=verb, object_kind=subject._meta.label, object_id=subject.pk,
        place_id=place_id, fields=sorted(fields or (values or {})), bound_digest=bound,
    )  # fmt: skip
    if values is None:
        entry.save()
        return entry
    detail = Detail(values=json.loads(json.dumps(values, cls=DjangoJSONEncoder)), about_id=about_id)
    entry.detail_digest = digest_values(detail.salt, detail.values)
    entry.save()
    detail.entry = entry
    detail.save()
    return entry


def record_many(*, person_id, verb, subjects, now, place_id=None) -> None:
    """One line per subject, all with the same act: a class's sheets printed at once. One query per 100."""
    Entry.objects.bulk_create(
        [
            Entry(
                at=now, actor_id=person_id, verb=verb, object_kind=subject._meta.label, object_id=subject.pk,
                place_id=place_id,
            )
            for subject in subjects
        ],
        batch_size=100,
    )  # fmt: skip


def _seal(entry, key, role):
    Chain.objects.get_or_create(key=key)
    chain = Chain.objects.select_for_update().get(key=key)
    seal = Seal(chain=chain, number=chain.count + 1, entry=entry, role=role, previous=chain.digest)
    seal.digest = digest_line(seal)
    seal.save(force_insert=True)
    chain.count, chain.digest = seal.number, seal.digest
    chain.save(update_fields=["count", "digest"])
