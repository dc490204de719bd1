"""What stands on every page: the face, the doors, the errors."""

import datetime
import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import get_template
from PIL import Image

from preau.kit import assets
from preau.kit.rooms import doors
from preau.kit.rooms.doors import Door, OpenDoor, Page, Tab, Tile, Verb, declared
from preau.people.models import SITE_ROLES, Role
from preau.schools.faces import GUARDIAN
from preau.schools.models import Enrolment, Guardianship
from preau.web import header, navigation
from preau.web.faces import faces_of
from preau.web.navigation import doors_of, verbs_of
from tests.ent.posts.test_actions import publish
from tests.house.test_pages import routes
from tests.world import STAFF, TODAY


def navigation_of(page):
    return page.partition('aria-label="Portes"')[2].partition("</nav>")[0]


def links(page):
    return re.findall(r'<a [^>]*href="([^"]+)"', navigation_of(page))


def labels(part):
    return re.findall(r"<a [^>]+>([^<]+)</a>", part)


def test_anyone_reads_the_first_page_without_a_cookie(client, db):
    response = client.get("/")
    assert response.status_code == 200
    assert not response.cookies and "!!" not in response.content.decode()


def test_a_telephone_keeps_preau_on_its_first_screen_and_opens_it_on_today(world, client):
    answer = client.get("/manifest.webmanifest")
    assert answer.headers["Content-Type"] == "application/manifest+json" and not answer.cookies
    said = answer.json()
    assert {"name", "short_name", "description"} <= set(said) and said["display"] == "standalone"
    assert (said["lang"], said["start_url"], said["scope"]) == ("fr", "/aujourdhui/", "/")
    for icon in said["icons"]:
        with Image.open(finders.find(icon["src"].removeprefix(settings.STATIC_URL))) as image:
            assert "x".join(map(str, image.size)) == icon["sizes"], icon
    sizes = {(icon["sizes"], icon["purpose"]) for icon in said["icons"]}
    assert sizes == {("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")}
    link = '<link rel="manifest" href="/manifest.webmanifest">'
    assert link in client.get("/entrer/").content.decode()
    assert link in world.sign_in(client, "guardian").get("/aujourdhui/").content.decode()
    assert link not in client.get(f"/ecoles/{world.schools['tilleuls'].slug}/").content.decode()


def test_the_head_kept_for_all_names_nobody_and_holds_no_token(world, client):
    heads, tokens = [], set()
    tie = {"guardian": world.people["teacher"], "child": world.people["child_lina"], "starts_on": TODAY}
    Guardianship.objects.create(**tie)  # who has two faces
    assert len(faces_of(world.people["teacher"], TODAY)) == 2
    for name in world.actors():
        client.logout()
        if name in (None, "suspended"):
            continue
        page = world.sign_in(client, name).get("/mon-compte/").content.decode()
        head = page.partition("<header>")[2].partition("</header>")[0]
        token = re.search(r'<form data-exit.*?name="csrfmiddlewaretoken" value="([^"]+)"', head).group(1)
        assert page.count(token) > 2 and 'value="/mon-compte/"' in head and header.TOKEN not in page, name
        tokens.add(token)
        heads.append(head)
    kept = " ".join(map(str, header.KEPT._found.items()))
    said = {word for one in world.people.values() for word in (one.full_name, one.formal_name)}
    assert len(tokens) == len(heads) > 20 and "Je suis ici comme" in kept
    assert [word for word in said | tokens if word in kept] == []
    menus = [key for key in header.KEPT._found if isinstance(key, header.Menu)]
    assert menus and [key.faces for key in menus if key.faces] == []


MARELLE, FAR = "Ville de Marelle", "Ville d’Ailleurs"
FEET = {  # a circonscription, a département may span many cities
    "guardian": MARELLE, "guardian_two_schools": MARELLE, "guardian_far": FAR, "guardian_restricted": "Ville",
    "pupil_far": FAR, "teacher": MARELLE, "canteen": MARELLE, "head_far": FAR, "city_it": MARELLE,
    "ien": "Villes (Canari-district-north)", "dsden": "Villes (Vienne)", "operator": "Ville",
    None: "Villes d’Ailleurs et de Marelle",
}  # fmt: skip


