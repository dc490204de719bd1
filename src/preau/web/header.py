"""The top and the foot of a page: the menu of who is signed in, the row of doors, the last links, and the verbs of a
home, drawn once per process for all who read the same.

What is kept names nobody and holds no form token: each page puts in its own token and its own address.
"""

import secrets
import sys
from html import escape
from typing import NamedTuple

from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from preau.kit.pages.kept import Kept
from preau.kit.rooms.doors import OpenDoor

MOST_BYTES = 1024 * 1024  # four hundred of them
TOKEN, PATH, FACES = (secrets.token_hex(16) for _ in range(3))  # where the page's own are put in


class Menu(NamedTuple):
    """All that kit/_face.html reads."""

    language: str
    name: str  # « parent »: the face one is here as; without a face, the person's name
    is_face: bool
    is_at_work: bool  # for a school, a city or the State: pages drawn narrow for families leave the header in place
    faces: tuple[tuple[str, str, bool], ...]  # (key, label, whether it is this one) of who has several
    reading: str
    links: tuple[tuple[str, str], ...]  # (label, address)
    urls: tuple[str, str, str, str]  # where a face, a reading are chosen, the way out, where one searches


class Foot(NamedTuple):
    """All that kit/_foot.html reads."""

    language: str
    links: tuple[tuple[str, str], ...]  # (label, address)
    is_child: bool


class Row(NamedTuple):
    """All that kit/_doors.html reads of the doors of a face."""

    language: str
    doors: tuple[OpenDoor, ...]
    more: tuple[OpenDoor, ...]


class Verbs(NamedTuple):
    """All that web/today/_verbs.html reads."""

    verbs: tuple  # of navigation.OpenVerb


def menu(said: Menu, path: str, token: str) -> SafeString:
    """Its HTML. What names a person, a child or the places of somebody's faces is not kept."""
    shared = said._replace(faces=())
    drawn = (KEPT.of(shared, _draw) if said.is_face else _draw(shared)).replace(FACES, _faces(said))
    return SafeString(drawn.replace(TOKEN, token).replace(PATH, escape(path)))


def _faces(said):
    if not said.faces:
        return ""
    context = {"faces": said.faces, "url": said.urls[0], "csrf_token": TOKEN}
    return get_template("kit/_faces.html").render(context)


def foot(said: Foot) -> SafeString:
    """The HTML of the links at the foot."""
    return KEPT.of(said, _draw)


def row(doors: list[OpenDoor], more: list[OpenDoor]) -> SafeString:
    """The HTML of the row of doors."""
    return KEPT.of(Row(get_language(), tuple(doors), tuple(more)), _draw)


def verbs(found: list) -> SafeString:
    """The HTML of what one can do from a home."""
    return KEPT.of(Verbs(tuple(found)), _draw)


TEMPLATES = {Row: "kit/_doors.html", Foot: "kit/_foot.html", Verbs: "web/today/_verbs.html", Menu: "kit/_face.html"}


def _draw(said):
    own = {"menu": said, "csrf_token": TOKEN, "path": PATH, "faces": SafeString(FACES), "label": gettext("Portes")}
    return get_template(TEMPLATES[type(said)]).render(own | said._asdict() if type(said) is not Menu else own)


KEPT = Kept(MOST_BYTES, lambda said, drawn: sys.getsizeof(drawn) + 500)
