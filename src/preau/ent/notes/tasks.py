"""The mots that leave at their hour; the files that become ready."""

from django.apps import apps
from django.utils import timezone

from preau.ent.notes import actions
from preau.kit.schedule import Every
from preau.kit.tasks import task


@task
def publish_due():
    """Running twice sends nothing twice."""
    return actions.publish_due(now=timezone.now())


@task
def settle_files():
    """Running twice settles each file once."""
    return actions.settle_files(now=timezone.now())


@task
def settle_file(label, file_id):
    """One file of the table of this label, as soon as it is sent; gone meanwhile, there is nothing to do."""
    file = apps.get_model(label).objects.filter(pk=file_id).first()
    return file is not None and actions.settle_file(file=file, now=timezone.now())


@task
def translate_due():
    """Running twice asks for each text once."""
    return actions.translate_due(now=timezone.now())


SCHEDULE = (Every(publish_due, minutes=1), Every(translate_due, minutes=2), Every(settle_files, minutes=2))
