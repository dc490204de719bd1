"""The words of families' pages in their languages: `locale/<language>.po`, one file each, as translators edit them.

Django reads compiled catalogues. These are made at set-up, so that no binary file lies in the repository and no machine
needs GNU gettext: only what our files hold is read (no context, no fuzzy entry).
"""

import ast
import os
import re
import struct
from pathlib import Path

from django.conf import settings

LINE = re.compile(r'(msgid_plural|msgid|msgstr(?:\[\d\])?)?\s*(".*")$')
MAGIC, HEADER_LENGTH = 0x950412DE, 28  # GNU gettext manual, « The Format of GNU MO Files »


def sources() -> dict[str, Path]:
    """{language: its file}"""
    return {path.stem: path for path in sorted(settings.CATALOGUES_ROOT.glob("*.po"))}


def read(path: Path) -> dict[tuple[str, str], list[str]]:
    """{(French, French plural or empty): [translation, or each of its plural forms]}; the header under ("", "").

    Raises ValueError, with the line, for what is not understood.
    """
    entries: dict = {}
    entry, field = {}, ""
    for number, line in enumerate([*path.read_text(encoding="utf-8").splitlines(), 'msgid ""'], 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        found = LINE.match(line)
        if found is None:
            raise ValueError(f"{path.name}, line {number}: not understood")
        if found[1] == "msgid" and entry:
            _keep(entries, entry, path)
            entry = {}
        field = found[1] or field
        entry[field] = entry.get(field, "") + ast.literal_eval(found[2])
    return entries


def _keep(entries, entry, path):
    key = (entry.pop("msgid"), entry.pop("msgid_plural", ""))
    if key in entries:
        raise ValueError(f"{path.name}: {key[0]!r} is there twice")
    entries[key] = [entry[name] for name in sorted(entry)]


def compiled(entries: dict) -> bytes:
    """The bytes of a `.mo` file, the same for the same entries; what is not translated is left out."""
    pairs = sorted(
        ("\0".join(filter(None, key)).encode(), "\0".join(said).encode()) for key, said in entries.items() if all(said)
    )
    count = len(pairs)
    start = HEADER_LENGTH + 16 * count
    tables, texts = ([], []), b""
    for column in (0, 1):
        for pair in pairs:
            tables[column].append((len(pair[column]), start + len(texts)))
            texts += pair[column] + b"\0"
    head = struct.pack("<7I", MAGIC, 0, count, HEADER_LENGTH, HEADER_LENGTH + 8 * count, 0, start)
    return head + b"".join(struct.pack("<2I", *line) for table in tables for line in table) + texts


def build() -> list[str]:
    """Compiles what changed into LOCALE_PATHS. Returns the languages made."""
    made = []
    for language, path in sources().items():
        target = Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.mo"
        content = compiled(read(path))
        if target.exists() and target.read_bytes() == content:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_suffix(f".{os.getpid()}")
        part.write_bytes(content)
        part.replace(target)
        made.append(language)
    return made
