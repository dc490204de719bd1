"""Families' pages in their languages: every French sentence that they may show is in each catalogue (STYLE.md)."""

import ast
import re
from functools import cache

import pytest
from django.conf import settings

from preau.ent.mail.actions import files as mail
from preau.kit import forms
from preau.kit.spoken import catalogues
from preau.media import decoder, documents, fields, images, pdf, voices
from preau.media.actions import files
from preau.people.languages import WRITTEN
from tests.catalogues import read
from tests.house.source import modules, templates
from tests.house.test_french import piece, words_of_code

TRANSLATED = re.compile(r"""{%\s*translate\s+"((?:[^"\\]|\\.)*)\"""")
IN_TAG = re.compile(r"""_\("((?:[^"\\]|\\.)*)"\)""")
BLOCK = re.compile(r"{%\s*blocktranslate\b(.*?)%}(.*?){%\s*endblocktranslate\s*%}", re.S)
COUNTED = re.compile(r"""counted:"([^",]*),([^"]*)\"""")
FOR_FAMILIES = re.compile(r"{% (?:block)?translate |\|(?:typed|typed_or|said)[ :}]")
TITLE = re.compile(r"{% block title %}(.*?){% endblock %}", re.S)
SAID_BY = {"gettext", "gettext_noop", "_", "pgettext"}
NUMBERED = {"ar": 6, "uk": 3}
# Of pictures and voices that a class publishes, and of the pages of a lesson.
NOT_TO_FAMILIES = {documents.NOT_DRAWN, images.NO_PICTURE, images.TOO_HEAVY, pdf.AGAIN, voices.LONGER}
HOLES = re.compile(r"%\((\w+)\)[sd]")


def block(options, text):
    """The sentence of a {% blocktranslate %}, as Django looks for it."""
    if " trimmed" in options:
        text = " ".join(line.strip() for line in text.strip().splitlines())
    return re.sub(r"{{\s*(\w+)\s*}}", r"%(\1)s", text)


def of_pages():
    for _, text in templates().values():
        if FOR_FAMILIES.search(text):
            yield from ((found, "") for found in TRANSLATED.findall(text) + IN_TAG.findall(text))
            yield from ((block(*found), "") for found in BLOCK.findall(text))
            yield from COUNTED.findall(text)


def of_code():
    for _, tree in modules().values():
        for node in ast.walk(tree):
            name = getattr(getattr(node, "func", None), "id", "")
            if name in SAID_BY and node.args and isinstance(node.args[0], ast.Constant | ast.JoinedStr):
                yield "".join(map(piece, getattr(node.args[0], "values", [node.args[0]]))), ""
            if name == "ngettext" and isinstance(node.args[0], ast.Constant):
                yield node.args[0].value, node.args[1].value
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "spoken.counted":
                yield from [tuple(ast.literal_eval(each) for each in node.args[1:])] if len(node.args) == 3 else []


def of_forms():
    """What fields of families' forms say of an answer that is not taken."""
    yield from ((text, "") for text in (forms.NAMELESS, forms.EMPTY, forms.UNCHOSEN, forms.GONE, forms.TOO_LONG))
    yield from ((text, "") for text in forms.MESSAGES[forms.forms.EmailField].values())
    yield forms.MESSAGES[forms.forms.CharField]["null_characters_not_allowed"], ""
    yield forms.MESSAGES[forms.forms.FileField]["required"], ""


def of_files():
    """What is said of a file, of a voice that a family sends; some of these are put together, or hold figures."""
    yield from (
        (text, "") for text in (fields.SIZE, fields.TOO_HEAVY, files.FULL, files.LOST, files.UNSAID, mail.TOO_MANY)
    )
    for module in (decoder, documents, images, pdf, voices):
        said = {text for name, text in vars(module).items() if name.isupper() and isinstance(text, str)}
        yield from ((text, "") for text in said - NOT_TO_FAMILIES if text.endswith("."))


@cache  # read once for the six catalogues
def asked():
    return {*of_pages(), *of_code(), *of_forms(), *of_files()}


@cache
def written_in_code():
    return {(text, "") for _, _, text in words_of_code()}


