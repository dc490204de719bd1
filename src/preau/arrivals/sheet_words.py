"""What a connection sheet says, in French and in the language that its guardian reads. Apart from `printing`, which a
process draws without Django's settings."""

import datetime
from dataclasses import asdict
from urllib.parse import urlencode, urlsplit

from django.utils.translation import gettext, override

from preau.arrivals.printing import Sheet
from preau.kit.dates import day_text
from preau.people.languages import ASKED_BY, FRENCH


def said(sheet: Sheet, address: str, last_day: datetime.date) -> dict:
    """Plain for JSON: the sheet, the address that its QR code opens, its words in `french`, and in `other` where its
    guardian reads another language. `address`: the page where a code is given; `last_day`: of the code."""
    reads_other = sheet.language != FRENCH
    asked = f"?{urlencode({ASKED_BY: sheet.language})}" if reads_other else ""
    found = {"sheet": asdict(sheet), "target": f"{address}{asked}#{sheet.secret}", "other": None}
    with override(FRENCH):
        found["french"] = _words(sheet, address, day_text(last_day).rsplit(" ", 1)[0])  # 30 days: no need of the year
    if reads_other:
        with override(sheet.language):
            found["other"] = _words(sheet, address, f"{last_day:%d/%m/%Y}")
    return found


def _words(sheet, address, until):
    """In the language at hand; three plain sentences for each case, one idea each."""
    parts = urlsplit(address)
    # Without the last slash, which Arabic would set first; the page is found all the same.
    shown = {"address": f"{parts.netloc}{parts.path.rstrip('/')}", "home": parts.netloc, "day": until}
    said = _to_pupil(sheet, shown) if sheet.is_pupil else _to_guardian(sheet, shown)
    without = gettext("Sans téléphone\u00a0: %(address)s, puis ce code") % shown
    return dict(zip(("title", "identifier", "sentences"), said, strict=True)) | {"without_phone": without}


def _to_pupil(sheet, shown):
    yours = "Ton identifiant\u00a0:"
    if sheet.code:
        return (
            "Ta fiche de connexion",
            yours,
            (
                "Avec un adulte, vise ce carré avec un téléphone.",
                "Choisis ton mot de passe. Garde-le pour toi.",
                f"Ce code sert une fois, jusqu’au {shown['day']}.",
            ),
        )
    return (
        "Ton espace est déjà ouvert",
        yours,
        (
            f"Va à {shown['home']} et choisis «\u00a0Entrer\u00a0».",
            "Écris ton identifiant et ton mot de passe.",
            "Mot de passe oublié\u00a0? Demande une nouvelle fiche à l’école.",
        ),
    )


def _to_guardian(sheet, shown):
    yours = gettext("Votre identifiant\u00a0:")
    if sheet.code:
        return (
            gettext("Votre fiche de connexion"),
            yours,
            (
                gettext("Visez ce carré avec votre téléphone."),
                gettext("Choisissez un mot de passe. Aucun courriel n’est demandé."),
                gettext("Ce code sert une fois, jusqu’au %(day)s. Gardez-le pour vous.") % shown,
            ),
        )
    return (
        gettext("Votre espace est déjà ouvert"),
        yours,
        (
            gettext("Allez à %(home)s et choisissez «\u00a0Entrer\u00a0».") % shown,
            gettext("Écrivez votre identifiant et votre mot de passe."),
            gettext("Mot de passe oublié\u00a0? Demandez une nouvelle fiche à l’école."),
        ),
    )
