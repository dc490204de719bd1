"""Gives the certificates that guardians sent, to whom the rules let have them at this instant (kit/files.py)."""

from django.utils.timezone import localdate

from preau.ent.yearfile import rules
from preau.kit.files import FileGiver, Given
from preau.people.models import Person

CERTIFICATE = "attestation"


def given_to(person: Person | None, file_id) -> Given | None:
    file = person and rules.certificates_visible_to(person, localdate()).filter(pk=file_id).first()
    return Given(file.path, file.file_name) if file else None


def _give(person_id, file_id):
    return given_to(Person.objects.filter(pk=person_id, account__is_active=True).first(), file_id)


GIVEN = (FileGiver(CERTIFICATE, _give),)
