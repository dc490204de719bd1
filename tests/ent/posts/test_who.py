"""« Qui verra »: what the page counts, and what the same persons may then read."""

import dataclasses
import re

import pytest
from django.urls import reverse

from preau.ent.posts import queries
from preau.ent.posts.models import Scope
from preau.people.models import Mandate, Role
from preau.schools.models import Guardianship
from tests.ent.posts.test_actions import place_for, publish
from tests.ent.posts.test_views import publish_url
from tests.world import BEFORE, TODAY, add_person

WRITER = {Scope.CLASS: "teacher", Scope.GROUP: "head", Scope.SCHOOL: "head", Scope.CITY: "city_education"}


def parents_told(page):
    """The number of parents that « Qui verra » shows, where one audience is told."""
    (count,) = re.findall(r"(\d+) parents? (?:et|ou) responsables?", page.content.decode().replace("\u00a0", " "))
    return int(count)


@pytest.mark.parametrize("scope", WRITER)
def test_one_more_guardian_changes_the_number_and_the_right_together(world, client, scope):
    post = publish(world, WRITER[scope], scope)
    address = reverse("posts:post_detail", kwargs={"post_id": post.pk})
    newcomer = add_person(world, "guardian_new")
    before = queries.who_will_see(scope, place_for(world, scope), TODAY)
    assert world.sign_in(client, "guardian_new").get(address).status_code == 404

    child = world.people["child_ulis" if scope == Scope.GROUP else "child_adam"]
    Guardianship.objects.create(guardian=newcomer, child=child, starts_on=TODAY)

    after = queries.who_will_see(scope, place_for(world, scope), TODAY)
    assert after == dataclasses.replace(before, parents_count=before.parents_count + 1)
    assert client.get(address).status_code == 200


def test_the_page_shows_the_number_that_the_right_gives(world, client):
    newcomer = add_person(world, "guardian_new")
    for expected in (4, 5):
        assert parents_told(world.sign_in(client, "teacher").get(publish_url(world))) == expected
        Guardianship.objects.get_or_create(guardian=newcomer, child=world.people["child_adam"], starts_on=TODAY)


def test_a_head_who_teaches_is_one_adult_of_the_city(world):
    before = queries.who_will_see(Scope.CITY, world.cities["marelle"], TODAY)
    for role, place in (
        (Role.TEACHER, {"classroom": world.classrooms["cpb"]}),
        (Role.ELECTED, {"city": world.cities["marelle"]}),
    ):
        Mandate.objects.create(person=world.people["head"], role=role, starts_on=BEFORE, **place)
    assert queries.who_will_see(Scope.CITY, world.cities["marelle"], TODAY) == before
