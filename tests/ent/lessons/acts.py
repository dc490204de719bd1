"""Sessions of the small world, for the tests of this room and those that look at its pages."""

from django.utils.timezone import now

from preau.ent.lessons import actions, devices
from preau.people.middleware import PUPIL_COOKIE


def open_lesson(world, who="teacher", place="cpb", **more):
    """Of the CP B, by its teacher."""
    place = (world.classrooms | world.groups)[place]
    return actions.open_lesson(person=world.people[who], place=place, **({"now": now()} | more))


def join(lesson, client, *, accepted_by=None):
    """A tablet asks with the six signs; accepted when an adult is given. Returns its row."""
    device, key = actions.ask_to_join(code=lesson.code, label="Chrome sur Android", network=None, now=now())
    client.cookies[devices.COOKIE] = key
    if accepted_by:
        actions.accept_devices(person=accepted_by, lesson=lesson, numbers=[device.number], now=now())
    return device


def enter(client, device, pupil):
    """As the grid does, in a class whose pictures were not given."""
    device.refresh_from_db()
    _, key = actions.enter(device=device, pupil_id=pupil.pk, now=now())
    client.cookies[PUPIL_COOKIE] = key
    return client


def cookies_of(client):
    """{name: value}, for a browser."""
    return {name: morsel.value for name, morsel in client.cookies.items()}
