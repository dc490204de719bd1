"""Rights mirror competences: every act of the matrix, asked by address, by each actor (plan.md, permission matrix)."""

import datetime
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client

from preau.insight.steering.acts import ACTS as ACTS_SAID
from preau.journal.models import Entry
from preau.people.models import Mandate, Role
from preau.places.models import District
from preau.plan.priorities.models import Programme
from tests.kept import kept
from tests.plan.competences import COLUMNS, FEDERATION_OPENS, acts
from tests.plan.grounds import GROUNDS
from tests.plan.wifi.conftest import morning  # noqa: F401
from tests.rights.matrix import watch
from tests.world import BEFORE, add_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]  # no Wi-Fi is put on in the evening
ACTS = acts()
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
@kept
def wide(world):
    """The world, with an IEN of the city's other circonscription and an elected member of the opposition."""
    south = add_person(world, "ien_south")
    district = District.objects.get(pk=world.districts["south"].pk)
    Mandate.objects.create(person=south, role=Role.IEN, district=district, starts_on=BEFORE)
    opposition = add_person(world, "opposition")
    city = world.cities["marelle"]
    Mandate.objects.create(
        person=opposition, role=Role.ELECTED, city=city, title="élue de l’opposition", starts_on=BEFORE
    )
    return world


def sign_of(world, actor, ask):
    """`W`, `R`, `3` or `-`; undone at once, so that the next one finds the same ground."""
    method, address, data = ask
    written = []
    with transaction.atomic():
        client = world.sign_in(Client(), actor)
        with watch([], written):
            answer = client.get(address) if method == "GET" else client.post(address, data)
        unsaid = set(Entry.objects.filter(seal__isnull=False).values_list("verb", flat=True)) - set(ACTS_SAID)
        transaction.set_rollback(True)
    assert not unsaid, "each sealed act reads in French on the journal's page"
    if answer.status_code == 404:
        sign = "-"
    elif answer.status_code == 403:
        assert answer.context["reason"].endswith("."), "a refusal has its reason"
        sign = "3"
    elif method == "GET":
        sign = "R" if answer.status_code == 200 else str(answer.status_code)
    else:
        sign = "W" if answer.status_code == 302 and written else f"{answer.status_code}, {len(written)} writes"
    assert sign == "W" or not written
    return sign


@pytest.mark.matrix
@pytest.mark.parametrize("act", list(ACTS))
def test_each_act_belongs_to_its_authority(wide, act):
    ask = GROUNDS[act](wide)
    assert {actor: sign_of(wide, actor, ask) for actor in COLUMNS} == ACTS[act]


@pytest.mark.long
def test_every_act_of_the_matrix_has_its_ground():
    assert set(ACTS) == set(GROUNDS)


@pytest.mark.parametrize("act", list(ACTS))
def test_the_opposition_sees_and_does_what_the_majority_does(act):
    assert ACTS[act]["elected"] == ACTS[act]["opposition"]


def test_opinions_and_list_are_never_the_city_s_and_its_money_never_the_state_s():
    """The two sentences of the mission that the matrix must say whatever is changed in it (mission §6)."""
    city = ("city_education", "city_it", "city_finance", "elected", "opposition")
    state = ("ien", "ien_south", "dsden", "dan")
    for act, signs in ACTS.items():
        if act.startswith("list:") or act in ("opinion of the IEN", "opinion of the DSDEN", "opinion of the DAN"):
            assert "W" not in {signs[actor] for actor in city}, act
        if act.startswith(("programme:", "kit:", "call:", "expense:")) or act.endswith("the city paid"):
            assert "W" not in {signs[actor] for actor in state}, act
        if act.endswith("the State paid"):
            assert "W" not in {signs[actor] for actor in city}, act


def test_a_federation_opens_what_is_published_and_nothing_else():
    """docs/rights.md is written from the answers themselves, names of persons included (tests/rights)."""
    rooms = {path.name for path in (ROOT / "src/preau/plan").iterdir()} | {"steering"}
    lines = [line for line in (ROOT / "docs/rights.md").read_text().splitlines() if line.startswith("| `")]
    opened = {
        line.split("`")[1] for line in lines if "parents_federation" in line.partition("reaches: ")[2].split(" · ")[0]
    }
    assert {name for name in opened if name.split(":")[0] in rooms} == FEDERATION_OPENS


def test_a_mandate_over_gives_nothing(wide):
    """The matrix is of today: the day after its end an agent is sent to the door, and nothing is written."""
    _, address, data = GROUNDS["programme: arbitrate"](wide)
    client = wide.sign_in(Client(), "city_education")
    yesterday = datetime.date.today() - datetime.timedelta(days=1)
    wide.people["city_education"].mandates.update(ends_on=yesterday)
    answer = client.post(address, data)
    assert answer.status_code == 404 or answer.headers["Location"].startswith("/entrer/")
    assert Programme.objects.get().state == "simulated"
