"""Events of the small world, for the tests of this room and those that look at its pages."""

import datetime

from django.urls import reverse
from django.utils.timezone import now

from preau.ent.agenda import actions
from tests.world import TODAY

SOON = TODAY + datetime.timedelta(days=3)


def place_of(world, name):
    known = {"site": world.afterschools["tilleuls"]} | world.classrooms | world.groups | world.cities | world.schools
    return known[name]


def open_slots(world, who="teacher", room="cpb", **more):
    """Four appointments of a quarter of an hour, in three days at 17 h."""
    hours = {"begins_at": datetime.time(17), "ends_at": datetime.time(18), "minutes": 15}
    said = {"title": "Rencontres", "day": SOON, "now": now()} | hours | more
    return actions.open_round(person=world.people[who], classroom=world.classrooms[room], **said)


def take(world, round_, who="guardian", *, rank=0, child="child_adam", **more):
    said = {"child": world.people[child], "slot": round_.slots.order_by("starts_at")[rank], "now": now()} | more
    return actions.take_slot(person=world.people[who], round_=round_, **said)


LATER = TODAY + datetime.timedelta(days=8)


def convene(world, **more):
    """The conseil d’école of the Tilleuls, in eight days."""
    said = {
        "day": LATER,
        "begins_at": datetime.time(18),
        "where": "Salle des maîtres",
        "items": "Le règlement\nLa cour",
    }
    said |= {"school": world.schools["tilleuls"], "members": "Mme Dupré, directrice", "now": now()} | more
    return actions.convene_council(person=world.people["head"], **said)


def add(world, who="teacher", place="cpb", **more):
    """An event of the CP B, in three days, told by its teacher."""
    said = {"scope": "all", "title": "Sortie au musée", "first_on": SOON, "now": now()} | more
    return actions.add_event(person=world.people[who], place=place_of(world, place), **said)


def shown(world):
    """An event that lasts, one cancelled, one of the school for everyone."""
    event = add(world, last_on=TODAY + datetime.timedelta(days=5), begins_at=datetime.time(9), where="Au musée")
    off = add(world, title="Piscine")
    actions.cancel_event(person=world.people["teacher"], event=off, now=now())
    add(world, "head", "tilleuls", scope="public", title="Fête de l’école")
    round_ = open_slots(world)
    take(world, round_, wish="Au téléphone")
    council = convene(world)
    return {
        "council_id": council.pk,
        "round_id": round_.pk,
        "event_id": event.pk,
        "off": reverse("agenda:event_detail", args=[off.pk]),
    }
