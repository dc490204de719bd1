"""Sessions of the small world, for the tests of this room and those that look at its pages."""

from django.test import Client
from django.utils.timezone import now

from preau.ent.lessons import actions, devices
from preau.people import actions as people
from preau.people.middleware import PUPIL_COOKIE
from preau.people.models import PupilEntry
from preau.places.models import Group
from preau.schools.models import GroupMember


def open_lesson(world, who="teacher", place="cpb", **more):
    """Of the CP B, by its teacher."""
    place = (world.classrooms | world.groups)[place]
    return actions.open_lesson(person=world.people[who], place=place, **({"now": now()} | more))


def mixed(world):
    """A décloisonnement of the CP B and the CM2."""
    school = world.schools["tilleuls"]
    group = Group.objects.create(school=school, school_year=world.year, name="Décloisonnement")
    for name in ("child_adam", "pupil_cm2"):
        GroupMember.objects.create(group=group, pupil=world.people[name], starts_on=world.before)
    world.groups["mixed"] = group
    return group


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


def at_home(world, child, lesson):
    """Where the family card of this pupil was shown, until the end of a session."""
    entry = {"pupil": world.people[child], "way": PupilEntry.Way.HOME, "ends_at": lesson.ends_at}
    client = Client()
    client.cookies[PUPIL_COOKIE] = people.open_pupil_entry(**entry, now=now())[1]
    return client


def enter_from_elsewhere(client, device, pupil, adult):
    """The same of one who may still be in on another tablet: an adult lets them in on this one."""
    actions.call_adult(device=device, pupil_id=pupil.pk, now=now())
    actions.let_in(person=adult, device=device, now=now())
    return enter(client, device, pupil)


def cookies_of(client):
    """{name: value}, for a browser."""
    return {name: morsel.value for name, morsel in client.cookies.items()}
