"""The register in a real browser: read by axe at two widths, and an arrival from the form to the family's page."""

import datetime
import os
import re

import pytest
from django.urls import reverse
from django.utils.timezone import now

from preau.people.actions import ask_sheet
from preau.people.models import Mandate, Person, Role
from preau.schools.models import Enrolment
from tests.browser import WIDTHS, Finger, assert_accessible, assert_says, faults_on_paper, open_page
from tests.people.door import draw
from tests.world import TODAY

pytestmark = pytest.mark.browser
SURNAME = re.compile("^Nom")


@pytest.mark.parametrize("width", WIDTHS)
def test_an_arrival_to_correct_and_a_likeness_are_accessible(world, browser, live_server, width):
    path, adam = reverse("schools:arrival", args=[world.schools["tilleuls"].pk]), world.people["child_adam"]
    page = open_page(browser, live_server, path, width=width, account=world.account("head"))
    page.locator("main form button.btn-main").click()
    page.locator(".to-fix").wait_for()
    assert_accessible(page)
    fill_arrival(page, first_name="Child", last_name=adam.last_name, birth_date=adam.birth_date)
    assert_says(page, "Une question avant d’inscrire")
    assert_accessible(page, "schools/likeness.html")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_guardian_s_namesake_is_asked_about_and_the_answer_is_enough(world, browser, live_server, width):
    known, adam = world.people["guardian_other_family"], world.people["child_adam"]
    path = reverse("schools:guardian_new", args=[adam.pk])
    page = open_page(browser, live_server, path, width=width, account=world.account("head"))
    page.fill("#id_first_name", known.first_name)
    page.fill("#id_last_name", known.last_name)
    page.check("#id_is_priority")
    page.locator("main form button.btn-main").click()
    assert_accessible(page, "schools/guardian_likeness.html")
    if folder := os.environ.get("PREAU_LOOK"):
        page.screenshot(path=f"{folder}/guardian_likeness-{width}.png", full_page=True)
    page.click("text=C’est la même personne")
    page.wait_for_url("**/eleve/**")
    assert known.children_links.get(child=adam).is_priority


@pytest.mark.parametrize("width", WIDTHS)
def test_a_namesake_of_the_team_is_asked_about_and_the_answer_is_enough(world, browser, live_server, width):
    known, path = world.people["atsem"], reverse("schools:staff_new", args=[world.schools["tilleuls"].pk])
    page = open_page(browser, live_server, path, width=width, account=world.account("head"))
    page.select_option("#id_function", label="AESH")
    page.select_option("#id_room", value="school")
    page.fill("#id_first_name", known.first_name)
    page.fill("#id_last_name", known.last_name)
    if folder := os.environ.get("PREAU_LOOK"):
        page.screenshot(path=f"{folder}/staff_new-{width}.png", full_page=True)
    page.locator("main form button.btn-main").click()
    assert_accessible(page, "people/namesakes.html")
    if folder:
        page.screenshot(path=f"{folder}/namesakes-{width}.png", full_page=True)
    page.click("text=C’est la même personne")
    page.wait_for_selector(".sheet-code")
    assert known.mandates.filter(role="aesh", school=world.schools["tilleuls"]).count() == 1


def fill_arrival(page, *, first_name, last_name, birth_date):
    page.fill("#id_first_name", first_name)
    page.fill("#id_last_name", last_name)
    page.fill("#id_birth_date", birth_date.isoformat())
    page.select_option("#id_classroom", label="Canari-classe-cpb")
    page.select_option("#id_level", "CP")
    page.locator("main form button.btn-main").click()


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_a_pupil_arrives_and_the_family_is_in_class(world, browser, live_server, javascript):
    path = reverse("schools:school", args=[world.schools["tilleuls"].pk])
    head = open_page(browser, live_server, path, width=360, account=world.account("head"), javascript=javascript)
    finger = Finger(head)
    finger.touch("Un élève arrive")
    finger.write("Prénom", "Malo")
    finger.write(SURNAME, "Cerceau")
    finger.write("Né ou née le", f"{TODAY.year - 6}-03-05")
    finger.pick("Classe", "Canari-classe-cpb")
    finger.pick("Niveau", "CP")
    guardian = head.get_by_role("region", name="Premier responsable")
    finger.write("Prénom", "Rosa", within=guardian)
    finger.write(SURNAME, "Cerceau", within=guardian)
    finger.write("Téléphone", "0611223344", within=guardian)
    finger.touch("Inscrire", role="button")
    head.wait_for_url("**/eleve/**")
    assert finger.count <= 10  # in under a minute: what one does, and nothing else to read or to wait for
    rosa = Person.objects.get(first_name="Rosa")
    phone = open_page(browser, live_server, "/premiere-fois/", width=360, javascript=javascript)
    phone.fill("#id_code", draw(rosa))
    phone.click("text=Continuer")
    phone.fill("#id_password", "dix-sept lampes vertes dans la cour")
    phone.fill("#id_again", "dix-sept lampes vertes dans la cour")
    phone.click("main button:has-text('Entrer')")
    phone.wait_for_url("**/aujourdhui/")
    assert_says(phone, "Malo", "Canari-classe-cpb")


