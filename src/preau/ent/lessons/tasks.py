"""Each minute, the sessions past their end are closed; voices become ready."""

from django.utils import timezone

from preau.ent.lessons import actions
from preau.ent.lessons.models import LessonFile, WorkPart
from preau.kit.schedule import Every
from preau.kit.tasks import task


@task
def close_due():
    """Running twice closes each once."""
    return actions.close_due(now=timezone.now())


@task
def settle_part(label, part_id):
    """One voice, as soon as it is sent; gone meanwhile, there is nothing to do."""
    part = WorkPart.objects.filter(pk=part_id).first()
    return part is not None and actions.settle_part(part=part, now=timezone.now())


@task
def settle_file(label, file_id):
    """The same of what is said of an activity."""
    file = LessonFile.objects.filter(pk=file_id).first()
    return file is not None and actions.settle_file(file=file, now=timezone.now())


@task
def settle_parts():
    """Running twice settles each voice, and each document, once."""
    return actions.settle_parts(now=timezone.now()) + actions.settle_files(now=timezone.now())


SCHEDULE = (Every(close_due, minutes=1), Every(settle_parts, minutes=2))
