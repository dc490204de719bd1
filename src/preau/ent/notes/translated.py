"""A mot written from a wording, as a family reads it in another language: line for line, by data/wordings.<code>.toml.

A line that its author changed is shown as they wrote it, in French: nothing is said that the school did not say. What
filled the blanks is found again in the lines themselves; nothing more is kept of a mot than its words and its wording.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from html import unescape

from django.utils.html import conditional_escape, format_html, format_html_join, strip_tags
from django.utils.translation import gettext, override
from django.utils.translation import gettext_noop as _

from preau.ent.notes.models import Answer, Nature, Note
from preau.ent.notes.wordings import BLANK, DATA, wordings
from preau.kit import rich
from preau.kit.dates import weekday_text
from preau.kit.spoken import FRENCH, other_language, typed

CALLS = {Nature.SEE: _("À lire"), Nature.FILE: _("À envoyer")}
HOUR = r"\d{1,2}\u00a0h(?:\u00a0\d{2})?"


@dataclass(frozen=True)
class InOtherWords:
    """One wording translated; `lines` correspond to those of the French text."""

    title: str
    lines: tuple[str, ...]
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Translated:
    """The HTML to show, safe. `is_whole`: no line had to stay in French."""

    title: str
    html: str
    is_whole: bool
    is_automatic: bool = False  # a service's

    @property
    def plain(self) -> str:
        """Its lines for paper."""
        return unescape(strip_tags(self.html.replace("</p>", "\n").replace("<br>", "\n"))).strip()


def path_of(language: str):
    return DATA.with_name(f"wordings.{language}.toml")


@cache
def in_words_of(language: str) -> dict[str, InOtherWords]:
    """{key of a wording: its words in this language}"""
    found = tomllib.loads(path_of(language).read_text(encoding="utf-8"))
    return {
        key: InOtherWords(one["title"], tuple(one["text"].splitlines()), tuple(one.get("choices", ())))
        for key, one in found.items()
    }


def translated(note: Note) -> Translated | None:
    """The mot in the language of the page; None in French, and when no line of its text is one of its wording."""
    words, wording = _words(note), wordings().get(note.wording)
    if words is None:
        return None
    known = dict(zip(wording.text.splitlines(), words.lines, strict=True))
    said = [(line, _in_other_words(note, line, known)) for line in note.text.splitlines() if line.strip()]
    if not any(other for _, other in said):
        return None
    html = format_html_join("", "<p>{}</p>", ((other or typed(line),) for line, other in said))
    return Translated(title_said(note), html, all(other for _, other in said))


def by_machine(title: str, text: str) -> Translated:
    """What a service gave, cleaned as what people write is."""
    return Translated(title, rich.from_text(text), is_whole=True, is_automatic=True)


@cache
def digest_of(language: str) -> str:
    """A digest of the mots types in this language: tells whether those reread are still the same."""
    return sha256(path_of(language).read_bytes()).hexdigest()


def title_said(note: Note) -> str:
    """Its title in the language of the page, or in French, marked as such."""
    words = _words(note)
    return (words and _in_other_words(note, note.title, {wordings()[note.wording].title: words.title})) or typed(
        note.title
    )


def choice_said(note: Note, choice: str) -> str:
    """One of its answers, the same way."""
    words = _words(note)
    proposed = wordings()[note.wording].choices if words else ()
    return words.choices[proposed.index(choice)] if choice in proposed else typed(choice)


def _words(note):
    language = other_language()
    return in_words_of(language).get(note.wording) if language and note.wording else None


def _in_other_words(note, line, known):
    """The line in other words, or empty; `known` is {line of the wording: the same in the page's language}."""
    day = _french_day(note.happens_on)
    for french, other in known.items():
        if found := _pattern(french, day).fullmatch(line):
            return _filled(other, found.groupdict(), note)
    return ""


@lru_cache(maxsize=512)
def _pattern(line, day):
    """What the line of a wording looks like once it is filled."""
    shapes = {"heure": HOUR, "jour": re.escape(day) if day else ".+"}
    written, last = "", 0
    for blank in BLANK.finditer(line):
        written += re.escape(line[last : blank.start()])
        is_second = f"(?P<{blank[1]}>" in written
        written += f"(?P={blank[1]})" if is_second else f"(?P<{blank[1]}>{shapes.get(blank[1], '.+')})"
        last = blank.end()
    return re.compile(written + re.escape(line[last:]))


def _filled(line, values, note):
    pieces = [conditional_escape(piece) for piece in BLANK.split(line)]
    for place in range(1, len(pieces), 2):
        pieces[place] = _value(pieces[place], values.get(pieces[place], ""), note)
    return format_html("{}" * len(pieces), *pieces)


def _value(name, words, note):
    if name == "jour" and note.happens_on:
        return weekday_text(note.happens_on)
    if name == "heure":
        hour, _, minutes = words.replace("\u00a0", " ").partition(" h")
        return f"{int(hour):02d}:{minutes.strip() or '00'}"
    return typed(words)


def _french_day(day):
    if day is None:
        return ""
    with override(FRENCH):
        return weekday_text(day)


def call_said(note: Note) -> str:
    """What a mot that waits asks of a family, by its nature, the same words on every page."""
    return gettext(CALLS.get(note.nature, _("À signer")))


def answer_said(answer: Answer, note: Note) -> str:
    """What a guardian answered, in a few words: theirs stay as they wrote them."""
    if answer.agreed:
        said = gettext("signé") if answer.agreed == Answer.Agreed.YES else gettext("pas d’accord")
    elif answer.choice:
        said = choice_said(note, answer.choice)
    elif answer.on_date:
        said = weekday_text(answer.on_date)
    elif answer.text:
        said = typed(answer.text)
    elif answer.sent:
        said = gettext("message vocal envoyé") if answer.sent.kind == "mp3" else gettext("document envoyé")
    else:
        said = gettext("lu")
    return format_html("{} ({})", said, gettext("papier rendu")) if answer.paper_at else said
