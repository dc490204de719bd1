"""What the server writes of a request it refused: one line, without the person's words, ids or secrets."""

import io
import logging

import pytest

from preau.kit.bodies import REFUSED


@pytest.fixture
def written(settings):
    """What the console of config/settings says, as on a server."""
    settings.ROOT_URLCONF = "tests.web.urls_broken"
    console = next(each for each in logging.getLogger().handlers if type(each) is logging.StreamHandler)
    before = console.setStream(io.StringIO())
    yield console.stream
    console.setStream(before)


def test_a_refusal_is_one_line_that_names_nobody(client, written):
    assert client.get("/refus/canari-1234/").status_code == 403
    assert written.getvalue() == "403 GET refus/<str:code>/\n"


def test_a_wrong_address_is_one_line_that_does_not_repeat_it(client, written):
    assert client.get("/canari-1234/").status_code == 404
    assert written.getvalue() == "404 GET no such page\n"


def test_a_request_that_cannot_be_read_is_one_line(client, written):
    assert client.get("/illisible/").status_code == 400
    assert written.getvalue() == "400 GET illisible/\n"


def test_a_body_that_is_not_taken_and_a_base_that_is_away_are_one_line(client, written):
    assert client.post("/entrer/", **{REFUSED: 408}).status_code == 408
    client.raise_request_exception = False
    assert client.get("/absente/").status_code == 503
    told = ["408 POST a body not taken", "503 GET: server closed the connection unexpectedly"]
    assert written.getvalue().splitlines() == told


def test_a_failure_still_shows_where_it_broke(client, written):
    client.raise_request_exception = False
    assert client.get("/casse/").status_code == 500
    assert "ZeroDivisionError" in written.getvalue() and "Traceback" in written.getvalue()
