"""The mots that leave at their hour; the files that wait for the antivirus."""

from django.utils import timezone

from preau.ent.notes import actions
from preau.kit.schedule import Every
from preau.kit.tasks import task


@task
def publish_due():
    """Running twice sends nothing twice."""
    return actions.publish_due(now=timezone.now())


@task
def look_again():
    """Running twice settles each file once."""
    return actions.look_again(now=timezone.now())


SCHEDULE = (Every(publish_due, minutes=1), Every(look_again, minutes=2))
