"""French typography: a no-break space before : ; ? ! and inside « » in all that people read (STYLE.md)."""

import ast
import re

import pytest

from tests.house.source import modules, templates

# A breaking space where none may break, or no space at all. Words of code (« a:b », addresses) have no space around.
BREAKS = re.compile(r" [:;?!»](?=[\s\"<,.)]|$)|«(?!\u00a0)|(?<!\u00a0)»")
TIGHT = re.compile(r"[\w)…’»][?!](?=\s|$)")
TIGHT_ON_PAGES = re.compile(r"[\w)…’»}][:;?!](?=\s|$)")
COMMENTS = re.compile(r"{%\s*comment.*?endcomment\s*%}|{#.*?#}|<!--.*?-->|<script.*?</script>|<style.*?</style>", re.S)


def piece(node):
    """What a piece of an f-string adds: its words, a no-break space by its name, any other value as a word."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    return "\u00a0" if isinstance(node.value, ast.Name) and node.value.id == "NBSP" else "X"


def words_of_code():
    """(module, line, text) of each string that is no docstring, an f-string whole."""
    for name, (_, tree) in modules().items():
        seen = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                seen.update(id(part) for part in node.values)
                yield name, node.lineno, "".join(map(piece, node.values))
            elif isinstance(node, ast.Expr):
                seen.add(id(node.value))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in seen:
                yield name, node.lineno, node.value


def words_of_page(text):
    """What a template shows: attributes and tags away, a variable read as a word."""
    text = COMMENTS.sub("", text).replace("&nbsp;", "\u00a0").replace("&#8239;", "\u00a0")
    text = re.sub(r"{%.*?%}", "", re.sub(r"{{.*?}}", "X", text, flags=re.S), flags=re.S)
    spoken = re.findall(r"(?:aria-label|title|alt|placeholder)=\"([^\"]*)\"", text)
    return "\n".join([re.sub(r"<[^>]*>", "", re.sub(r"&\w+;", "", text)), *spoken])


def test_no_french_sign_is_left_alone_in_the_code():
    wrong = [
        f"{name}:{line} {text[max(0, found.start() - 25) : found.end() + 5]!r}"
        for name, line, text in words_of_code()
        if not re.search(r"\\[sSd(]|\(\?|ï»¿", text)  # a regular expression
        for found in [BREAKS.search(text) or TIGHT.search(text)]
        if found
    ]
    assert wrong == []


def test_no_code_writes_a_sign_of_html_that_a_page_would_show_as_such():
    """A message is escaped: « C’est changé&nbsp;: » was read so."""
    assert [f"{name}:{line}" for name, line, text in words_of_code() if "&nbsp;" in text] == []


def test_wifi_never_breaks_at_its_hyphen_in_a_title():
    titles = [(name, title) for name, (_, text) in templates().items() for title in re.findall(r"<h1.*?</h1>", text)]
    assert any('<span class="unbroken">Wi-Fi</span>' in title for _, title in titles)
    assert [name for name, title in titles if "Wi-Fi" in title.replace('<span class="unbroken">Wi-Fi</span>', "")] == []


def test_no_french_sign_is_left_alone_on_a_page():
    wrong = [
        f"{name} {words[max(0, found.start() - 25) : found.end() + 5]!r}"
        for name, (_, text) in templates().items()
        for words in [words_of_page(text)]
        for pattern in (BREAKS, TIGHT_ON_PAGES)
        for found in pattern.finditer(words)
    ]
    assert wrong == []


@pytest.mark.parametrize("text", ["Qui verra ?", "Qui verra?", "Reste : 3", "Reste: 3", "« oui\u00a0»", "«\u00a0oui »"])
def test_the_reader_finds_what_is_wrong(text):
    words = words_of_page(f"<p>{text}</p>")
    assert BREAKS.search(words) or TIGHT_ON_PAGES.search(words)


@pytest.mark.parametrize(
    "text", ["Qui verra&nbsp;?", "à 12:30", "«&nbsp;oui&nbsp;»", "https://exemple.fr", "{{ a|b:2 }}."]
)
def test_the_reader_leaves_what_is_right(text):
    words = words_of_page(f"<p>{text}</p>")
    assert not BREAKS.search(words) and not TIGHT_ON_PAGES.search(words)


def test_a_name_after_de_or_a_takes_its_contraction():
    """« du Chamboule-tout », « à l’école Été », « d’Enora »: `of_name` and `at_name` know when (kit.names)."""
    place = r"(?:\b(?:[Dd]e|[Àà]) |[Dd]’){{?(?:[a-z_]+\.)*(?:school|city|place)\.(?:full_)?name ?}"
    bare = re.compile(rf"{place}|\b[Dd]e {{{{?(?:[a-z_]+\.)*(?:first_name|full_name) ?}}")
    texts = [*((name, text) for name, (_, text) in templates().items()),
             *((name, path.read_text()) for name, (path, _) in modules().items())]  # fmt: skip
    assert [(name, found[0]) for name, text in texts for found in bare.finditer(text.replace("{ ", "{"))] == []


def test_a_day_reads_1er_on_every_page():
    """Django’s own filter writes « 1 décembre »; `last_day`, the day a midnight closes, is still to be put in words."""
    bare = re.compile(r"\|last_day\s*}}|\|date:\"j F")
    assert [name for name, (_, text) in templates().items() if bare.search(text)] == []
