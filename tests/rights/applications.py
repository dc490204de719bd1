"""Real values for the addresses of calls, files and opinions: one file filed, its IEN asked, its DAN's opinion given
in confidence."""

from preau.media.documents import Document
from preau.plan.applications import actions
from preau.plan.applications.models import Opinion, Submission
from tests.canaries import IN_CONFIDENCE
from tests.plan.applications.conftest import NOW, TODAY, Scene

SAMPLES = {
    "application_id": lambda world: filed(world).id,
    "section": lambda world: "usages",
    "call_id": lambda world: Scene(world).call.id,
    "form_id": lambda world: Scene(world).revision.id,
    "question_id": lambda world: Scene(world).revision.fields.get(key="usages-semaine").id,
    "attachment_id": lambda world: attachment(world).id,
    "opinion_id": lambda world: pending_opinion(world).id,
}


def filed(world):
    """As it waits for its IEN."""
    application = submitted(Scene(world))
    copy = Submission.objects.get(application=application)
    Opinion.objects.create(
        application=application,
        submission=copy,
        authority="dan",
        asked_at=NOW,
        due_on=TODAY,
        given_at=NOW,
        verdict="unfavourable",
        motivation=IN_CONFIDENCE,
        is_confidential=True,
    )
    return application


def pending_opinion(world):
    """Asked of the IEN, not given yet."""
    scene = Scene(world)
    return scene.opinion(submitted(scene))


def submitted(scene):
    """Filed with a piece."""
    application = scene.fill(scene.start())
    actions.add_attachment(
        person=scene.who("head"),
        application=application,
        document=Document("webp", b"RIFF d'un plan des salles"),
        label="Plan des salles",
        now=NOW,
    )
    actions.submit(person=scene.who("head"), application=application, now=NOW)
    application.refresh_from_db()
    return application


def attachment(world):
    """Filed once, and the team writes again: it may take it out of what it writes."""
    scene = Scene(world)
    application = submitted(scene)
    actions.request_changes(person=scene.who("ien"), application=application, text="Précisez.", now=NOW)
    return application.attachments.get()
