"""Schools are brought together in networks; what readers report is kept by mail and hidden by its own room."""

from datetime import datetime

from django.db import IntegrityError, transaction

from preau.ent.comments import actions as comments
from preau.ent.comments.models import Comment
from preau.ent.mail import actions as mail
from preau.ent.mail.models import Part, Report
from preau.ent.portal import rules
from preau.ent.writings import actions as writings
from preau.ent.writings.models import Writing
from preau.journal.actions import record
from preau.kit.answers import Conflict, allow
from preau.kit.rows import lock
from preau.people.models import Person
from preau.places.actions import TAKEN
from preau.places.models import City, Network, School
from preau.spaces.audiences import Readers

PART_OF_READER = {
    Readers.PUPILS: Part.PUPIL, Readers.FAMILIES: Part.GUARDIAN, Readers.ADULTS: Part.TEACHER,
}  # fmt: skip


@transaction.atomic
def add_network(*, person: Person, city: City, name: str, schools, now: datetime) -> Network:
    """A network of schools of this city; each leaves the one it was in. Raises Refused, or Conflict: a name taken."""
    allow(rules.can_keep_networks, person, city, now=now)
    return _kept(person, Network(city=city, name=name), schools, "network_added", now)


@transaction.atomic
def change_network(*, person: Person, network: Network, name: str, schools, now: datetime) -> Network:
    """Another name, other schools: what it published reaches those it has now. Raises Refused, or Conflict: a name
    taken."""
    network = lock(network, "city")
    allow(rules.can_keep_networks, person, network.city, now=now)
    network.name = name
    return _kept(person, network, schools, "network_changed", now)


def _kept(person, network, schools, verb, now):
    try:
        with transaction.atomic():
            network.save()
    except IntegrityError:
        raise Conflict(TAKEN, "name") from None
    chosen = School.objects.filter(city=network.city_id, pk__in=[school.pk for school in schools])
    network.schools.exclude(pk__in=chosen).update(network=None)
    chosen.update(network=network)
    record(person_id=person.pk, verb=verb, subject=network, now=now, place_id=network.pk)
    return network


@transaction.atomic
def report_comment(*, person: Person, comment: Comment, reason: str, words: str, hurts: bool, now: datetime) -> Report:
    """To who must know of it, as a message is; `hurts`: nobody reads it until the team has. Raises Refused."""
    publication, part = comment.publication, PART_OF_READER[comment.profile]
    said = {"subject": f"Commentaire, {publication.place}", "text": comment.text, "said_at": comment.written_at}
    about = {"about": comment.author, "part": part, "thing_id": comment.pk, "school": publication.place.school}
    report = mail.report_thing(person=person, reason=reason, words=words, now=now, **said, **about)
    if hurts:
        comments.hide_comment(person=person, comment=comment, now=now)
    return report


@transaction.atomic
def report_writing(*, person: Person, writing: Writing, reason: str, words: str, hurts: bool, now: datetime) -> Report:
    """The same, of a pupil's text that was published. Raises Refused."""
    publication = writing.publication
    said = {"subject": writing.title, "text": writing.text, "said_at": publication.published_at}
    about = {"about": publication.author, "part": Part.PUPIL, "thing_id": writing.pk}
    about["school"] = publication.classroom.school
    report = mail.report_thing(person=person, reason=reason, words=words, now=now, **said, **about)
    if hurts:
        writings.hide(person=person, writing=writing, now=now)
    return report
