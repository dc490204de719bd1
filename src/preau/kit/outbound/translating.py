"""A translation service, LibreTranslate's way: POST of JSON, the answer's « translatedText ». Off unless an
installation sets PREAU_TRANSLATION_URL; what is sent there holds no name (`hidden`)."""

import json
import re
from urllib.parse import urlsplit

from django.conf import settings

from preau.kit.outbound.client import NotAllowed, Unreachable, ask

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
    """(the text with [[0]], [[1]]… in place of these names, as they are written or in capitals; what they stand for)"""
    written = {form for name in names for form in (name, name.upper()) if len(name) > 1}
    if not written:
        return TOKEN.sub("", text), []
    shape = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(written, key=len, reverse=True)))})\b")
    found: list[str] = []

    def replace(match):
        found.append(match[0])
        return f"[[{len(found) - 1}]]"

    return shape.sub(replace, TOKEN.sub("", text)), found


def shown(text: str, found: list[str]) -> str:
    """The names back. Raises NotTranslated unless each is there once: a name lost would change what is said."""
    if sorted(int(number) for number in TOKEN.findall(text)) != list(range(len(found))):
        raise NotTranslated("names")
    return TOKEN.sub(lambda match: found[int(match[1])], text)
