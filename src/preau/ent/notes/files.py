"""Gives the files of mots and of answers, to whom the rules let have them at this instant (kit/files.py)."""

from functools import partial

from django.utils.timezone import localdate

from preau.ent.notes import rules
from preau.kit.files import FileGiver, Given
from preau.people.models import Person

NOTE, ANSWER = "mot", "reponse"


def given_to(visible, person: Person | None, file_id) -> Given | None:
    """`visible` is the set of the rules."""
    file = person and visible(person, localdate()).filter(pk=file_id).first()
    return Given(file.path, file.file_name) if file else None


def _give(visible, person_id, file_id):
    return given_to(visible, Person.objects.filter(pk=person_id, account__is_active=True).first(), file_id)


GIVEN = (
    FileGiver(NOTE, partial(_give, rules.note_files_visible_to)),
    FileGiver(ANSWER, partial(_give, rules.answer_files_visible_to)),
)
