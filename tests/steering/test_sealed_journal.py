"""The journal's page and command: who reads it, what it never says, what it finds."""

import ast
import datetime

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from preau.insight.steering.acts import ACTS
from preau.insight.steering.journal import FRESH
from preau.journal.actions import record
from preau.journal.models import Chain, Seal
from preau.journal.queries import verify_chain
from preau.people.models import Mandate
from preau.plan.applications.models import Submission
from tests.house.source import modules
from tests.plan.applications.conftest import Scene

PAGE = "/pilotage/journal/"
NOW = timezone.now()
pytestmark = pytest.mark.django_db


@pytest.fixture
def sealed(world):
    """Three acts of the city: by its own people, by the State, by the server's shell."""
    for actor in ("city_education", "ien", None):
        seal_act(world, person_id=actor and world.people[actor].pk)
    return world


def seal_act(world, *, person_id=None, role=""):
    city = world.cities["marelle"]
    return record(
        person_id=person_id,
        verb="acceptance_recorded",
        subject=city,
        now=NOW,
        place_id=city.pk,
        chain=city.pk,
        role=role,
    )


def spoil():
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE journal_entry SET verb = 'fact_recorded' WHERE id = (SELECT MIN(entry_id) FROM journal_seal)"
        )


def later(client, asked=None):
    """The page once the last verdict is no longer fresh."""
    with time_machine.travel(timezone.now() + FRESH):
        return client.get(PAGE, asked or {"verifier": 1}).text


READERS = ("city_education", "city_it", "city_finance", "elected", "dsden", "dan", "ien", "parents_federation")


@pytest.mark.parametrize("actor", READERS)
def test_whoever_reads_the_plan_reads_titles_and_verifies(sealed, client, actor):
    page = sealed.sign_in(client, actor).get(PAGE, {"verifier": 1}).content.decode()
    main = page.split("<main")[1].split("</main>")[0]  # the foot names the reader's own place
    assert "La chaîne est entière" in main and "3 lignes relues" in main.replace("\xa0", " ")
    assert "Direction Éducation" in main and "IEN" in main and "console du serveur" in main
    assert "Canari" not in main


@pytest.mark.parametrize("actor", ["head", "teacher"])
def test_a_school_verifies_without_reading_what_others_did(sealed, client, actor):
    page = sealed.sign_in(client, actor).get(PAGE, {"verifier": 1}).text
    assert "La chaîne est entière" in page and "3\u00a0lignes relues" in page
    assert "<table" not in page and "Direction Éducation" not in page.split("<main")[1]
    spoil()
    assert "La chaîne est rompue à la ligne 1" in later(client)


@pytest.mark.parametrize("actor", [None, "guardian", "head_far", "city_education_far"])
def test_nobody_else_reads_it(sealed, client, actor):
    response = sealed.sign_in(client, actor).get(PAGE, {"ville": "marelle"})
    assert response.status_code == (302 if actor is None else 404)


def test_a_changed_line_is_shown_to_everyone(sealed, client):
    spoil()
    page = sealed.sign_in(client, "ien").get(PAGE, {"verifier": 1}).content.decode()
    assert "La chaîne est rompue à la ligne 1" in page and "la ligne a été changée" in page


@pytest.mark.parametrize(
    "change", [{"content": {"form": 1, "lines": []}}, {"digest": "0" * 64}], ids=["what was filed", "what it shows"]
)
def test_a_filed_copy_changed_by_hand_breaks_the_line_that_filed_it(world, client, change):
    copy = Scene(world).submitted().copies.get()
    page = world.sign_in(client, "ien").get(PAGE, {"verifier": 1}).text
    assert "La chaîne est entière" in page and "1\u00a0acte comparé mot pour mot" in page
    Submission.objects.filter(pk=copy.pk).update(**change)
    page = later(client)
    assert "La chaîne est rompue à la ligne 1" in page and "ce que cette ligne fige a été changé" in page
    with pytest.raises(CommandError):
        call_command("verify_journal")
    Submission.objects.filter(pk=copy.pk).update(content=copy.content, digest=copy.digest)
    call_command("verify_journal")


def test_nothing_is_said_before_asking(sealed, client):
    page = sealed.sign_in(client, "ien").get(PAGE).content.decode()
    assert "La chaîne est" not in page and "Vérifier la chaîne" in page


def test_a_digest_noted_on_paper_is_compared(sealed, client):
    head = verify_chain(sealed.cities["marelle"].pk).head
    sealed.sign_in(client, "ien")
    seal_act(sealed)
    asked = {"verifier": 1, "numero": "3"}
    assert "entière" in client.get(PAGE, {**asked, "empreinte": f" {head[:12].upper()} "}).content.decode()
    assert "rompue" in client.get(PAGE, {**asked, "empreinte": "0" * 12}).content.decode()
    half = client.get(PAGE, asked).content.decode()
    assert "Il manque une des deux notes" in half and "La chaîne est" not in half
    assert "recopiez au moins 8 signes" in client.get(PAGE, {**asked, "empreinte": "abc"}).content.decode()


