"""Real values for the addresses of calls, files and opinions: one file filed, its IEN asked."""

from tests.plan.applications.conftest import Scene

SAMPLES = {
    "application_id": lambda world: Scene(world).submitted().id,
    "section": lambda world: "usages",
    "call_id": lambda world: Scene(world).call.id,
    "form_id": lambda world: Scene(world).revision.id,
    "question_id": lambda world: Scene(world).revision.fields.get(key="usages-semaine").id,
    "opinion_id": lambda world: pending_opinion(world).id,
}


def pending_opinion(world):
    """Asked of the IEN, not given yet."""
    scene = Scene(world)
    return scene.opinion(scene.submitted())
