"""The images of a text that is read already, looked at again after an accord was taken back (decision 0036)."""

import datetime

from django.db import transaction

from preau.ent.writings import rules
from preau.ent.writings.models import Remark, Writing
from preau.journal.actions import record
from preau.kit.answers import Conflict, allow
from preau.kit.rows import lock
from preau.media import actions as media
from preau.media.models import Picture
from preau.people.models import Person

REMOVED = "J’ai retiré une image de ton texte."  # the remark that its author reads
ALONE = "Ce texte n’a que cette image\u00a0: retirez-le en entier, ou rendez-le à l’élève."


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


@transaction.atomic
def remove_picture(*, person: Person, writing: Writing, picture: Picture, now: datetime.datetime) -> Remark:
    """One image alone, for good, and its author is told so; the text stays as it is. Raises Refused, Conflict."""
    lock(writing.publication)
    writing = lock(writing, "publication")
    allow(rules.can_remove_picture, person, writing, now=now)
    picture = lock(picture)
    if not writing.text and writing.publication.pictures.count() == 1:
        raise Conflict(ALONE)
    media.remove_picture(person=person, picture=picture, now=now)
    return Remark.objects.create(writing=writing, author=person, text=REMOVED, at=now)
