"""The head's start of the year in a real browser: files, a homonym, apply, sheets, undo. With and without script."""

import pytest
from django.urls import reverse
from django.utils import timezone

from preau.arrivals import actions
from preau.people.models import ActivationCode, Person
from preau.schools.models import Guardianship
from tests.arrivals.onde_files import Adult, Child, guardians_file, pupils_file
from tests.browser import WIDTHS, assert_accessible, open_page, targets_too_small
from tests.rights.samples import files_applied, files_received
from tests.world import TODAY

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BORN = TODAY.replace(year=TODAY.year - 8, month=5, day=4)  # a day after the one the base has


def onde_files():
    """The world's Adam with another birthday, and a newcomer with her mother."""
    adam = Child("Canari-child_adam", "Child", BORN, classroom="Canari-classe-cpb")
    mia = Child("MARELLE", "MIA", classroom="Canari-classe-cpb")
    rosa = Adult("MARELLE", "ROSA", mobile="0611223344", children=(mia,))
    return [
        {"name": "eleves.csv", "mimeType": "text/csv", "buffer": pupils_file([adam, mia])},
        {"name": "responsables.csv", "mimeType": "text/csv", "buffer": guardians_file([rosa])},
    ]


@pytest.mark.parametrize("javascript", [True, False])
def test_from_onde_files_to_sheets_and_back(world, browser, live_server, javascript):
    start = reverse("arrivals:start", kwargs={"school_id": world.schools["tilleuls"].pk})
    page = open_page(browser, live_server, "/aujourdhui/", account=world.account("head"), javascript=javascript)
    page.locator(".doors summary").click()
    page.get_by_role("link", name="Rentrée").first.click()
    page.wait_for_url(f"**{start}")
    page.get_by_label("Les fichiers").set_input_files(onde_files())
    page.get_by_role("button", name="Comparer avec l’école").click()
    page.get_by_role("heading", name="Une question avant d’appliquer").wait_for()
    page.get_by_role("button", name="C’est le même élève").click()
    page.get_by_role("link", name="Corrections 1").click()
    page.get_by_role("row", name="Canari-child_adam").wait_for()
    page.get_by_role("button", name="Appliquer").click()
    page.get_by_role("heading", name="C’est appliqué").wait_for()
    applied = page.url
    world.people["child_adam"].refresh_from_db()
    assert world.people["child_adam"].birth_date == BORN
    page.get_by_role("link", name="Préparer les fiches").click()
    page.get_by_label("Canari-classe-cpb").check()
    page.get_by_role("button", name="Préparer les fiches").click()
    page.get_by_role("link", name="Ouvrir le PDF").wait_for()
    assert ActivationCode.objects.filter(person__last_name__iexact="marelle").count() == 1
    page.goto(applied)
    page.get_by_role("button", name="Annuler ce lot").click()
    page.get_by_role("heading", name="C’est annulé").wait_for()
    assert not ActivationCode.objects.filter(person__last_name__iexact="marelle").exists()
    world.people["child_adam"].refresh_from_db()
    assert world.people["child_adam"].birth_date != BORN


@pytest.mark.parametrize("width", WIDTHS)
def test_each_page_is_accessible(world, browser, live_server, width):
    batch = files_applied(world)
    school = {"school_id": world.schools["tilleuls"].pk}
    start = reverse("arrivals:start", kwargs=school)
    page = open_page(browser, live_server, start, width=width, account=world.account("head"))
    look(page, "start")
    page.get_by_label("Les fichiers").set_input_files(onde_files())
    page.get_by_role("button", name="Comparer avec l’école").click()
    look(page, "question")
    page.get_by_role("button", name="C’est le même élève").click()
    look(page, "files")
    page.goto(start)
    page.get_by_label("Les fichiers").set_input_files({"name": "x.csv", "mimeType": "text/csv", "buffer": b"%PDF"})
    page.get_by_role("button", name="Comparer avec l’école").click()
    look(page, "refused")
    page.goto(reverse("arrivals:batch", kwargs=school | {"batch_id": batch.pk}))
    look(page, "batch")


def look(page, name):
    assert_accessible(page)
    assert targets_too_small(page) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_what_stands_in_the_way_and_the_second_yes_are_accessible(world, browser, live_server, width):
    given = [actions.IncomingFile(file["name"], file["buffer"]) for file in onde_files()]
    batch = actions.apply_arrivals(school=world.schools["tilleuls"], files=given, now=timezone.now()).batch
    upload, child = files_received(world), Person.objects.get(first_name="Mia")
    other = Person.objects.create(first_name="Paul", last_name="Marelle")
    Guardianship.objects.create(guardian=other, child=child, starts_on=TODAY)
    school = {"school_id": world.schools["tilleuls"].pk}
    page = open_page(
        browser,
        live_server,
        reverse("arrivals:batch", kwargs=school | {"batch_id": batch.pk}),
        width=width,
        account=world.account("head"),
    )
    page.get_by_role("button", name="Annuler ce lot").click()
    page.get_by_text("Paul Marelle répond").wait_for()
    assert_accessible(page, "arrivals/batch.html")
    assert not targets_too_small(page)
    address = reverse("arrivals:files", kwargs=school | {"upload_id": upload.pk})
    page.goto(f"{live_server.url}{address}?complete=1")
    page.get_by_role("checkbox", name="élèves quittent l’école, sur").wait_for()
    assert_accessible(page, "arrivals/files.html")
    assert not targets_too_small(page)
