"""Text that people write, as HTML that can do nothing: cleaned when written, cleaned again when shown.

The only HTML that reaches a page from the base is a `Rich`, which passes through nh3 as it is drawn.
"""

import re
from urllib.parse import urlsplit

import nh3
from django.utils.html import escape

TAGS = {"p", "br", "a", "strong", "em", "ul", "ol", "li"}
LINK = re.compile(r"https?://[^\s<>\"'«»“”]+", re.IGNORECASE)
LINK_LENGTH = 60
# Controls, and the marks that turn the direction of writing and could disguise an address.
UNSEEN = re.compile("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]")


# What word processors put in a text: bullets of their own fonts, hyphens and joints that are not seen.
OF_PROCESSORS = str.maketrans({"\uf0b7": "•", "\uf0a7": "•", "\uf0d8": "•", "\u00ad": "", "\u200b": ""})


def tidy(text: str) -> str:
    """The text as stored for editing: one kind of line end, no invisible character, at most one empty line in a row."""
    text = UNSEEN.sub("", re.sub("\r\n|[\r\u000b\u2028\u2029]", "\n", text).translate(OF_PROCESSORS))
    text = "\n".join(line.rstrip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def from_text(text: str) -> str:
    """Paragraphs, line breaks and links of a plain text, as cleaned HTML."""
    blocks = (part for part in re.split(r"\n{2,}", tidy(text)) if part)
    html = "".join(f"<p>{'<br>'.join(_line(line) for line in block.split(chr(10)))}</p>" for block in blocks)
    return clean(html)


def clean(html: str, links: bool = True) -> str:
    """What the allow-list keeps: no image, no style, no address but http and https; `links` keeps them."""
    tags = TAGS if links else TAGS - {"a"}
    return nh3.clean(
        html,
        tags=tags,
        attributes={"a": {"href"}} if links else {},
        url_schemes={"http", "https"},
        link_rel="noopener noreferrer nofollow",
    )


class Rich:
    """Stored HTML on its way to a page."""

    def __init__(self, html: str, links: bool):
        self.html, self.links = html, links

    def __html__(self) -> str:
        return clean(self.html, self.links)


def _line(line):
    pieces, last = [], 0
    for found in LINK.finditer(line):
        address = found.group().rstrip(".,;:!?)]}…")
        pieces += [escape(line[last : found.start()]), _link(address)]
        last = found.start() + len(address)
    return "".join([*pieces, escape(line[last:])])


def _link(address):
    """The host is always shown whole, as the network reads it; an address that hides it is left as text."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").encode("idna").decode()
        port = f":{parts.port}" if parts.port else ""
    except (UnicodeError, ValueError):
        return escape(address)
    if not host or "@" in parts.netloc or "\\" in address:
        return escape(address)
    rest = address.split(parts.netloc, 1)[1]
    shown = f"{host}{port}{rest.rstrip('/') if len(rest) < LINK_LENGTH else rest[:LINK_LENGTH] + '…'}"
    return f'<a href="{escape(parts.scheme.lower())}://{escape(host)}{port}{escape(rest)}">{escape(shown)}</a>'
