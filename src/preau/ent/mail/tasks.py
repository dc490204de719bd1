"""The files that become ready, and what leaves by the outbox."""

from django.apps import apps
from django.utils import timezone

from preau.ent.mail import actions, notices
from preau.ent.mail.actions.telling import MAIL, PUSH, REPORT
from preau.kit.mail import Kind
from preau.kit.schedule import Every
from preau.kit.tasks import task


@task
def settle_files():
    """Running twice settles each file once."""
    return actions.settle_files(now=timezone.now())


@task
def settle_file(label, file_id):
    """One file, as soon as it is sent; gone meanwhile, there is nothing to do."""
    file = apps.get_model(label).objects.filter(pk=file_id).first()
    return file is not None and actions.settle_file(file=file, now=timezone.now())


OUTGOING = (
    Kind(MAIL, notices.mail_of, actions.note_mailed),
    Kind(PUSH, notices.push_of, actions.note_pushed, leaves=lambda: True),
    Kind(REPORT, notices.report_of, actions.note_mailed),
)
SCHEDULE = (Every(settle_files, minutes=2),)
