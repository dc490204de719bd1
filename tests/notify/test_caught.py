"""The mails of a demo are read on a page, and nowhere else is there such a page."""

import pytest

from preau.kit import mail
from preau.kit.mail.sending import send_text

PAGE = "/courriels-de-la-demo/"


@pytest.fixture
def demo(settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH, settings.MAIL_CAUGHT = str(tmp_path / "mails"), True


def test_a_mail_of_the_demo_is_read_on_a_page_and_its_links_lead_there(demo, client, db):
    assert "Aucun courriel n’est encore parti" in client.get(PAGE).text
    text = f"Bonjour,\n\nPour lire\u00a0: {mail.address_of('today')}\n<b>"
    send_text(to="a@famille.example", subject="Préau\u00a0: un message vous attend", text=text, message_id="1")
    page = client.get(PAGE).text
    assert "un message vous attend</h2>" in page and "a@famille.example" in page
    assert 'href="/aujourdhui/"' in page and "&lt;b&gt;" in page and "-----" not in page


def test_elsewhere_there_is_no_such_page(settings, client, db):
    settings.MAIL_CAUGHT = False
    assert client.get(PAGE).status_code == 404
    assert PAGE not in client.get("/entrer/").text


def test_who_tries_the_demo_finds_it_at_the_top_of_every_page(settings, client, db):
    settings.MAIL_CAUGHT, settings.BANNER = True, "Personnes fictives"
    assert PAGE in client.get("/entrer/").text
