"""While the base is away pages say so and come back by themselves, and a form sent is not lost; what is too
large, or too slow, is told so."""

import inspect

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from preau.ent.sites import middleware
from preau.kit import bodies, health, pauses
from preau.kit.bodies import ANYONE, MB, REFUSED, SIGNED_IN, most_bytes
from preau.media.actions import MAX_PICTURES
from preau.people import sessions

pytestmark = pytest.mark.django_db
HOST = "http://testserver"
TEXT = "Nous avons planté des radis, <b>et</b> d’autres graines."
ESCAPED = "Nous avons planté des radis, &lt;b&gt;et&lt;/b&gt; d’autres graines."


@pytest.fixture
def broken(settings):
    settings.ROOT_URLCONF = "tests.web.urls_broken"
    return Client(raise_request_exception=False)


def test_a_page_says_so_and_comes_back_by_itself_without_script(broken):
    answer = broken.get("/absente/")
    assert answer.status_code == 503
    assert (answer["Retry-After"], answer["Refresh"], answer["Cache-Control"]) == ("10", "10", "no-store")
    assert "La base ne répond pas pour l’instant" in answer.text and "se recharge d’elle-même" in answer.text


def test_a_form_sent_meanwhile_can_be_sent_again_as_it_was(broken):
    data = {"text": TEXT, "who": ["a", "b"], "csrfmiddlewaretoken": "jeton-envoyé"}
    answer = broken.post("/absente/?x=1", data, headers={"origin": HOST})
    assert answer.status_code == 503 and "Refresh" not in answer  # a page that reloads would lose the text
    assert f'name="text" value="{ESCAPED}"' in answer.text and f">{ESCAPED}</textarea>" in answer.text
    assert answer.text.count('name="who"') == 2 and 'action="/absente/?x=1"' in answer.text
    assert 'name="csrfmiddlewaretoken" value="jeton-envoyé"' in answer.text and "Envoyer de nouveau" in answer.text


def test_a_form_is_not_sent_again_without_what_was_held_back(broken):
    """A form without its field that may be a secret would empty it; a postcode is none."""
    sent = {"text": TEXT, "postcode": "86000"}
    assert 'name="postcode" value="86000"' in broken.post("/absente/", sent, headers={"origin": HOST}).text
    page = broken.post("/absente/", sent | {"door_code": "A1234"}, headers={"origin": HOST}).text
    assert ESCAPED in page and "Reprendre la page" in page and "vos fichiers" not in page
    assert "Envoyer de nouveau" not in page and "A1234" not in page


def test_files_are_chosen_again_and_nothing_is_sent_without_them(broken):
    data = {"text": TEXT, "pictures": SimpleUploadedFile("a.jpg", b"x")}
    answer = broken.post("/absente/", data, headers={"origin": HOST})
    assert ESCAPED in answer.text and "choisissez vos fichiers" in answer.text
    assert "Envoyer de nouveau" not in answer.text and 'type="hidden"' not in answer.text


def test_secrets_and_what_another_site_sends_do_not_come_back(broken):
    answer = broken.post("/absente/", {"text": TEXT, "password": "une phrase à taire"}, headers={"origin": HOST})
    assert "phrase à taire" not in answer.text
    answer = broken.post("/absente/", {"text": TEXT}, headers={"origin": "https://ailleurs.example"})
    assert answer.status_code == 503 and "radis" not in answer.text and "Reprendre la page" in answer.text


def test_what_no_waiting_mends_is_a_failure(broken):
    answer = broken.get("/casse/")
    assert answer.status_code == 500 and "Refresh" not in answer


def away(*args, **kwargs):
    raise OperationalError("server closed the connection unexpectedly")


def test_a_public_page_kept_goes_on_to_the_end_of_its_minute(world, client, monkeypatch):
    page = client.get(f"/ecoles/{world.schools['tilleuls'].slug}/")
    assert page.status_code == 200
    monkeypatch.setattr(middleware, "public_generation", away)
    until = next(iter(middleware.SHELF.pages.values())).until
    assert client.get(page.wsgi_request.path).content == page.content
    assert next(iter(middleware.SHELF.pages.values())).until == until
    monkeypatch.setattr(middleware.time, "monotonic", lambda: 1e12)
    assert client.get(page.wsgi_request.path).status_code == 200
    assert next(iter(middleware.SHELF.pages.values())).until > 1e12  # made anew


