"""Each minute, the sessions past their end are closed."""

from django.utils import timezone

from preau.ent.lessons import actions
from preau.kit.schedule import Every
from preau.kit.tasks import task


@task
def close_due():
    """Running twice closes each once."""
    return actions.close_due(now=timezone.now())


SCHEDULE = (Every(close_due, minutes=1),)
