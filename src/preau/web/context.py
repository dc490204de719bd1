"""What every page knows: who is here, as what, where they can go. Read only if the page asks."""

from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.middleware.csrf import get_token
from django.urls import NoReverseMatch
from django.utils.crypto import salted_hmac
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.html import escape
from django.utils.timezone import localdate
from django.utils.translation import get_language

from preau.kit.names import cities_said
from preau.kit.pages.addresses import address
from preau.kit.pages.pupils import PLAIN, Screen
from preau.people.models import CLASS_ROLES, SITE_ROLES, Role
from preau.people.queries import is_child
from preau.places.models import Department, District
from preau.schools.faces import GUARDIAN, PUPIL
from preau.schools.queries.displays import arrangement_of
from preau.web import header
from preau.web.days_off import ROLL
from preau.web.faces import chosen_face, faces_of
from preau.web.navigation import VERBS, at_home, doors_of, split_row, tiles_of, verbs_of

FOOTER = (
    ("Accessibilité", "sites:accessibility"),
    ("Vos données", "family_notice"),
    ("Mentions légales", "sites:legal"),
    ("Plan du site", "sites:map"),
)
HELP = (("Qui peut écrire à qui", "mail:who"),)
ACCOUNT = (("Mon compte", "account_home"),)

SEARCHERS = (*CLASS_ROLES, *SITE_ROLES, Role.SCHOOL_HEAD, Role.CITY_EDUCATION, GUARDIAN, PUPIL)


SCREEN = Screen()


class Link(NamedTuple):
    """A label and an address that exists."""

    label: str
    url: str


def links(table) -> tuple[Link, ...]:
    """The lines of a table whose page exists."""
    return _links_in(settings.ROOT_URLCONF, table)


@cache
def _links_in(urlconf, table):  # another table of addresses, in tests, has others
    found = []
    for label, name in table:
        try:
            found.append(Link(label, address(name)))
        except NoReverseMatch:
            continue
    return tuple(found)


class Place(NamedTuple):
    """The space at the top of a page."""

    label: str
    detail: str


class Roof:
    """Each part is read when a template asks for it: a public page asks nothing, and sets no cookie."""

    def __init__(self, request):
        self.request = request

    @property
    def banner(self):
        """What everybody must know before reading: on a demo, that nobody here exists."""
        return settings.BANNER

    @property
    def mails_url(self):
        """Where a demo's mails are read."""
        return address("notify:caught") if settings.MAIL_CAUGHT else ""

    @cached_property
    def has_session(self):
        """Without a session cookie nobody is signed in: nothing is to be read."""
        return settings.SESSION_COOKIE_NAME in self.request.COOKIES and hasattr(self.request, "session")

    @cached_property
    def person(self):
        return getattr(self.request, "person", None) if self.has_session else None

    @property
    def mark(self):
        """64 hexadecimal signs of the account, that seal what was typed and a device keeps (kit/keep.js): on no page
        that the device keeps, in none of its addresses nor names."""
        return self._signs_of_account("preau.kept")

    @property
    def whose(self):
        """64 others, that name whose a walk is in a device, in clear: they tell nobody who it is, and seal nothing."""
        return self._signs_of_account("preau.kept.whose")

    def _signs_of_account(self, salt):
        return salted_hmac(salt, str(self.request.user.pk), algorithm="sha256").hexdigest()

    @property
    def screen(self):
        """What a page of a pupil on a shared device is drawn with; its view gives it."""
        return getattr(self.request, "screen", SCREEN)

    @cached_property
    def is_child(self):
        """« Tu » to a pupil, in by a card too where a page went wrong (views/errors.py)."""
        return getattr(self.request, "is_pupil_in", False) or bool(self.person) and is_child(self.person, localdate())

    @cached_property
    def faces(self):
        return faces_of(self.person, localdate()) if self.person else []

    @cached_property
    def face(self):
        return chosen_face(self.faces, self.request.session.get("face")) if self.person else None

    @property
    def is_at_work(self):
        """For a school, a city or the State."""
        return self.face is not None and self.face.role not in (GUARDIAN, PUPIL)

    pause = None  # of a home: that its class has no class today (web/days_off.py)

    @cached_property
    def verbs(self):
        return verbs_of(self.face, resting=ROLL if self.pause else "")

    @property
    def verbs_drawn(self):
        """The first ones, large on a home."""
        return header.verbs(self.verbs[:VERBS])

    @cached_property
    def here(self):
        """The address of this page, for what comes back to it."""
        return escape(self.request.get_full_path())

    @cached_property
    def token(self):
        """Of this page's forms: it is masked anew each time that Django is asked."""
        return get_token(self.request)

    @cached_property
    def all_doors(self):
        found = doors_of(self.face, self.request.path)
        if not found or not found[0].is_here:
            return found  # one door alone is the way home
        found = at_home(found, self.verbs, tiles_of(self.face))
        return found if len(found) > 1 else []

    @property
    def row(self):
        """The doors at the head of the page, drawn; what the row does not hold is under « Plus »."""
        return header.row(*split_row(self.all_doors))

    @property
    def menu(self):
        """« Je suis ici comme… », drawn."""
        face, faces = self.face, self.faces if len(self.faces) > 1 else ()
        said = header.Menu(
            get_language(),
            face.short if face else self.person.full_name,
            face is not None,
            self.is_at_work,
            tuple((one.key, one.label, one.key == face.key) for one in faces),
            self.reading,
            links(ACCOUNT),
            (*(self.urls[name] for name in ("face", "reading", "sign_out")), self._search),
        )
        return header.menu(said, self.request.path, self.token)

    @property
    def _search(self):
        """Where one searches, for who reads what a class, a school or a city publishes."""
        return self.urls["search"] if self.face and self.face.role in SEARCHERS else ""

    @property
    def door_urls(self):
        """So that a page's own list of pages does not repeat them."""
        return {door.url for door in self.all_doors}

    @cached_property
    def place(self):
        """Name and detail of the space shown at the top."""
        return Place(self.face.place_name, self.face.place_detail) if self.face else Place("Préau", "")

    @cached_property
    def owner(self):
        """« Ville de Marelle » for who stands in one city, « Villes (Vienne) » in a circonscription, a département."""
        face = self.face
        if face and isinstance(face.place, District | Department):
            return f"Villes ({face.place_name})"
        return cities_said([city.name for city in face.cities] if face else [])

    @cached_property
    def theme(self):
        return self.request.session.get("theme", "") if self.has_session else ""

    @cached_property
    def reading(self):
        return self.request.session.get("reading", "") if self.has_session else ""

    @cached_property
    def arranged(self):
        """« Affichage aménagé » of a pupil; what everyone else sees asks nothing."""
        is_pupil = self.face is not None and self.face.role == PUPIL
        return arrangement_of(self.face.enrolment.pupil) if is_pupil else PLAIN

    @property
    def foot(self):
        """The links at the bottom, drawn."""
        return header.foot(header.Foot(get_language(), links(FOOTER), self.is_child))

    @property
    def help_links(self):
        """Beside « Aide »."""
        return links(HELP)

    @cached_property
    def urls(self):
        """Addresses that kit's pieces need; kit itself names no page."""
        return {
            "face": address("face"),
            "reading": address("reading"),
            "sign_in": address(settings.LOGIN_URL),
            "sign_out": address("account_logout"),
            "search": address("portal:search"),
        }


def page(request):
    """`roof`, for kit/base.html, and its token for every form of the page."""
    roof = Roof(request)
    return {"roof": roof, "csrf_token": SimpleLazyObject(lambda: roof.token)}
