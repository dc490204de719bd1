"""One school taken from its project to its service, act by act, each by the one who does it."""

import datetime
import re

import pytest

from preau.plan.applications import actions as applications
from preau.plan.applications.models import Authority
from preau.plan.equipment import actions as equipment
from preau.plan.premises import actions as premises
from preau.plan.priorities import actions as priorities
from preau.plan.rollouts import actions as rollouts
from preau.plan.rollouts.models import Owner, StepKind
from tests.kept import kept
from tests.plan.applications.conftest import Scene as Files
from tests.plan.conftest import NOW, TODAY
from tests.plan.inventory.conftest import stock as stock
from tests.plan.priorities.conftest import decision
from tests.rights.rollouts import open_premises

DAY = datetime.timedelta(days=1)
PENS = ((Authority.DSDEN, "dsden"), (Authority.DAN, "dan"), (Authority.CITY_IT, "city_it"),
        (Authority.BUILDINGS, "city_education"))  # fmt: skip


class Story(Files):
    """`until` one of STAGES; each stage builds on the one before."""

    STAGES = ("written", "filed", "advised", "ranked", "programmed", "under_way", "received", "served")

    def __init__(self, world):
        super().__init__(world)
        self.application = self.rank = self.programme = self.rollout = self.reception = None

    @kept
    def until(self, stage):
        for each in self.STAGES[: self.STAGES.index(stage) + 1]:
            getattr(self, f"be_{each}")()
        return self

    def be_written(self):
        self.application = self.fill(self.start())

    def be_filed(self):
        applications.submit(person=self.who("head"), application=self.application, now=NOW)
        self.application.refresh_from_db()

    def be_advised(self):
        self.give(self.application)
        for authority, name in PENS:
            self.give(self.application, authority, name)

    def be_ranked(self):
        dsden = self.who("dsden")
        self.rank = priorities.open_list(person=dsden, call=self.call, now=NOW)
        priorities.add_to_list(
            person=dsden,
            priority_list=self.rank,
            application=self.application,
            reason="Équipe prête.",
            unready_reason="Travaux cet été.",
            now=NOW,
        )
        priorities.propose_list(person=dsden, priority_list=self.rank, now=NOW)
        priorities.cosign_list(person=self.who("dan"), priority_list=self.rank, now=NOW)
        priorities.send_to_copil(person=dsden, priority_list=self.rank, now=NOW)
        priorities.adopt_list(person=None, priority_list=self.rank, decision=decision(), now=NOW)
        self.rank.refresh_from_db()

    def be_programmed(self):
        agent = self.who("city_education")
        self.kit = equipment.publish_kit_version(
            person=None,
            city=self.world.cities["marelle"],
            school_kind=self.school.kind,
            lines=equipment.deck_lines(school_kind=self.school.kind),
            published_on=TODAY,
            source="essai",
            now=NOW,
        )
        self.programme = priorities.open_programme(
            person=agent,
            city=self.world.cities["marelle"],
            school_year="2026-2027",
            envelope_cents=10_000_000,
            priority_list=self.rank,
            now=NOW,
        )
        self.entry = priorities.add_school(
            person=agent, programme=self.programme, school=self.school, kit=self.kit, cost_cents=4_000_000, now=NOW
        )
        priorities.arbitrate(person=agent, programme=self.programme, now=NOW)
        priorities.submit_programme(person=agent, programme=self.programme, now=NOW)
        priorities.decide_programme(person=None, programme=self.programme, decision=decision(), now=NOW)

    def be_under_way(self):
        self.rollout = rollouts.open_rollout(
            person=self.who("city_education"),
            school=self.school,
            kit=self.kit,
            classes_count=1,
            opened_on=TODAY,
            planned={StepKind.SITE_SURVEY: TODAY - DAY, StepKind.CABLING: TODAY, StepKind.TRAINED: TODAY + DAY},
            programme_entry_id=self.entry.pk,
            now=NOW,
        )

    def be_received(self):
        open_premises(self.school)
        premises.add_room(
            person=None,
            building=self.school.buildings.get(),
            name="Réserve",
            floor=0,
            kind="secured_store",
            has_power=True,
            now=NOW,
        )
        for kind in list(StepKind)[:8]:
            rollouts.write_step(
                person=None, rollout=self.rollout, kind=kind, version=0, owner=Owner.CITY_IT, done_on=TODAY, now=NOW
            )
        self.reception = rollouts.open_reception(
            person=None, rollout=self.rollout, held_on=TODAY, labels=["CP B"], has_common=True, now=NOW
        )
        self.reception = rollouts.sign_reception(person=None, reception=self.reception, now=NOW)

    def be_served(self):
        rollouts.write_step(
            person=None,
            rollout=self.rollout,
            kind=StepKind.TRAINED,
            version=0,
            owner=Owner.DSDEN,
            done_on=TODAY,
            proof="Feuille de présence",
            now=NOW,
        )
        rollouts.put_in_service(person=None, rollout=self.rollout, service_on=TODAY, now=NOW)


@pytest.fixture
def story(world) -> Story:
    return Story(world)


@pytest.fixture
def waits(world, client):
    """waits(actor) → {sentence: address} of the desk."""

    def waits(name):
        page = world.sign_in(client, name).get("/plan/accueil/").text
        found = re.findall(r'<th scope="row"><a href="([^"]+)">([^<]+)<', page)
        for address, _ in found:
            assert client.get(address).status_code == 200, f"{name} {address}"
        return {words: address for address, words in found}

    return waits


def assert_for(waits, words, names, others):
    assert {name: words in waits(name) for name in (*names, *others)} == dict.fromkeys(names, True) | dict.fromkeys(
        others, False
    )
