"""Certificates that become ready."""

from django.utils import timezone

from preau.ent.yearfile import actions
from preau.kit.schedule import Every
from preau.kit.tasks import task


@task
def settle_certificates():
    """Running twice settles each once."""
    return actions.settle_certificates(now=timezone.now())


SCHEDULE = (Every(settle_certificates, minutes=2),)
