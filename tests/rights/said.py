"""What is said to families and pupils, noted while the matrix asks."""

import re
from html import unescape

from tests.world import audience_of

READERS = ("family", "pupil")
INLINE = r"a|abbr|b|bdi|br|code|del|em|i|ins|mark|strong|time|wbr"
LEFT_OUT = re.compile(r"<(script|style|svg|head)\b.*?</\1>", re.S)
EDGE = re.compile(rf"<(?!/?(?:{INLINE})\b)[^>]*>")
TAG = re.compile(r"<[^>]*>")
END = re.compile(r"(?<=[.!?…])(?<!\bM\.)(?<!\bart\.)\s+")


class Said(dict):
    """{audience: {sentence: the address that says it}}"""

    def note(self, actor, name, response):
        """One page that answered."""
        audience = audience_of(actor)
        if audience in READERS and response.headers["Content-Type"].startswith("text/html"):
            for sentence in sentences_of(response.content.decode()):
                self.setdefault(audience, {}).setdefault(sentence, name)


def sentences_of(page):
    """What a page says, sentence by sentence; a heading, a button or a cell is one by itself."""
    blocks = EDGE.sub("\n", LEFT_OUT.sub("\n", page.replace("\n", " "))).split("\n")
    for block in blocks:
        text = " ".join(unescape(TAG.sub(" ", block)).split())
        yield from (sentence for sentence in END.split(text) if words(sentence))


def words(sentence):
    """Its length in words: signs that stand alone are none."""
    return len([word for word in sentence.split() if re.search(r"\w", word)])


def is_sentence(text):
    """Whether it is written as one, and not the words of a button or a cell."""
    return text[-1] in ".!?…"
