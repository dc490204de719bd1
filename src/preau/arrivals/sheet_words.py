"""What a connection sheet says, in French and in the language that its guardian reads. Apart from `printing`, which a
process draws without Django's settings."""

import datetime
from dataclasses import asdict
from urllib.parse import urlsplit

from django.utils.translation import gettext, override
from django.utils.translation import gettext_noop as _

from preau.arrivals.printing import Sheet
from preau.kit.dates import day_text
from preau.people.languages import FRENCH, TO_REREAD
from preau.people.sheets import how_to_enter, target_of, typed_address

TO_GUARDIAN = _("Pour lire les mots de l’école, y répondre, et prévenir d’une absence.")
TO_PUPIL = "Pour voir tes leçons, écrire, et tenir ton cahier."


def said(sheet: Sheet, address: str, last_day: datetime.date) -> dict:
    """Plain for JSON: the sheet, the address that its QR code opens, its words in `french`, and in `other` where its
    guardian reads another language, marked as reread by nobody. `address`: the page where a code is given; `last_day`:
    of the code."""
    found = {"sheet": asdict(sheet), "target": target_of(address, sheet.language, sheet.secret), "other": None}
    with override(FRENCH):
        found["french"] = _words(sheet, address, day_text(last_day).rsplit(" ", 1)[0])  # 30 days: no need of the year
    if sheet.language != FRENCH:
        with override(sheet.language):
            found["other"] = _words(sheet, address, f"{last_day:%d/%m/%Y}") | {"mark": gettext(TO_REREAD)}
    return found


def _words(sheet, address, until):
    """In the language at hand; three plain sentences for each case, one idea each."""
    home, (*entering, without_phone) = urlsplit(address).netloc, how_to_enter(typed_address(address), until)
    said = _to_pupil(sheet, home, until) if sheet.is_pupil else _to_guardian(sheet, home, entering)
    what_for = TO_PUPIL if sheet.is_pupil else gettext(TO_GUARDIAN)
    words = {"without_phone": without_phone, "what_for": what_for}
    return dict(zip(("title", "identifier", "sentences"), said, strict=True)) | words


def _to_pupil(sheet, home, until):
    yours = "Ton identifiant\u00a0:"
    if sheet.code:
        return (
            "Ta fiche de connexion",
            yours,
            (
                "Avec un adulte, vise ce carré avec un téléphone.",
                "Choisis ton mot de passe. Garde-le pour toi.",
                f"Ce code sert une fois, jusqu’au {until}.",
            ),
        )
    return (
        "Ton espace est déjà ouvert",
        yours,
        (
            f"Va à {home} et choisis «\u00a0Entrer\u00a0».",
            "Écris ton identifiant et ton mot de passe.",
            "Mot de passe oublié\u00a0? Demande une nouvelle fiche à l’école.",
        ),
    )


def _to_guardian(sheet, home, entering):
    yours = gettext("Votre identifiant\u00a0:")
    if sheet.code:
        return gettext("Votre fiche de connexion"), yours, entering
    sentences = (
        gettext("Allez à %(home)s et choisissez «\u00a0Entrer\u00a0».") % {"home": home},
        gettext("Écrivez votre identifiant et votre mot de passe."),
        gettext("Mot de passe oublié\u00a0? Demandez une nouvelle fiche à l’école."),
    )
    return gettext("Votre espace est déjà ouvert"), yours, sentences
