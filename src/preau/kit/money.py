"""Money in integer cents; ratios exact and rounded once, at display."""

from fractions import Fraction

NBSP = "\u00a0"
NARROW = "\u202f"


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
