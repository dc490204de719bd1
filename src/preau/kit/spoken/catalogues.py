"""The words of families' pages in their languages: `locale/<language>.po`, one file each, as translators edit them.

Django reads compiled catalogues. These are made at set-up, so that no binary file lies in the repository and no machine
needs GNU gettext.
"""

import hashlib
import os
from pathlib import Path

import polib
from django.conf import settings


def sources() -> dict[str, Path]:
    """{language: its file}"""
    return {path.stem: path for path in sorted(settings.CATALOGUES_ROOT.glob("*.po"))}


def build() -> list[str]:
    """Compiles what changed into LOCALE_PATHS. Returns the languages made. The digest of its source stands beside each
    catalogue: reading a source again takes fifty times as long as its digest."""
    made = []
    for language, path in sources().items():
        target = Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.mo"
        beside, digest = target.with_suffix(".sha256"), hashlib.sha256(path.read_bytes()).hexdigest()
        if target.exists() and beside.exists() and beside.read_text() == digest:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        _put(target, _opened(path).to_binary())
        _put(beside, digest.encode())
        made.append(language)
    return made


def _put(target, content):
    """At once: another process may read it."""
    part = target.with_name(f"{target.name}.{os.getpid()}")
    part.write_bytes(content)
    part.replace(target)


def _opened(path):
    return polib.pofile(str(path), check_for_duplicates=True, encoding="utf-8")
