"""How pages are drawn for a pupil: by their level, and as their teacher arranged them."""

import datetime

from django.db.models import Exists, OuterRef

from preau.kit.pages.pupils import NON_READER, PLAIN, READER, Arrangement
from preau.people.models import Person
from preau.places.models import NURSERY_LEVELS
from preau.schools.models import Enrolment, PupilDisplay
from preau.schools.queries.listed import pupils_of


def arrangement_of(pupil: Person) -> Arrangement:
    """One query, none when the row was joined; PLAIN for most."""
    try:
        return pupil.display.arrangement
    except PupilDisplay.DoesNotExist:
        return PLAIN


def arrangements_of(pupils) -> dict:
    """{pupil id: Arrangement} of those who have one; one query."""
    return {row.pupil_id: row.arrangement for row in PupilDisplay.objects.filter(pupil__in=pupils)}


def displays_of(pupils) -> dict:
    """{pupil id: PupilDisplay} of those who have one, for who arranges them; one query."""
    return {row.pupil_id: row for row in PupilDisplay.objects.filter(pupil__in=pupils)}


def reads_what_is_said(place, today: datetime.date) -> bool:
    """Whether a sound alone would not reach a pupil of this class, group or school: it goes with its words (users.md,
    rule 8); one query."""
    return pupils_of(place, today).filter(reads_not_hears("pk")).exists()


def reads_not_hears(path: str) -> Exists:
    """Of rows whose key `path` names a pupil: whether a sound alone would not reach that pupil."""
    return Exists(PupilDisplay.objects.not_by_ear().filter(pupil=OuterRef(path)))


def skin_of(enrolment: Enrolment) -> str:
    """Of the nursery, GS included: no word is to be read. From CP on: words, large."""
    return NON_READER if enrolment.level in NURSERY_LEVELS else READER
