"""From bytes to text: UTF-8 with or without a mark, encoded twice, Windows-1252, Latin-1, Mac Roman.

A file holds one encoding. When lines disagree nobody can tell which is right: the file is refused, and the line named.
"""

import re

from preau.kit.tables.table import TableRefused

BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# What UTF-8 makes of Latin letters and of typographic signs; « É» » in Windows-1252 must not look like it.
UTF8_PIECE = re.compile(rb"[\xc2-\xc5][\x80-\xbf]|\xe2\x80[\x80-\xbf]")
# What no word holds in Windows-1252: a sign that it has not, or « Ž », « ˆ », « ƒ » after a letter, are the « é », the
# « à », the « É » of a Mac. In Mac Roman nothing follows a small letter that would be one in Windows-1252.
OF_A_MAC = re.compile(
    rb"[a-z][\x83\x88-\x8b\x8e\x98\x9f]|[A-Z][\x83\x88\x89\x8b\x98]|[A-Z][\x8a\x8e\x9f][a-z]"
    rb"|\x83[A-Za-z]|[a-z][\x94\x95\x99][a-z]|[A-Za-z][\x81\x8d\x8f\x90\x9d]|[\x81\x8d\x8f\x90\x9d][A-Za-z]"
)
OF_WINDOWS = re.compile(rb"[a-z][\xe0-\xef\xf1-\xff]")
HIGH = "\u0080-\u00bf" + "".join(sorted(set(bytes(range(0x80, 0xA0)).decode("cp1252", "ignore"))))
TWICE = re.compile(f"[\u00c2-\u00c5][{HIGH}]|\u00e2\u20ac[{HIGH}]|\u00ef\u00bb\u00bf")
MIXED = (
    "les accents de cette ligne ne sont pas écrits comme les autres\u00a0: le fichier mélange deux encodages. "
    "Exportez-le à nouveau sans le modifier."
)
CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")  # tab, line ends and next-line stay


def decode(name: str, data: bytes) -> tuple[str, str]:
    """(text, encoding). Raises TableRefused naming the first line that cannot be trusted."""
    encoding, text = _decode_marked(name, data) or _decode_plain(name, data)
    if TWICE.search(text):
        repaired = _repair(name, text)
        encoding, text = (f"{encoding}, encodé deux fois" if repaired != text else encoding), repaired
    text = text.lstrip("\ufeff")
    found = CONTROLS.search(text)
    if found:
        raise TableRefused(
            name,
            "ce n’est pas un tableau de texte. Exportez-le à nouveau au format CSV, XLSX ou ODS.",
            line=text.count("\n", 0, found.start()) + 1,
        )
    return text, encoding


def _decode_marked(name, data):
    for mark, encoding in BOMS:
        if data.startswith(mark):
            try:
                if encoding == "utf-8":
                    return encoding, data[len(mark) :].decode("utf-8")
                return encoding, data.decode(encoding)
            except UnicodeDecodeError as error:
                raise _not_one_encoding(name, data, error.start + len(mark))
    return None


def _decode_plain(name, data):
    if b"\0" in data:
        raise TableRefused(name, "ce n’est pas un tableau de texte. Exportez-le à nouveau au format CSV, XLSX ou ODS.")
    try:
        return "utf-8", data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and UTF8_PIECE.search(data[: error.start]):
            raise TableRefused(
                name, "le fichier s’arrête au milieu d’un mot. Exportez-le à nouveau.", line=_line(data, error.start)
            )
    _refuse_mixed(name, data)
    if of_a_mac := OF_A_MAC.search(data):
        if OF_WINDOWS.search(data):
            raise TableRefused(name, MIXED, line=_line(data, of_a_mac.start()))
        return "mac-roman", data.decode("mac_roman")
    try:
        return "windows-1252", data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise TableRefused(
            name,
            "des lettres de cette ligne ne se lisent pas. Enregistrez le fichier en UTF-8.",
            line=_line(data, error.start),
        )


def _refuse_mixed(name, data):
    """Windows-1252 text never holds the pieces UTF-8 makes of accents: their presence means two encodings."""
    if not UTF8_PIECE.search(data):
        return
    first = None
    for number, line in enumerate(data.split(b"\n"), 1):
        if line.isascii():
            continue
        try:
            line.decode("utf-8")
            kind = "utf-8"
        except UnicodeDecodeError:
            kind = "mixed" if UTF8_PIECE.search(line) else "windows-1252"
        first = first or kind
        if kind != first or kind == "mixed":
            raise TableRefused(name, MIXED, line=number)


def _repair(name, text):
    """Undoes UTF-8 that was read as Windows-1252 and encoded again."""
    lines = text.split("\n")
    for place, line in enumerate(lines):
        if not TWICE.search(line):
            continue
        try:
            lines[place] = _to_bytes(line).decode("utf-8")
        except UnicodeError:
            raise TableRefused(
                name,
                "les accents de cette ligne sont abîmés et ne se réparent pas. Exportez le fichier à nouveau "
                "depuis ONDE.",
                line=place + 1,
            )
    return "\n".join(lines)


def _to_bytes(text):
    return b"".join(bytes([ord(sign)]) if "\x80" <= sign <= "\x9f" else _sign_bytes(sign) for sign in text)


def _sign_bytes(sign):
    try:
        return sign.encode("cp1252")
    except UnicodeEncodeError:
        return sign.encode("utf-8")


def _not_one_encoding(name, data, position):
    return TableRefused(
        name,
        "cette ligne n’est pas écrite comme le début du fichier. Exportez-le à nouveau.",
        line=_line(data, position),
    )


def _line(data, position):
    return data.count(b"\n", 0, position) + 1
