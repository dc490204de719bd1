"""The files that become ready."""

from django.utils import timezone

from preau.ent.posts import actions
from preau.ent.posts.models import PostFile
from preau.kit.schedule import Every
from preau.kit.tasks import task


@task
def settle_files():
    """Running twice settles each file once."""
    return actions.settle_files(now=timezone.now())


@task
def settle_file(label, file_id):
    """One file, as soon as it is sent; gone meanwhile, there is nothing to do."""
    file = PostFile.objects.filter(pk=file_id).first()
    return file is not None and actions.settle_file(file=file, now=timezone.now())


SCHEDULE = (Every(settle_files, minutes=2),)
