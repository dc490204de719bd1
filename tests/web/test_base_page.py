"""What stands on every page: the face, the doors, the errors."""

import re

import pytest

from preau.people.models import Role
from preau.web.doors import DOORS, Door, address, doors_of
from preau.web.faces import faces_of
from preau.web.verbs import verbs_of
from tests.world import STAFF, TODAY


def test_anyone_reads_the_first_page_without_a_cookie(client, db):
    response = client.get("/")
    assert response.status_code == 200
    assert not response.cookies and "!!" not in response.content.decode()


def test_every_actor_has_a_home_that_says_who_they_are(world, client):
    for name in world.actors():
        client.logout()
        if name in (None, "suspended"):
            continue
        response = world.sign_in(client, name).get("/", follow=True)
        page = response.content.decode()
        assert response.status_code == 200
        assert f"Bonjour {world.people[name].first_name}" in page
        assert "!!" not in page
        assert ("Aucun rôle" in page) == (name in ("former_teacher", "guardian_restricted"))


def test_a_face_is_chosen_among_ones_own(world, client):
    teacher = world.people["teacher"]
    from preau.schools.models import Guardianship

    Guardianship.objects.create(guardian=teacher, child=world.people["child_ulis"], starts_on=TODAY)
    world.sign_in(client, "teacher")
    assert "enseignante" in client.get("/aujourdhui/").content.decode()
    client.post("/visage/", {"face": "guardian"})
    page = client.get("/aujourdhui/").content.decode()
    assert "<b>parent</b>" in page
    client.post("/visage/", {"face": str(world.people["head"].mandates.get().pk)})
    assert client.session["face"] == "guardian"


def test_faces_say_place_and_children(world):
    labels = {name: [face.label for face in faces_of(world.people[name], TODAY)] for name in world.people}
    assert labels["head"] == ["Directrice, École Tilleuls"]
    assert labels["guardian_two_schools"] == ["Parent de Child et de Child"]
    assert labels["pupil_cm2"] == ["Élève, Canari-classe-cm2"]
    assert labels["guardian_restricted"] == [] and labels["former_teacher"] == []
    assert labels["operator"] == ["Opératrice de la base"]


def test_no_door_leads_nowhere(world):
    face = faces_of(world.people["teacher"], TODAY)[0]
    assert address(Door("Rêve", "no-such-page"), face) is None
    assert address(Door("Fermée", "today", lambda face: None), face) is None
    assert all(len(doors) <= 6 or doors for doors in DOORS.values())


@pytest.mark.django_db
def test_reading_choices_last_for_the_session_and_return_to_the_page(world, client):
    world.sign_in(client, "teacher")
    assert "(prefers-color-scheme: dark)" in client.get("/aujourdhui/").content.decode()
    response = client.post("/lecture/", {"theme": "night", "next": "/aujourdhui/"})
    assert response["Location"] == "/aujourdhui/"
    assert 'media="screen">' in client.get("/aujourdhui/").content.decode()
    client.post("/lecture/", {"reading": "spaced"})
    assert 'data-reading="spaced"' in client.get("/aujourdhui/").content.decode()
    client.post("/lecture/", {"theme": "day"})
    assert "night.css" not in client.get("/aujourdhui/").content.decode()
    elsewhere = client.post("/lecture/", {"theme": "night", "next": "https://ailleurs.example/"})
    assert elsewhere["Location"] == "/aujourdhui/"


def test_choices_are_for_signed_in_people(client, db):
    for path in ("/visage/", "/lecture/", "/aujourdhui/"):
        response = client.post(path) if path != "/aujourdhui/" else client.get(path)
        assert response.status_code == 302 and "/entrer/" in response["Location"]


def test_a_page_that_is_not_there_says_so_in_french(client, db):
    response = client.get("/rien/")
    assert response.status_code == 404
    assert "Cette page n’est pas là" in response.content.decode()
    assert not response.cookies


def test_the_page_of_a_breakdown_asks_nothing_of_the_base(rf):
    from preau.web.views.errors import server_error

    response = server_error(rf.get("/"))
    assert response.status_code == 500 and "!!" not in response.content.decode()


def test_a_page_costs_at_most_two_questions_more_than_its_person(world, client, django_assert_max_num_queries):
    world.sign_in(client, "head")
    with django_assert_max_num_queries(5):
        client.get("/mentions-legales/")


@pytest.mark.long
def test_every_door_opens(world, client):
    """Each door drawn on each actor's home answers 200 to that actor."""
    for name in world.actors():
        if name in (None, "suspended"):
            continue
        world.sign_in(client, name)
        page = client.get("/aujourdhui/").content.decode()
        nav = page.partition('aria-label="Portes"')[2].partition("</nav>")[0]
        for door in re.findall(r'href="([^"]+)"', nav):
            assert client.get(door).status_code == 200, (name, door)


@pytest.mark.parametrize("name", [name for name, role, *_ in STAFF if role != Role.OPERATOR])
def test_whoever_takes_part_in_the_plan_enters_it_from_the_doors_or_the_verbs(world, name):
    if not (faces := faces_of(world.people[name], TODAY)):
        return  # someone who left
    ways = [*doors_of(faces[0], "/aujourdhui/"), *verbs_of(faces[0])]
    assert "/plan/accueil/" in {way.url for way in ways}


def test_the_door_of_the_plan_is_marked_on_each_of_its_pages(world):
    (face,) = faces_of(world.people["city_it"], TODAY)
    for path, here in (("/plan/malles/", "Plan numérique"), ("/plan/pretes/", "Écoles prêtes"), ("/rien/", None)):
        assert [door.label for door in doors_of(face, path) if door.is_here] == ([here] if here else [])


def test_a_head_has_one_door_for_the_life_of_the_school_and_one_for_its_register(world):
    (face,) = faces_of(world.people["head"], TODAY)
    today, *labels = [door.label for door in doors_of(face, "/aujourdhui/")]
    assert labels == ["La vie de l’école", "Élèves et équipes", "Rentrée", "Site public", "Plan numérique"]
