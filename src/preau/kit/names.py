"""People's and places' names compared and ordered the same way on every database."""

import re
import unicodedata
from collections.abc import Iterable

from django.db import models
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

PLAIN_LETTERS = str.maketrans({
    "’": "'", "ʼ": "'", "‘": "'", "`": "'", "´": "'", "ʻ": "'", "ʿ": "'", "ʾ": "'", "œ": "oe", "Œ": "oe", "æ": "ae",
    "Æ": "ae", "ß": "ss", "ı": "i", "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d",
})  # fmt: skip
JOINED_MOST = 12  # letters of a word that holds on a line of the narrowest telephone
# Brackets, commas and slashes are left: people write them, « Toupie (née Marelle) ».
NO_PERSON = re.compile(r"[<>;:|@=+*\\{}\[\]#%$€£?!~^©®§¤¢±¶¨¯‰\ufffd]|\d")
NO_LETTERS = re.compile("[^0-9a-z]+")
# Signs that show nothing and are not spaces: zero-width, direction marks, soft hyphens, fillers, controls.
OF = {"le": "du ", "les": "des ", "ecole": "de l’école "}
AT = {"le": "au ", "les": "aux ", "ecole": "à l’école "}
UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)


def tidy_line(text: str) -> str:
    """One line as it is seen: nothing invisible, every kind of space one plain space, none at the ends."""
    return " ".join((text if text.isascii() and text.isprintable() else UNSEEN.sub("", text)).split())


def full_name(first_name: str, usage_name: str, last_name: str) -> str:
    """« Lina Toupie »: the usage name when there is one."""
    return f"{first_name} {usage_name or last_name}"


def formal_name(civility: str, first_name: str, usage_name: str, last_name: str) -> str:
    """« Mme Craie », or the full name when the civility is unknown."""
    return f"{civility} {usage_name or last_name}" if civility else full_name(first_name, usage_name, last_name)


def initials(civility: str, first_name: str, usage_name: str, last_name: str) -> str:
    """Of the name as it is told: « C » of « Mme Craie », « LT » of « Lina Toupie », « A » of « M. d’Aubier »."""
    told = (usage_name or last_name,) if civility else (first_name, usage_name or last_name)
    return "".join(next(filter(str.isupper, name), name[:1].upper()) for name in told)


def odd_in_name(text: str, *, is_person=True) -> str:
    """What no name holds, in words: « le signe « ; » », « un chiffre »; empty when the name may be one. Of anything but
    a person, digits and most signs are no surprise."""
    found = re.search(NO_PERSON if is_person else r"[<>]", text)
    if not found:
        return ""
    return gettext("un chiffre") if found[0].isdecimal() else gettext("le signe") + f" «\u00a0{found[0]}\u00a0»"


def fold(text: str) -> str:
    """Lower case, no accent, plain apostrophes, single spaces: « L’Œuvre  Été » becomes « l'oeuvre ete »."""
    if text.isascii():  # most cells of a file: nothing to take apart
        return " ".join(text.replace("`", "'").lower().split())
    text = unicodedata.normalize("NFKD", text.translate(PLAIN_LETTERS))
    return " ".join("".join(c for c in text if not unicodedata.combining(c)).casefold().split())


def name_key(text: str) -> str:
    """`fold`, then hyphens and apostrophes as spaces: Jean-Paul and JEAN PAUL are one name. Letters of another alphabet
    stay as they are written."""
    folded = fold(text)
    if folded.isascii():
        return NO_LETTERS.sub(" ", folded).strip()
    return " ".join("".join(sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in folded).split())


def unbroken(name: str) -> SafeString:
    """The same in a page, where a short word is not cut at its hyphen: « MS-GS », « CE1-CE2 »."""
    words = (
        (format_html('<span class="unbroken">{}</span>', word) if _is_joined(word) else word)
        for word in name.split(" ")
    )
    return format_html_join(" ", "{}", ((word,) for word in words))


def _is_joined(word):
    return "-" in word and len(word) <= JOINED_MOST


def in_sentence(labels) -> str:
    """« Liaison Internet », « École câblée » → « liaison Internet, école câblée »: proper names and acronyms stay."""
    return ", ".join(label[:1].lower() + label[1:] for label in labels)


def first_names(people) -> str:
    """« Adam, Lina et Zoé »: what a loop of a template would write of a whole school, at a tenth of its cost."""
    *names, last = [one.first_name for one in people] or [""]
    return f"{', '.join(names)} et {last}" if names else last


def named_in(text: str, names: Iterable[str]) -> str:
    """The first of these last names that a text writes as one, « Petit » or « PETIT » but not « petit », whatever its
    apostrophe; else ""."""
    text = text.replace("’", "'")
    for name in names:
        plain = name.replace("’", "'")
        if re.search(rf"\b(?:{re.escape(plain)}|{re.escape(plain.upper())})\b", text):
            return name
    return ""


def of_name(name: str) -> str:
    """« d’Adam », « de Lina », « d’Hélène », « d’Yves », « de Yanis », « du Chamboule-tout », « de l’école Été »."""
    article, rest = _article(name)
    if article:
        return f"{OF[article]}{rest}"
    if re.match(r"[aeiouh]|y[^aeiou]", fold(name)):
        return f"d’{name}"
    return f"de {name}"


def at_name(name: str) -> str:
    """« à Lina », « au Chamboule-tout », « aux Tilleuls », « à l’école Été »."""
    article, rest = _article(name)
    return f"{AT[article]}{rest}" if article else f"à {name}"


def listed(texts: list[str]) -> str:
    """« a », « a et b », « a, b et c »."""
    return " et ".join(filter(None, (", ".join(texts[:-1]), *texts[-1:])))


def cities_said(names: list[str]) -> str:
    """« Ville de Poitiers », « Villes de Marelle et de Poitiers »; none by its name beyond three, or when none is."""
    if not names or len(names) > 3:
        return "Villes" if names else "Ville"
    return f"Ville{'s' if len(names) > 1 else ''} {listed([of_name(name) for name in names])}"


def _article(name):
    """(« le », « les » or « école », the name after it); empty for a name that stays whole after a preposition."""
    found = re.match(r"(Le|Les|École|Ecole) (?=\S)", name)
    return (fold(found[1]), name[found.end() :]) if found else ("", name)


class SortKeyField(models.CharField):
    """A folded copy of other fields, made in Python so that SQLite and PostgreSQL order and search alike."""

    def __init__(self, *args, source=(), **kwargs):
        self.source = tuple(source)
        kwargs.setdefault("max_length", 200)
        kwargs["editable"] = False
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs["source"] = self.source
        return name, path, args, kwargs

    def db_parameters(self, connection):
        """Bytes decide, whatever the base's own language: PostgreSQL would else skip spaces or sort by its locale."""
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters

    def pre_save(self, model_instance, add):
        value = name_key(" ".join(getattr(model_instance, name) or "" for name in self.source))[: self.max_length]
        setattr(model_instance, self.attname, value)
        return value
