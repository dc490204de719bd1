"""The files that become ready, and their pages drawn."""

from django.utils import timezone

from preau.ent.homework import actions
from preau.kit.schedule import Every
from preau.kit.tasks import task


@task
def settle_files():
    """Running twice settles each file once."""
    return actions.settle_files(now=timezone.now())


@task
def draw_files():
    """Running twice draws each file once."""
    return actions.draw_files(now=timezone.now())


SCHEDULE = (Every(settle_files, minutes=2), Every(draw_files, minutes=2))
