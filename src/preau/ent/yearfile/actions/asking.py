"""The dossier as a school asks it: its day, and what the head writes in ONDE."""

import datetime

from django.db import transaction
from django.utils.timezone import localdate

from preau.ent.yearfile import queries, rules
from preau.ent.yearfile.models import KIND, ContactChange, Opening
from preau.journal.actions import record
from preau.kit.answers import Conflict, allow
from preau.kit.dates import school_year_bounds, school_year_label
from preau.kit.rows import lock
from preau.notify import actions as notify
from preau.notify.models import Level
from preau.people.models import Person
from preau.places.models import School
from preau.spaces import actions as spaces
from preau.spaces import audiences
from preau.spaces.audiences import Readers
from preau.spaces.models import Publication

ALREADY = "Le dossier de cette année est déjà ouvert."
PAST = "Ce jour est passé\u00a0: choisissez un jour à venir de cette année scolaire."


@transaction.atomic
def open_year_file(*, person: Person, school: School, due_on: datetime.date, now: datetime.datetime) -> Opening:
    """Asks the dossier of the current school year of all families: a publication that they are told of. Raises Refused,
    or Conflict: asked already, a day that has passed, a school that is not open to families."""
    school = lock(school)
    allow(rules.can_open_year_file, person, school, now=now)
    _refuse_day(due_on, now)
    if queries.opening_of(school, localdate(now)):
        raise Conflict(ALREADY)
    year = school_year_label(localdate(now))
    publication = spaces.open_draft(person=person, place=school, kind=KIND, now=now)
    opening = Opening.objects.create(publication=publication, school=school, school_year=year, due_on=due_on)
    reached = audiences.keys(school, [Readers.FAMILIES])
    publication = spaces.publish(person=person, publication=publication, reached=reached, now=now)
    notify.announce(publication=publication, person=person, now=now, level=Level.SIGN)
    record(person_id=person.pk, verb="year_file.open", subject=opening, now=now, place_id=school.pk)
    return opening


@transaction.atomic
def change_year_file(*, person: Person, opening: Opening, due_on: datetime.date, now: datetime.datetime) -> Opening:
    """Another day to hand it in; one that was taken back is asked again. Raises Refused, or Conflict: a day passed."""
    opening = lock(opening, "school", "publication")
    allow(rules.can_open_year_file, person, opening.school, now=now)
    _refuse_day(due_on, now)
    opening.due_on = due_on
    opening.save(update_fields=["due_on"])
    record(person_id=person.pk, verb="year_file.change", subject=opening, now=now, place_id=opening.school_id)
    if opening.publication.state == Publication.State.WITHDRAWN:
        spaces.restore(person=person, publication=opening.publication, now=now)
    return opening


def _refuse_day(due_on, now):
    today = localdate(now)
    if not today < due_on <= school_year_bounds(school_year_label(today))[1]:
        raise Conflict(PAST, "due_on")


@transaction.atomic
def report_change(*, person: Person, change: ContactChange, now: datetime.datetime) -> None:
    """Written in ONDE by the head, whose list it leaves; pressed twice, it is once."""
    change = lock(change)
    if change.reported_at is None:
        allow(rules.can_report_change, person, change, now=now)
        change.reported_at = now
        change.save(update_fields=["reported_at"])
        record(person_id=person.pk, verb="year_file.report", subject=change, now=now, place_id=change.school_id)
