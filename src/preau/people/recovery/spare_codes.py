"""Two codes on paper that admit a new device, one each: for who has no second factor (trust.md R6, 18).

Twelve signs of the alphabet of connection sheets, 59 bits, behind a password and counted tries.
"""

from django.utils.crypto import constant_time_compare, salted_hmac

from preau.people.codes import ALPHABET, clean_code
from preau.people.models import SpareCode

COUNT = 2
LENGTH = 12
SALT = "preau.people.spare_code"


def signs_of(code: SpareCode) -> str:
    """« K7MD-2R9X-ABC2 »"""
    number = int.from_bytes(salted_hmac(SALT, code.pk.hex, algorithm="sha256").digest(), "big")
    signs = []
    for _ in range(LENGTH):
        number, place = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[place])
    text = "".join(signs)
    return "-".join(text[start : start + 4] for start in range(0, LENGTH, 4))


def one_of(codes: list[SpareCode], typed: str) -> SpareCode | None:
    """Which of these was typed, whatever its case, spaces and hyphens."""
    given = clean_code(typed)
    found = [code for code in codes if constant_time_compare(clean_code(signs_of(code)), given)]
    return found[0] if found else None
