"""Mots sent in the small world, for the tests of this room and those that look at its pages."""

import datetime

from django.utils.timezone import now

from preau.ent.notes import actions, queries
from preau.ent.notes.actions import Target
from preau.ent.notes.models import Note
from preau.schools.models import Enrolment
from tests.world import TODAY


def send(world, who="teacher", room="cpb", *, children=(), **more):
    """A mot of the teacher to the families of the CP B, to sign unless told otherwise."""
    place = world.classrooms.get(room) or world.groups[room]
    targets = [Target(place, world.people[name]) for name in children] or [Target(place)]
    moment = now() - datetime.timedelta(seconds=61) if len(more.get("targets", ())) > 1 else now()
    said = {"title": "Sortie au parc", "text": "La classe va au parc.", "nature": "sign", "now": moment}
    note = actions.send_note(person=world.people[who], **{"targets": targets} | said | more)
    return note if note.confirmed_at else gone(world.people[who], note, moment)


def gone(person, note, moment):
    """A large one, confirmed then, and left a minute after."""
    count = queries.recipients_of({target.audience for target in note.targets.all()}, TODAY).reached_count
    actions.confirm_sending(person=person, note=note, pupils_count=count, has_shown_factor=True, now=moment)
    actions.publish_due(now=moment + datetime.timedelta(seconds=61))
    return Note.objects.get(pk=note.pk)


def answer(world, note, who="guardian", child="child_adam", **said):
    return actions.answer_note(
        person=world.people[who],
        note=note,
        child=world.people[child],
        now=now(),
        **{"agreed": "yes", "version": note.version} | said,
    )


def leave(world, room):
    """Everyone leaves the class."""
    Enrolment.objects.filter(classroom=world.classrooms[room]).delete()
