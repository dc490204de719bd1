"""A PDF that is joined: pages and nothing more, looked at in a process of its own."""

import io
import random
import resource
import zlib

import pytest
from django.utils.timezone import now
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    EncodedStreamObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from preau.kit.paper.ink import Flow
from preau.media import documents, images, pages, pdf
from tests.house.source import modules
from tests.media import samples

pytestmark = pytest.mark.apart


def writer(pages=1):
    made = PdfWriter()
    for _ in range(pages):
        made.add_blank_page(210, 297)
    return made


def written(made) -> bytes:
    out = io.BytesIO()
    made.write(out)
    return out.getvalue()


def told(content) -> tuple[int, str]:
    """The code, and how many pages or why not."""
    code, said = pdf.answer(content)
    return code, said.partition(b"\n")[0].decode()


def plain(pages=1) -> bytes:
    return written(writer(pages))


def name(text):
    return NameObject(f"/{text}")


def act(kind, **more):
    """An act that a page, a link or the opening of the file may start."""
    return DictionaryObject({name("S"): name(kind)} | {name(key): value for key, value in more.items()})


def opened_with(done) -> bytes:
    made = writer()
    made.root_object[name("OpenAction")] = made._add_object(done)
    return written(made)


def scripted():
    made = writer()
    scripts = ArrayObject([TextStringObject("a"), made._add_object(act("JavaScript"))])
    made.root_object[name("Names")] = DictionaryObject({name("JavaScript"): DictionaryObject({name("Names"): scripts})})
    return written(made)


def with_root(**more):
    made = writer()
    made.root_object.update({name(key): value for key, value in more.items()})
    return written(made)


def with_stream(data, packed=0, last="", **more) -> bytes:
    """A page's content, packed so many times, then left to a picture's decoder."""
    made, stream = writer(), EncodedStreamObject()
    for _ in range(packed):
        data = zlib.compress(data)
    stream._data = data
    stream[name("Filter")] = ArrayObject([name("FlateDecode")] * packed + [name(last)] * bool(last))
    stream.update({name(key): value for key, value in more.items()})
    made.pages[0][name("Contents")] = made._add_object(stream)
    return written(made)


def embedding():
    made = writer()
    made.add_attachment("notes.txt", b"secret")
    return written(made)


def annotated(kind, **more):
    """An annotation of the first page."""
    made = writer()
    note = DictionaryObject({name("Type"): name("Annot"), name("Subtype"): name(kind)})
    note.update({name(key): value for key, value in more.items()})
    made.pages[0][name("Annots")] = ArrayObject([made._add_object(note)])
    return written(made)


def locked(password):
    made = writer()
    made.encrypt(password, algorithm="RC4-128")
    return written(made)


def in_a_stream_of_objects(words: bytes) -> bytes:
    """Its dictionary lies inside compressed bytes, where a search of the file does not see it."""
    body = b"4 0 " + words
    packed = zlib.compress(body)
    parts = [
        b"1 0 obj\n<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R>>\nendobj\n",
        b"2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n",
        b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 210 297]>>\nendobj\n",
        b"5 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>\nstream\n" % len(packed)
        + packed + b"\nendstream\nendobj\n",
    ]  # fmt: skip
    made, places = b"%PDF-1.5\n", []
    for part in parts:
        places.append(len(made))
        made += part
    one, two, three, five = places
    rows = [(0, 0, 255), (1, one, 0), (1, two, 0), (1, three, 0), (2, 5, 0), (1, five, 0), (1, len(made), 0)]
    table = zlib.compress(b"".join(bytes([kind]) + at.to_bytes(2) + bytes([last]) for kind, at, last in rows))
    here = len(made)
    made += (
        b"6 0 obj\n<</Type/XRef/Size 7/W[1 2 1]/Root 1 0 R/Filter/FlateDecode/Length %d>>\nstream\n" % len(table)
        + table
        + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % here
    )
    return made


