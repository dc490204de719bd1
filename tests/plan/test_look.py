"""The plan's and the steering's pages in a real browser, read by axe."""

import pytest
from django.urls import reverse

from preau.demo.plan_world import build_commune, build_poitiers
from preau.people.models import Person
from preau.plan.equipment import actions
from preau.plan.equipment.models import Acceptance
from tests.browser import WIDTHS, assert_accessible, open_page, targets_too_small
from tests.plan.conftest import NOW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHEET = "École;Nature;Année;Classes équipées;Montant;HT/TTC\nLe Pré;maternelle;2016;4;41 000,00;TTC\nX;;2016;1;;\n"


@pytest.fixture
def commune(world):
    build_commune(city=world.cities["marelle"], person=Person.objects.get(pk=world.people["city_it"].pk), now=NOW)
    return world


def pages(world):
    acceptance = Acceptance.objects.order_by("id").first()
    draft = actions.keep_draft(person=None, city=world.cities["marelle"], name="plan.csv", data=SHEET.encode(), now=NOW)
    school = acceptance.school_id
    return {
        "steering": "/pilotage/", "home": "/plan/", "schools": "/plan/ecoles/", "classes": "/plan/classes/",
        "kits": "/plan/equipement-type/", "facts": "/plan/chiffres/", "import": "/plan/importer/",
        "school": reverse("equipment:school_detail", args=[school]),
        "acceptance": reverse("equipment:acceptance_detail", args=[acceptance.id]),
        "receive": reverse("equipment:acceptance_create", args=[school]),
        "closing": reverse("equipment:school_closing", args=[school]),
        "kit": reverse("equipment:kit_publication", args=["elementary"]),
        "fact": "/plan/chiffres/ajout/",
        "preview": reverse("equipment:import_preview", args=[draft.id]),
    }  # fmt: skip


@pytest.mark.parametrize("width", WIDTHS)
def test_the_plan_is_accessible_to_its_city(browser, live_server, commune, width):
    account = commune.account("city_education")
    for path in pages(commune).values():
        page = open_page(browser, live_server, path, width=width, account=account)
        page.evaluate("document.querySelectorAll('details.figure').forEach((each) => (each.open = true))")
        assert_accessible(page)
        assert targets_too_small(page) == [], path
        page.context.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", ["/pilotage/", "/plan/"])
def test_published_totals_are_accessible_to_the_state(browser, live_server, world, width, path):
    build_poitiers(city=world.cities["marelle"], person=None, now=NOW)
    page = open_page(browser, live_server, path, width=width, account=world.account("dsden"))
    page.evaluate("document.querySelectorAll('details.figure').forEach((each) => (each.open = true))")
    assert_accessible(page)
    assert "lecture seule" in page.content() or path == "/plan/"