@pytest.mark.parametrize("name", FEET)
def test_the_foot_names_the_city_of_who_reads(world, client, name):
    page = world.sign_in(client, name).get("/mon-compte/" if name else "/").content.decode()
    assert f">{FEET[name]} × Éducation nationale</p>" in page


def test_the_foot_names_both_cities_of_a_family_of_two(world, client):
    far = world.people["guardian_far"]
    Guardianship.objects.create(guardian=far, child=world.people["child_adam"], starts_on=TODAY)
    for address in ("/aujourdhui/", "/nulle-part/"):
        page = world.sign_in(client, "guardian_far").get(address).content.decode()
        assert ">Villes de Marelle et d’Ailleurs × Éducation nationale</p>" in page, address  # as her children come


def test_a_pupil_stands_where_they_are_enrolled_that_day_and_nowhere_before_or_after(world):
    pupil, day = world.people["pupil_cm2"], datetime.timedelta(days=1)
    row = Enrolment.objects.filter(pupil=pupil)
    assert [face.school for face in faces_of(pupil, TODAY)] == [world.schools["tilleuls"]]
    for said in ({"ends_on": TODAY - day}, {"starts_on": TODAY + day, "ends_on": None}):
        row.update(**said)
        assert faces_of(pupil, TODAY) == []
    Enrolment.objects.create(pupil=pupil, school=world.schools["saules"], starts_on=TODAY)
    assert [face.school for face in faces_of(pupil, TODAY)] == [world.schools["saules"]]


@pytest.mark.long
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
    """Each room names addresses that exist; a door without sense for a face is not drawn."""
    face = faces_of(world.people["teacher"], TODAY)[0]
    assert Door(1, "Fermée", "today", None, lambda face: None).address(face) is None
    assert Door(1, "D’une autre", "today", (Role.OPERATOR,)).address(face) is None
    named = {way.url_name for kind in (Door, Tile, Verb, Page) for way in declared(kind)}
    named |= {tab.url_name.format(kind=kind) for tab in declared(Tab) for kind in tab.kinds}
    assert named - {full for _, full, _ in routes()} == set()


def declare_more(monkeypatch, count, kind=Door, **more):
    lines = [kind(200 + number, f"Salle {number}", "privacy", None, **more) for number in range(count)]
    monkeypatch.setattr(navigation, "declared", lambda asked: declared(asked) + tuple(lines if asked is kind else ()))
    navigation._declared_for.cache_clear()


@pytest.fixture
def declaring(monkeypatch):
    yield lambda *args, **more: declare_more(monkeypatch, *args, **more)
    monkeypatch.undo()
    navigation._declared_for.cache_clear()


def test_what_a_row_of_six_cannot_hold_goes_under_plus(world, client, declaring):
    """Seven doors and more: none is dropped, and nothing moves while there are six."""
    declaring(3)
    page = world.sign_in(client, "canteen").get("/donnees-personnelles/").content.decode()
    assert len(labels(navigation_of(page))) == 6 and "Plus<" not in page
    declaring(6)
    page = client.get("/donnees-personnelles/").content.decode()
    row, _, more = navigation_of(page).partition("<summary>Plus")
    assert len(labels(row)) == 5 and labels(more) == ["Salle 2", "Salle 3", "Salle 4", "Salle 5"]
    assert 'aria-current="page">Salle 0' in row


def test_each_door_of_families_has_its_picture():
    assert [door.label for door in declared(Door) if door.is_for(GUARDIAN) and not door.icon] == []


def test_no_verb_is_left_out(world, client, declaring):
    declaring(3, Verb, icon="x", hint="y")
    page = world.sign_in(client, "head").get("/aujourdhui/").content.decode()
    assert [f"Salle {number}" in page for number in range(3)] == [True] * 3
    bar = re.search(r'<ul class="verbs.*?</ul>', page, re.DOTALL)[0]
    assert bar.count("<li>") == 5  # at the thumb on a telephone; the others are doors
    assert labels(navigation_of(page))[-3:] == ["Salle 0", "Salle 1", "Salle 2"]


def test_a_tab_is_shown_to_those_its_room_says(world, monkeypatch):
    place, teacher = world.classrooms["cpb"], world.people["teacher"]
    tab = Tab(30, "Cahier", "posts:{kind}_publish", ("classroom",), lambda person, place, today: person == teacher)
    monkeypatch.setattr(doors, "declared", lambda kind: (*declared(kind), tab))

    def shown(name, kind, at):
        tabs = doors.tabs_of(kind, at, person=world.people[name], today=TODAY, path="")
        return [each.label for each in tabs]

    assert shown("teacher", "classroom", place)[:2] == ["Accueil", "La vie"]
    assert "Cahier" in shown("teacher", "classroom", place)
    assert "Cahier" not in shown("head", "classroom", place) + shown("teacher", "school", place.school)


