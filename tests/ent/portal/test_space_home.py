"""The way into a space: its own people only, and only what they may know of one another."""

import re

from django.urls import reverse
from django.utils.timezone import now

from preau.ent.posts.actions import publish_post
from preau.ent.posts.models import Scope
from preau.schools.actions import restrict_guardian
from preau.schools.models import Guardianship
from tests.ent.posts.test_actions import picture, publish
from tests.ent.posts.test_views import IN_CLASS, open_actors
from tests.ent.writings.acts import publish as publish_text
from tests.texts import as_drawn
from tests.world import TODAY

IN_SCHOOL = {
    "teacher", "teacher_other_class", "supply", "aesh", "atsem", "head", "former_teacher",
    "guardian", "guardian_coparent", "guardian_other_family", "guardian_other_class", "guardian_ulis",
    "guardian_two_schools", "pupil_cm2",
}  # fmt: skip


def url(kind, place):
    return reverse(f"portal:{kind}_home", kwargs={f"{kind}_id": place.pk})


def who_is_here(client, address):
    """The list of a space, as written on its page."""
    return client.get(address).content.decode().partition('id="qui"')[2].partition("</section>")[0]


def who_enters(world, client, address):
    return {name for name in open_actors(world) if world.sign_in(client, name).get(address).status_code == 200}


def test_a_class_opens_to_its_people(world, client):
    assert client.get(url("classroom", world.classrooms["cpb"])).status_code == 302
    assert who_enters(world, client, url("classroom", world.classrooms["cpb"])) == IN_CLASS


def test_a_school_opens_to_its_people(world, client):
    assert who_enters(world, client, url("school", world.schools["tilleuls"])) == IN_SCHOOL


def test_a_dispositif_opens_to_its_own_families_and_the_head(world, client):
    assert who_enters(world, client, url("group", world.groups["ulis"])) == {"guardian_ulis", "head"}


def test_the_city_s_space_opens_to_its_services_and_its_schools_adults(world, client):
    found = who_enters(world, client, url("city", world.cities["marelle"]))
    assert {"city_education", "city_it", "city_finance", "elected", "guardian", "teacher", "head"} <= found
    assert not found & {"city_education_far", "guardian_far", "ien", "pupil_cm2", "operator", "parents_federation"}


def test_a_class_names_its_adults_and_counts_its_families_for_who_works_there(world, client):
    page = world.sign_in(client, "teacher").get(url("classroom", world.classrooms["cpb"])).content.decode()
    assert "Mme Canari-teacher" in page and "Mme Canari-head" in page
    assert re.search(r"2\u00a0élèves,\s+4\u00a0parents et responsables", page)


def test_a_judge_s_decision_changes_nothing_that_another_family_of_the_class_reads(world, client):
    address = url("classroom", world.classrooms["cpb"])
    world.sign_in(client, "guardian_other_family")
    before = who_is_here(client, address)
    link = Guardianship.objects.get(guardian=world.people["guardian_coparent"])
    restrict_guardian(link=link, on=TODAY, reference="JAF 1", person=world.people["head"], now=now())
    assert who_is_here(client, address) == before
    assert "2\u00a0élèves et leurs familles" in before


def test_a_class_names_no_other_family(world, client):
    page = world.sign_in(client, "guardian").get(url("classroom", world.classrooms["cpb"])).content.decode()
    for stranger in ("Canari-child_lina", "Canari-guardian_other_family", "Canari-guardian_coparent"):
        assert stranger not in page


def test_a_former_member_finds_no_list_of_today(world, client):
    page = world.sign_in(client, "former_teacher").get(url("classroom", world.classrooms["cpb"])).content.decode()
    assert "Qui est ici" not in page


def test_a_school_lists_only_the_reader_s_classes(world, client):
    for name, seen in (("guardian", {"cpb"}), ("head", {"cpb", "cm2", "gs"}), ("canteen", set())):
        page = world.sign_in(client, name).get(url("school", world.schools["tilleuls"])).content.decode()
        assert {room for room in world.classrooms if f"Canari-classe-{room}" in page} == seen, name


def test_a_school_lists_a_dispositif_to_its_own_only(world, client):
    for name in open_actors(world):
        response = world.sign_in(client, name).get(url("school", world.schools["tilleuls"]))
        expected = name in ("guardian_ulis", "head")
        assert (b"Canari-dispositif" in response.content) is expected, name


def test_at_most_ten_queries(world, client, django_assert_max_num_queries):
    publish(world)
    publish(world, "head", Scope.SCHOOL)
    for kind, place in (("classroom", world.classrooms["cpb"]), ("school", world.schools["tilleuls"])):
        world.sign_in(client, "head")
        with django_assert_max_num_queries(10):
            client.get(url(kind, place))


def test_only_a_head_is_led_from_the_space_to_its_register(world, client):
    """The two doors of a head lead to each other; who only reads a space is led nowhere they cannot enter."""
    school, room = world.schools["tilleuls"], world.classrooms["cpb"]
    led = ((url("school", school), "schools:school", school), (url("classroom", room), "schools:classroom", room))
    for space, name, place in led:
        address = reverse(name, args=[place.pk])
        link = f'<p class="links"><a href="{address}">'
        for actor in ("head", "teacher", "guardian"):
            page = as_drawn(world.sign_in(client, actor).get(space).text)
            assert (link in page) is (actor == "head"), (name, actor)
        assert world.sign_in(client, "head").get(address).status_code == 200


def test_a_class_asks_ten_queries_at_most_of_each_of_its_people(world, client, django_assert_max_num_queries):
    """With a post, its photo, and a text of a pupil among the last things said."""
    cm2, shown = world.classrooms["cm2"], {"pictures": [picture()], "no_child_declared": True}
    said = {"person": world.people["teacher_other_class"], "place": cm2, "scope": Scope.CLASS, "text": "Canari-dit."}
    publish_post(**said, **shown, now=now())
    publish_text(world, drawn=True)
    address = url("classroom", cm2)
    for name in ("pupil_cm2", "head", "teacher_other_class", "guardian_other_class"):
        world.sign_in(client, name).get(address)
        with django_assert_max_num_queries(10):
            page = client.get(address).content.decode()
        assert "Les poules" in page and "Canari-dit." in page, name
