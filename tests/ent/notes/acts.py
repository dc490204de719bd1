"""Mots sent in the small world, for the tests of this room and those that look at its pages."""

from django.utils.timezone import now

from preau.ent.notes import actions
from preau.ent.notes.actions import Target
from preau.schools.models import Enrolment


def send(world, who="teacher", room="cpb", *, children=(), **more):
    """A mot of the teacher to the families of the CP B, to sign unless told otherwise."""
    place = world.classrooms.get(room) or world.groups[room]
    targets = [Target(place, world.people[name]) for name in children] or [Target(place)]
    said = {"title": "Sortie au parc", "text": "La classe va au parc.", "nature": "sign", "now": now()}
    return actions.send_note(person=world.people[who], **{"targets": targets} | said | more)


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
