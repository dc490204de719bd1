"""What people type stays words, everywhere it comes back: 0 node, 0 attribute, 0 address that runs, 0 crash."""

from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.lessons.models import WorkPart
from preau.ent.sites.middleware import SHELF
from preau.kit import rich
from preau.spaces import caps
from tests.ent.notes.test_sending import with_addresses
from tests.ent.posts.test_actions import picture, publish
from tests.rights.full import fill_whole
from tests.rights.hostile import ANGLES, MARK, Walk, faults_of, pages_of
from tests.rights.lessons import tablet_in
from tests.rights.turns import AUTHORITIES, drawn
from tests.standing import standing
from tests.world import build_world

pytestmark = pytest.mark.matrix
# Those who write in the most rooms; the others of the house, under --corpora.
WRITERS = ("teacher", "head", "guardian", "pupil_cm2")
PLACES_OF_VOICES = 6  # a mot of a class and of a school, a message and an answer, a post, a notebook
FEW = (("public", "family", "pupil"), ("school", *AUTHORITIES))


@pytest.fixture(scope="module")
def base(django_db_setup, django_db_blocker):
    """(the world, a value for each name that an address takes), every row standing."""
    with standing(django_db_blocker):
        world = build_world()
        with_addresses(world, *filter(None, world.actors()))
        yield world, fill_whole(world)


@pytest.fixture(autouse=True)
def publishing_all_day(monkeypatch):
    """One writer fills in more forms in an instant than anybody publishes in an hour."""
    monkeypatch.setattr(caps, "HOURLY", dict.fromkeys(caps.HOURLY, 1000))


def walked(base, writers, readers, seed=0):
    """All that a pupil writes on a tablet, then these, who find that page; then all that these read, and the pupil."""
    world, own = base
    walk, page = Walk(seed), uuid4()
    with time_machine.travel(now(), tick=False):
        tablet, shown = tablet_in(world, page)
        walk.write(tablet, "a tablet", shown)
        tablet.post(reverse("lessons:finished", args=[page]), {"is_done": "on"})
        own = own | {"work_id": page, "page": page}
        for actor in writers:
            client = world.sign_in(Client(raise_request_exception=False), actor)
            walk.write(client, actor, pages_of(actor, own))
        walk.read_mails()
        SHELF.clear()
        for actor in readers:
            client = world.sign_in(Client(raise_request_exception=False), actor)
            walk.read_all(client, actor, pages_of(actor, own))
        walk.read_all(tablet, "a tablet", shown)
    print(f"{walk.filled} forms, {len(walk.fields)} fields, {walk.kept} took it, {walk.mails} mails, by {writers}")
    print("not taken:", *sorted(set(walk.refused)))
    print("files taken:", *sorted(f"{route} {name}" for route, name in walk.joined))
    return walk


def test_what_is_typed_in_every_field_stays_words(base, db, day):
    """One writer of the day, read by them and by one of the others; the next day, others."""
    world, _ = base
    writer = WRITERS[day.toordinal() % len(WRITERS)]
    reader = drawn([actor for actor in world.actors() if actor not in WRITERS], day, *FEW[day.toordinal() % 2])
    walk = walked(base, [writer], [writer, reader], day.toordinal())
    assert walk.faults == []
    assert WorkPart.objects.filter(text__contains=MARK).exists(), "the pupil on the tablet wrote nothing of it"
    assert walk.fields and walk.kept > walk.filled / 2  # filled in well enough to be read again


@pytest.mark.corpora
def test_what_everyone_types_in_every_field_stays_words_for_everyone(base, db):
    world, _ = base
    actors = [actor for actor in world.actors() if actor != "suspended"]
    walk = walked(base, actors, actors)
    assert walk.faults == []
    assert len(walk.fields) > 400 and walk.mails
    voices = {route for route, name in walk.joined if name == "recording"}
    assert len(voices) >= PLACES_OF_VOICES, voices  # each was given a sound that lies, and took it


@pytest.mark.parametrize("lost", ["the sanitiser", "the escaping of templates"])
def test_the_walk_sees_what_is_not_cleaned(base, db, client, monkeypatch, lost):
    """The control: without what cleans words, the same reading is red."""
    world, _ = base
    publish(world, text=ANGLES)
    page = reverse("portal:classroom_life", args=[world.classrooms["cpb"].pk])
    assert list(faults_of(world.sign_in(client, "guardian").get(page))) == []
    if lost == "the sanitiser":
        monkeypatch.setattr(rich, "clean", lambda html, links=True: html)
        monkeypatch.setattr(rich, "escape", str)
        publish(world, text=f"{ANGLES} !")
    else:
        post = publish(world, text="Une photo.", pictures=[picture(alt=ANGLES)])
        page = reverse("posts:post_detail", args=[post.pk])
        monkeypatch.setattr("django.template.base.conditional_escape", str)
    found = list(faults_of(client.get(page)))
    assert any("a node" in fault for fault in found) and any("onfocus" in fault for fault in found)
