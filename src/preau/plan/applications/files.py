"""Gives the pieces joined to a file, to whom the rules let read it at this instant (kit/files.py)."""

from django.utils.text import slugify
from django.utils.timezone import localdate

from preau.kit.files import FileGiver, Given
from preau.people.models import Person
from preau.plan.applications import rules
from preau.plan.applications.models import Attachment

PIECE = "piece"


def given(attachment: Attachment) -> Given:
    """What it is saved under."""
    return Given(attachment.path, f"{slugify(attachment.label) or PIECE}.{attachment.kind}")


def _give(person_id, file_id):
    person, today = Person.objects.filter(pk=person_id, account__is_active=True).first(), localdate()
    if person is None:
        return None
    rows = rules.attachments_visible_to(person, today).select_related("application__call", "application__school__city")
    attachment = rows.filter(pk=file_id).first()
    is_read = attachment is not None and rules.can_read_attachment(person, attachment, today)
    return given(attachment) if is_read else None


GIVEN = (FileGiver(PIECE, _give),)
