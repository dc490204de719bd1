"""A school of the rights world, its kit, and a roll-out driven step by step."""

import datetime
from functools import partial

import pytest

from preau.kit.prepared import Sight
from preau.people.models import Person
from preau.places.models import Building, Room
from preau.plan.equipment import actions as equipment
from preau.plan.premises.models import Cabling, CouncilNotice, InternetLink
from preau.plan.rollouts import actions
from preau.plan.rollouts.models import DERIVED, Owner, Rollout, RolloutStep, StepKind
from preau.plan.rollouts.queries import progress_of, standings_of, under_way_of, with_all_steps
from tests.kept import once
from tests.plan.conftest import NOW
from tests.world import TODAY

START = TODAY - datetime.timedelta(days=50)
HAND = [kind for kind in StepKind if kind not in DERIVED]


def day(number):
    return START + datetime.timedelta(days=number)


@pytest.fixture
def kit(world):
    return once("kit", partial(publish_kit, world), world)


def publish_kit(world):
    return equipment.publish_kit_version(
        person=None,
        city=world.cities["marelle"],
        school_kind="primary",
        lines=equipment.deck_lines(school_kind="primary"),
        published_on=START,
        source="diaporama",
        now=NOW,
    )


@pytest.fixture
def school(world):
    return world.schools["tilleuls"]


@pytest.fixture
def rollout(world, school, kit):
    opening = partial(actions.open_rollout, person=None, school=school, kit=kit, classes_count=2)
    return once("rollout", partial(opening, opened_on=START, now=NOW), world, school, kit)


@pytest.fixture
def ready(world, rollout):
    """Everything up to the réception, premises included."""

    def play():
        open_premises(rollout.school)
        for kind in HAND:
            do_step(rollout, kind, day(list(StepKind).index(kind)))

    once("ready", play, world, rollout)
    return rollout


def open_premises(school):
    """Ready since the first day: a line, cables, a store, the council told."""
    building = Building.objects.create(school=school, name="Bâtiment A")
    Room.objects.create(building=building, name="Réserve", kind=Room.Kind.SECURED_STORE, has_power=True)
    room = Room.objects.create(building=building, name="Salle 1", kind=Room.Kind.CLASSROOM)
    Cabling.objects.create(school=school, scope="school", done_on=START)
    Cabling.objects.create(school=school, scope="room", room=room, done_on=START)
    CouncilNotice.objects.create(school=school, subject="wifi", held_on=START)
    InternetLink.objects.create(school=school, technology="sdsl", contracted_kbps=4000, in_service_on=START)


def do_step(rollout, kind, done_on, person=None, **given):
    step = RolloutStep.objects.get(rollout=rollout, kind=kind)
    given = {"version": step.version, "owner": Owner.CITY_IT, "proof": "émargement du jour"} | given
    return actions.write_step(person=person, rollout=rollout, kind=kind, done_on=done_on, now=NOW, **given)


def receive(rollout, labels=("Classe 1", "Classe 2"), *, common=True, on=20, person=None, reserve=None):
    """A signed procès-verbal; `reserve` names the line that gets one réserve."""
    reception = actions.open_reception(
        person=person, rollout=rollout, held_on=day(on), labels=labels, has_common=common, now=NOW
    )
    if reserve:
        line = reception.lines.get(label=reserve)
        kit_line = rollout.kit.lines.filter(rule="per_class" if line.is_class else "per_floor").first()
        actions.add_reservation(
            person=person,
            line=line,
            kit_line=kit_line,
            text="Prise murale cassée",
            due_on=day(on + 15),
            now=NOW,
        )
    return actions.sign_reception(person=person, reception=reception, now=NOW)


def progress(rollout):
    """As its own page reads it; a list, which reads fewer rows, must say the same."""
    kept = Rollout.objects.filter(pk=rollout.pk)
    (found,) = progress_of(kept.select_related("school__city", "kit"), TODAY)
    sight = Sight.of([("id", rollout.school_id)])
    (standing,) = (each for each in standings_of(sight, TODAY) if each.rollout.id == rollout.pk)
    (shown,) = with_all_steps([standing])
    for name in (
        "phase",
        "blocked",
        "late",
        "received_count",
        "is_partly",
        "is_in_service",
        "common_on",
        "accepted_on",
    ):
        assert getattr(standing, name) == getattr(shown, name) == getattr(found, name), name
    assert shown.steps == found.steps
    under_way = [each.steps for each in under_way_of(sight, TODAY) if each.rollout.id == rollout.pk]
    assert under_way == ([] if found.is_in_service or found.rollout.abandoned_on else [found.steps])
    return found


def who(world, name):
    """Read again: mandates are remembered on the person."""
    return Person.objects.get(pk=world.people[name].pk)
