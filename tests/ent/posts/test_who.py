"""« Qui verra »: what the page counts, and what the same persons may then read."""

import dataclasses
import re

import pytest
from django.urls import reverse

from preau.ent.posts import actions
from preau.ent.posts.accords import owes_declaration
from preau.ent.posts.models import Scope
from preau.ent.posts.queries import who
from preau.ent.posts.queries.who import who_will_see
from preau.ent.posts.views.spaces import hidden_of, owes_word
from preau.people.models import Mandate, Role
from preau.schools.models import Enrolment, Guardianship
from preau.spaces.audiences import Readers
from tests.ent.posts.test_actions import NOW, picture, place_for, publish
from tests.ent.posts.test_views import life_url, publish_url
from tests.world import BEFORE, TODAY, add_person

WRITER = {
    Scope.CLASS: "teacher",
    Scope.FAMILIES: "teacher",
    Scope.GROUP: "head",
    Scope.SCHOOL: "head",
    Scope.CITY: "city_education",
}


def parents_told(page):
    """The number of parents that « Qui verra » shows, the same for each choice that holds families."""
    (count,) = set(re.findall(r"(\d+) parents? (?:et|ou) responsables?", page.content.decode().replace("\u00a0", " ")))
    return int(count)


@pytest.mark.parametrize("scope", WRITER)
def test_one_more_guardian_changes_the_number_and_the_right_together(world, client, scope):
    post = publish(world, WRITER[scope], scope)
    address = reverse("posts:post_detail", kwargs={"post_id": post.pk})
    newcomer = add_person(world, "guardian_new")
    before = who_will_see(scope, place_for(world, scope), TODAY)
    assert world.sign_in(client, "guardian_new").get(address).status_code == 404

    child = world.people["child_ulis" if scope == Scope.GROUP else "child_adam"]
    Guardianship.objects.create(guardian=newcomer, child=child, starts_on=TODAY)

    after = who_will_see(scope, place_for(world, scope), TODAY)
    assert after == dataclasses.replace(before, parents_count=before.parents_count + 1)
    assert client.get(address).status_code == 200


def test_the_page_shows_the_number_that_the_right_gives(world, client):
    newcomer = add_person(world, "guardian_new")
    for expected in (4, 5):
        assert parents_told(world.sign_in(client, "teacher").get(publish_url(world))) == expected
        Guardianship.objects.get_or_create(guardian=newcomer, child=world.people["child_adam"], starts_on=TODAY)


@pytest.mark.parametrize("place", ["schools tilleuls", "classrooms cpb"])
def test_scopes_told_together_say_what_each_says_alone_and_are_counted_once(world, place, monkeypatch):
    """Of the three hundred persons of a school, for each of four choices."""
    kind, name = place.split()
    place, scopes = getattr(world, kind)[name], [Scope.SCHOOL, Scope.FAMILIES, Scope.STAFF, Scope.PUBLIC]
    scopes = scopes if kind == "schools" else [Scope.CLASS, Scope.FAMILIES]
    alone = [who_will_see(scope, place, TODAY) for scope in scopes]
    counted, families = [], who._families
    monkeypatch.setattr(who, "_families", lambda members: [counted.append(members), families(members)][1])
    together = who.who_would_see(scopes, place, TODAY)
    assert together == alone and len(counted) == 1
    for one in together:
        parts = set(one.scope.readers)
        assert (one.parents_count > 0, one.pupils_count > 0) == (Readers.FAMILIES in parts, Readers.PUPILS in parts)
        assert one.adults_count and bool(one.families_count) == (Readers.FAMILIES in parts)


def test_a_head_who_teaches_is_one_adult_of_the_city(world):
    before = who_will_see(Scope.CITY, world.cities["marelle"], TODAY)
    for role, place in (
        (Role.TEACHER, {"classroom": world.classrooms["cpb"]}),
        (Role.ELECTED, {"city": world.cities["marelle"]}),
    ):
        Mandate.objects.create(person=world.people["head"], role=role, starts_on=BEFORE, **place)
    assert who_will_see(Scope.CITY, world.cities["marelle"], TODAY) == before


def test_the_parents_of_a_city_are_counted_up_to_a_number_that_tells_enough(world, client, monkeypatch):
    """A city of eight thousand parents is not gone through each time that somebody writes."""
    page = reverse("posts:city_publish", args=[world.cities["marelle"].pk])
    count = who_will_see(Scope.CITY, world.cities["marelle"], TODAY).parents_count
    for most, told in ((count, f"<li>{count} parents"), (count - 1, f"<li>plus de {count - 1} parents")):
        monkeypatch.setattr(who, "COUNTED_PARENTS", most)
        assert told in world.sign_in(client, "city_education").get(page).text.replace("\u00a0", " ")


