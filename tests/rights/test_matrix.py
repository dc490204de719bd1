"""House laws 2 to 4 over every address and every actor: rights as written, no canary astray, GET writes nothing."""

import logging
import pickle
from statistics import median
from time import monotonic

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from tests.house.source import ROOT
from tests.kept import GROUND
from tests.rights.drawn import Drawn, pairs_read
from tests.rights.elsewhere import fill_around
from tests.rights.matrix import HEADER, as_line, ask_everyone, own_routes, sparing
from tests.rights.said import READERS, Said, is_sentence, words
from tests.rights.samples import fill
from tests.standing import settle, standing
from tests.tally import CHECKS, count
from tests.world import build_world

pytestmark = pytest.mark.matrix
ANEW = 120  # seconds; a session notes its activity after 300
RIGHTS = ROOT / "docs" / "rights.md"
SAMPLED = {}  # what addresses name, kept from one to the next (tests/kept.py)
CASES = [(method, name, path) for path, name, methods in own_routes() for method in methods]


@pytest.fixture(scope="session")
def rights(request):
    """The lines of docs/rights.md; `--update-rights` writes them anew when the session ends."""
    lines = {_key(line): line for line in RIGHTS.read_text().splitlines() if line.startswith("| `")}
    yield lines
    if request.config.getoption("--update-rights"):
        known = {(f"| `{name}`", method) for method, name, _ in CASES}
        RIGHTS.write_text(HEADER + "\n".join(lines[key] for key in sorted(set(lines) & known)) + "\n")


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker):
    """The world, with what its class and its school say."""
    with standing(django_db_blocker):
        world = build_world()
        fill(world)
        fill_around(world)
        settle()
        yield world


@pytest.fixture(scope="module", autouse=True)
def refusals_not_logged():
    """Twenty thousand lines that nobody reads: what an address answers is written in docs/rights.md."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(logging.getLogger("django.request"), "disabled", True)
        yield


@pytest.fixture
def everyone_signed_in(filled):
    """Made outside the test's own transaction, so that the next one finds the sessions too; anew long before
    one notes its activity, which a GET would seem to write."""
    if monotonic() - filled.entered_at > ANEW:
        filled.sign_everyone_in(Client())
        SAMPLED.clear()


@pytest.fixture(scope="module")
def said():
    """What the addresses asked have said so far."""
    return Said()


@pytest.fixture(scope="module")
def drawn():
    """The pages that the addresses asked have drawn so far."""
    return Drawn()


def _key(line):
    """(« | `name` », method) of a line."""
    return tuple(line.split(" | ")[:2])


@pytest.mark.parametrize("method, name, path", CASES, ids=[f"{m} {n}" for m, n, _ in CASES])
def test_each_address_answers_each_actor_as_written(
    method, name, path, filled, everyone_signed_in, db, rights, said, drawn, request, monkeypatch
):
    # Of whom a visit is counted is asked once a day.
    monkeypatch.setattr("preau.insight.usage.queries.standing_of", lambda person, face, today: None)
    notes = said.note, drawn.note
    world = pickle.loads(pickle.dumps(filled))
    # All ask at the same instant: a document that says the same to several is drawn once (tests/apart.py).
    with time_machine.travel(timezone.now(), tick=False), GROUND.of(SAMPLED, monkeypatch), sparing(monkeypatch):
        found, leaked, written, heavy = ask_everyone(world, Client, method, name, path, notes)
    count(CHECKS, sum(map(len, found.values())))
    line = as_line(method, name, found)
    if request.config.getoption("--update-rights"):
        rights[_key(line)] = line
    assert leaked == [], "canaries read by who may not (tests/canaries.py)"
    assert written == [], "a GET writes nothing"
    assert heavy == []
    assert [label for label in found if label.isdigit() and label.startswith("5")] == []
    assert rights.get(_key(line)) == line, "if this is what is meant, --update-rights writes it in docs/rights.md"


def test_every_line_of_the_rights_is_an_address(rights):
    known = {(f"| `{name}`", method) for method, name, _ in CASES}
    assert set(rights) - known == set(), "no such address: take the line out of docs/rights.md"


@pytest.mark.parametrize("audience", READERS)
def test_sentences_for_families_and_pupils_are_short(said, audience):
    """On the pages asked above: twenty words at most, twelve for half of them (users.md rule 6)."""
    if not (found := said.get(audience)):
        pytest.skip("no page of theirs was asked")
    assert [(name, sentence) for sentence, name in found.items() if words(sentence) > 20] == []
    assert median(map(words, filter(is_sentence, found))) <= 12


def test_axe_reads_each_page_once_per_audience(drawn):
    """Of the pages asked above: each template that an address draws, for each audience that reaches it."""
    owed = set(drawn) - pairs_read()
    lines = (
        f"{template} of {drawn[template, audience][0]} as {drawn[template, audience][1]}: add the actor to its line in "
        "tests/look/"
        for template, audience in owed
    )
    assert not owed, "\n".join(sorted(lines))
