"""A team joins a piece to its file, or takes it out; what was never filed is forgotten in its time."""

import hashlib
import secrets

from django.core.files.storage import default_storage
from django.db import transaction

from preau.kit.answers import Conflict, require
from preau.kit.money import NBSP
from preau.kit.stored import store, with_its_files
from preau.media.documents import Document
from preau.plan.applications import queries, rules
from preau.plan.applications.actions.writing import journal, locked
from preau.plan.applications.models import MOST_ATTACHMENTS, Attachment

NOT_LOOKED_AT = f"L’antivirus ne répond pas{NBSP}: ce fichier n’est pas joint. Joignez-le de nouveau plus tard."


@with_its_files()
@transaction.atomic
def add_attachment(*, person, application, document: Document, label: str, now) -> Attachment:
    """Keeps what `media.documents.take` gave, after the pieces already there; the same sent twice is kept once.

    Raises Conflict when there are as many as a file may have, when the same stands under another name, or when the
    antivirus has not looked at it: nothing here would hold it until it has.
    """
    application = locked(application=application)
    require(rules.can_edit_application(person, application, now))
    digest = hashlib.sha256(document.content).hexdigest()
    there = list(application.attachments.filter(removed_at=None))
    same = next((each for each in there if each.digest == digest), None)
    if same is not None:
        if same.label == label:
            return same
        raise Conflict(f"Ce fichier est déjà joint, sous le nom «{NBSP}{same.label}{NBSP}».")
    if len(there) >= MOST_ATTACHMENTS:
        raise Conflict(f"Le dossier a déjà {MOST_ATTACHMENTS} pièces{NBSP}: retirez-en une d’abord.")
    if not document.is_cleared:
        raise Conflict(NOT_LOOKED_AT, "document")
    attachment = Attachment.objects.create(
        application=application,
        label=label,
        name=secrets.token_hex(16),
        kind=document.kind,
        weight=len(document.content),
        pages_count=document.pages_count,
        digest=digest,
        added_at=now,
        added_by=person,
    )
    store(attachment.path, document.content)
    _journal(person, "attachment_added", attachment, application, now)
    return attachment


@transaction.atomic
def remove_attachment(*, person, attachment, now) -> None:
    """Out of what the team writes. A filed one stays with its copy; another goes, its file once the base has agreed."""
    application = locked(application=attachment.application)
    require(rules.can_edit_application(person, application, now))
    attachment = application.attachments.filter(pk=attachment.pk, removed_at=None).first()
    if attachment is None:
        return
    _journal(person, "attachment_removed", attachment, application, now)
    if attachment.filed_at is not None:
        attachment.removed_at = now
        attachment.save(update_fields=["removed_at"])
        return
    path = attachment.path
    attachment.delete()
    transaction.on_commit(lambda: default_storage.delete(path))


@transaction.atomic
def purge_attachments(*, now, dry_run=False) -> int:
    """Pieces of files that were never filed, a month after their call closed, with their bytes."""
    due = list(queries.attachments_past_their_day(now))
    if due and not dry_run:
        paths = [attachment.path for attachment in due]
        Attachment.objects.filter(pk__in=[attachment.pk for attachment in due], filed_at=None).delete()
        transaction.on_commit(lambda: [default_storage.delete(path) for path in paths])
    return len(due)


def _journal(person, verb, attachment, application, now):
    journal(person=person, verb=verb, subject=attachment, application=application, now=now, fields=["label"])