def test_past_six_tabs_the_last_go_under_plus_but_the_one_that_is_here():
    def drawn(count, here=0):
        tabs = [OpenDoor(f"Page {number}", f"/{number}/", number == here) for number in range(count)]
        page = get_template("kit/_tabs.html").render({"tabs": tabs, "label": "Classe"})
        row, _, more = page.partition("<summary>")
        assert f'aria-current="page">Page {here}<' in row
        return [re.findall(r">(Page \d)<", part) for part in (row, more)]

    first = [f"Page {number}" for number in range(5)]
    assert drawn(6) == [[*first, "Page 5"], []]
    assert drawn(8) == [first, ["Page 5", "Page 6", "Page 7"]]
    assert drawn(8, here=6) == [[*first, "Page 6"], ["Page 5", "Page 7"]]


def test_in_nursery_the_carnet_comes_before_lessons(world, monkeypatch):
    def row(name):
        person = world.people[name]
        return [door.label for door in doors_of(faces_of(person, TODAY)[0], "")]

    def come(name, *said):
        return [label for label in row(name) if label in said]

    def tabs(place, name="teacher"):
        found = doors.tabs_of("classroom", place, person=world.people[name], today=TODAY, path="")
        return [each.label for each in found]

    place = world.classrooms["cpb"]
    assert come("guardian", "Leçons", "Cahier") == ["Leçons", "Cahier"]
    assert tabs(place).index("Leçons") < tabs(place).index("Cahiers")
    writing = {"Textes", "Conseil d’élèves"}  # of pupils who write alone
    assert not writing & set(tabs(place)) and writing <= set(tabs(world.classrooms["cm2"], "teacher_other_class"))
    face = faces_of(world.people["teacher"], TODAY)[0]
    assert verbs_of(face)[3].label == "Noter une leçon"
    place.levels = ["MS", "GS"]
    place.save()
    place.enrolments.update(level="")
    assert come("guardian", "Leçons", "Carnet de suivi") == ["Carnet de suivi", "Leçons"]
    assert tabs(place).index("Carnets") < tabs(place).index("Leçons")
    face.mandate.classroom.levels = place.levels
    assert verbs_of(face)[3].label == "Page de carnet"


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
    """Each door drawn on each actor's home opens for that actor, at once or by leading to their only place."""
    for name in world.actors():
        if name in (None, "suspended"):
            continue
        world.sign_in(client, name)
        page = client.get("/aujourdhui/").content.decode()
        for door in links(page):
            assert client.get(door, follow=True).status_code == 200, (name, door)


@pytest.mark.parametrize("name", [name for name, role, *_ in STAFF if role not in (Role.OPERATOR, *SITE_ROLES)])
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
    places = ["La vie de l’école", "Élèves et équipes", "Site public", "Rentrée", "Plan numérique"]
    assert [label for label in labels if label in places] == places and len(set(labels)) == len(labels)


def test_an_error_page_speaks_the_language_of_its_reader_whatever_was_asked(world, client):
    guardian = world.people["guardian"]
    guardian.reading_language = "ar"
    guardian.save()
    inside = world.sign_in(client, "guardian")
    assert '<html lang="ar" dir="rtl"' in inside.get("/aujourdhui/").content.decode()
    for path, status in (("/mots/nulle-part/", 404), ("/arrets/", 403)):
        answer = inside.get(path)
        assert answer.status_code == status and '<html lang="ar" dir="rtl"' in answer.content.decode()


def test_every_icon_drawn_on_a_home_is_in_the_sprite(world, client):
    """A name that the build did not find draws nothing, in silence."""
    publish(world)
    drawn = set()
    for name in (None, "guardian", "teacher", "head", "pupil_cm2", "city_it", "operator"):
        page = world.sign_in(client, name).get("/aujourdhui/", follow=True).content.decode()
        drawn |= set(re.findall(r"sprite[^\"#]*#([a-z0-9-]+)", page))
    assert {"heart", "house"} & drawn and drawn <= set(assets.icon_names())