@pytest.fixture(scope="module", params=list(WRITTEN))
def catalogue(request):
    return request.param, read(settings.CATALOGUES_ROOT / f"{request.param}.po")


def test_each_sentence_of_a_familys_page_is_in_each_catalogue(catalogue):
    language, entries = catalogue
    missing = [key for key in asked() if not all(entries.get(key, [""]))]
    assert sorted(one or many for one, many in missing) == [], f"translate at the end of locale/{language}.po"


def test_a_catalogue_holds_nothing_that_no_page_says(catalogue):
    language, entries = catalogue
    known = asked() | written_in_code()
    known |= {(one, many) for one, many in entries if {(one, ""), (many, "")} <= known}
    known |= {pair for _, text in templates().values() for pair in COUNTED.findall(text)}
    unsaid = [one for one, many in entries if one and (one, many) not in known]
    assert unsaid == [], f"take out of locale/{language}.po"


def test_a_translation_keeps_what_is_filled_in(catalogue):
    language, entries = catalogue
    for (one, many), said in entries.items():
        if not one:
            continue
        assert all(sorted(HOLES.findall(text)) == sorted(HOLES.findall(one)) for text in said), one
        if many:
            assert len(said) == NUMBERED.get(language, 2) and "{n}" in said[-1], one


MARKS = {"es": r"\bnotas?\b", "tr": r"\bnot(u|a|un|ta|lar\w*)?\b(?! e[dt])"}  # « not etmek » is the verb, to note


@pytest.mark.parametrize("language", MARKS)
def test_a_mot_is_not_called_a_mark(language):
    """« Notlarım », « Mis notas » are a pupil's marks to who reads them on a school's page."""
    said = [text for forms in read(catalogues.sources()[language]).values() for text in forms]
    assert [text for text in said if re.search(MARKS[language], text, re.IGNORECASE)] == []


# The other name that a thing had: a reader looks for two of them.
OTHERWISE = {
    "ar": "القسم|الأقسام|قسم واحد|كل قسم|الأسر|جدول المواعيد|كلمة مرور",
    "es": "docente|aparato",
    "pt": "docente|anúncio|marcação",
    "tr": "ajanda|paylaşım|parola|yanıt (yok|bekle)|bir yanıt|yanıtla|yokluğu",
    "uk": "допис|відповідальна особа|керівництво школи|працівник міста",
}


@pytest.mark.parametrize("language", OTHERWISE)
def test_a_thing_has_one_name_in_a_language(language):
    """A class, an announcement, a teacher…: most of its sentences say it so, now all do."""
    said = [text for forms in read(catalogues.sources()[language]).values() for text in forms]
    assert [text for text in said if re.search(OTHERWISE[language], text, re.IGNORECASE)] == []


TO_ONE = re.compile(r"(?<!\w)(?!\w?(?:ذلك|هناك)\b)\w{3,}ك\b|\b(?:اختر|اكتب|انتظر|انظر|ابدأ|اسأل|اخرج)\b")


def test_arabic_says_you_to_several_as_french_does():
    """« vous » is « أنتم » on every page; only a pupil, who is told « tu », is told « أنت »."""
    said = read(catalogues.sources()["ar"])
    polite = {one: forms for (one, _), forms in said.items() if re.search(r"\b(vous|votre|vos|\w+ez)\b", one, re.I)}
    assert len(polite) > 400
    assert [(one, found) for one, forms in polite.items() if (found := TO_ONE.findall(" ".join(forms)))] == []


def test_every_language_has_its_file():
    assert set(catalogues.sources()) == set(WRITTEN)


def test_the_title_of_a_tab_holds_no_markup():
    """« |typed » puts what people typed in an element, which a title shows as it is written."""
    titles = [(name, found) for name, (_, text) in templates().items() for found in TITLE.findall(text)]
    assert len(titles) > 100 and [name for name, found in titles if "|typed" in found] == []


def test_the_title_of_a_familys_tab_has_the_comma_of_its_language():
    titles = [
        (name, BLOCK.sub("", found))
        for name, (_, text) in templates().items()
        if FOR_FAMILIES.search(text)
        for found in TITLE.findall(text)
    ]
    assert len(titles) > 60 and [name for name, found in titles if ", " in TRANSLATED.sub("", found)] == []
