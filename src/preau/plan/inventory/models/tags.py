"""The six signs stuck on an asset: read from paper, heard over a telephone, typed with a thumb."""

import secrets

# Of each pair that eyes confuse one sign is left, and what is typed for the other leads to it.
ALPHABET = "23456789ACDEFGHJKMNPQRTVWXY"
MISREAD = str.maketrans({"B": "8", "S": "5", "Z": "2", "U": "V", "O": "Q", "0": "Q"})
TAG_LENGTH = 6


def draw_tag() -> str:
    """Six signs at random: 387 million of them, so that a slip of the thumb finds nothing rather than a neighbour."""
    return "".join(secrets.choice(ALPHABET) for _ in range(TAG_LENGTH))


def clean_tag(typed: str) -> str:
    """What was typed, or the address that was scanned, as a tag; may be no tag at all."""
    last = typed.strip().rstrip("/").rsplit("/", 1)[-1]
    return "".join(sign for sign in last.upper() if sign.isalnum()).translate(MISREAD)[:40]


def is_tag(text: str) -> bool:
    """Six signs of the alphabet."""
    return len(text) == TAG_LENGTH and set(text) <= set(ALPHABET)


def shown(tag: str) -> str:
    """« ABC 234 », which does not break."""
    return f"{tag[:3]}\u00a0{tag[3:]}"
