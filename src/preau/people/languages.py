"""The languages a person may read better than French, and those in which families' pages are written."""

from django.conf import settings
from django.db import models
from django.utils import translation


class Language(models.TextChoices):
    """Codes of BCP 47; each label follows « lit plutôt ». Empty on a person: French, as far as one knows."""

    ALBANIAN = "sq", "l’albanais"
    ENGLISH = "en", "l’anglais"
    ARABIC = "ar", "l’arabe"
    ARMENIAN = "hy", "l’arménien"
    CHINESE = "zh", "le chinois"
    DARI = "prs", "le dari"
    SPANISH = "es", "l’espagnol"
    GEORGIAN = "ka", "le géorgien"
    PASHTO = "ps", "le pachto"
    PORTUGUESE = "pt", "le portugais"
    ROMANIAN = "ro", "le roumain"
    RUSSIAN = "ru", "le russe"
    SOMALI = "so", "le somali"
    TAMIL = "ta", "le tamoul"
    TURKISH = "tr", "le turc"
    UKRAINIAN = "uk", "l’ukrainien"
    VIETNAMESE = "vi", "le vietnamien"
    OTHER = "und", "une autre langue que le français"


WRITTEN = {code: name for code, name in settings.LANGUAGES if code != "fr"}  # each by its own name


def language_of(person) -> str:
    """The language in which this person is written to: theirs when it is one of WRITTEN, else French."""
    return person.reading_language if person.reading_language in WRITTEN else "fr"


def spoken_to(person):
    """`with spoken_to(person):` what is written to this person is in the language they read."""
    return translation.override(language_of(person))


def speak_to(person) -> None:
    """What is drawn from here on is in the language that this person reads, when pages are written in it."""
    if (language := language_of(person)) in WRITTEN:
        translation.activate(language)
