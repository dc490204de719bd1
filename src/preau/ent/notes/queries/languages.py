"""In which languages a mot is read, what a service is asked for, and what was reread by a person."""

import datetime
import uuid
from collections.abc import Iterable

from django.db.models import F, Q, QuerySet
from django.utils.timezone import localdate

from preau.ent.notes.models import LanguageReview, MachineTranslation, Note
from preau.ent.notes.queries.sent import school_of
from preau.ent.notes.translated import Translated, by_machine, digest_of, translated
from preau.kit.spoken import other_language
from preau.people.models import Mandate, Person
from preau.schools.models import Enrolment, Guardianship
from preau.spaces import audiences
from preau.spaces.audiences import Profile
from preau.spaces.models import Publication

RECENT = datetime.timedelta(days=14)


def to_translate(now: datetime.datetime) -> QuerySet[Note]:
    """Published of late, and not given to the service since they last changed; the oldest first."""
    published = Q(publication__state=Publication.State.PUBLISHED, publication__published_at__gte=now - RECENT)
    notes = Note.objects.filter(published, translated_version__lt=F("version"))
    paths = ("publication__classroom__school", "publication__group__school", "publication__school")
    return notes.select_related(*paths).order_by("publication__published_at", "id")


def languages_read(note: Note) -> set[str]:
    """Codes of the languages that its families read better than French."""
    reached = note.publication.reaches.values_list("audience", flat=True)
    members = audiences.members_of(set(reached), _day(note))
    return {m.reading_language for m in members if m.profile == Profile.FAMILY and m.reading_language}


def names_to_hide(note: Note) -> list[str]:
    """First and last names of the pupils, their guardians and all who work in the school: no service reads them."""
    school, day = school_of(note), _day(note)
    pupils = Enrolment.objects.current(day).filter(school=school).values("pupil")
    guardians = Guardianship.objects.current(day).filter(child__in=pupils).values("guardian")
    working = Mandate.objects.current(day).in_school(school).values("person")
    known = Q(pk__in=pupils) | Q(pk__in=guardians) | Q(pk__in=working) | Q(pk=note.publication.author_id)
    rows = Person.objects.filter(known).values_list("first_name", "last_name", "usage_name")
    return sorted({name for row in rows for name in row if name})


def machine_translation(note: Note, language: str) -> MachineTranslation | None:
    """Of the mot as it stands; None for none, or when the service could not. One query."""
    made = MachineTranslation.objects.filter(note=note, version=note.version, language=language)
    return made.exclude(text="").first()


def in_language_of_page(note: Note) -> Translated | None:
    """The translation from its wording when that is complete, else the machine translation, else what the wording
    could translate."""
    language, read = other_language(), translated(note)
    if language and (read is None or not read.is_whole):
        made = machine_translation(note, language)
        return by_machine(made.title, made.text) if made else read
    return read


def languages_of(people: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """{person: the language they read better than French}, for those who have one."""
    known = Person.objects.filter(pk__in=list(people)).exclude(reading_language="")
    return dict(known.values_list("pk", "reading_language"))


def reviews_of(city_id: uuid.UUID) -> dict[str, LanguageReview]:
    """{language: who reread its mots types as they stand}; without those whose words changed since."""
    rows = LanguageReview.objects.filter(city=city_id)
    return {row.language: row for row in rows if row.words == digest_of(row.language)}


def _day(note):
    return localdate(note.publication.published_at)
