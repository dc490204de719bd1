"""Conversations of the small world, for the tests of this room and those that look at its pages."""

from django.utils.timezone import now

from preau.ent.mail import actions
from preau.ent.mail.models import Participant


def begin(world, who="guardian", to=("teacher",), *, school="tilleuls", child="child_adam", **more):
    said = {"subject": "Le goûter", "text": "Faut-il apporter un goûter ?", "now": now()}
    return actions.begin(
        person=world.people[who],
        school=world.schools[school],
        to=[world.people[name] for name in to],
        child=child and world.people[child],
        **said | more,
    )


def answer(world, conversation, who="teacher", **more):
    said = {"text": "Oui, un fruit.", "now": now()} | more
    return actions.answer(person=world.people[who], conversation=conversation, **said)


def in_it(world, conversation, who):
    return Participant.objects.get(conversation=conversation, person=world.people[who])