REFUSED = {
    "a password": (locked("secret"), pdf.LOCKED),
    "an owner's password only": (locked(""), pdf.LOCKED),
    "a script": (scripted(), pdf.HOLDS_A_SCRIPT),
    "a script on opening": (opened_with(act("JavaScript", JS=TextStringObject("1"))), pdf.HOLDS_A_SCRIPT),
    "a script by its key alone": (opened_with(act("Rendition", JS=TextStringObject("1"))), pdf.HOLDS_A_SCRIPT),
    "a script among objects packed": (
        in_a_stream_of_objects(b"<</S/Java#53cript/J#53(1)>>"), pdf.HOLDS_A_SCRIPT,
    ),
    "a form that runs": (
        in_a_stream_of_objects(b"<</S/GoTo/AcroForm<</XFA(1)>>>>"), pdf.HOLDS_A_SCRIPT,
    ),
    "a program for printers": (with_stream(b"", Subtype=name("PS")), pdf.HOLDS_A_SCRIPT),
    "a form with a program for printers": (
        with_stream(b"", Subtype=name("Form"), Subtype2=name("PS")), pdf.HOLDS_A_SCRIPT,
    ),
    "another file": (embedding(), pdf.HOLDS_FILES),
    "another file on a page": (annotated("FileAttachment"), pdf.HOLDS_FILES),
    "a film": (annotated("RichMedia"), pdf.HOLDS_MEDIA),
    "an older film": (annotated("Movie", Movie=DictionaryObject()), pdf.HOLDS_MEDIA),
    "a sound": (annotated("Link", A=act("Sound")), pdf.HOLDS_MEDIA),
    "a film that a link plays": (annotated("Screen", A=act("Rendition")), pdf.HOLDS_MEDIA),
    "an object in relief": (annotated("3D"), pdf.HOLDS_MEDIA),
    "a file by its key alone": (opened_with(act("GoTo", EF=DictionaryObject())), pdf.HOLDS_FILES),
    "a program to start": (opened_with(act("Launch", F=TextStringObject("calc.exe"))), pdf.COMMANDS),
    "a program on a link": (annotated("Link", A=act("Launch")), pdf.COMMANDS),
    "a name in other letters": (opened_with(act("Launch")).replace(b"/Launch", b"/La#75nch"), pdf.COMMANDS),
    "a file of a share on opening": (
        opened_with(act("GoToR", F=TextStringObject("\\\\serveur\\a.pdf"))), pdf.LEADS_ELSEWHERE,
    ),
    "a file of a share on a link": (annotated("Link", A=act("Thread", F=TextStringObject("a"))), pdf.LEADS_ELSEWHERE),
    **{
        f"a link to {address}": (annotated("Link", A=act("URI", URI=TextStringObject(address))), pdf.LEADS_ELSEWHERE)
        for address in ("file:///etc/passwd", "\\\\serveur\\partage", "//serveur/partage", "smb://a", "http:\\\\a",
                        " javascript:alert(1)", "https:///serveur")
    },
    "a base for links": (with_root(URI=DictionaryObject({name("Base"): TextStringObject("file://a/")})),
                         pdf.LEADS_ELSEWHERE),
    "a file tied to the whole": (
        with_root(AF=ArrayObject([DictionaryObject({name("UF"): TextStringObject("\\\\serveur\\a")})])),
        pdf.LEADS_ELSEWHERE,
    ),
    "a file told by its old key": (
        with_root(AF=ArrayObject([DictionaryObject({name("F"): TextStringObject("\\\\serveur\\a")})])),
        pdf.LEADS_ELSEWHERE,
    ),
    "a page in another file": (with_stream(b"", F=TextStringObject("http://a/")), pdf.LEADS_ELSEWHERE),
    "a page filtered in another file": (with_stream(b"", FFilter=name("FlateDecode")), pdf.LEADS_ELSEWHERE),
    "a drawing of another file": (with_stream(b"", Ref=DictionaryObject()), pdf.LEADS_ELSEWHERE),
    # Drawn when their test comes: a second for who only reads this file.
    "a stream too large": (lambda: with_stream(bytes(101 << 20), packed=1), pdf.TOO_HARD),
    "a stream packed many times": (lambda: with_stream(bytes(101 << 20), packed=3), pdf.TOO_HARD),
    "a photo packed and too large": (lambda: with_stream(bytes(101 << 20), packed=1, last="DCTDecode"), pdf.TOO_HARD),
    "what it would send": (opened_with(act("SubmitForm")), pdf.COMMANDS),
    "no page": (written(PdfWriter()), pdf.BROKEN),
    "no end": (plain()[:200], pdf.BROKEN),
    "nothing but its name": (b"%PDF-1.7\n", pdf.BROKEN),
}  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("what", REFUSED)
def test_what_holds_more_than_pages_is_refused_with_a_sentence(what):
    content, sentence = REFUSED[what]
    assert told(content() if callable(content) else content) == (pdf.REFUSED, sentence)


