"""What a reader finds in an answer: the words of a page, a PDF, a spreadsheet, an archive and what it holds."""

import io
import re
import zipfile
from functools import lru_cache

from pypdf import PdfReader

TAG = re.compile(r"<[^>]*>")
CUT = re.compile(r"-\s*\n\s*")
# Around these a browser draws no space.
BLOCKS = (
    "body|caption|dd|div|dl|dt|fieldset|form|h1|h2|h3|h4|li|main|nav|ol|option|p|section|table|tbody|td|th|thead|tr|ul"
)
EDGE = re.compile(rf" ?(</?(?:{BLOCKS})\b[^>]*>) ?")


def text_of(body: bytes) -> str:
    """Every word of a body, whatever it is wrapped in. Known by its first bytes, not by what its header says."""
    if body.startswith(b"%PDF"):
        return _words_of_pdf(body)
    if body.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return "\n".join(f"{name}\n{_member(archive.read(name))}" for name in archive.namelist())
    return body.decode("utf-8", "replace")


@lru_cache(maxsize=16)
def _words_of_pdf(body):
    return _whole("\n".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages))


def as_drawn(page: str) -> str:
    """The HTML of a page with the spaces that a browser draws: where a template ends its lines says nothing."""
    return EDGE.sub(r"\1", re.sub(r"[ \n]+", " ", page))


def _member(data):
    """A member as it is, and without its tags: a style in the middle of a word cuts it in two."""
    text = text_of(data)
    return f"{text}\n{TAG.sub('', text)}" if data.startswith(b"<") else text


def _whole(text):
    """As extracted, and with the words cut at the end of a line put together again."""
    return "\n".join((text, CUT.sub("-", text), text.replace("\n", "")))
