"""A school with two classrooms and a store, ready but for what a test takes away."""

import datetime

import pytest

from preau.plan.equipment import actions as equipment
from preau.plan.premises import actions
from tests.plan.conftest import NOW, TODAY

BEFORE = TODAY - datetime.timedelta(days=30)


@pytest.fixture
def school(world):
    return world.schools["saules"]


@pytest.fixture
def building(school):
    return actions.add_building(person=None, school=school, name="Bâtiment A", now=NOW)


def add_room(building, name, *, floor=0, kind="classroom", has_power=True):
    return actions.add_room(
        person=None, building=building, name=name, floor=floor, kind=kind, has_power=has_power, now=NOW
    )


def add_link(school, technology="fibre", kbps=8000, **facts):
    return actions.add_link(
        person=None, school=school, technology=technology, contracted_kbps=kbps, in_service_on=BEFORE, now=NOW, **facts
    )


def publish_kit(school, **facts):
    lines = equipment.deck_lines(school_kind=school.kind)
    return equipment.publish_kit_version(
        person=None,
        city=school.city,
        school_kind=school.kind,
        lines=facts.get("lines", lines),
        published_on=facts.get("published_on", BEFORE),
        source="essai",
        now=NOW,
    )


@pytest.fixture
def ready(school, building):
    """Link, cables, store, council: every gate is met."""
    rooms = [add_room(building, "Salle 1"), add_room(building, "Salle 2", floor=1)]
    add_room(building, "Réserve", kind="secured_store")
    add_link(school)
    actions.record_cabling(person=None, school=school, whole_school=True, rooms=rooms, done_on=BEFORE, now=NOW)
    actions.record_notice(person=None, school=school, subject="wifi", held_on=BEFORE, now=NOW)
    publish_kit(school)
    return school