def counted(client, **asked):
    with CaptureQueriesContext(connection) as queries:
        page = client.get(PAGE, asked).text
    return page, len(queries)


def test_a_second_press_asks_no_more_than_the_page_and_says_when_it_was_read(sealed, client):
    sealed.sign_in(client, "ien")
    _, bare = counted(client)
    first, read = counted(client, verifier=1)
    again, kept = counted(client, verifier=1)
    assert "La chaîne est entière" in first and "Rien n’a été scellé depuis" not in first and read > bare
    assert "La chaîne est entière" in again and "Rien n’a été scellé depuis" in again and kept <= bare
    for each in (1, 2):
        noted = {"numero": 2, "empreinte": "0" * 12}
        assert "La chaîne est rompue" in counted(client, verifier=1, **noted)[0], each
    seal_act(sealed)
    page = client.get(PAGE, {"verifier": 1}).text
    assert "4\u00a0lignes relues" in page and "Rien n’a été scellé depuis" not in page


def test_a_changed_line_hides_behind_the_last_verdict_for_ten_minutes_at_most(sealed, client):
    sealed.sign_in(client, "ien")
    moment = timezone.now()
    with time_machine.travel(moment, tick=False) as clock:
        client.get(PAGE, {"verifier": 1})
        spoil()
        clock.move_to(moment + datetime.timedelta(minutes=9))
        assert "La chaîne est entière" in client.get(PAGE, {"verifier": 1}).text
        clock.move_to(moment + datetime.timedelta(minutes=10))
        assert "La chaîne est rompue à la ligne 1" in client.get(PAGE, {"verifier": 1}).text
        seal_act(sealed)  # a broken chain is read again as soon as it grows
        assert "Rien n’a été scellé depuis" not in client.get(PAGE, {"verifier": 1}).text


def test_a_line_cut_off_or_added_at_the_end_is_seen_at_once(sealed, client):
    sealed.sign_in(client, "ien").get(PAGE, {"verifier": 1})
    Chain.objects.filter(key=sealed.cities["marelle"].pk).update(count=2)
    assert "La chaîne est rompue à la ligne 3" in client.get(PAGE, {"verifier": 1}).text


def test_the_title_outlives_the_mandate_when_it_was_sealed(sealed, client):
    seal_act(sealed, person_id=sealed.people["dan"].pk, role="dan")
    sealed.sign_in(client, "elected")
    Mandate.objects.filter(person__in=[sealed.people["dan"], sealed.people["ien"]]).delete()
    page = client.get(PAGE).content.decode()
    assert ">DAN<" in page and ">IEN<" not in page and "mandat depuis effacé" in page


def test_pages_and_queries_stay_flat(sealed, client, django_assert_max_num_queries):
    for _ in range(60):
        seal_act(sealed, person_id=sealed.people["city_it"].pk)
    sealed.sign_in(client, "city_education")
    with django_assert_max_num_queries(10):
        page = client.get(PAGE, {"verifier": 1, "page": 2}).content.decode()
    assert "Page 2 sur 2" in page and page.count("<tr>") == 14


def _seals(call):
    """Whether a call writes a sealed line: it is named so, or asked."""
    named = getattr(call.func, "id", getattr(call.func, "attr", ""))
    return named == "seal" or {"chain", "seals", "is_sealed"} & {keyword.arg for keyword in call.keywords}


@pytest.mark.long
def test_every_act_the_plan_seals_is_said_in_french():
    """A verb written in a room of the plan and unknown to `steering.acts` would read « Acte scellé »."""
    verbs = {
        keyword.value.value
        for dotted, (_, tree) in modules().items()
        if dotted.startswith("plan.")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and (dotted.startswith("plan.equipment.") or _seals(node))
        for keyword in node.keywords
        if keyword.arg == "verb" and isinstance(keyword.value, ast.Constant)
    }
    assert verbs and verbs - set(ACTS) == set()


def test_the_command_passes_then_fails_when_a_line_changed(sealed, capsys):
    head = verify_chain(sealed.cities["marelle"].pk).head
    call_command("verify_journal")
    call_command("verify_journal", "--city", "marelle", "--known", f"3:{head[:16]}")
    assert f"marelle\xa0: 3 lignes, entière, {head}" in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("verify_journal", "--city", "marelle", "--known", "2:" + "0" * 16)
    spoil()
    with pytest.raises(CommandError):
        call_command("verify_journal")
    assert "rompue à la ligne 1" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words", [["--city", "nulle-part"], ["--known", "3:0123456789"], ["--city", "marelle", "--known", "x"]]
)
def test_the_command_refuses_what_it_cannot_answer(sealed, words):
    with pytest.raises(CommandError):
        call_command("verify_journal", *words)


def test_recording_a_reception_seals_it_under_a_title(world):
    from tests.rights.samples import acceptance

    acceptance(world)
    seal = Seal.objects.latest("number")
    assert seal.entry.verb == "acceptance_recorded" and verify_chain(world.cities["marelle"].pk).is_whole
