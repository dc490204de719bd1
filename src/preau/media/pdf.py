"""Looks at every object of a PDF for what is more than a page, and writes it again without what it says of its maker.

`kit.apart` runs it for `documents.take`: nothing of Préau here. qpdf reads and writes, through pikepdf: only what it
understood, and that a page leads to, is written, so that nothing hides there for another reader. It draws nothing.
pikepdf is loaded by the functions that read: the web processes use only the names above them.
"""

import io
import re

MOST_PAGES = 60
MOST_OBJECTS = 100_000
MOST_BYTES = 40 * 1024 * 1024  # of what is kept
MOST_UNPACKED = 500 * 1024 * 1024  # sixty pages of points at 150 dpi weigh 390 MB
MOST_IN_A_STREAM = 100 * 1024 * 1024
REFUSED = 3  # the code when it says why
AGAIN = "Imprimez-le en PDF, puis choisissez ce nouveau fichier."
BROKEN = "Ce PDF ne peut pas être lu. Enregistrez-le de nouveau, ou choisissez-en un autre."
LOCKED = "Ce PDF est protégé par un mot de passe. Enregistrez-le sans protection, puis choisissez-le de nouveau."
TOO_MANY_PAGES = f"Ce PDF a plus de {MOST_PAGES} pages\u00a0: gardez-en {MOST_PAGES} au plus."
TOO_HARD = f"Ce PDF demande trop de travail. {AGAIN}"
HOLDS_A_SCRIPT = f"Ce PDF contient un programme. {AGAIN}"
HOLDS_FILES = f"Ce PDF contient d’autres fichiers. {AGAIN}"
HOLDS_MEDIA = f"Ce PDF contient un son, un film ou un objet en relief. {AGAIN}"
COMMANDS = f"Ce PDF commande l’ordinateur de qui l’ouvre. {AGAIN}"
LEADS_ELSEWHERE = f"Ce PDF mène à un fichier d’un autre ordinateur. {AGAIN}"
# Names of a PDF (ISO 32000) that no page needs, as keys or as values.
FORBIDDEN = {
    "/JS": HOLDS_A_SCRIPT, "/JavaScript": HOLDS_A_SCRIPT, "/XFA": HOLDS_A_SCRIPT,
    "/EmbeddedFiles": HOLDS_FILES, "/EmbeddedFile": HOLDS_FILES, "/EF": HOLDS_FILES, "/FileAttachment": HOLDS_FILES,
    "/Sound": HOLDS_MEDIA, "/Movie": HOLDS_MEDIA, "/Rendition": HOLDS_MEDIA, "/Renditions": HOLDS_MEDIA,
    "/RichMedia": HOLDS_MEDIA, "/RichMediaExecute": HOLDS_MEDIA, "/3D": HOLDS_MEDIA, "/3DD": HOLDS_MEDIA,
    "/Launch": COMMANDS, "/ImportData": COMMANDS, "/SubmitForm": COMMANDS,
    "/GoToR": LEADS_ELSEWHERE, "/GoToE": LEADS_ELSEWHERE, "/Filespec": LEADS_ELSEWHERE, "/UF": LEADS_ELSEWHERE,
    "/OPI": LEADS_ELSEWHERE,
}  # fmt: skip
POSTSCRIPT = ("/Subtype", "/Subtype2")  # of a stream that says /PS: a program for printers, which no page needs
OUTSIDE = ("/F", "/FFilter", "/FDecodeParms", "/Ref")  # of a stream: its content, or another one, lies in another file
LINK = re.compile(rb"(https?://|www\.)[^\s\\/]|mailto:|tel:|#", re.IGNORECASE)

# Who made it, with what, when, and what a program noted for itself: of the file, and of any of its objects; and what
# starts when the file, a page or a field opens, be it only a jump.
OF_THE_FILE = ("/Info", "/ID")
OF_OBJECTS = ("/Metadata", "/PieceInfo", "/LastModified", "/Thumb", "/SpiderInfo", "/OpenAction", "/AA")
PHOTO, DRAWN = ("/DCTDecode", "/DCT"), ("/JPXDecode", "/JBIG2Decode", "/CCITTFaxDecode", "/CCF")
# Parts of a JPEG that say where, when and by whom it was taken: Exif and XMP, IPTC, a comment.
TOLD_BY_A_CAMERA, FIRST_SCAN = (b"\xe1", b"\xed", b"\xfe"), b"\xda"


class Refused(Exception):
    """A French sentence that says what to do."""


