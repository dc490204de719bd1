"""Nothing says who made a PDF that is joined, with what, when, or where its pictures were taken."""

import io
import json
import shutil
import subprocess

import pytest
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    EncodedStreamObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from preau.media import documents, pdf
from tests.media import samples
from tests.media.test_documents import name, plain, writer, written

pytestmark = pytest.mark.apart

SECRET = "Canari"  # begins samples.SECRET


def stream(data, kind=DecodedStreamObject, **more):
    made = kind()
    made._data = data
    made.update({name(key): value for key, value in more.items()})
    return made


def signed_everywhere() -> bytes:
    """Its maker in each place a PDF has for it: the file, its catalogue, a page, a program's notes, a photo."""
    made = writer(2)
    author = made._add_object(TextStringObject(SECRET))
    made.add_metadata({"/Title": SECRET, "/Producer": SECRET, "/CreationDate": "D:20261127"})
    made._info[name("Author")] = author
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + samples.SECRET + b"</x:xmpmeta>"
    told = made._add_object(stream(xmp, Type=name("Metadata"), Subtype=name("XML")))
    made.root_object[name("Metadata")] = told
    page = made.pages[0]
    notes = made._add_object(stream(samples.SECRET))
    page[name("Metadata")], page[name("LastModified")] = told, TextStringObject("D:20261127")
    page[name("PieceInfo")] = DictionaryObject({name("Word"): DictionaryObject({name("Private"): notes})})
    page[name("Thumb")] = notes
    photo = stream(
        samples.located("JPEG"),
        EncodedStreamObject,
        Type=name("XObject"),
        Subtype=name("Image"),
        Width=NumberObject(640),
        Height=NumberObject(480),
        ColorSpace=name("DeviceRGB"),
        BitsPerComponent=NumberObject(8),
        Filter=NameObject("/DCTDecode"),
        Metadata=told,
    )
    seen = made._add_object(photo)
    page[name("Resources")] = DictionaryObject({name("XObject"): DictionaryObject({name("P"): seen})})
    made.generate_file_identifiers()
    made._ID = ArrayObject([TextStringObject(SECRET), TextStringObject(SECRET)])
    return written(made)


def test_what_is_kept_says_nothing_of_its_maker():
    sent = signed_everywhere()
    assert sent.count(b"Canari") == 12  # the file, its identifiers, XMP, notes, the photo
    kept = documents.take(sent, "projet.pdf")
    assert kept.pages_count == 2 and b"Canari" not in kept.content and b"20261127" not in kept.content
    read = PdfReader(io.BytesIO(kept.content))
    assert read.metadata is None and read.xmp_metadata is None and set(read.trailer) == {"/Size", "/Root", "/ID"}


@pytest.mark.skipif(shutil.which("exiftool") is None, reason="exiftool is not installed")
def test_exiftool_finds_what_a_pdf_must_have_and_no_more(tmp_path):
    path = tmp_path / "kept.pdf"
    tags = []
    for content in (signed_everywhere(), documents.take(signed_everywhere(), "projet.pdf").content):
        path.write_bytes(content)
        words = ["exiftool", "-json", "-G", "-a", "-ee3", path]
        (told,) = json.loads(subprocess.run(words, capture_output=True, text=True, check=True).stdout)
        tags.append({tag for tag in told if tag.split(":")[0] not in ("SourceFile", "ExifTool", "File")})
    assert {"PDF:Author", "PDF:Producer"} <= tags[0]
    assert tags[1] == {"PDF:PDFVersion", "PDF:Linearized", "PDF:PageCount"}


def test_what_a_former_version_said_is_not_kept():
    """A PDF written by additions keeps, below the last version, all those before."""
    whole = plain()
    at = whole.rindex(b"startxref")
    former = whole[:at] + b"9 0 obj\n(" + samples.SECRET + b")\nendobj\n" + whole[at:]
    assert samples.SECRET not in documents.take(former, "a.pdf").content


def test_the_same_file_sent_twice_is_kept_the_same():
    assert documents.take(signed_everywhere(), "a.pdf") == documents.take(signed_everywhere(), "b.pdf")


def test_a_photo_keeps_its_points():
    sent = samples.located("JPEG")
    kept = pdf.bare_jpeg(sent)
    assert samples.SECRET in sent and samples.SECRET not in kept and b"Exif" not in kept
    first, then = (Image.open(io.BytesIO(each)) for each in (sent, kept))
    assert first.tobytes() == then.tobytes() and not then.getexif()


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xd8", b"\xff\xd8\xff", b"\xff\xd8\xff\xe1\0", b"GIF89a", b"\xff\xd8" + b"\xff" * 9]
)
def test_a_broken_photo_is_let_be(data):
    pdf.bare_jpeg(data)
