"""Looks at every object of a PDF for what is more than a page; it draws nothing.

`kit.apart` runs it for `documents.check_pdf`: nothing of Préau here.
"""

import io
import re

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, StreamObject

MOST_PAGES = 60
MOST_OBJECTS = 100_000
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


class Refused(Exception):
    """A French sentence that says what to do."""


def pages_of(content: bytes) -> int:
    """Raises Refused, or whatever a broken file makes the reader raise."""
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted:
        raise Refused(LOCKED)
    _refuse_spelt(content)
    _refuse_held(reader)
    count = len(reader.pages)
    if count > MOST_PAGES:
        raise Refused(f"Ce PDF a {count} pages, c’est trop\u00a0: gardez-en {MOST_PAGES} au plus.")
    if not count:
        raise Refused(BROKEN)
    return count


def _refuse_spelt(content):
    found = SPELT.search(ESCAPED.sub(lambda match: bytes.fromhex(match[1].decode()), content))
    if found:
        raise Refused(FORBIDDEN[found[0].decode()])


def _refuse_held(reader):
    """Every object that the file lists or that one of them leads to, once."""
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


def answer(content: bytes) -> tuple[int, bytes]:
    """(0, how many pages) or (REFUSED, why not)."""
    try:
        return 0, b"%d" % pages_of(content)
    except Refused as refusal:
        return REFUSED, str(refusal).encode()
    except (MemoryError, RecursionError):
        return REFUSED, TOO_HARD.encode()
    except Exception:  # a broken file makes a reader raise anything
        return REFUSED, BROKEN.encode()