def kept_of(content: bytes) -> tuple[int, bytes]:
    """(how many pages, the file written again). Raises Refused, or whatever a broken file makes the reader raise."""
    import pikepdf

    limits = dict.fromkeys((f"{kind}_max_memory" for kind in ("flate", "png", "tiff", "run_length")), MOST_IN_A_STREAM)
    pikepdf.settings.set_qpdf_limits(max_stream_filters=4, **limits)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        if pdf.is_encrypted:
            raise Refused(LOCKED)
        _look(pdf)
        count = len(pdf.pages)
        if count > MOST_PAGES:
            raise Refused(TOO_MANY_PAGES)
        if not count:
            raise Refused(BROKEN)
        return count, _written_again(pdf)


def _look(pdf):
    """At each object that the file lists, and at those inside it. Raises Refused."""
    from pikepdf import Stream

    listed, unpacked = list(pdf.objects), 0
    if len(listed) > MOST_OBJECTS:
        raise Refused(TOO_HARD)
    for thing in [pdf.trailer, *listed]:
        _look_inside(thing)
        if isinstance(thing, Stream):
            unpacked += _unpack(pdf, thing)
            if unpacked > MOST_UNPACKED:
                raise Refused(TOO_HARD)


def _look_inside(thing):
    from pikepdf import Array, Dictionary, Name, Stream

    waiting = [thing]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, Name):
            _refuse_name(str(thing))
        elif isinstance(thing, Array):
            waiting += [part for part in thing if not _is_listed(part)]
        elif isinstance(thing, Dictionary | Stream):
            _refuse_postscript(thing)
            _refuse_outside(thing)
            for key in list(thing.keys()):
                _refuse_name(key)
                if key in OF_OBJECTS:
                    _look_inside(thing[key])
                    del thing[key]
                elif not _is_listed(part := thing[key]):
                    waiting.append(part)


def _is_listed(part):
    import pikepdf

    return isinstance(part, pikepdf.Object) and part.is_indirect


def _refuse_name(name):
    if name in FORBIDDEN:
        raise Refused(FORBIDDEN[name])


def _refuse_postscript(thing):
    """By its own keys: « /PS » alone may name a font or a picture."""
    from pikepdf import Name, Stream

    if isinstance(thing, Stream) and any(thing.get(key) == Name.PS for key in POSTSCRIPT):
        raise Refused(HOLDS_A_SCRIPT)


def _refuse_outside(thing):
    """What a reader would fetch when the page is shown or touched; a link to the Web stays."""
    from pikepdf import Name, Stream, String

    if isinstance(thing, Stream) and any(key in thing for key in OUTSIDE):
        raise Refused(LEADS_ELSEWHERE)
    for key in ("/URI", "/Base"):
        address = thing.get(key)
        if isinstance(address, String) and not LINK.match(bytes(address).strip()):
            raise Refused(LEADS_ELSEWHERE)
    # A string there names a file; an action with one says what it does by its own name.
    named = isinstance(thing.get("/F"), String) and "/S" not in thing
    if named or (thing.get("/S") == Name.Thread and "/F" in thing):
        raise Refused(LEADS_ELSEWHERE)


def _unpack(pdf, stream) -> int:
    """How many bytes a reader makes of it, before a picture's own decoder. A photo is kept without what it tells."""
    from pikepdf import Array, Name, StreamDecodeLevel

    filters = stream.get("/Filter", Array())
    filters = [str(each) for each in (filters if isinstance(filters, Array) else [filters])]
    if not filters or filters[-1] not in (*PHOTO, *DRAWN):
        return len(stream.get_stream_buffer(StreamDecodeLevel.specialized))
    inner = stream.read_raw_bytes()
    if packed := filters[:-1]:
        inner = pdf.make_stream(inner, Filter=Array(map(Name, packed))).read_bytes()
    if filters[-1] in PHOTO:
        stream.write(bare_jpeg(inner), filter=Name.DCTDecode)
    return len(inner)


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


def _written_again(pdf) -> bytes:
    for name in OF_THE_FILE:
        if name in pdf.trailer:
            del pdf.trailer[name]
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    if out.tell() > MOST_BYTES:
        raise Refused(TOO_HARD)
    return out.getvalue()


def answer(content: bytes) -> tuple[int, bytes]:
    """(0, how many pages, a line end, what is kept) or (REFUSED, why not)."""
    import pikepdf

    try:
        return 0, b"%d\n%b" % kept_of(content)
    except Refused as refusal:
        return REFUSED, str(refusal).encode()
    except pikepdf.PasswordError:
        return REFUSED, LOCKED.encode()
    except (MemoryError, RecursionError):
        return REFUSED, TOO_HARD.encode()
    except Exception as failure:  # a broken file makes a reader raise anything
        return REFUSED, (TOO_HARD if "memory limit" in str(failure) else BROKEN).encode()
