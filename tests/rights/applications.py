"""Real values for the addresses of calls, files and opinions: one file filed, its IEN asked, its DAN's opinion given
in confidence."""

from preau.plan.applications.models import Opinion, Submission
from tests.canaries import IN_CONFIDENCE
from tests.plan.applications.conftest import NOW, TODAY, Scene

SAMPLES = {
    "application_id": lambda world: filed(world).id,
    "section": lambda world: "usages",
    "call_id": lambda world: Scene(world).call.id,
    "form_id": lambda world: Scene(world).revision.id,
    "question_id": lambda world: Scene(world).revision.fields.get(key="usages-semaine").id,
    "opinion_id": lambda world: pending_opinion(world).id,
}


def filed(world):
    """As it waits for its IEN."""
    application = Scene(world).submitted()
    copy = Submission.objects.get(application=application)
    Opinion.objects.create(
        application=application, submission=copy, authority="dan", asked_at=NOW, due_on=TODAY,
        given_at=NOW, verdict="unfavourable", motivation=IN_CONFIDENCE, is_confidential=True,
    )  # fmt: skip
    return application


def pending_opinion(world):
    """Asked of the IEN, not given yet."""
    scene = Scene(world)
    return scene.opinion(scene.submitted())
