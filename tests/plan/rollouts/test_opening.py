"""What a roll-out is opened for: the kit that the COPIL settled, or why another one; by the act and by the base."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import CommandError
from django.db import IntegrityError, transaction
from django.urls import reverse

from preau.kit.answers import Conflict
from preau.plan.equipment import actions as equipment
from preau.plan.priorities import actions as priorities
from preau.plan.rollouts import actions
from preau.plan.rollouts.models import Rollout
from tests.kept import kept
from tests.plan.priorities.conftest import Scene, decision
from tests.plan.rollouts.conftest import NOW, START, TODAY, day, who
from tests.plan.upgrades import unchecked
from tests.texts import as_drawn

SAYS = "rollout_says_why_without_or_beside_its_programme"
FILL = import_module("preau.plan.rollouts.migrations.0004_settled_kit_filled")
WHY = "La v1 ne se fabrique plus"


@pytest.fixture
@kept
def entry(world):
    """Saules, on a programme that the COPIL settled."""
    scene = Scene(world)
    scene.adopted()
    year = scene.programme(("Saules",))
    priorities.arbitrate(person=None, programme=year, now=NOW)
    priorities.submit_programme(person=None, programme=year, now=NOW)
    priorities.decide_programme(person=None, programme=year, decision=decision(), now=NOW)
    return year.entries.select_related("school__city", "kit").get()


def publish(city, kind="elementary", on=TODAY):
    return equipment.publish_kit_version(
        person=None,
        city=city,
        school_kind=kind,
        lines=equipment.deck_lines(school_kind=kind),
        published_on=on,
        source="essai",
        now=NOW,
    )


def open_for(entry, kit, person=None, reason=""):
    return actions.open_rollout(
        person=person,
        school=entry.school,
        kit=kit,
        classes_count=2,
        programme_entry_id=entry.pk,
        reason=reason,
        now=NOW,
    )


def test_another_kit_than_the_one_settled_says_why(entry, world):
    newer = publish(entry.school.city)
    for person in (None, who(world, "city_it")):
        with pytest.raises(Conflict, match="Le COPIL a arrêté pour cette école le kit v1"):
            open_for(entry, newer, person, reason="  ")
    assert not Rollout.objects.exists()
    way = open_for(entry, newer, who(world, "city_it"), reason=WHY)
    assert (way.settled_kit, way.reason) == (entry.kit, WHY)


def test_the_kit_settled_says_nothing(entry):
    way = open_for(entry, entry.kit, reason="Vite")
    assert (way.settled_kit, way.reason) == (entry.kit, "")


def test_the_page_asks_why_and_shows_it(entry, world, client):
    newer = publish(entry.school.city)
    world.sign_in(client, "city_it")
    url = reverse("rollouts:rollout_create", args=[entry.school_id])
    given = {"kit": newer.pk, "classes_count": 2, "programme_entry": entry.pk}
    told = client.post(url, given)
    assert told.status_code == 422 and "écrivez pourquoi un autre" in told.content.decode()
    told = as_drawn(client.post(url, given | {"reason": WHY}, follow=True).text)
    assert f"Autre équipement type que celui que le COPIL a arrêté&nbsp;: {WHY}" in told


def test_the_base_refuses_a_departure_that_says_nothing(entry):
    newer, way = publish(entry.school.city), open_for(entry, entry.kit)
    wrongs = ({"kit": newer}, {"reason": "Vite"}, {"settled_kit": None}, {"programme_entry_id": None},
              {"programme_entry_id": None, "settled_kit": None})  # fmt: skip
    for wrong in wrongs:
        with pytest.raises(IntegrityError), transaction.atomic():
            Rollout.objects.filter(pk=way.pk).update(**wrong)
    Rollout.objects.filter(pk=way.pk).update(kit=newer, reason=WHY)


def test_a_kit_of_elsewhere_of_another_kind_or_to_come_is_not_given(school, kit, world):
    far, other = publish(world.cities["ailleurs"], "primary"), publish(school.city)
    for wrong in (far, other, publish(school.city, "primary", day(60))):
        with pytest.raises(Conflict, match="Cet équipement type n’est pas celui de"):
            actions.open_rollout(person=None, school=school, kit=wrong, classes_count=2, now=NOW)
    assert not Rollout.objects.exists()


@pytest.mark.parametrize("count", [0, 61])
def test_a_school_has_from_one_to_sixty_classes(school, kit, count):
    with pytest.raises(Conflict, match="de 1 à 60 classes"):
        actions.open_rollout(person=None, school=school, kit=kit, classes_count=count, now=NOW)
    way = actions.open_rollout(person=None, school=school, kit=kit, classes_count=60, now=NOW)
    with pytest.raises(IntegrityError, match="rollout_has_its_classes"), transaction.atomic():
        Rollout.objects.filter(pk=way.pk).update(classes_count=count)


def test_a_base_of_before_is_given_what_the_copil_settled(entry, school, kit):
    newer, departed = publish(entry.school.city), open_for(entry, entry.kit)
    silent = actions.open_rollout(person=None, school=school, kit=kit, classes_count=2, opened_on=START, now=NOW)
    with unchecked("rollouts_rollout", "rollout_of_a_programme_knows_its_kit"), unchecked("rollouts_rollout", SAYS):
        Rollout.objects.filter(pk=departed.pk).update(kit=newer, settled_kit=None)
        Rollout.objects.filter(pk=silent.pk).update(reason="")
    FILL.fill(apps, None)
    departed.refresh_from_db(), silent.refresh_from_db()
    assert (departed.settled_kit, departed.reason) == (entry.kit, FILL.UNSAID)
    assert (silent.settled_kit, silent.reason) == (None, FILL.UNSAID)
    FILL.refuse_too_many_classes(apps, None)
    with unchecked("rollouts_rollout", "rollout_has_its_classes"):
        Rollout.objects.filter(pk=silent.pk).update(classes_count=61)
    with pytest.raises(CommandError, match=f"{school.name}.*{silent.pk}.*61 classes"):
        FILL.refuse_too_many_classes(apps, None)
