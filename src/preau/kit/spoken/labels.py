"""What a pupil hears: the phrases of `data/spoken.csv`, each with its sound in `static/kit/spoken/`.

`made_of` is the digest of the words that the sound was made of: words that change ask for their sound again
(`preau make-sounds`). `source` is a synthetic voice or who recorded it (data/README.md).
"""

import csv
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

KIT = Path(__file__).resolve().parent.parent
TABLE = KIT / "data/spoken.csv"
SOUNDS = KIT / "static/kit/spoken"
MOST_SECONDS, MOST_BYTES = 8, 40 * 1024  # users.md, rule 7


@dataclass(frozen=True)
class Label:
    key: str
    words: str
    source: str
    made_of: str

    @property
    def sound(self) -> str:
        """Its static file."""
        return f"kit/spoken/{self.key}.mp3"

    @property
    def is_stale(self) -> bool:
        """Whether the words are others than those of the sound, or there is none."""
        return self.made_of != digest(self.words)


def digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()[:12]


def read(table: Path = TABLE) -> list[Label]:
    with table.open(encoding="utf-8", newline="") as lines:
        return [Label(**line) for line in csv.DictReader(lines)]


def write(labels: list[Label], table: Path = TABLE):
    with table.open("w", encoding="utf-8", newline="") as lines:
        rows = csv.writer(lines, lineterminator="\n")
        rows.writerow(["key", "words", "source", "made_of"])
        rows.writerows((label.key, label.words, label.source, label.made_of) for label in labels)


def key_of(words: str) -> str:
    """The key of what is said in these very words, a last full stop or not; empty when the table has them not."""
    return _keys().get(words.rstrip("."), "")


@cache
def _keys():
    return {one.words.rstrip("."): one.key for one in reversed(read())}


@cache
def label(key: str) -> Label:
    """Raises LookupError for a key that the table has not."""
    found = {one.key: one for one in read()}
    if key not in found:
        raise LookupError(f"no spoken label {key!r}: add a line to kit/data/spoken.csv, then preau make-sounds")
    return found[key]