def test_a_page_that_is_ready_does_not_wait_to_note_that_it_was_read(world, client, monkeypatch):
    world.sign_in(client, "teacher")
    session = client.session
    before = timezone.now().timestamp() - 600
    session[sessions.STAMP] = {**session[sessions.STAMP], "seen": before}
    session.save()
    monkeypatch.setattr(sessions.actions, "touch_sign_in", away)
    assert client.get("/aujourdhui/").status_code == 200
    assert client.session[sessions.STAMP]["seen"] == before  # the next page notes it
    monkeypatch.undo()
    client.get("/aujourdhui/")
    assert client.session[sessions.STAMP]["seen"] > before


def test_sante_says_that_the_base_takes_no_write(client, monkeypatch):
    monkeypatch.setattr(health.pauses, "takes_writes", lambda milliseconds: False)
    answer = client.get("/sante")
    assert answer.status_code == 503
    assert answer.json()["problemes"] == ["un autre programme bloque la base"]


def environ(path, client=None):
    cookies = "; ".join(f"{name}={each.value}" for name, each in client.cookies.items()) if client else ""
    return {"PATH_INFO": path, "HTTP_COOKIE": cookies}


def test_who_may_send_how_much(world, client):
    """Small before signing in, whatever is asked; files where a page takes them, from who is signed in."""
    publish = reverse("posts:classroom_publish", args=[world.classrooms["cpb"].pk])
    forged = Client()
    forged.cookies["preau"] = "a" * 32
    signed = world.sign_in(Client(), "teacher")
    for path, who, most in (
        ("/entrer/", None, ANYONE),
        ("/entrer/", signed, ANYONE),
        ("/aujourdhui/", signed, SIGNED_IN),
        ("/nulle-part/", signed, ANYONE),
        (publish, None, ANYONE),
        (publish, forged, ANYONE),
        (publish, signed, bodies.of_files(MAX_PICTURES)),
    ):
        assert most_bytes(environ(path, who)) == most, (path, who, most)
    assert bodies.of_files(10) == 200 * MB + ANYONE


def test_whoever_reads_files_says_how_much_it_takes():
    """A view that reads `request.FILES` without `takes=` would refuse its own files at 5 MB."""
    views = {each.callback for each in every_pattern(get_resolver().url_patterns)}
    views = {view for view in views if view.__module__.startswith("preau.")}
    wrong = [f"{view.__module__}.{view.__name__}" for view in views if hasattr(view, "takes") != reads_files(view)]
    assert wrong == [] and sum(hasattr(view, "takes") for view in views) >= 14


def reads_files(function, seen=()):
    """Itself, or through what it calls of its own folder."""
    function = inspect.unwrap(function)
    names = function.__code__.co_names
    module = inspect.getmodule(function)
    called = {inspect.unwrap(f) for f in (getattr(module, name, None) for name in names) if inspect.isfunction(f)}
    folder = module.__name__.rpartition(".")[0]
    mine = {f for f in called if f.__module__.startswith(f"{folder}.")} - {function, *seen}
    return not {"FILES", "sent_form"}.isdisjoint(names) or any(reads_files(f, (*seen, function)) for f in mine)


def every_pattern(patterns):
    for each in patterns:
        yield from every_pattern(each.url_patterns) if hasattr(each, "url_patterns") else [each]


@pytest.mark.parametrize(
    ("status", "words"), [(413, "trop lourd"), (408, "trop de temps"), (503, "ne peut pas être reçu pour l’instant")]
)
def test_what_the_front_refused_is_said_on_a_page(world, client, status, words):
    for name in (None, "teacher"):
        world.sign_in(client, name)
        answer = client.post("/entrer/", **{REFUSED: status})
        assert answer.status_code == status and words in answer.text
    assert "moins de fichiers" in answer.text or status != 413


def test_a_lock_is_waited_for_briefly_and_the_usual_wait_comes_back():
    if connection.vendor != "sqlite":
        return
    wait = "PRAGMA busy_timeout"
    usual = connection.connection.execute(wait).fetchone()
    with pauses.brief_wait(50):
        assert connection.connection.execute(wait).fetchone() == (50,)
    assert connection.connection.execute(wait).fetchone() == usual
