"""The announcements that leave."""

from django.utils import timezone

from preau.ent.announcements import actions
from preau.kit.schedule import Every
from preau.kit.tasks import task


@task
def publish_due():
    """Running twice sends nothing twice."""
    return actions.publish_due(now=timezone.now())


SCHEDULE = (Every(publish_due, minutes=1),)
