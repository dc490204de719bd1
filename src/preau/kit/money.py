"""Money in integer cents; ratios exact and rounded once, at display; amounts read as people and tables write them."""

import re
from decimal import Decimal
from fractions import Fraction

NBSP = "\u00a0"
MOST_CENTS = 10**13
LIKE = "Écrivez-le comme 72 913,04."
MINUS_SIGNS = "-\u2010\u2011\u2012\u2013\u2212"
UNWRITTEN = re.compile("€|euros?|eur|[\u200b\u2060\ufeff]", re.IGNORECASE)
PLAIN = "[0-9]+|[0-9]{1,3}(?: [0-9]{3})+"
AMOUNTS = [
    re.compile(rf"(?P<whole>{whole})(?:{mark}(?P<rest>[0-9]+))?")
    for whole, mark in (
        (PLAIN, "[.,]"),
        ("[0-9]{1,3}(?:[.][0-9]{3})+", ","),
        ("[0-9]{1,3}(?:,[0-9]{3})+", "[.]"),
        ("", "[.,]"),
    )
]
TWO_READINGS = re.compile(rf"(?P<whole>(?:{PLAIN})?)[.,](?P<rest>[0-9]{{3}})")


class NotAnAmount(ValueError):
    """A text that is no amount, or that reads as two; the sentence says how to write it."""


def group(number: int) -> str:
    """1677000 → « 1 677 000 » with non-breaking spaces."""
    return f"{number:,}".replace(",", NBSP)


def counted(number: int, one: str, many: str) -> str:
    """« 3 familles »; zero and one are singular in French."""
    return f"{group(number)}{NBSP}{many if abs(number) >= 2 else one}"


def euros(cents: int, decimals: int | None = None) -> str:
    """Cents as French money: « 1 677 000 € », « 72 913,04 € ». Decimals appear when needed unless asked."""
    if decimals is None:
        decimals = 0 if cents % 100 == 0 else 2
    sign = "−" if cents < 0 else ""
    whole, rest = divmod(abs(cents), 100)
    if decimals == 0:
        whole += 1 if rest >= 50 else 0
        return f"{sign}{group(whole)}{NBSP}€"
    return f"{sign}{group(whole)},{rest:02d}{NBSP}€"


def round_half_up(value: Fraction, decimals: int = 0) -> Fraction:
    """Half goes up, as French accounts do; the only rounding of the product."""
    scale = 10**decimals
    scaled = value * scale
    return Fraction((2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator), scale)


def decimal(value: Fraction, decimals: int = 1) -> str:
    """An exact ratio as French text: Fraction(23, 45) * 100 → « 51,1 »."""
    rounded = round_half_up(value, decimals)
    whole, rest = divmod(abs(rounded.numerator * 10**decimals // rounded.denominator), 10**decimals)
    sign = "−" if rounded < 0 else ""
    return f"{sign}{group(whole)}" + (f",{rest:0{decimals}d}" if decimals else "")


def amount(cents: int | Fraction, decimals: int = 2) -> str:
    """Exact cents as French money, rounded once: Fraction(167700000, 23) → « 72 913,04 € »."""
    return f"{decimal(Fraction(cents) / 100, decimals)}{NBSP}€"


def weight_text(count: int) -> str:
    """Bytes as one reads them on a computer: « 120 Ko », « 1,2 Mo »; the smallest file weighs 1 Ko."""
    if count < 1000 * 1024:
        return f"{max(1, round(count / 1024))}{NBSP}Ko"
    return f"{decimal(Fraction(count, 1024 * 1024))}{NBSP}Mo"


def split_cents(total_cents: int, weights) -> list[int]:
    """Shares of an amount in proportion to whole weights; the cents left go to the largest remainders, in order.

    The shares sum to the total exactly.
    """
    weights = list(weights)
    whole = sum(weights)
    if not whole:
        raise ValueError("nothing to share between")
    shares = [total_cents * weight // whole for weight in weights]
    remainders = sorted(range(len(weights)), key=lambda n: (-(total_cents * weights[n] % whole), n))
    for n in remainders[: total_cents - sum(shares)]:
        shares[n] += 1
    return shares


def read_amount(text: str, *, signed: bool = False) -> int:
    """« 72 913,04 € » → 7291304, exactly, with any kind of space. Raises NotAnAmount rather than guess: a lone dot or
    comma before three digits is asked again, a third decimal is not rounded. `signed` takes « −1 200,00 » and
    « (1 200,00) », below zero."""
    said = f"«{NBSP}{text.strip()}{NBSP}»"
    sign, digits = _sign_apart(" ".join(UNWRITTEN.sub("", text).split()))
    if two := TWO_READINGS.fullmatch(digits):
        raise NotAnAmount(f"{said} se lit de deux façons{_two_readings(sign, **two.groupdict())}")
    found = next(filter(None, (shape.fullmatch(digits) for shape in AMOUNTS)), None)
    if not digits or not found:
        raise NotAnAmount(f"{said} n’est pas un montant. {LIKE}")
    cents = Decimal(f"{re.sub('[ .,]', '', found['whole'])}.{found['rest'] or 0}") * 100
    whole = int(cents.to_integral_value())
    # Spreadsheets keep binary numbers: a millionth of a cent is their noise, not a decimal someone wrote.
    if abs(cents - whole) > Decimal("0.000001") or whole >= MOST_CENTS:
        raise NotAnAmount(f"{said} ne se lit pas en euros et centimes. {LIKE}")
    if sign and whole and not signed:
        raise NotAnAmount(f"{said} est un montant négatif. Écrivez-le sans signe moins.")
    return -whole if sign else whole


def _sign_apart(text):
    """(« − » or nothing, the digits): « −1 200 », and « (1 200) » as accountants write it."""
    if text[:1] and text[0] in MINUS_SIGNS:
        return "−", text[1:].strip()
    if text.startswith("(") and text.endswith(")"):
        return "−", text[1:-1].strip()
    return "", text.removeprefix("+").strip()


def _two_readings(sign, whole, rest):
    """The end of the sentence: both readings, each as it would be understood."""
    whole = whole.replace(" ", "")
    thousands, units = f"{sign}{group(int(whole + rest))}", f"{sign}{group(int(whole or 0))}"
    if rest.endswith("0"):
        return f". Écrivez «{NBSP}{thousands}{NBSP}» ou «{NBSP}{units},{rest[:2]}{NBSP}»."
    mend = f"Écrivez «{NBSP}{thousands}{NBSP}», ou au plus deux chiffres après la virgule."
    return f", {thousands} ou {units},{rest}. {mend}"
