"""The only way to write the journal."""

import hashlib
import json

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from preau.journal.models import Detail, Entry


@transaction.atomic
def record(*, person_id, verb, subject, now, place_id=None, fields=(), values=None, about_id=None) -> Entry:
    """Writes one line about `subject` (a model instance), in the caller's transaction.

    `values` may hold personal data: they go to an erasable detail, tied to `about_id`.
    """
    entry = Entry(
        at=now, actor_id=person_id, verb=verb, object_kind=subject._meta.label, object_id=subject.pk,
        place_id=place_id, fields=sorted(fields or (values or {})),
    )  # fmt: skip
    if values is None:
        entry.save()
        return entry
    detail = Detail(values=json.loads(json.dumps(values, cls=DjangoJSONEncoder)), about_id=about_id)
    entry.detail_digest = _digest_values(detail.salt, detail.values)
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


def _digest_values(salt, values) -> str:
    """The salted digest that stays when the values are erased."""
    return hashlib.sha256(f"{salt}{json.dumps(values, sort_keys=True)}".encode()).hexdigest()
