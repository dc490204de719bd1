"""Samples of the premises' and the ambitions' addresses: one school with one of each."""

from django.utils.timezone import now

from preau.plan.ambitions import actions as ambitions
from preau.plan.premises import actions as premises
from tests.world import TODAY


def ambition(world):
    """What the city's plan is for."""
    return ambitions.add_ambition(
        person=None, city=world.cities["marelle"], label="x", kind="plan", source="x", now=now()
    )


def building(world):
    """A building of the school."""
    return premises.add_building(person=None, school=world.schools["tilleuls"], name="A", now=now())


def room(world):
    """A classroom of that building."""
    return premises.add_room(
        person=None, building=building(world), name="1", floor=0, kind="classroom", has_power=True, now=now()
    )


def cabling(world):
    """The school, cabled."""
    school = world.schools["tilleuls"]
    return premises.record_cabling(person=None, school=school, whole_school=True, done_on=TODAY, now=now())[0]


def lack(world):
    """No room of the school was seen cabled."""
    school = world.schools["tilleuls"]
    return premises.record_lacks(person=None, school=school, lacks=["rooms_cabled"], seen_on=TODAY, now=now())[0]


def internet_link(world):
    """The school's line."""
    return premises.add_link(
        person=None,
        school=world.schools["tilleuls"],
        technology="fibre",
        contracted_kbps=8000,
        in_service_on=TODAY,
        now=now(),
    )


def notice(world):
    """What its conseil d'école was told."""
    return premises.record_notice(
        person=None, school=world.schools["tilleuls"], subject="wifi", held_on=TODAY, now=now()
    )


def inclusion(world):
    """Pupils for whom its kit has an extra."""
    return premises.open_inclusion(
        person=None, school=world.schools["tilleuls"], option="hearing", starts_on=TODAY, now=now()
    )


SAMPLES = {
    "ambition_id": lambda world: ambition(world).id,
    "building_id": lambda world: building(world).id,
    "room_id": lambda world: room(world).id,
    "cabling_id": lambda world: cabling(world).id,
    "lack_id": lambda world: lack(world).id,
    "internet_link_id": lambda world: internet_link(world).id,
    "notice_id": lambda world: notice(world).id,
    "inclusion_id": lambda world: inclusion(world).id,
}
