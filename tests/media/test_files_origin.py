"""With an origin of their own, files are given by signed addresses of a host that knows nobody (trust.md 53)."""

import time
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from preau.kit import files
from preau.media.models import Picture
from tests.ent.posts.test_actions import picture, publish

ORIGIN = "https://fichiers.example.org"
HOST = urlsplit(ORIGIN).netloc


@pytest.fixture
def picture_url(world, settings):
    settings.FILES_ORIGIN = ORIGIN
    publish(world, pictures=[picture()])
    return reverse("media:picture", kwargs={"picture_id": Picture.objects.get().pk})


def ask(address, **headers):
    """As a browser asks the files' host; a cookie is sent to see that it is not read."""
    client = Client(headers={"host": HOST, **headers})
    client.cookies["preau"] = "whoever"
    return client.get(urlsplit(address).path)


def test_a_reader_is_sent_to_the_other_origin_and_others_are_not(world, client, picture_url):
    sent = world.sign_in(client, "guardian").get(picture_url)
    assert sent.status_code == 302 and sent["Location"].startswith(f"{ORIGIN}/")
    assert sent["Cache-Control"] == "private, no-cache" and "Cookie" in sent["Vary"]
    for actor in ("guardian_other_class", "city_it"):
        assert world.sign_in(Client(), actor).get(picture_url).status_code == 404
    assert Client().get(picture_url).status_code == 404


def test_the_other_origin_gives_the_file_knows_nobody_and_lets_nothing_run(
    world, client, picture_url, django_assert_num_queries
):
    address = world.sign_in(client, "guardian").get(picture_url)["Location"]
    with django_assert_num_queries(0):
        given = ask(address)
    assert given.status_code == 200 and given.content.startswith(b"RIFF") and not given.cookies
    assert given["Content-Type"] == "image/webp" and given["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in given["Content-Security-Policy"] and "script-src" not in given["Content-Security-Policy"]
    assert given["Cross-Origin-Resource-Policy"] == "cross-origin"  # a page of Préau shows it


def test_the_other_origin_serves_nothing_else(world, client, picture_url):
    address = world.sign_in(client, "guardian").get(picture_url)["Location"]
    own = reverse("media:picture", kwargs={"picture_id": Picture.objects.get().pk})
    forged = f"/{files.signing.Signer(salt='other').sign_object([Picture.objects.get().path, 2**40])}"
    for path in ("/", "/entrer/", "/sante", "/static/kit/preau.css", own, f"{urlsplit(address).path}x", forged):
        assert ask(f"{ORIGIN}{path}").status_code == 404, path
    client.defaults["HTTP_HOST"] = HOST
    assert client.post(urlsplit(address).path).status_code == 404
    assert Client().get(urlsplit(address).path).status_code == 404  # on Préau's own host: a name without a page


def test_an_address_lasts_half_an_hour_at_most_and_is_the_same_meanwhile(world, client, picture_url, monkeypatch):
    start = (int(time.time()) // files.WINDOW + 1) * files.WINDOW
    clock = {"now": start}
    monkeypatch.setattr(files.time, "time", lambda: clock["now"])
    path = Picture.objects.get().path
    address = files.signed_address(path)
    clock["now"] = start + files.WINDOW - 1
    assert files.signed_address(path) == address and ask(address).status_code == 200
    clock["now"] = start + 2 * files.WINDOW + 1
    assert files.signed_address(path) != address and ask(address).status_code == 404


def test_pages_may_show_the_other_origin_and_no_third_one(world, picture_url):
    policy = Client().get("/entrer/")["Content-Security-Policy"]
    assert f"img-src 'self' data: blob: {ORIGIN};" in policy and policy.count("https:") == policy.count(ORIGIN)


def test_a_missing_file_is_not_found(picture_url):
    assert ask(files.signed_address("pictures/no/such.webp")).status_code == 404
