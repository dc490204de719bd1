"""The pages of the sheets in a real browser: readable by all, with and without script."""

import pytest

from preau.arrivals.models import SheetJob
from tests.browser import open_page
from tests.rights.samples import sheets_of_a_class

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("javascript", [True, False])
def test_the_head_prepares_the_sheets_of_a_class(world, browser, live_server, javascript):
    school = world.schools["tilleuls"]
    path = f"/ecole/{school.pk}/rentree/fiches/"
    page = open_page(browser, live_server, path, account=world.account("head"), javascript=javascript)
    page.get_by_label("Canari-classe-cpb").check()
    page.get_by_role("button", name="Préparer les fiches").click()
    link = page.get_by_role("link", name="Ouvrir le PDF de Canari-classe-cpb")
    link.wait_for()
    answer = page.request.get(live_server.url + link.get_attribute("href"))
    assert answer.headers["content-type"] == "application/pdf" and answer.body().startswith(b"%PDF")
    page.locator("summary", has_text="Supprimer").click()
    page.get_by_text("Les codes déjà imprimés restent bons").wait_for()
    page.get_by_role("button", name="Supprimer les fiches de Canari-classe-cpb").click()
    page.get_by_text("Aucune fiche n’attend ici").wait_for()
    assert SheetJob.objects.get().state == "dropped"


@pytest.mark.parametrize("javascript", [True, False])
def test_the_page_follows_the_job_until_the_sheets_are_ready(world, browser, live_server, javascript):
    school = world.schools["tilleuls"]
    job = sheets_of_a_class(world)
    SheetJob.objects.filter(pk=job.pk).update(state="making", total_count=8, done_count=2)
    path = f"/ecole/{school.pk}/rentree/fiches/pretes/"
    page = open_page(browser, live_server, path, account=world.account("head"), javascript=javascript)
    page.get_by_text("2 sur 8").wait_for()
    SheetJob.objects.filter(pk=job.pk).update(state="ready")
    if not javascript:  # no timer moves the page of who reads slowly: a link asks again
        page.get_by_role("link", name="Voir où cela en est").click()
    page.get_by_role("link", name="Ouvrir le PDF").wait_for(timeout=9000)
    assert page.get_by_role("heading", level=1).inner_text() == "Vos fiches"