def test_a_guardian_a_class_a_leaving_and_a_first_account_in_a_few_gestures(world, browser, live_server):
    """Each from the page where it is needed; what must be typed is counted too."""
    adam, school = world.people["child_adam"], world.schools["tilleuls"]
    path = reverse("schools:pupil", args=[adam.pk])
    page = open_page(browser, live_server, path, width=360, account=world.account("head"))

    guardian = Finger(page)
    guardian.touch("Ajouter")
    guardian.write("Prénom", "Rosa")
    guardian.write(SURNAME, "Cerceau")
    guardian.write("Téléphone", "0611223344")
    guardian.touch("Ajouter", role="button")
    page.wait_for_url(f"**{path}")
    assert guardian.count <= 5 and adam.guardian_links.filter(guardian__first_name="Rosa").exists()

    change = Finger(page)
    change.touch("Change de classe")
    change.pick("Nouvelle classe", "Canari-classe-cm2")
    change.pick("Niveau", "CM1")
    change.touch("Changer de classe", role="button")
    page.wait_for_url(f"**{path}")
    enrolments = Enrolment.objects.filter(pupil=adam)
    assert change.count <= 4 and enrolments.filter(classroom=world.classrooms["cm2"]).exists()

    leaving = Finger(page)
    leaving.touch("Part")
    leaving.touch("Noter le départ", role="button")
    page.wait_for_url(f"**{path}")
    assert leaving.count <= 2 and not enrolments.filter(ends_on=None).exists()

    page.goto(reverse("schools:team", args=[school.pk]))
    account = Finger(page)
    account.touch("Ajouter une personne")
    account.pick("Sa fonction", "enseignante ou enseignant")
    account.write("Prénom", "Odile")
    account.write(SURNAME, "Toupie")
    account.pick("Classe", "Canari-classe-cpb")
    account.touch("Ouvrir son compte", role="button")
    page.get_by_role("button", name="Imprimer").wait_for()
    assert account.count <= 6 and Person.objects.get(first_name="Odile").mandates.exists()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_class_is_given_by_a_press_or_by_the_name_one_types(world, browser, live_server, width):
    """« Entrée » in a name gives the class to who bears it, not to the first of those who came before."""
    room, supply, until = world.classrooms["cm2"], world.people["supply"], TODAY + datetime.timedelta(days=4)
    path, account = reverse("schools:give_class", args=[room.pk]), world.account("teacher_other_class")
    page = open_page(browser, live_server, path, width=width, account=account)
    assert_accessible(page)
    if folder := os.environ.get("PREAU_LOOK"):
        page.screenshot(path=f"{folder}/give_class-{width}.png", full_page=True)
    page.fill("#id_until", until.isoformat())
    page.fill("#id_first_name", "Nora")
    page.fill("#id_last_name", "Feutre")
    page.press("#id_last_name", "Enter")
    assert_says(page, "La fiche de Nora Feutre")
    page.goto(live_server.url + path)
    page.click(f"text={supply.formal_name}")
    assert_says(page, f"La fiche de {supply.full_name}")
    given = Mandate.objects.filter(classroom=room, role=Role.SUPPLY_TEACHER)
    assert {(each.person.last_name, each.ends_on) for each in given} == {("Feutre", until), (supply.last_name, TODAY)}


@pytest.mark.parametrize("width", WIDTHS)
def test_a_teacher_draws_one_sheet_in_two_actions(world, browser, live_server, width):
    path = reverse("schools:pupil", args=[world.people["pupil_cm2"].pk])
    page = open_page(browser, live_server, path, width=width, account=world.account("teacher_other_class"))
    assert_accessible(page, "schools/pupil.html")
    page.get_by_role("button", name=f"Fiche de connexion pour {world.people['pupil_cm2'].full_name}").click()
    assert_accessible(page, "people/sheet.html")
    assert page.get_by_role("button", name="Imprimer").is_visible()  # the second action
    assert faults_on_paper(page) == []


def test_a_head_draws_all_the_sheets_asked_in_two_actions(world, browser, live_server):
    for name in ("guardian", "teacher"):
        ask_sheet(holder=world.people[name], now=now())
    path = reverse("schools:sheet_asks")
    page = open_page(browser, live_server, path, width=WIDTHS[0], account=world.account("head"))
    page.get_by_role("button", name="Faire les 2 fiches").click()
    assert_accessible(page, "schools/sheets_asked.html")
    assert page.get_by_role("button", name="Imprimer").is_visible()
    assert faults_on_paper(page) == []
