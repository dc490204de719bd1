"""The stream: once each, in order, by pages, at a flat cost; publishing writes a few rows."""

import datetime

import pytest
from django.db import connection
from django.utils import timezone

from preau.journal.models import Entry
from preau.spaces import actions, audiences, queries
from preau.spaces.models import Publication, Reach
from tests.spaces.places import every_audience, publish_to, sees
from tests.world import TODAY, add_child


def walk(person, limit):
    found, before = [], None
    while True:
        page = queries.feed(person, TODAY, before=before, limit=limit)
        found += page.publication_ids
        if page.after is None:
            return found
        before = queries.Position.read(str(page.after))


def test_each_thing_once_newest_first_whatever_the_page(world):
    keys = every_audience(world)
    for days in range(12):
        publish_to(world, keys["class cpb"], days_ago=days, more=[keys["school tilleuls"]])
        publish_to(world, keys["school tilleuls"], days_ago=days)
        publish_to(world, keys["city marelle"], days_ago=days)
    whole = walk(world.people["guardian"], 100)
    assert len(whole) == len(set(whole)) == 36
    dates = Publication.objects.in_bulk(whole)
    assert whole == sorted(whole, key=lambda pk: (dates[pk].published_at, pk), reverse=True)
    for limit in (1, 3, 7):
        assert walk(world.people["guardian"], limit) == whole


def test_three_queries_whatever_the_children_and_the_age(world, django_assert_num_queries):
    keys = every_audience(world)
    person = world.people["guardian_two_schools"]
    publish_to(world, keys["class gs"])
    with django_assert_num_queries(3):
        queries.feed(person, TODAY)
    for classroom in ("cpb", "cm2"):
        add_child(world, f"child_more_{classroom}", classroom, "CP", ["guardian_two_schools"])
    fill(world, 2000)
    with django_assert_num_queries(3):
        assert len(queries.feed(person, TODAY).items) == queries.PAGE


def fill(world, count):
    """Many publications at once in one class, older and older."""
    room = world.classrooms["gs"]
    now = timezone.now()
    made = [
        Publication(
            classroom=room, kind="test", state="published", created_at=now,
            published_at=now - datetime.timedelta(minutes=number),
        )
        for number in range(count)
    ]  # fmt: skip
    Publication.objects.bulk_create(made, batch_size=500)
    audience = audiences.key(audiences.CLASS, room)
    Reach.objects.bulk_create(
        [Reach(publication=p, audience=audience, at=p.published_at) for p in made], batch_size=500
    )


def test_each_short_read_stops_at_its_page(world):
    """The plan walks the index in its order: no sort, so no cost of age."""
    fill(world, 3000)
    read = queries._short_read(audiences.key(audiences.CLASS, world.classrooms["gs"]), None, None, queries.PAGE)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE")
    plan = read.explain()
    assert "audienc" in plan and "idx" in plan
    assert "TEMP B-TREE" not in plan and "Sort" not in plan, plan


def test_publishing_costs_the_same_rows_for_any_class(world, django_assert_num_queries):
    keys = every_audience(world)
    head = world.people["head"]
    counts = []
    for audience in (keys["class cpb"], keys["school tilleuls"], keys["city marelle"]):
        publish_to(world, audience)
        counts.append(Reach.objects.count())
    assert counts == [1, 2, 3]
    assert Entry.objects.filter(actor_id=head.pk, verb="publish").count() == 3


def test_public_pages_are_renewed_by_every_change(world):
    school = world.schools["tilleuls"]
    public = audiences.key(audiences.PUBLIC, school)
    publication = publish_to(world, audiences.key(audiences.SCHOOL, school), more=[public])
    assert queries.public_generation(school.pk) == 1
    assert sees(None, publication, TODAY)
    assert queries.public_publications(school).publication_ids == [publication.pk]
    person, now = world.people["head"], timezone.now()
    actions.withdraw(person=person, publication=publication, now=now)
    assert queries.public_generation(school.pk) == 2
    assert not sees(None, publication, TODAY)
    assert queries.public_publications(school).items == []
    actions.restore(person=person, publication=publication, now=now)
    actions.touch(publication=publication)
    actions.unpublish(person=person, publication=publication, now=now)
    assert queries.public_generation(school.pk) == 5
    publish_to(world, audiences.key(audiences.CLASS, world.classrooms["cpb"]))
    assert queries.public_generation(school.pk) == 5


def test_a_change_that_came_too_late_changes_nothing(world):
    publication = publish_to(world, every_audience(world)["class cpb"])
    person, now = world.people["head"], timezone.now()
    with pytest.raises(actions.WrongState):
        actions.publish(person=person, publication=publication, reached=[], now=now)
    with pytest.raises(actions.WrongState):
        actions.restore(person=person, publication=publication, now=now)
    publication.refresh_from_db()
    assert publication.state == "published"
    assert Reach.objects.count() == 1


@pytest.mark.parametrize("text", ["", "x", "2026-01-01_00", "2026-01-01T00:00:00_" + "0" * 32, "_" * 40, "é"])
def test_a_page_address_that_is_not_one_is_no_page(text):
    assert queries.Position.read(text) is None
