"""One connection sheet on a page: the code in groups, and the same in a QR whose secret stays in the fragment."""

import base64
from dataclasses import dataclass
from io import BytesIO

import qrcode
from django.urls import reverse
from qrcode.image.svg import SvgPathImage

from preau.people.codes import code_in_groups
from preau.people.models import Mandate, Person


@dataclass(frozen=True)
class Sheet:
    """What is printed for one person. Never stored."""

    person: Person
    code: str
    address: str
    picture: str
    mandate: Mandate | None


def sheet_of(request, person: Person, secret: str, mandate: Mandate | None = None) -> Sheet:
    """The sheet of a code just drawn; it can be shown now and never again."""
    address = request.build_absolute_uri(reverse("first_time"))
    return Sheet(person, code_in_groups(secret), address, qr_data(f"{address}#{secret}"), mandate)


def qr_data(text: str) -> str:
    """A QR code as a data: address, so that the secret is in no request."""
    picture = BytesIO()
    image = qrcode.make(text, image_factory=SvgPathImage, border=2)
    image.save(picture)
    return f"data:image/svg+xml;base64,{base64.b64encode(picture.getvalue()).decode()}"
