"""The stream: once each, in order, by pages, at a flat cost; publishing writes a few rows."""

import datetime
import uuid
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from preau.journal.models import Entry
from preau.kit.answers import Conflict
from preau.places.models import KINDS_OF_PLACE, kind_of
from preau.spaces import actions, audiences, queries
from preau.spaces.models import Publication, Reach
from tests.spaces.places import publish_to, sees
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
    cpb, school, city = world.classrooms["cpb"], world.schools["tilleuls"], world.cities["marelle"]
    for days in range(12):
        publish_to(world, cpb, days_ago=days, more=audiences.keys(school))
        publish_to(world, school, days_ago=days)
        publish_to(world, city, days_ago=days)
    whole = walk(world.people["guardian"], 100)
    assert len(whole) == len(set(whole)) == 36
    dates = Publication.objects.in_bulk(whole)
    assert whole == sorted(whole, key=lambda pk: (dates[pk].published_at, pk), reverse=True)
    for limit in (1, 3, 7):
        assert walk(world.people["guardian"], limit) == whole


def test_three_queries_whatever_the_children_and_the_age(world, django_assert_num_queries):
    person = world.people["guardian_two_schools"]
    publish_to(world, world.classrooms["gs"])
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
            classroom=room,
            kind="test",
            state="published",
            created_at=now,
            published_at=now - datetime.timedelta(minutes=number),
        )
        for number in range(count)
    ]
    Publication.objects.bulk_create(made, batch_size=500)
    Reach.objects.bulk_create(
        [Reach(publication=p, audience=one, at=p.published_at) for p in made for one in audiences.keys(room)],
        batch_size=500,
    )


def test_each_short_read_stops_at_its_page(world):
    """The plan walks the index in its order: no sort, so no cost of age."""
    fill(world, 3000)
    read = queries._short_read(audiences.keys(world.classrooms["gs"])[0], None, None, queries.PAGE)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE")
    plan = read.explain()
    assert "audienc" in plan and "idx" in plan
    assert "TEMP B-TREE" not in plan and "Sort" not in plan, plan


def test_publishing_costs_the_same_rows_for_any_class(world, django_assert_num_queries):
    head = world.people["head"]
    counts = []
    for place in (world.classrooms["cpb"], world.schools["tilleuls"], world.cities["marelle"]):
        publish_to(world, place)
        counts.append(Reach.objects.count())
    assert counts == [3, 6, 9]  # one row for each profile
    assert Entry.objects.filter(actor_id=head.pk, verb="publish").count() == 3


def test_public_pages_are_renewed_by_every_change(world):
    school = world.schools["tilleuls"]
    publication = publish_to(world, school, more=[audiences.public_key(school)])
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
    publish_to(world, world.classrooms["cpb"])
    assert queries.public_generation(school.pk) == 5


def test_public_pages_of_two_places_are_renewed_together_or_not_at_all(world, monkeypatch):
    places, renew = world.schools.values(), actions.raise_generation
    publication = publish_to(world, world.cities["marelle"], more=map(audiences.public_key, places))
    before = [queries.public_generation(place.pk) for place in places]

    def fail_after_one(**place):
        renew(**place)
        raise OSError

    monkeypatch.setattr("preau.spaces.actions.publishing.raise_generation", fail_after_one)
    with pytest.raises(OSError):
        actions.touch(publication=publication)
    assert [queries.public_generation(place.pk) for place in places] == before


def test_a_change_that_came_too_late_changes_nothing(world):
    publication = publish_to(world, world.classrooms["cpb"])
    person, now = world.people["head"], timezone.now()
    with pytest.raises(Conflict, match="changé"):
        actions.publish(person=person, publication=publication, reached=[], now=now)
    with pytest.raises(Conflict, match="changé"):
        actions.restore(person=person, publication=publication, now=now)
    publication.refresh_from_db()
    assert publication.state == "published"
    assert Reach.objects.count() == 3


@pytest.mark.parametrize("text", ["", "x", "2026-01-01_00", "2026-01-01T00:00:00_" + "0" * 32, "_" * 40, "é"])
def test_a_page_address_that_is_not_one_is_no_page(text):
    assert queries.Position.read(text) is None


def test_the_base_refuses_what_is_in_no_place_in_two_or_a_child_s_without_the_child(world):
    cpb, adam, now = world.classrooms["cpb"], world.people["child_adam"], timezone.now()
    published = publish_to(world, cpb, reached=[audiences.child_key(adam)])
    assert published.reaches.get().child == adam
    wrong = [
        Publication(kind="test", created_at=now),
        Publication(kind="test", created_at=now, classroom=cpb, school=cpb.school),
        Publication(kind="test", created_at=now, district=world.districts["north"], department_id=uuid.uuid4()),
        Reach(publication=published, at=now, audience=audiences.child_key(world.people["child_lina"])),
        Reach(publication=published, at=now, audience="classroom.families:00", child=adam),
    ]
    for row in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)
    for kind in KINDS_OF_PLACE:
        assert {field.related_model for field in Publication._meta.fields if field.name == kind_of(kind)} == {kind}
    adam.delete()
    assert not Reach.objects.exists()


def test_each_old_reach_becomes_one_row_for_each_profile_that_read_it(world):
    """The data migration, on rows as they were written before."""
    cpb, school, city = world.classrooms["cpb"], world.schools["tilleuls"], world.cities["marelle"]
    before = {
        f"class:{cpb.pk.hex}": audiences.keys(cpb),
        f"group:{world.groups['ulis'].pk.hex}": audiences.keys(world.groups["ulis"]),
        f"school:{school.pk.hex}": audiences.keys(school),
        f"staff:{school.pk.hex}": audiences.keys(school, ["adults"]),
        f"city:{city.pk.hex}": audiences.keys(city, ["families", "adults"]),
        audiences.public_key(school): [audiences.public_key(school)],
    }
    made = [publish_to(world, cpb, reached=[old]) for old in before]
    both = publish_to(world, school, reached=[f"school:{school.pk.hex}", f"staff:{school.pk.hex}"])
    import_module("preau.spaces.migrations.0006_reach_by_profile").by_profile(
        None, SimpleNamespace(connection=connection)
    )
    for publication, reached in zip([*made, both], [*before.values(), audiences.keys(school)], strict=True):
        rows = list(publication.reaches.all())
        assert sorted(row.audience for row in rows) == sorted(reached)
        assert {row.at for row in rows} == {publication.published_at}