def test_the_packed_script_is_seen_by_its_object_alone():
    """Without the script the same file is read: it is refused for what it holds, not for how it is written."""
    assert told(in_a_stream_of_objects(b"<</S/GoTo/D[3 0 R/Fit]>>")) == (0, "1")


def test_sixty_pages_are_kept_and_no_more():
    assert told(plain(60)) == (0, "60")
    assert told(plain(61)) == (pdf.REFUSED, pdf.TOO_MANY_PAGES)


def test_what_a_school_prints_is_read():
    """Text, letters carried inside, a link to a page of the Web, a picture: what is honest passes."""
    paper = Flow("Projet d’école", now(), head=("", ""), foot="")
    paper.paragraph("Un carnet d’expériences par classe.")
    paper.cell(40, 6, "Le cadre de référence", link="https://eduscol.education.fr/")
    paper.image(io.BytesIO(samples.encoded(samples.drawing(), "JPEG")), w=60)
    content = bytes(paper.output())
    kept = documents.take(content, "projet.pdf")
    assert (kept.kind, kept.pages_count) == ("pdf", 1)
    read, sent = (PdfReader(io.BytesIO(each)).pages[0] for each in (kept.content, content))
    assert read.extract_text() == sent.extract_text() != ""
    assert read.images[0].data == sent.images[0].data
    assert [note["/A"]["/URI"] for note in read["/Annots"]] == ["https://eduscol.education.fr/"]


def test_thousands_of_broken_bytes_are_read_or_refused_never_worse():
    luck, whole = random.Random(7), plain(3)
    for _ in range(300):
        broken = bytearray(whole)
        for _ in range(luck.randint(1, 8)):
            broken[luck.randrange(8, len(broken))] = luck.randrange(256)
        code, said = told(bytes(broken))
        assert (code, said) == (0, "3") or code in (0, pdf.REFUSED) and said


def test_objects_without_number_are_too_hard(monkeypatch):
    monkeypatch.setattr(pdf, "MOST_OBJECTS", 5)
    assert told(plain(9)) == (pdf.REFUSED, pdf.TOO_HARD)


def test_pages_that_turn_in_a_ring_are_too_hard_or_broken():
    made = writer()
    pages = made.root_object["/Pages"]
    pages[name("Kids")] = ArrayObject([made.root_object.raw_get("/Pages")])
    pages[name("Count")] = NumberObject(1)
    code, _ = told(written(made))
    assert code == pdf.REFUSED


@pytest.mark.parametrize(("content", "called", "sentence"), [
    (plain(), "projet.docx", documents.MISNAMED), (plain(), "projet", documents.MISNAMED),
    (b"PK\x03\x04 un texte", "projet.docx", documents.NEITHER), (b"PK\x03\x04", "projet.pdf", pdf.BROKEN),
    (b"GIF89a" + plain(), "a.pdf", pdf.BROKEN), (b"<svg/>", "a.svg", documents.NEITHER),
    (b"", "a.jpg", documents.NEITHER),
])  # fmt: skip
def test_name_first_bytes_and_reader_must_agree(content, called, sentence):
    with pytest.raises(documents.NotADocument) as told:
        documents.take(content, called)
    assert str(told.value) == sentence


