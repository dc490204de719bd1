"""The only writes of thanks."""

import datetime
import uuid

from django.db import transaction

from preau.ent.thanks import rules
from preau.ent.thanks.models import Said, Thanks
from preau.journal.actions import record
from preau.kit.answers import allow
from preau.kit.rows import Row, lock
from preau.people.models import Person
from preau.spaces.models import Publication


@transaction.atomic
def give_thanks(*, person: Person, publication: Publication, now: datetime.datetime) -> Thanks:
    """Said once, however often it is pressed."""
    publication = lock(publication)
    allow(rules.can_thank, person, publication, now=now)
    return say(table=Thanks, person=person, about=publication, place_id=publication.place_id, now=now)


@transaction.atomic
def take_back_thanks(*, person: Person, publication: Publication, now: datetime.datetime) -> None:
    """One's own, at any time."""
    unsay(table=Thanks, person=person, about=publication, place_id=publication.place_id, now=now)


def say(*, table: type[Said], person: Person, about: Row, place_id: uuid.UUID, now: datetime.datetime) -> Said:
    """In this table, of this thing, for an action that has asked its rule; said already, it stands."""
    thanks, is_new = table.objects.get_or_create(**{table.ABOUT: about}, person=person, defaults={"at": now})
    if is_new:
        record(person_id=person.pk, verb="thanks.give", subject=about, now=now, place_id=place_id)
    return thanks


def unsay(*, table: type[Said], person: Person, about: Row, place_id: uuid.UUID, now: datetime.datetime) -> None:
    """Taken back, if it was said."""
    count, _ = table.objects.filter(**{table.ABOUT: about}, person=person).delete()
    if count:
        record(person_id=person.pk, verb="thanks.take_back", subject=about, now=now, place_id=place_id)
