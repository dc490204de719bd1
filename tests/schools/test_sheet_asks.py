"""« Fiches demandées »: the school sees who lost a password, since when, and answers in one press."""

import re
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from preau.kit.dates import since_text
from preau.people import actions
from preau.people.models import Account, ActivationCode, Person, SheetAsk
from preau.people.queries import code_of
from preau.schools.asked import sheet_asks_of
from preau.schools.models import Enrolment, Guardianship
from preau.schools.rules.asks import sheet_asks_visible_to
from tests.world import TODAY, add_child

pytestmark = pytest.mark.django_db
PAGE, ALL = "/fiches-demandees/", "/fiches-demandees/impression/"


def ask(world, *names, days=0):
    now = timezone.now() - timedelta(days=days)
    return [actions.ask_sheet(holder=world.people[name], now=now) for name in names]


def seen_by(world, name):
    return {each.person.first_name for each in sheet_asks_visible_to(world.people[name], TODAY)}


def test_head_and_teacher_see_their_own_and_nobody_else_any(world):
    ask(world, "guardian", "pupil_cm2", "guardian_other_school", "teacher", "supply", "head", "ien")
    seen = {name: seen_by(world, name) for name in filter(None, world.actors())}
    assert seen["head"] == {"Guardian", "Pupil", "Teacher", "Supply"}
    assert seen["teacher"] == {"Guardian"} and seen["teacher_other_class"] == {"Pupil"}
    others = ("head", "teacher", "teacher_other_class", "head_other_school", "teacher_other_school")
    assert {name for name, found in seen.items() if found} <= {*others, "suspended"}  # who cannot enter
    assert seen["head_other_school"] == seen["teacher_other_school"] == {"Guardian"}


def test_a_teacher_who_is_a_parent_of_the_class_does_not_answer_herself(world):
    add_child(world, "child_own", "cpb", "CP", ["teacher"])
    ask(world, "teacher")
    assert seen_by(world, "teacher") == set() and seen_by(world, "head") == {"Teacher"}


def test_a_sheet_made_from_the_list_answers_and_leads_back_to_it(world, client):
    (row,) = ask(world, "guardian", days=2)
    world.sign_in(client, "teacher")
    page = client.get(PAGE).content.decode()
    link = Guardianship.objects.get(guardian=world.people["guardian"])
    address = reverse("schools:guardian_sheet", args=[link.pk])
    assert (
        since_text(timezone.localtime(row.asked_at), timezone.localtime()) in page
        and address in page
        and link.child.full_name in page
    )
    sheet = client.post(address).content.decode()
    assert PAGE in sheet and ActivationCode.objects.get().person == link.guardian
    assert SheetAsk.objects.get(pk=row.pk).answered_at
    assert "Aucune fiche demandée" in client.get(PAGE).content.decode()


def test_the_sheet_of_a_parent_speaks_their_language_and_its_square_opens_the_page_in_it(world, client):
    Person.objects.filter(pk=world.people["guardian"].pk).update(reading_language="ar")
    link = Guardianship.objects.get(guardian=world.people["guardian"])
    world.sign_in(client, "teacher")
    with patch("preau.people.sheets.qr_data", return_value="data:,") as square:
        page = client.post(reverse("schools:guardian_sheet", args=[link.pk])).content.decode()
    assert '<p lang="ar" dir="auto">وجّهوا هاتفكم نحو هذا المربع.</p>' in page
    assert "\u2066testserver/premiere-fois\u2069" in page
    assert square.call_args.args[0].startswith("http://testserver/premiere-fois/?langue=ar#")
    assert 'dir="rtl"' not in page  # the school's page stays French


def test_who_may_not_be_given_one_is_told_why_and_each_kind_has_its_button(world, client):
    ask(world, "guardian_restricted", "pupil_cm2", "aesh")
    page = world.sign_in(client, "head").get(PAGE).content.decode()
    assert "Une décision est notée" in page and page.count("Faire sa fiche") == 2
    assert "/equipe/" in page and reverse("schools:pupil_sheet", args=[world.people["pupil_cm2"].pk]) in page


def test_a_line_names_the_child_and_the_class_of_who_answers_alone(world, client):
    """Of a parent with a child in each of two schools, of a child who goes to both."""
    Enrolment.objects.create(
        pupil=world.people["child_adam"],
        school=world.schools["saules"],
        classroom=world.classrooms["saules_cm2"],
        starts_on=TODAY,
    )
    ask(world, "guardian_two_schools", "guardian")
    said = {
        who: {line.ask.person_id: line.about for line in sheet_asks_of(world.people[who], TODAY)}
        for who in ("head", "head_other_school")
    }
    both, adam = world.people["guardian_two_schools"].pk, world.people["guardian"].pk
    for who, parent, child, room in (
        ("head", both, "child_two_one", "gs"),
        ("head", adam, "child_adam", "cpb"),
        ("head_other_school", both, "child_two_two", "saules_cm2"),
        ("head_other_school", adam, "child_adam", "saules_cm2"),
    ):
        about = f"Responsable de {world.people[child].full_name}, {world.classrooms[room].name}"
        assert said[who][parent] == about and len(said[who]) == 2, who


