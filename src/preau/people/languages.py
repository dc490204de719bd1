"""The languages a person may read better than French, and those in which families' pages are written.

Pages of the door, where nobody is known yet, speak the one that their device was asked for by a link (`?langue=ar`) and
keeps in a cookie: no query, no session, no script.
"""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import translation
from django.utils.translation import gettext_noop as _


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


FRENCH = "fr"
WRITTEN = {code: name for code, name in settings.LANGUAGES if code != FRENCH}  # each by its own name
TO_REREAD = _("Traduction à relire")  # until a named person did
ASKED_BY = "langue"
KEPT = timedelta(days=365)


def language_of(person) -> str:
    """The language in which this person is written to: theirs if we write it, else French (for nobody too)."""
    return person.reading_language if person and person.reading_language in WRITTEN else FRENCH


def spoken_to(person):
    """Context manager: inside `with spoken_to(person):`, texts are in the language that this person reads."""
    return spoken(language_of(person))


def spoken(language: str):
    """Context manager: the same in this language when pages exist in it, else in French."""
    return translation.override(language if language in WRITTEN else FRENCH)


def speak(language: str) -> None:
    """Switches the language of the page to this one when pages exist in it, else to French."""
    translation.activate(language if language in WRITTEN else FRENCH)


def of_device(request) -> str:
    """The code that this device was asked for, French included; empty when none was, or none that we speak."""
    asked = _known(request.GET.get(ASKED_BY))
    if asked:
        keep_on_device(request, asked)
    return asked or _known(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME))


def keep_on_device(request, language: str) -> None:
    """The answer to this request will tell the device so; empty is French."""
    request._language_to_keep = language or FRENCH


def write_on_device(request, response) -> None:
    """Sets the cookie, when `keep_on_device` was said."""
    language = getattr(request, "_language_to_keep", None)
    if language:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, max_age=KEPT, secure=settings.HTTPS, httponly=True, samesite="Lax"
        )


def _known(code):
    return code if code == FRENCH or code in WRITTEN else ""
