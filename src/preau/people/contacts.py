"""Telephones, e-mails and addresses: tidied to be kept, and keyed to be compared."""

import re

from preau.kit.names import name_key
from preau.people.models import Contact

Kind = Contact.Kind
PHONES = (Kind.MOBILE, Kind.HOME_PHONE, Kind.WORK_PHONE)
# « 0639 » of Mayotte, « 0690 » of Guadeloupe…: their own country codes (Arcep, numbering plan); then the mainland.
MOBILES = {
    "0639": "+262", "0690": "+590", "0691": "+590", "0692": "+262", "0693": "+262", "0694": "+594", "0696": "+596",
    "0697": "+596", "06": "+33", "07": "+33",
}  # fmt: skip
SHORT_WORDS = {
    "av": "avenue", "ave": "avenue", "bd": "boulevard", "bld": "boulevard", "bvd": "boulevard", "r": "rue",
    "pl": "place", "imp": "impasse", "ch": "chemin", "che": "chemin", "all": "allee", "rte": "route",
    "st": "saint", "ste": "sainte", "res": "residence", "bat": "batiment", "apt": "appartement",
}  # fmt: skip


def tidy_contact(kind: str, value: str) -> str:
    """The value as it is kept and shown; empty when it says nothing (« 00 », « - », an e-mail without @)."""
    value = " ".join(value.split())
    if kind in PHONES:
        digits = phone_digits(value)
        if len(digits) == 10 and digits.startswith("0"):
            return " ".join(digits[start : start + 2] for start in range(0, 10, 2))
        return value[:255] if len(digits) >= 6 else ""
    if kind == Kind.EMAIL:
        return value.lower()[:255] if re.fullmatch(r"[^@\s;,]+@[^@\s;,]+\.[^@\s;,]+", value) else ""
    return value[:255] if name_key(value) else ""


def contact_key(kind: str, value: str) -> str:
    """Equal for two ways of writing one telephone, e-mail or address."""
    if kind in PHONES:
        return phone_digits(value)[:255]
    if kind == Kind.EMAIL:
        return value.strip().casefold()[:255]
    return " ".join(SHORT_WORDS.get(word, word) for word in name_key(value).split())[:255]


def contact_token(kind: str, key: str) -> str:
    """What two persons' contacts are compared by: a mobile typed as the home telephone is still one number."""
    return f"{'phone' if kind in PHONES else kind}:{key}"


def contact_ends(kind: str, value: str) -> str:
    """« téléphone … 44 », « r…@example.org », « adresse notée »: enough to tell, not enough to copy (trust.md R9)."""
    if kind == Kind.EMAIL:
        name, _, host = value.partition("@")
        return f"{name[:1]}…@{host}"
    return "adresse notée" if kind == Kind.ADDRESS else f"téléphone …\u00a0{value[-2:]}"


def mobile_number(value: str) -> str:
    """« +33612345678 » of a mobile as it is typed, overseas included; empty for any other number."""
    digits = phone_digits(value)
    for start, prefix in MOBILES.items():
        if digits.startswith(start) and len(digits) == 10:
            return f"{prefix}{digits[1:]}"
    return ""


def phone_digits(value: str) -> str:
    """French numbers in their national form, even with +33, 0033, (0), or the 0 a spreadsheet took away."""
    plus = value.strip().startswith("+")
    digits = re.sub(r"\D", "", value.replace("(0)", ""))
    if digits.startswith("0033"):
        digits = digits[4:]
    elif digits.startswith("33") and (plus or len(digits) == 11):
        digits = digits[2:]
    elif plus:
        return f"+{digits}"
    if len(digits) == 9 and not digits.startswith("0"):
        digits = f"0{digits}"
    return digits if digits.strip("0") else ""
