"""Words compared whatever their case, accents and plural: what a text is found by, made in Python so that SQLite and
PostgreSQL give the same answers.

Snowball's French stemmer was tried (snowballstemmer): it leaves « photos » apart from « photo » and « jeux » from
« jeu », and makes one word of « sortie » and « sort ». Families look for things by their names: plurals are enough.
"""

import re
from collections.abc import Iterable

from preau.kit.names import fold

WORDS = re.compile(r"\w+")
MOST_WORDS = 8  # of a question: more narrow it no further
STARTS_FROM = 4  # signs: « récré » finds « récréation », « mer » does not find « merci »
EMPTY_WORDS = frozenset({
    "a", "au", "aux", "ce", "ces", "cet", "cette", "d", "dans", "de", "des", "du", "elle", "elles", "en", "est",
    "et", "il", "ils", "j", "je", "l", "la", "le", "les", "leur", "leurs", "ma", "mais", "mes", "mon", "n",
    "ne", "nos", "notre", "nous", "on", "ou", "par", "pas", "pour", "qu", "que", "qui", "s", "sa", "se", "ses",
    "son", "sont", "sur", "ta", "te", "tes", "ton", "tu", "un", "une", "vos", "votre", "vous", "y",
})  # fmt: skip


def stem(word: str) -> str:
    """The singular of a folded French word, or what stands for it: « chevaux » and « cheval » give « cheval »,
    « travaux » and « travail » « traval », « gateaux » « gateau », « jeux » « jeu »."""
    if len(word) < STARTS_FROM or word.isdecimal():
        return word
    if word[-1] in "sx":
        word = word[:-1]
    if word.endswith("eau"):
        return word
    for ending in ("ail", "au"):
        if word.endswith(ending):
            return word.removesuffix(ending) + "al"
    return word


def stems(text: str) -> list[str]:
    """The stems of a text in their order, each once."""
    return list(dict.fromkeys(stem(word) for word in WORDS.findall(fold(text))))


def key_of(text: str) -> str:
    """What is kept of a text: « Les sorties » gives « les sortie », with a space at each end."""
    found = stems(text)
    return f" {' '.join(found)} " if found else ""


def asked(text: str) -> list[str]:
    """The stems that a question asks for, without the words that every text holds; all of it when it has no other."""
    found = stems(text)
    return ([word for word in found if word not in EMPTY_WORDS] or found)[:MOST_WORDS]


def pattern_of(word: str) -> str:
    """What a key holds when its text has this stem: its start, for a word of four signs and more."""
    return f" {word}" if len(word) >= STARTS_FROM else f" {word} "


def marked(text: str, words: Iterable[str], length: int = 160) -> list[tuple[str, bool]]:
    """A part of a text around the first of these stems, in pieces: (piece, whether it is one of the words)."""
    found = [one for one in WORDS.finditer(text) if _is_one(stem(fold(one[0])), words)]
    start = _start(text, found[0].start() - length // 4) if found else 0
    end = _end(text, start + length)
    pieces, at = [("… ", False)] if start else [], start
    for one in found:
        if one.start() >= at and one.end() <= end:
            pieces += [(text[at : one.start()], False), (one[0], True)]
            at = one.end()
    pieces.append((text[at:end], False))
    if end < len(text):
        pieces.append((" …", False))
    return [piece for piece in pieces if piece[0]]


def _is_one(word, words):
    return any(word.startswith(one) if len(one) >= STARTS_FROM else word == one for one in words)


def _start(text, at):
    """The start of a word, at or after this sign."""
    return 0 if at <= 0 else text.find(" ", at) + 1


def _end(text, at):
    """The end of a word, at or before this sign."""
    return len(text) if at >= len(text) else max(text.rfind(" ", 0, at), at - 40)
