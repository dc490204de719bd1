"""Each morning, what is soon due is marked."""

from django.utils import timezone

from preau.kit.schedule import Every
from preau.kit.tasks import task
from preau.plan.applications import actions


@task
def remind():
    """Opinions soon due, drafts whose call soon closes."""
    return actions.remind(now=timezone.now())


SCHEDULE = (Every(remind, at="06:20"),)
