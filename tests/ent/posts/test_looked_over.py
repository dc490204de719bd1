"""What a home asks of posts already read, whose photos somebody looks over: in each kind of place, at a cost that the
answers of a city do not change."""

import datetime

import pytest
from django.db import connection

from preau.ent.posts import rules
from preau.ent.posts.models import Scope
from preau.media.models import Accord, Perimeter, Picture
from preau.schools.models import Guardianship
from preau.spaces.models import Publication
from tests.ent.posts.test_actions import NOW, picture, publish
from tests.steps import ONLY_SQLITE, steps_of
from tests.world import TODAY

IMAGE = Accord.Kind.IMAGE


@pytest.mark.parametrize("is_author", [True, False], ids=["author", "head"])
@pytest.mark.parametrize("scope, who", [(Scope.CLASS, "teacher"), (Scope.GROUP, "head"), (Scope.SCHOOL, "head")])
def test_who_published_and_the_head_look_over_the_photos_of_each_kind_of_place(world, scope, who, is_author):
    post = publish(world, who, scope, pictures=[picture()])
    if not is_author:
        who = "head"
        Publication.objects.update(author=world.people["teacher_other_class"])
    pupil = world.people["child_ulis" if scope == Scope.GROUP else "child_adam"]
    guardian = Guardianship.objects.filter(child=pupil).first().guardian
    awaiting = rules.posts_awaiting(world.people[who], TODAY)
    assert not awaiting.filter(pk=post.pk).exists()
    said = {"child": pupil, "guardian": guardian, "kind": IMAGE, "perimeter": Perimeter.CLASS}
    later = NOW + datetime.timedelta(hours=1)
    Accord.objects.create(answer=Accord.Answer.YES, way="screen", at=NOW, replaced_at=later, **said)
    assert awaiting.filter(pk=post.pk).exists()


@pytest.mark.parametrize("who", ["teacher", "head"])
def test_a_photo_to_declare_again_waits_for_its_author_and_for_the_head(world, who):
    post = publish(world, pictures=[picture()])
    awaiting = rules.posts_awaiting(world.people[who], TODAY)
    assert not awaiting.exists()
    Picture.objects.update(withheld_at=NOW)
    assert list(awaiting.all()) == [post]
    assert not rules.posts_awaiting(world.people["head_other_school"], TODAY).exists()


def test_what_other_classes_took_back_costs_no_post_of_this_one(world):
    """A teacher publishes two hundred times a year, and the families of a city take back hundreds of answers."""
    if connection.vendor != "sqlite":
        pytest.skip(ONLY_SQLITE)
    for number in range(15):
        publish(world, pictures=[picture()], text=f"Atelier {number}")
    awaiting = {who: rules.posts_awaiting(world.people[who], TODAY) for who in ("teacher", "head")}
    alone = {who: steps_of(list, rows.all()) for who, rows in awaiting.items()}
    guardian, child = world.people["guardian_other_school"], world.people["pupil_other_school"]
    said = {"kind": IMAGE, "perimeter": Perimeter.SCHOOL, "answer": Accord.Answer.YES, "way": "screen"}
    again = NOW + datetime.timedelta(hours=1)
    rows = [Accord(child=child, guardian=guardian, at=NOW, replaced_at=again, **said) for _ in range(60)]
    Accord.objects.bulk_create(rows)
    for who, rows in awaiting.items():
        assert steps_of(list, rows.all()) < 1.2 * alone[who], who


def test_what_a_school_published_costs_its_head_nothing(world):
    if connection.vendor != "sqlite":
        pytest.skip(ONLY_SQLITE)
    publish(world)
    awaiting = rules.posts_awaiting(world.people["head"], TODAY)
    alone = steps_of(list, awaiting.all())
    for number in range(15):
        publish(world, pictures=[picture()], text=f"Atelier {number}")
    assert steps_of(list, awaiting.all()) < 1.05 * alone


@pytest.mark.parametrize("who", ["teacher", "head"])
def test_texts_without_a_photo_cost_their_author_and_the_head_little_once_published(world, who):
    """Not even in a class where an answer was taken back."""
    if connection.vendor != "sqlite":
        pytest.skip(ONLY_SQLITE)
    said = {"kind": IMAGE, "perimeter": Perimeter.CLASS, "answer": Accord.Answer.YES, "way": "screen"}
    people = {"child": world.people["child_adam"], "guardian": world.people["guardian"]}
    Accord.objects.create(at=NOW, replaced_at=NOW + datetime.timedelta(hours=1), **people, **said)
    awaiting = rules.posts_awaiting(world.people[who], TODAY)
    publish(world, pictures=[picture()])
    alone = steps_of(list, awaiting.all())
    for number in range(15):
        publish(world, text=f"Atelier {number}")
    assert steps_of(list, awaiting.all()) - alone < 15 * 10  # a hundred instructions for each


def test_what_was_taken_back_is_found_without_reading_every_answer(world):
    """A home asks it of each of its author's posts; a city's families give thousands of answers."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")  # the tables of a test are too short for an index
    plan = rules.posts_awaiting(world.people["teacher"], TODAY).explain()
    used = [index in plan for index in ("accord_taken_back", "accord_of_child_taken_back")]
    assert any(used) if connection.vendor == "postgresql" else all(used)  # it chooses by its statistics