def test_an_ask_is_dropped_by_who_sees_it(world, client):
    (row,) = ask(world, "guardian")
    address = reverse("schools:sheet_ask_drop", args=[row.pk])
    assert world.sign_in(Client(), "teacher_other_class").post(address).status_code == 404
    assert world.sign_in(Client(), "guardian").post(address).status_code == 404
    assert SheetAsk.objects.waiting().exists()
    world.sign_in(client, "teacher").post(address)
    assert not SheetAsk.objects.waiting().exists() and SheetAsk.objects.get().dropped_at
    assert not ActivationCode.objects.exists()


def test_who_answers_finds_the_list_where_the_pupils_are(world):
    school, cpb = world.schools["tilleuls"], world.classrooms["cpb"]
    ways = {"head": ("school", school), "teacher": ("classroom", cpb), "aesh": ("classroom", cpb)}
    for name, (address, place) in ways.items():
        page = world.sign_in(Client(), name).get(reverse(f"schools:{address}", args=[place.pk])).content.decode()
        assert (PAGE in page) is (name != "aesh"), name
    for name in ("aesh", "supply", "guardian", "city_education"):
        assert world.sign_in(Client(), name).get(PAGE).status_code == 403


def test_the_page_costs_the_same_for_many(world, client, django_assert_max_num_queries):
    ask(world, "guardian", "guardian_coparent", "guardian_other_family", "guardian_ulis", "pupil_cm2", "aesh")
    world.sign_in(client, "head")
    with django_assert_max_num_queries(10):
        client.get(PAGE)


def test_who_answers_reads_it_on_their_home_and_how_long_they_take(world, client, django_assert_max_num_queries):
    ask(world, "guardian", "pupil_cm2", days=3)
    ask(world, "guardian_other_school")
    help_ask = {
        "school": world.schools["tilleuls"],
        "school_typed": "",
        "city": None,
        "words": "x",
        "name": "",
        "reach": "",
    }
    row = actions.ask_help(**help_ask, now=timezone.now())
    world.sign_in(client, "head").get("/aujourdhui/")
    with django_assert_max_num_queries(10):
        home = client.get("/aujourdhui/").content.decode()
    assert "2\u00a0fiches de connexion demandées" in home and "la plus ancienne depuis" in home
    assert "1\u00a0demande d’aide attend" in home and PAGE in home and "/demandes-aide/" in home
    assert "demande d’aide" not in world.sign_in(client, "city_education").get("/aujourdhui/").content.decode()
    actions.pass_help_on(ask=row, person=None, now=timezone.now())
    assert "demande d’aide" in world.sign_in(client, "city_education").get("/aujourdhui/").content.decode()
    actions.pass_help_on(ask=row, person=None, now=timezone.now())
    assert "demande d’aide" in world.sign_in(client, "operator").get("/aujourdhui/").content.decode()
    actions.issue_activation_codes(
        persons=[world.people[name] for name in ("guardian", "pupil_cm2")], person=None, now=timezone.now()
    )
    page = world.sign_in(client, "head").get(PAGE).content.decode()
    assert "2\u00a0fiches faites en 30 jours" in page and "3\u00a0jours" in page
    assert "fiches de connexion demandées" not in client.get("/aujourdhui/").content.decode()


def test_a_head_prints_all_the_sheets_that_wait_in_one_press_and_each_is_told(world, client):
    ask(world, "teacher", "supply", "guardian", "pupil_cm2", "head", "guardian_restricted")
    Account.objects.filter(person=world.people["teacher"]).update(
        email="t@ecole.example", email_confirmed_at=timezone.now()
    )
    world.sign_in(client, "head")
    assert "Faire les 4 fiches" in client.get(PAGE).content.decode()
    page = client.post(ALL).content.decode()
    codes = re.findall(r'<p class="sheet-code">([\w-]+)</p>', page)
    owners = {code_of(code, timezone.now()).person for code in codes}
    assert owners == {world.people[name] for name in ("teacher", "supply", "guardian", "pupil_cm2")}
    assert [letter.to for letter in mail.outbox] == [["t@ecole.example"]]
    left = {each.person for each in SheetAsk.objects.waiting()}
    assert left == {world.people["head"], world.people["guardian_restricted"]}
    again = client.post(ALL, follow=True).content.decode()  # pressed twice: the printed codes stay good
    assert "Aucune fiche n’est plus à faire" in again and ActivationCode.objects.filter(revoked_at=None).count() == 4


def test_nobody_prints_what_they_would_not_make_one_by_one(world, client):
    ask(world, "teacher", "guardian", "guardian_other_school", "ien")
    for who, expected in (("guardian", 403), ("supply", 403), ("city_education", 403), ("teacher", 200)):
        assert world.sign_in(client, who).post(ALL).status_code == expected, who
    assert [code.person for code in ActivationCode.objects.all()] == [world.people["guardian"]]
