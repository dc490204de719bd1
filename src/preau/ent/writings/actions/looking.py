"""The images of a text that is read already, looked at again after an accord was taken back (decision 0036)."""

import datetime

from django.db import transaction

from preau.ent.writings import rules
from preau.ent.writings.models import Writing
from preau.journal.actions import record
from preau.kit.answers import allow
from preau.kit.rows import lock
from preau.people.models import Person


@transaction.atomic
def declare_again(*, person: Person, writing: Writing, now: datetime.datetime) -> Writing:
    """« Regardé »: no child left without accord since is recognised on them. Raises Refused, Conflict."""
    lock(writing.publication)
    writing = lock(writing, "publication")
    allow(rules.can_declare_again, person, writing, now=now)
    writing.no_child_declared_at = now
    writing.save(update_fields=["no_child_declared_at"])
    said = {"place_id": writing.publication.place_id, "fields": ["no_child_declared_at"]}
    record(person_id=person.pk, verb="declare_no_child", subject=writing, now=now, **said)
    return writing
