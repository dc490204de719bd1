"""A translation service, LibreTranslate's way: POST of JSON, the answer's « translatedText ». Off unless an
installation sets PREAU_TRANSLATION_URL; what is sent there holds no name (`hidden`)."""

import json
import re
import unicodedata
from urllib.parse import urlsplit

from django.conf import settings

from preau.kit.outbound.client import NotAllowed, Unreachable, ask

ADDRESS = r"[^\s@]+@[^\s@]+\.\w+"
TOKEN = re.compile(r"\[\[(\d+)\]\]")


class NotTranslated(OSError):
    """The service could not, or gave back a text that cannot be trusted; holds no word of it."""


def is_on() -> bool:
    return bool(settings.TRANSLATION_URL)


def translate(text: str, language: str, names: list[str]) -> str:
    """A French text in this language, its names back in their places. Raises NotTranslated."""
    sent, found = hidden(text, names)
    said = {"q": sent, "source": "fr", "target": language, "format": "text"}
    if settings.TRANSLATION_KEY:
        said["api_key"] = settings.TRANSLATION_KEY
    url, headers = settings.TRANSLATION_URL, {"Content-Type": "application/json"}
    try:
        hosts = (urlsplit(url).hostname or "",)
        answer = ask("POST", url, hosts=hosts, headers=headers, body=json.dumps(said).encode())
        given = json.loads(answer.body)["translatedText"] if answer.status == 200 else ""
    except (NotAllowed, Unreachable, ValueError, KeyError, TypeError) as error:
        raise NotTranslated(type(error).__name__) from None
    if not isinstance(given, str) or not given.strip():
        raise NotTranslated("empty")
    return shown(given, found)


def hidden(text: str, names: list[str]) -> tuple[str, list[str]]:
    """(the text with [[0]], [[1]]… in place of these names and of addresses, what they stand for). « Hélène » is found
    as « HELENE » and « Helene »; « rose » is a flower, « Rose » is hidden."""
    text = unicodedata.normalize("NFC", TOKEN.sub("", text))
    shapes = [_flat(unicodedata.normalize("NFC", name)) for name in names if len(name) > 1]
    either = "|".join([ADDRESS, *(rf"\b{re.escape(shape)}\b" for shape in sorted(shapes, key=len, reverse=True))])
    found, parts, end = [], [], 0
    for match in re.finditer(either, _flat(text)):
        written = text[match.start() : match.end()]
        if "@" in written or written.lower() != written:
            parts += [text[end : match.start()], f"[[{len(found)}]]"]
            found.append(written)
            end = match.end()
    return "".join([*parts, text[end:]]), found


def _flat(text):
    """Without accents, capitals nor kinds of apostrophes, sign for sign: a place in it is the same in the text."""
    return "".join(unicodedata.normalize("NFD", sign)[0].lower()[0] for sign in text.replace("’", "'"))


def shown(text: str, found: list[str]) -> str:
    """The names back. Raises NotTranslated unless each is there once: a name lost would change what is said."""
    if sorted(int(number) for number in TOKEN.findall(text)) != list(range(len(found))):
        raise NotTranslated("names")
    return TOKEN.sub(lambda match: found[int(match[1])], text)