def test_a_picture_is_drawn_again():
    kept = documents.take(samples.located("JPEG"), "plan.jpg")
    assert kept.kind == "webp" and kept.pages_count is None
    assert kept.content.startswith(b"RIFF") and samples.SECRET not in kept.content
    with pytest.raises(documents.NotADocument, match="HEIC"):
        documents.take(b"\0\0\0\x18ftypheic", "photo.heic")


@pytest.mark.long
def test_a_bomb_ends_the_other_process_and_not_this_one():
    """Objects packed in 300 MB of spaces: 300 KB to send."""
    packed = zlib.compress(b" " * 300_000_000, 9)
    bomb = plain().replace(
        b"xref\n",
        b"9 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>\nstream\n" % len(packed)
        + packed
        + b"\nendstream\nendobj\nxref\n",
        1,
    )
    assert len(bomb) < 500_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        documents.take(bomb, "a.pdf")
    except documents.NotADocument as told:
        assert str(told) in (pdf.TOO_HARD, pdf.BROKEN)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000


def test_what_starts_on_opening_is_taken_away_and_the_links_of_a_school_stay():
    made = writer()
    page = made.pages[0]
    jump = ArrayObject([page.indirect_reference, name("Fit")])
    made.root_object[name("OpenAction")] = jump
    page[name("AA")] = DictionaryObject({name("O"): act("GoTo", D=jump)})
    links = [
        "https://eduscol.education.fr/",
        "HTTP://ecole.fr",
        "www.ecole.fr",
        "mailto:a@ecole.fr",
        "tel:+33549",
        "#b",
    ]
    notes = [
        DictionaryObject({name("Subtype"): name("Link"), name("A"): act("URI", URI=TextStringObject(to))})
        for to in links
    ]
    page[name("Annots")] = ArrayObject(map(made._add_object, notes))
    kept = PdfReader(io.BytesIO(documents.take(written(made), "a.pdf").content))
    assert "/OpenAction" not in kept.root_object and "/AA" not in kept.pages[0]
    assert [note["/A"]["/URI"] for note in kept.pages[0]["/Annots"]] == links


def test_what_no_page_leads_to_is_not_written():
    lost = plain().replace(b"startxref", b"9 0 obj <</S/Launch/F(calc.exe)>> endobj\nstartxref")
    assert b"calc.exe" in lost and b"calc.exe" not in documents.take(lost, "a.pdf").content


def test_all_streams_together_are_too_hard_before_one_is(monkeypatch):
    monkeypatch.setattr(pdf, "MOST_UNPACKED", 1 << 20)
    assert told(with_stream(b" " * (1 << 20), packed=1)) == (0, "1")
    assert told(with_stream(b" " * ((1 << 20) + 1), packed=1)) == (pdf.REFUSED, pdf.TOO_HARD)


def test_no_pdf_is_read_in_the_process_that_serves():
    found = {dotted for dotted, (path, _) in modules().items() if "pikepdf" in path.read_text(encoding="utf-8")}
    assert found == {"media.pdf"}
    assert images.MAX_BYTES >= 10 * 1024 * 1024


def test_a_text_that_speaks_of_scripts_is_read():
    """In the words of a page, packed as they are: only names count."""
    made = writer()
    stream = DecodedStreamObject()
    stream.set_data(b"BT (On ne lance pas de JavaScript.) Tj ET")
    made.pages[0][name("Contents")] = made._add_object(stream)
    assert told(written(made)) == (0, "1")


def test_each_page_is_drawn_for_who_has_no_reader():
    drawn = documents.drawn(plain(3), 3)
    assert len(drawn) == 3
    for page in drawn:
        with Image.open(io.BytesIO(page)) as image:
            assert image.format == "WEBP" and image.width <= pages.WIDE and image.height <= pages.TALL
    for content, count in ((plain(3), 4), (b"%PDF-1.7 nothing more", 1)):
        with pytest.raises(documents.NotADocument, match="page par page"):
            documents.drawn(content, count)
