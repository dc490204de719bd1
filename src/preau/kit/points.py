"""Where a school is, as people write it: WGS 84, decimal degrees, latitude first. Pure."""

import re
from decimal import Decimal
from math import cos, hypot, radians

from preau.kit.money import NBSP

FAR_KM = 100  # no commune is as wide: one of two schools is not where it is said to be
# (south, north, west, east): a frame drawn wide around each territory that has schools of the State. A frame is no
# border: what it catches is two numbers the wrong way round, a comma lost, another country far away.
FRANCE = (
    (41.3, 51.1, -5.2, 9.6),  # hexagone et Corse
    (15.8, 18.2, -63.2, -61), (14.3, 15, -61.3, -60.8),  # Guadeloupe, Saint-Martin, Saint-Barthélemy ; Martinique
    (2.1, 5.8, -54.7, -51.6), (-21.5, -20.8, 55.2, 55.9), (-13.1, -12.6, 45, 45.4),  # Guyane ; La Réunion ; Mayotte
    (46.7, 47.2, -56.5, -56.1), (-22.8, -19.5, 163.5, 168.2),  # Saint-Pierre-et-Miquelon ; Nouvelle-Calédonie
    (-27.7, -7.9, -154.8, -134.4), (-14.4, -13.1, -178.3, -176.1),  # Polynésie française ; Wallis-et-Futuna
)  # fmt: skip


class NotAPlace(Exception):
    """These two numbers are no place of a school; the text is a French sentence that says how to write them."""


def read_degrees(text: str) -> Decimal:
    """« 46,58026 » or « 46.58026 », to five decimals (a metre). Raises NotAPlace."""
    plain = re.sub(r"[\s\u00a0\u202f]|°", "", text)
    if not re.fullmatch(r"[-−]?\d{1,3}(?:[.,]\d+)?", plain):
        raise NotAPlace(f"«{NBSP}{text[:40]}{NBSP}» ne se lit pas. Écrivez des degrés décimaux, comme 46,58026.")
    return round(Decimal(plain.replace(",", ".").replace("−", "-")), 5)


def check_place(latitude: Decimal, longitude: Decimal):
    """Raises NotAPlace outside France."""
    if not is_in_france(latitude, longitude):
        turned = " La latitude s’écrit la première." if is_in_france(longitude, latitude) else ""
        said = f"{latitude}{NBSP}; {longitude}".replace(".", ",")
        raise NotAPlace(f"{said} n’est pas en France{NBSP}: vérifiez les deux nombres.{turned}")


def is_in_france(latitude, longitude) -> bool:
    """In the frame of one of its territories."""
    return any(south <= latitude <= north and west <= longitude <= east for south, north, west, east in FRANCE)


def is_far(point, others) -> bool:
    """More than FAR_KM from one of the others; each is (latitude, longitude)."""
    return any(kilometres(point, other) > FAR_KM for other in others)


def kilometres(one, other) -> float:
    """On a flat degree of 111 km, enough to tell a town from another."""
    (lat, lon), (lat2, lon2) = ((float(a), float(b)) for a, b in (one, other))
    return 111 * hypot(lat - lat2, (lon - lon2) * cos(radians(lat)))
