"""One connection sheet on a page: the code in groups, and the same in a QR whose secret stays in the fragment."""

import base64
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext, override

from preau.people.codes import LIFE, code_in_groups
from preau.people.languages import ASKED_BY, FRENCH, TO_REREAD, language_of
from preau.people.models import Mandate, Person
from preau.people.queries import outlived_on
from preau.people.queries.titles import title_said


@dataclass(frozen=True)
class Sheet:
    """What is printed for one person. Never stored."""

    person: Person
    code: str
    address: str
    picture: str
    about: str  # « Directrice ou directeur d’école, École des Tilleuls »; of a parent, the child
    identifier: str  # of the account already open, else empty
    is_pupil: bool
    until: date | None  # the last day of what is held, when the code dies with it
    language: str
    said: tuple[str, ...]  # how to enter, for who reads another language than French; nobody reread it

    @property
    def called(self) -> str:
        """« Mme Rosa Toupie »: two adults of a family may share civility and name."""
        return " ".join(filter(None, (self.person.civility, self.person.full_name)))


def sheet_of(
    request, person: Person, secret: str, mandate: Mandate | None = None, *, about: str = "", is_pupil: bool = False
) -> Sheet:
    """The sheet of a code just drawn; it can be shown now and never again. What is held says what it is for."""
    address = request.build_absolute_uri(reverse("first_time"))
    account = getattr(person, "account", None)
    until, language, said = outlived_on(person, localdate()), FRENCH if is_pupil else language_of(person), ()
    if language != FRENCH:
        with override(language):
            # Isolated (LRI, PDI): Arabic would set an address of figures from its end.
            day = f"{until or localdate() + LIFE:%d/%m/%Y}"
            said = (*how_to_enter(f"\u2066{typed_address(address)}\u2069", day), gettext(TO_REREAD))
    return Sheet(
        person,
        code_in_groups(secret),
        address,
        qr_data(target_of(address, language, secret)),
        about or title_of(mandate),
        account.identifier if account else "",
        is_pupil,
        until,
        language,
        said,
    )


def target_of(address: str, language: str, secret: str) -> str:
    """What the QR code opens: the page where a code is given, in the language of who holds the sheet."""
    asked = f"?{urlencode({ASKED_BY: language})}" if language != FRENCH else ""
    return f"{address}{asked}#{secret}"


def typed_address(address: str) -> str:
    """As somebody types it: without the last slash, which Arabic would set first; the page is found all the same."""
    return address.partition("://")[2].rstrip("/")


def how_to_enter(address: str, until: str) -> tuple[str, ...]:
    """Three plain sentences to an adult, one idea each, then the way without a telephone; in the language at hand."""
    shown = {"address": address, "day": until}
    return (
        gettext("Visez ce carré avec votre téléphone."),
        gettext("Choisissez un mot de passe. Aucun courriel n’est demandé."),
        gettext("Ce code sert une fois, jusqu’au %(day)s. Gardez-le pour vous.") % shown,
        gettext("Sans téléphone\u00a0: %(address)s, puis ce code") % shown,
    )


def title_of(mandate: Mandate) -> str:
    """« ATSEM, École des Tilleuls », « Enseignante, CP B, École des Tilleuls »"""
    title = title_said(mandate, mandate.person)
    school = mandate.classroom.school.full_name if mandate.classroom_id else ""
    return ", ".join(filter(None, (capfirst(title), str(mandate.place or ""), school)))


def qr_data(text: str) -> str:
    """A QR code as a data: address, so that the secret is in no request."""
    import qrcode
    from qrcode.image.svg import SvgPathImage

    picture = BytesIO()
    image = qrcode.make(text, image_factory=SvgPathImage, border=2)
    image.save(picture)
    return f"data:image/svg+xml;base64,{base64.b64encode(picture.getvalue()).decode()}"
