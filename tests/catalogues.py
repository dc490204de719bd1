"""The catalogues of families' words as the tests look at them."""

from functools import cache
from pathlib import Path

import polib


def read(path: Path) -> dict[tuple[str, str], list[str]]:
    """{(French, French plural or empty): [translation, or each of its plural forms]}; the header under ("", "").

    Raises OSError, with the line, for what is not understood, ValueError for what is there twice. Not to be changed: a
    file is parsed once for all who read it, as the walks through families' pages ask it again for each page.
    """
    return _parsed(path, path.stat().st_mtime_ns)


@cache
def _parsed(path, written_at):
    catalogue = polib.pofile(str(path), check_for_duplicates=True, encoding="utf-8")
    entries = {("", ""): [catalogue.metadata_as_entry().msgstr]}
    for entry in catalogue:
        forms = [said for _, said in sorted(entry.msgstr_plural.items())]
        entries[entry.msgid, entry.msgid_plural] = forms or [entry.msgstr]
    return entries
