"""The only writes of thanks."""

import datetime

from django.db import transaction

from preau.ent.thanks import rules
from preau.ent.thanks.models import Thanks
from preau.journal.actions import record
from preau.kit.answers import allow
from preau.kit.rows import lock
from preau.people.models import Person
from preau.spaces.models import Publication


@transaction.atomic
def give_thanks(*, person: Person, publication: Publication, now: datetime.datetime) -> Thanks:
    """Said once, however often it is pressed."""
    publication = lock(publication)
    allow(rules.can_thank, person, publication, now=now)
    thanks, is_new = Thanks.objects.get_or_create(publication=publication, person=person, defaults={"at": now})
    if is_new:
        _record(person, "thanks.give", publication, now)
    return thanks


@transaction.atomic
def take_back_thanks(*, person: Person, publication: Publication, now: datetime.datetime) -> None:
    """One's own, at any time."""
    count, _ = Thanks.objects.filter(publication=publication, person=person).delete()
    if count:
        _record(person, "thanks.take_back", publication, now)


def _record(person, verb, publication, now):
    record(person_id=person.pk, verb=verb, subject=publication, now=now, place_id=publication.place_id)
