"""Mots sent to a translation service, each version once for each language that its families read; and who reread the
mots types."""

import datetime

from django.db import transaction
from django.utils.translation import override

from preau.ent.notes import queries, rules
from preau.ent.notes.models import LanguageReview, MachineTranslation, Note
from preau.ent.notes.translated import digest_of, translated
from preau.journal.actions import record
from preau.kit.answers import allow
from preau.kit.outbound import translating
from preau.people.languages import WRITTEN
from preau.people.models import Person
from preau.places.models import City

AT_ONCE = 20  # mots of one turn
MOST_SIGNS = 400  # of a title in another language


def translate_due(*, now: datetime.datetime) -> int:
    """Asks the service for what families will read, outside any transaction: it may be slow. Played twice, or killed
    half-way, each text is sent once. Returns how many were asked for."""
    if not translating.is_on():
        return 0
    return sum(_translate(note, now) for note in queries.to_translate(now)[:AT_ONCE])


def _translate(note, now):
    known = set(note.translations.filter(version=note.version).values_list("language", flat=True))
    wanted = [code for code in WRITTEN if code in queries.languages_read(note) - known and not _is_said(note, code)]
    names = queries.names_to_hide(note) if wanted else []
    for language in wanted:
        _ask(note, language, names, now)
    Note.objects.filter(pk=note.pk).update(translated_version=note.version)
    return len(wanted)


def _is_said(note, language):
    """Its wording says all of it."""
    with override(language):
        read = translated(note)
    return read is not None and read.is_whole


def _ask(note, language, names, now):
    try:
        title, text = (translating.translate(words, language, names) for words in (note.title, note.text))
    except translating.NotTranslated:
        title = text = ""  # read in French
    MachineTranslation.objects.get_or_create(
        note=note,
        version=note.version,
        language=language,
        defaults={"title": title[:MOST_SIGNS], "text": text, "made_at": now},
    )


@transaction.atomic
def note_review(
    *, person: Person, city: City, language: str, reviewer: str, reread_on: datetime.date, now: datetime.datetime
) -> LanguageReview:
    """Somebody who speaks it has reread the mots types in this language; the last one counts. Raises Refused."""
    allow(rules.can_note_review, person, city, now=now)
    said = {"reviewer": reviewer, "reread_on": reread_on, "words": digest_of(language), "noted_by": person}
    review, _ = LanguageReview.objects.update_or_create(city=city, language=language, defaults=said)
    record(person_id=person.pk, verb="note.review_language", subject=review, now=now, place_id=city.pk)
    return review
