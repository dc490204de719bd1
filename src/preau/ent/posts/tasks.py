"""The files that become ready, the posts that leave at their hour, and the mail to who wrote one that does not."""

from django.utils import timezone

from preau.ent.posts import actions, notices
from preau.ent.posts.actions.leaving import KEPT_BACK
from preau.ent.posts.models import PostFile, PostVideo
from preau.kit.mail import Kind
from preau.kit.schedule import Every
from preau.kit.tasks import task
from preau.notify.actions import note_called


@task
def settle_files():
    """Running twice settles each file once."""
    return actions.settle_files(now=timezone.now())


@task
def settle_file(label, file_id):
    """One file, as soon as it is sent; gone meanwhile, there is nothing to do."""
    table = PostVideo if label == PostVideo._meta.label else PostFile
    file = table.objects.filter(pk=file_id).first()
    return file is not None and actions.settle_file(file=file, now=timezone.now())


@task
def leave_due():
    """Running twice publishes each post once."""
    return actions.leave_due(now=timezone.now())


SCHEDULE = (Every(settle_files, minutes=2), Every(leave_due, minutes=1))
OUTGOING = (Kind(KEPT_BACK, notices.kept_back, note_called),)
