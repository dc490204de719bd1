"""One COPIL and one COTECH of the small world, and a short way to walk a session through its states."""

import datetime
from dataclasses import dataclass
from functools import partial

import pytest

from preau.plan.governance import actions
from preau.plan.governance.models import Committee, Session
from tests.kept import kept, once
from tests.plan.conftest import NOW, TODAY

SECRET = "Canari-exposé"  # a statement, a name, a reserved point: never for a federation


def day(days):
    return TODAY + datetime.timedelta(days=days)


@dataclass
class Stage:
    """The world with its committees; `who("elected")` is a person."""

    world: object
    copil: Committee
    cotech: Committee

    def who(self, name):
        return self.world.people[name]

    @property
    def secretary(self):
        return self.who("city_education")

    @property
    def city(self):
        return self.world.cities["marelle"]

    @kept
    def seat_everyone(self):
        for committee in (self.copil, self.cotech):
            for college in committee.composition:
                actions.add_seat(
                    person=self.secretary,
                    committee=committee,
                    college=college,
                    title=f"{college.label}, titulaire",
                    starts_on=day(-900),
                    now=NOW,
                )

    @kept
    def session(self, until="held", *, committee=None, item=None, on=None) -> Session:
        """A session taken to a state, with one point."""
        on = on or day(-1)
        session = actions.plan_session(
            person=self.secretary, committee=committee or self.copil, planned_on=on, place="salle du conseil", now=NOW
        )
        point = {"title": "Un point", "text": SECRET, "aim": "decision", "presented_by": "city"} | (item or {})
        actions.add_item(person=self.secretary, session=session, now=NOW, **point)
        for state, step in self.steps(on):
            if session.state == until:
                break
            step(session)
            session.refresh_from_db()
            assert session.state == state
        return session

    def steps(self, on):
        as_secretary = {"person": self.secretary, "now": NOW}
        return (
            ("convened", lambda s: actions.convene_session(session=s, **as_secretary)),
            ("pack_frozen", lambda s: actions.freeze_dossier(session=s, **as_secretary)),
            ("held", lambda s: actions.hold_session(session=s, held_on=on, **as_secretary)),
            ("minutes_draft", lambda s: actions.draft_minutes(session=s, text="Relevé.", **as_secretary)),
            ("minutes_approved", self.approve),
            ("published", lambda s: actions.publish_minutes(session=s, **as_secretary)),
        )

    def approve(self, session):
        session.refresh_from_db()
        voices = ("elected", "dsden") if session.committee_id == self.copil.pk else ("ia_dasen_deputy",)
        for name in voices:
            actions.approve_minutes(person=self.who(name), session=session, version=session.version, now=NOW)

    def decide(self, session, **more):
        fields = {"text": "Le comité adopte.", "result": "adopted"} | more
        return actions.decide(person=self.secretary, session=session, now=NOW, **fields)


def stage_of(world) -> Stage:
    """The committees of Marelle, opened."""
    city, secretary = world.cities["marelle"], world.people["city_education"]
    opening = partial(actions.open_committees, person=secretary, city=city, opened_on=day(-900), now=NOW)
    return Stage(world, *once("stage", opening, world))


@pytest.fixture
def stage(world) -> Stage:
    return stage_of(world)
