"""Real values for the addresses of préconisations, lists and programmes."""

from preau.plan.priorities import actions
from tests.plan.priorities.conftest import NOW, Scene
from tests.plan.priorities.test_recommendations import signed

SAMPLES = {
    "list_id": lambda world: Scene(world).cosigned().id,
    "programme_id": lambda world: programme(Scene(world)).id,
    "recommendation_id": lambda world: signed(Scene(world)).id,
    "kit_id": lambda world: Scene(world).kit().id,
    "programme_step": lambda world: "demarrage",
}


def programme(scene):
    """Before the COPIL: read by the elected members and the State."""
    agent, year = scene.who("city_education"), scene.programme(envelope_cents=20_000_000)
    actions.arbitrate(person=agent, programme=year, now=NOW)
    return actions.submit_programme(person=agent, programme=year, now=NOW)