def draft(world, scope=Scope.CLASS, who="teacher", **more):
    said = {"person": world.people[who], "place": place_for(world, scope), "scope": scope, "now": NOW}
    return actions.write_post(text="Canari-brouillon", **said, **more)


def pages_of(post):
    return [reverse(f"posts:{name}", kwargs={"post_id": post.pk}) for name in ("post_detail", "post_edit")]


def press_publish(client, post, **ticked):
    """« Publier » as the draft's own page holds it."""
    seen = re.search(r'name="seen" value="([^"]+)"', client.get(pages_of(post)[0]).text).group(1)
    assert client.post(
        reverse("posts:publication_create", kwargs={"post_id": post.pk}), {"seen": seen} | ticked
    ).has_header("Location")


def publishes(page, post):
    """Whether the page holds the button that publishes."""
    return reverse("posts:publication_create", kwargs={"post_id": post.pk}) in page.content.decode()


def test_a_draft_says_who_will_see_it_before_it_leaves(world, client, django_assert_max_num_queries):
    post = draft(world)
    world.sign_in(client, "teacher")
    for address in pages_of(post):
        with django_assert_max_num_queries(10):
            page = client.get(address)
        assert parents_told(page) == 4, address
        assert publishes(page, post) is (address == pages_of(post)[0])
    life = client.get(life_url(world))
    assert not publishes(life, post) and f'href="{pages_of(post)[0]}">Relire et publier' in life.content.decode()
    press_publish(client, post)
    for address in pages_of(post):
        assert "Qui verra" not in client.get(address).content.decode(), address


@pytest.mark.parametrize("scope", [Scope.CLASS, Scope.PUBLIC])
def test_pages_of_a_draft_with_a_photo_say_who_is_not_to_be_seen(world, client, scope, django_assert_max_num_queries):
    """Of a teacher who has a child too, then of the head who decides: ten queries at most, and the same as at once."""
    post = draft(world, scope, pictures=[picture()])
    Guardianship.objects.create(
        child=world.people["child_lina"], guardian=world.people["teacher"], starts_on=BEFORE, authority="yes"
    )
    world.sign_in(client, "teacher")
    for address in (*pages_of(post), reverse("posts:post_schedule", kwargs={"post_id": post.pk})):
        with django_assert_max_num_queries(10):
            page = client.get(address).content.decode()
        assert "pas d’accord de diffusion" in page, address
    assert 'name="no_child"' in client.get(pages_of(post)[0]).content.decode()
    if scope == Scope.PUBLIC:
        press_publish(client, post, no_child="on")
        world.sign_in(client, "head")
        with django_assert_max_num_queries(10):
            page = client.get(pages_of(post)[0])
        assert "reconnaissable&nbsp;:\n      publier" in page.content.decode()


@pytest.mark.parametrize("scope", [Scope.CLASS, Scope.PUBLIC])
def test_pages_ask_for_the_author_s_word_when_publishing_does(world, scope):
    """Of everyone on the Internet always, of a class when a child of it may not be shown."""
    post = draft(world, scope, pictures=[picture()])

    def both():
        shown = hidden_of(world.people["teacher"], post, TODAY)
        return owes_word(post, shown), owes_declaration(post, TODAY)

    assert both() == (True, True)
    Enrolment.objects.all().delete()
    assert both() == ((True, True) if scope == Scope.PUBLIC else (False, False))


def test_who_may_no_longer_publish_is_offered_nothing(world, client):
    post = draft(world)
    Mandate.objects.filter(person=world.people["teacher"]).update(classroom=world.classrooms["cm2"])
    page = world.sign_in(client, "teacher").get(pages_of(post)[0])
    assert "Canari-brouillon" in page.content.decode() and "Qui verra" not in page.content.decode()
    assert not publishes(page, post)


def test_everyone_on_the_internet_is_said_and_the_school_is_counted(world, client, django_assert_max_num_queries):
    school = world.schools["tilleuls"]
    told = who_will_see(Scope.SCHOOL, school, TODAY).parents_count
    post = draft(world, Scope.PUBLIC)
    world.sign_in(client, "teacher")
    for address in (reverse("posts:school_publish", kwargs={"school_id": school.pk}), *pages_of(post)):
        with django_assert_max_num_queries(10):
            page = client.get(address)
        assert "Toute personne sur internet" in page.content.decode() and parents_told(page) == told, address
    assert "Proposer à la direction" in client.get(pages_of(post)[0]).content.decode()
    press_publish(client, post)
    page = world.sign_in(client, "head").get(pages_of(post)[0])
    assert "Publier sur le site" in page.content.decode() and parents_told(page) == told
    with django_assert_max_num_queries(10):
        client.get(reverse("posts:school_publish", kwargs={"school_id": school.pk}))
