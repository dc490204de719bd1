"""Reads about signs, pictures and cards of pupils."""

from datetime import date

from django.utils.crypto import constant_time_compare

from preau.kit.dates import school_year_label
from preau.kit.ids import ids_of
from preau.kit.seals import key_digest, unseal
from preau.people.models import Badge, Colour, Person, Picture, PictureCode, PupilSign

PICTURES = tuple(Picture.values)
COLOURS = tuple(Colour.values)
# Those of the four pictures: the sixteen least alike, each of one word that small children say.
CODE_COLOURS = {
    Picture.SUN: Colour.ORANGE, Picture.MOON: Colour.BLUE, Picture.STAR: Colour.VIOLET, Picture.HOUSE: Colour.RED,
    Picture.BOAT: Colour.BROWN, Picture.FISH: Colour.TURQUOISE, Picture.CAT: Colour.ORANGE, Picture.BIRD: Colour.BLUE,
    Picture.TREE: Colour.GREEN, Picture.FLOWER: Colour.PINK, Picture.APPLE: Colour.RED, Picture.KEY: Colour.BROWN,
    Picture.CAR: Colour.GREEN, Picture.UMBRELLA: Colour.VIOLET, Picture.MUSHROOM: Colour.RED,
    Picture.BUTTERFLY: Colour.PINK,
}  # fmt: skip
CODE_PICTURES = tuple(picture.value for picture in CODE_COLOURS)
CODE_LENGTH = 4


def signs_of(pupils) -> dict:
    """{pupil id: PupilSign}; one query. Who has none yet is not in it (`actions.give_signs`)."""
    return {sign.pupil_id: sign for sign in PupilSign.objects.filter(pupil__in=pupils)}


def codes_of(pupils) -> dict:
    """{pupil id: their four pictures, in order}, to be shown to who teaches them; one query."""
    return {code.pupil_id: pictures_in(code) for code in PictureCode.objects.filter(pupil__in=pupils)}


def pictures_in(code: PictureCode) -> tuple[str, ...]:
    """Empty when the row comes from a base of another key."""
    return tuple(unseal(code.pictures_sealed).split())


def has_code(pupil: Person) -> bool:
    """Whether four pictures were chosen for this pupil."""
    return PictureCode.objects.filter(pupil=pupil).exists()


def is_code_of(pupil: Person, pictures: list[str]) -> bool:
    """Whether these are the pupil's four pictures, in order; never when none were chosen."""
    code = PictureCode.objects.filter(pupil=pupil).first()
    kept = pictures_in(code) if code else ()
    return len(kept) == CODE_LENGTH and constant_time_compare(" ".join(kept), " ".join(pictures))


def badge_of(token: str, kind: str, today: date) -> Badge | None:
    """The card of that kind, while it serves."""
    found = Badge.objects.open(school_year_label(today)).filter(token_hash=key_digest(token), kind=kind)
    return found.select_related("pupil").first()


def home_badge(badge_id: str | None, today: date) -> Badge | None:
    """The card of home that was shown a moment ago, while it serves."""
    found = Badge.objects.open(school_year_label(today)).filter(kind=Badge.Kind.HOME, pk__in=ids_of([badge_id or ""]))
    return found.select_related("pupil").first()


def is_open(badge: Badge, today: date) -> bool:
    """Whether it still serves that day."""
    return badge.ended_at is None and badge.school_year == school_year_label(today)


def badges_of(pupils, today: date) -> dict:
    """{pupil id: {kind: Badge}} of the cards that serve; one query."""
    found = {}
    for badge in Badge.objects.open(school_year_label(today)).filter(pupil__in=pupils):
        found.setdefault(badge.pupil_id, {})[badge.kind] = badge
    return found
