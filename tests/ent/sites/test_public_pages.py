"""Public pages: open to all, light, without a cookie, silent about people."""

import gzip

import pytest
from django.test import Client

from preau.ent.sites.models import CitySite
from tests.canaries import leaks

SCHOOL = [
    "/ecoles/tilleuls/", "/ecoles/tilleuls/vie/", "/ecoles/tilleuls/agenda/", "/ecoles/tilleuls/contact/",
    "/ecoles/tilleuls/actualites.atom",
]  # fmt: skip
CITY = ["/", "/ecoles/", "/ecoles/?q=tilleuls", "/mentions-legales/", "/accessibilite/", "/plan-du-site/"]
PAGES = SCHOOL + CITY
RGAA_ORDER = [
    "Engagement", "Cette déclaration porte sur", "État de conformité", "Résultats des tests",
    "Contenus non accessibles", "Non-conformités", "Dérogations", "non soumis", "Établissement de cette déclaration",
    "Retour et contact", "Voies de recours", "Défenseur des droits",
]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_no_cookie_no_session_no_script_no_stranger(world, client, path):
    for _ in range(2):  # made, then kept
        response = client.get(path)
        text = response.content.decode()
        assert response.status_code == 200
        assert not response.cookies and "Set-Cookie" not in response.headers
        assert "Cookie" not in response.headers.get("Vary", "")
        assert "<script" not in text and "csrfmiddlewaretoken" not in text
        assert leaks(text, None) == set() and "!!" not in text


@pytest.mark.parametrize("path", [p for p in PAGES if p != "/"])
def test_the_same_page_for_whoever_is_signed_in(world, client, path):
    world.sign_in(client, "head")
    signed = client.get(path)
    assert signed.content == Client().get(path).content
    assert "Cookie" not in signed.headers.get("Vary", "")


def test_a_word_for_the_head_is_not_told_on_a_public_page(world, client):
    root = f"/mon-ecole/{world.schools['tilleuls'].pk}/site/"
    world.sign_in(client, "head").post(f"{root}message-urgent/retrait/")
    assert "toast" not in client.get("/ecoles/tilleuls/").content.decode()
    assert "Il n’y avait plus de message à retirer." in client.get(root).content.decode()


def test_a_signed_in_person_is_sent_home_from_the_first_page(world, client):
    client.get("/")
    assert world.sign_in(client, "head").get("/")["Location"] == "/aujourdhui/"


@pytest.mark.parametrize("path", PAGES)
def test_questions_to_the_base_are_few(world, client, path, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        client.get(path)


@pytest.mark.parametrize("path", ["/", "/ecoles/", "/ecoles/tilleuls/", "/accessibilite/"])
def test_a_kept_page_costs_one_question(world, client, path, django_assert_num_queries):
    client.get(path)
    with django_assert_num_queries(1):
        response = client.get(path)
    assert response.headers["Cache-Control"] == "public, max-age=60"
    with django_assert_num_queries(1):
        assert client.get(path, headers={"If-None-Match": response.headers["ETag"]}).status_code == 304


def test_compressed_and_plain_pages_agree(world, client):
    for _ in range(2):
        small = client.get("/ecoles/tilleuls/", headers={"Accept-Encoding": "gzip, br"})
        plain = client.get("/ecoles/tilleuls/")
        assert small.headers["Content-Encoding"] == "gzip" and "Content-Encoding" not in plain.headers
        assert gzip.decompress(small.content) == plain.content
        assert small.headers["ETag"] == plain.headers["ETag"]
        assert "Accept-Encoding" in small.headers["Vary"]


def test_a_school_that_is_not_there_is_not_found(world, client):
    import datetime

    from tests.world import TODAY

    assert client.get("/ecoles/ailleurs-encore/").status_code == 404
    school = world.schools["saules"]
    type(school).objects.filter(pk=school.pk).update(closed_on=TODAY - datetime.timedelta(days=1))
    assert client.get("/ecoles/saules/").status_code == 404
    assert client.get("/ecoles/tilleuls/inscrire/").status_code == 404
    assert "Saules" not in client.get("/ecoles/").content.decode()


def test_a_host_name_gives_its_city(world, client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    city = world.cities["marelle"]
    type(city).objects.filter(pk=city.pk).update(host="ecoles.marelle.example")
    page = client.get("/ecoles/", headers={"Host": "ecoles.marelle.example"}).content.decode()
    assert "École Tilleuls" in page and "École Loin" not in page
    assert client.get("/ecoles/loin/", headers={"Host": "ecoles.marelle.example"}).status_code == 404


def test_schools_are_found_without_accents(world, client):
    page = client.get("/ecoles/", {"q": "ecole TILLEULS"}).content.decode()
    assert "École Tilleuls" in page and "École Saules" not in page
    assert "Aucune école ne porte ce nom" in client.get("/ecoles/", {"q": "zzz"}).content.decode()


def test_unknown_facts_read_not_published(world, client):
    contact = client.get("/ecoles/tilleuls/contact/").content.decode()
    assert contact.count(">non publié<") == 2 and "Horaires non publiés" in contact
    assert client.get("/mentions-legales/").content.decode().count("non publié") >= 3


def test_the_declaration_keeps_the_order_asked(world, client):
    page = client.get("/accessibilite/").content.decode()
    places = [page.index(words, page.index("<main")) for words in RGAA_ORDER]
    assert places == sorted(places)


def test_not_conformant_until_an_audit_says_otherwise(world, client):
    import datetime

    from preau.ent.sites.middleware import SHELF

    city = world.cities["marelle"]
    for percent, words in ((None, "non conforme"), (49, "non"), (50, "partiellement"), (100, "totalement")):
        if percent is not None:
            CitySite.objects.update_or_create(
                city=city, defaults={"audited_on": datetime.date(2026, 1, 5), "audit_percent": percent}
            )
        SHELF.clear()
        page = client.get("/ecoles/tilleuls/").content.decode()
        assert f"Accessibilité\u00a0: {words}" in page
        assert page.count("Accessibilité\u00a0:") == 1
