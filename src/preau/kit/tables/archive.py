"""XLSX and ODS are zip archives: what one unpacks to is measured before any library opens it (trust.md 51)."""

import io
import zipfile

from preau.kit.tables.table import TableRefused

MAX_ENTRIES = 1_000
MAX_UNPACKED = 100 * 1024 * 1024
MAX_RATIO, RATIO_FROM = 100, 10 * 1024 * 1024  # a small sheet of equal rows packs very well and harms nobody
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}  # those that spreadsheets write
CHUNK = 1 << 20
TOO_LARGE = "le fichier est démesuré une fois ouvert. Enregistrez une seule feuille."
BROKEN = "le fichier est coupé ou abîmé. Enregistrez-le à nouveau."
NESTED = "le classeur contient un autre fichier. Enregistrez-le sans objet incorporé, ou au format CSV."
NO_TABLE = "c’est une archive, pas un tableau. Ouvrez-la et choisissez le fichier qu’elle contient."


def kind_of(name: str, data: bytes) -> str:
    """« xlsx » or « ods ». Raises TableRefused for anything else, and for what is too large once unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            kind = _kind({entry.filename for entry in entries})
            reason = _fault(archive, entries, min(MAX_UNPACKED, max(RATIO_FROM, MAX_RATIO * len(data))))
    except Exception:  # a broken archive raises a dozen kinds
        raise TableRefused(name, BROKEN) from None
    if reason or not kind:
        raise TableRefused(name, reason or NO_TABLE)
    return kind


def _kind(names):
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        return "xlsx"
    return "ods" if "content.xml" in names else ""


def _fault(archive, entries, most):
    """Why the archive is refused, or nothing: first by what it declares, then by what it really unpacks to."""
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > most:
        return TOO_LARGE
    for entry in entries:
        declared = entry.file_size
        entry.file_size = most + 2 * CHUNK  # else zipfile stops at the declared size, where another reader may not
        start, size = _unpack(archive, entry, most)
        if start.startswith(b"PK\3\4"):
            return NESTED
        most -= size
        if most < 0:
            return TOO_LARGE
        if size != declared:
            return BROKEN
    return ""


def _unpack(archive, entry, most):
    """(the first bytes, how many there are); stops beyond `most`."""
    if entry.compress_type not in METHODS:
        raise zipfile.BadZipFile
    with archive.open(entry) as part:
        start = chunk = part.read(CHUNK)
        size = len(chunk)
        while size <= most and (chunk := part.read(CHUNK)):
            size += len(chunk)
    return start[:4], size
