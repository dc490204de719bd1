"""One stream of several kinds: a page is full of what can be drawn, in order, whatever lies between."""

import datetime

import pytest
from django.template.loader import get_template
from django.urls import reverse

from preau.ent.portal import queries
from preau.ent.posts.models import Post
from preau.kit.rooms import given_by_rooms
from preau.spaces import actions as spaces
from preau.spaces import audiences
from preau.spaces.kinds import Kind, Reader
from preau.spaces.models import Publication
from preau.spaces.naming import SEGMENTS, life_address, own_life_address
from preau.spaces.rules.single import ENTERED_BY_AUDIENCE, space_entered
from tests.ent.posts.test_actions import NOW, publish
from tests.world import TODAY


def say(world, kind, minutes):
    """Something of a kind, told to the whole class so many minutes ago."""
    head, cpb, now = world.people["head"], world.classrooms["cpb"], NOW - datetime.timedelta(minutes=minutes)
    draft = spaces.open_draft(person=head, place=cpb, kind=kind, now=now)
    return spaces.publish(person=head, publication=draft, reached=audiences.keys(cpb), now=now)


@pytest.fixture
def told(world):
    """Ten posts, and after each what nobody draws: a kind that no room gives, a post withdrawn, one without text."""
    posts = []
    for minutes in range(0, 200, 20):
        post = publish(world, text=f"Le jardin, {minutes} minutes.")
        at = NOW - datetime.timedelta(minutes=minutes)
        Publication.objects.filter(pk=post.publication_id).update(published_at=at)
        post.publication.reaches.update(at=at)
        posts.append(post.publication_id)
        say(world, "unknown", minutes + 1)
        say(world, "post", minutes + 2)  # its content was lost
        gone = say(world, "post", minutes + 3)
        Post.objects.create(publication=gone, scope="class", text="Retiré", html="<p>Retiré</p>")
        spaces.withdraw(person=world.people["head"], publication=gone, now=NOW)
    return posts


def pages(world, who, limit):
    """The publications of each page, from the newest to the last."""
    reader, before, found = Reader(world.people[who], TODAY, NOW), None, []
    memberships = audiences.memberships_of(reader.person, TODAY)
    while True:
        page = queries.stream(reader, memberships, before=before, limit=limit)
        found.append([entry.item.publication.pk for entry in page.entries])
        before = page.after
        if before is None:
            return found


def test_a_page_of_eight_is_never_short(world, told):
    for who in ("guardian", "child_adam", "teacher"):
        assert pages(world, who, 8) == [told[:8], told[8:]], who
        assert [pk for page in pages(world, who, 3) for pk in page] == told


def test_a_family_s_home_shows_a_few_things_then_page_after_page(world, told, client):
    page, seen = world.sign_in(client, "guardian").get("/aujourdhui/"), []
    while True:
        seen.append([entry.item.publication.pk for entry in page.context["entries"]])
        if not (after := page.context["home"].after):
            break
        page = client.get("/aujourdhui/", {"avant": str(after)})
    assert [len(each) for each in seen] == [queries.HOME, 6] and sum(seen, []) == told


def test_what_no_room_draws_costs_no_query(world, told, django_assert_num_queries):
    Publication.objects.filter(kind="post", post=None).delete()
    reader = Reader(world.people["guardian"], TODAY, NOW)
    memberships = audiences.memberships_of(reader.person, TODAY)
    with django_assert_num_queries(3):
        assert len(queries.stream(reader, memberships).entries) == 8


def test_two_kinds_are_mixed_in_the_order_of_the_feed(world, told, monkeypatch):
    """Another room’s kind comes with its own template."""

    class Word:
        child_ids, allowed = (), None

        def __init__(self, publication):
            self.publication = publication

    def words_for(items, reader):
        return {pk: Word(one) for pk, one in Publication.objects.in_bulk([i.publication_id for i in items]).items()}

    both = queries.kinds() | {"unknown": Kind("unknown", words_for, "words/_item.html")}
    monkeypatch.setattr(queries, "kinds", lambda: both)
    reader = Reader(world.people["guardian"], TODAY, NOW)
    page = queries.stream(reader, audiences.memberships_of(reader.person, TODAY))
    assert [entry.item.publication.kind for entry in page.entries] == ["post", "unknown"] * 4
    assert page.entries[1].template == "words/_item.html"


def test_each_kind_has_a_name_of_its_own_and_a_template():
    """Two rooms under one name would draw each other's things."""
    given = given_by_rooms("stream", "KINDS")
    assert sorted(kind.name for kind in given) == sorted(queries.kinds()) and "post" in queries.kinds()
    assert all(get_template(kind.template) for kind in given)


@pytest.mark.parametrize("kind", SEGMENTS)
def test_rooms_below_lead_back_to_the_life_of_a_space(world, kind):
    shelves = {
        "classroom": world.classrooms, "group": world.groups, "afterschool": world.afterschools,
        "school": world.schools, "network": world.networks, "city": world.cities,
    }  # fmt: skip
    shelf = shelves[kind]
    place = next(iter(shelf.values()))
    address = reverse(f"portal:{kind}_life", args=[place.pk])
    assert life_address(place) == address
    for who, person in world.people.items() if kind in ENTERED_BY_AUDIENCE else ():
        memberships = audiences.memberships_of(person, TODAY)
        enters = bool(space_entered(person, kind, place.pk, TODAY, memberships=memberships))
        assert own_life_address(place, memberships) == (address if enters else ""), who
