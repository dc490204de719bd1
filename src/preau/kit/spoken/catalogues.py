"""The words of families' pages in their languages: `locale/<language>.po`, one file each, as translators edit them.

Django reads compiled catalogues. These are made at set-up, so that no binary file lies in the repository and no machine
needs GNU gettext.
"""

import os
from pathlib import Path

import polib
from django.conf import settings


def sources() -> dict[str, Path]:
    """{language: its file}"""
    return {path.stem: path for path in sorted(settings.CATALOGUES_ROOT.glob("*.po"))}


def build() -> list[str]:
    """Compiles what changed into LOCALE_PATHS. Returns the languages made."""
    made = []
    for language, path in sources().items():
        target = Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.mo"
        content = _opened(path).to_binary()
        if target.exists() and target.read_bytes() == content:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_suffix(f".{os.getpid()}")
        part.write_bytes(content)
        part.replace(target)
        made.append(language)
    return made


def _opened(path):
    return polib.pofile(str(path), check_for_duplicates=True, encoding="utf-8")
