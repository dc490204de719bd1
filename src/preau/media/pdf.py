"""Looks at every object of a PDF for what is more than a page, and writes it again without what it says of its maker.

`kit.apart` runs it for `documents.take`: nothing of Préau here. It draws nothing.
"""

import io
import re

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, StreamObject

MOST_PAGES = 60
MOST_OBJECTS = 100_000
MOST_BYTES = 40 * 1024 * 1024  # of what is kept: packed objects are written unpacked
REFUSED = 3  # the code when it says why
AGAIN = "Imprimez-le en PDF, puis choisissez ce nouveau fichier."
BROKEN = "Ce PDF ne peut pas être lu. Enregistrez-le de nouveau, ou choisissez-en un autre."
LOCKED = "Ce PDF est protégé par un mot de passe. Enregistrez-le sans protection, puis choisissez-le de nouveau."
TOO_HARD = f"Ce PDF demande trop de travail. {AGAIN}"
HOLDS_A_SCRIPT = f"Ce PDF contient un programme. {AGAIN}"
HOLDS_FILES = f"Ce PDF contient d’autres fichiers. {AGAIN}"
COMMANDS = f"Ce PDF commande l’ordinateur de qui l’ouvre. {AGAIN}"
# Names of a PDF (ISO 32000) that no page needs, as keys or as values.
FORBIDDEN = {
    "/JS": HOLDS_A_SCRIPT, "/JavaScript": HOLDS_A_SCRIPT, "/XFA": HOLDS_A_SCRIPT,
    "/EmbeddedFiles": HOLDS_FILES, "/EmbeddedFile": HOLDS_FILES, "/EF": HOLDS_FILES, "/FileAttachment": HOLDS_FILES,
    "/RichMedia": HOLDS_FILES, "/Launch": COMMANDS, "/ImportData": COMMANDS, "/SubmitForm": COMMANDS,
    "/GoToE": COMMANDS,
}  # fmt: skip
# The long ones are looked for in the bytes too: a reader less careful than ours may find an object where ours does not.
SPELT = re.compile(rb"/(JavaScript|EmbeddedFiles?|FileAttachment|RichMedia|Launch|ImportData|SubmitForm)\b")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")

# Who made it, with what, when, and what a program noted for itself: of the file, and of any of its objects.
OF_THE_FILE, OF_OBJECTS = ("/Info", "/ID"), ("/Metadata", "/PieceInfo", "/LastModified", "/Thumb")
# Parts of a JPEG that say where, when and by whom it was taken: Exif and XMP, IPTC, a comment.
TOLD_BY_A_CAMERA, FIRST_SCAN = (b"\xe1", b"\xed", b"\xfe"), b"\xda"


class Refused(Exception):
    """A French sentence that says what to do."""


def kept_of(content: bytes) -> tuple[int, bytes]:
    """(how many pages, the file written again). Raises Refused, or whatever a broken file makes the reader raise."""
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted:
        raise Refused(LOCKED)
    _refuse_spelt(content)
    for thing in _held(reader):
        _forget(thing)
    count = len(reader.pages)
    if count > MOST_PAGES:
        raise Refused(f"Ce PDF a {count} pages, c’est trop\u00a0: gardez-en {MOST_PAGES} au plus.")
    if not count:
        raise Refused(BROKEN)
    return count, _written_again(reader)


def _refuse_spelt(content):
    found = SPELT.search(ESCAPED.sub(lambda match: bytes.fromhex(match[1].decode()), content))
    if found:
        raise Refused(FORBIDDEN[found[0].decode()])


def _held(reader):
    """Every object that the file lists or that one of them leads to, once. Raises Refused."""
    waiting, seen = [reader.trailer], set()
    listed = {(number, generation) for generation, ids in reader.xref.items() for number in ids}
    listed |= {(number, 0) for number in reader.xref_objStm}
    waiting += [IndirectObject(number, generation, reader) for number, generation in sorted(listed)]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, IndirectObject):
            if (thing.idnum, thing.generation) in seen:
                continue
            seen.add((thing.idnum, thing.generation))
            if len(seen) > MOST_OBJECTS:
                raise Refused(TOO_HARD)
            thing = thing.get_object()
        waiting += _parts(thing)
        yield thing


def _parts(thing):
    if isinstance(thing, StreamObject) and thing.get("/Type") == "/ObjStm":
        _refuse_spelt(thing.get_data())
    if isinstance(thing, DictionaryObject):
        return [*map(NameObject, thing.keys()), *(dict.__getitem__(thing, key) for key in thing)]
    if isinstance(thing, ArrayObject):
        return list.__iter__(thing)
    if isinstance(thing, NameObject) and thing in FORBIDDEN:
        raise Refused(FORBIDDEN[thing])
    return ()


def _forget(thing):
    """Before the file is written again, so that what was led to by these names alone is not written either."""
    if not isinstance(thing, DictionaryObject):
        return
    for name in OF_OBJECTS:
        thing.pop(name, None)
    if isinstance(thing, StreamObject) and thing.get("/Filter") in ("/DCTDecode", ["/DCTDecode"]):
        thing._data = bare_jpeg(thing._data)


def bare_jpeg(data: bytes) -> bytes:
    """The same points, without what the camera or the telephone said of them."""
    if not data.startswith(b"\xff\xd8"):
        return data
    kept, at = [data[:2]], 2
    while data[at : at + 1] == b"\xff" and (part := data[at + 1 : at + 2]) not in (FIRST_SCAN, b""):
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4])
        if part not in TOLD_BY_A_CAMERA:
            kept.append(data[at:end])
        at = end
    return b"".join(kept) + data[at:]


def _written_again(reader) -> bytes:
    for name in OF_THE_FILE:
        reader.trailer.pop(name, None)
    out = io.BytesIO()
    PdfWriter(clone_from=reader, keep_initial_header=True).write(out)
    if out.tell() > MOST_BYTES:
        raise Refused(TOO_HARD)
    return out.getvalue()


def answer(content: bytes) -> tuple[int, bytes]:
    """(0, how many pages, a line end, what is kept) or (REFUSED, why not)."""
    try:
        return 0, b"%d\n%b" % kept_of(content)
    except Refused as refusal:
        return REFUSED, str(refusal).encode()
    except (MemoryError, RecursionError):
        return REFUSED, TOO_HARD.encode()
    except Exception:  # a broken file makes a reader raise anything
        return REFUSED, BROKEN.encode()
