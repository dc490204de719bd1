"""The style sheets hold what pages use and nothing else: a rule leaves with the last page that used its class."""

import re

from tests.house.source import modules, statics, templates

IN_TEMPLATES = (r'class="((?:[^"{]|\{[{%].*?[%}]\})*)"', r"block main_class %}([\w -]*){%")
IN_CODE = (r'(?:"class"\]?\s*[:=]\s*|class=|className = )"([^"]*)"',)


def sheets():
    """All style sheets, without their comments and the texts they draw."""
    return re.sub(r'/\*.*?\*/|"[^"]*"|url\([^)]*\)', "", "\n".join(statics("css").values()), flags=re.S)


def found(patterns, texts):
    return {
        word
        for text in texts
        for pattern in patterns
        for value in re.findall(pattern, text)
        for word in re.findall(r"[\w-]+", value)
    }


def used_classes():
    code = [path.read_text() for path, _ in modules().values()] + list(statics("js").values())
    return found(IN_TEMPLATES, [text for _, text in templates().values()]) | found(IN_CODE, code)


def test_every_class_of_the_sheets_is_on_a_page():
    selectors = " ".join(re.findall(r"[^{}]*(?=\{)", sheets()))
    styled = set(re.findall(r"\.([a-z][\w-]*)", selectors))
    assert len(styled) > 100
    assert sorted(styled - used_classes()) == []


def test_every_token_is_used():
    text = sheets()
    defined, used = set(re.findall(r"(--[\w-]+)\s*:", text)), set(re.findall(r"var\((--[\w-]+)", text))
    assert sorted(defined - used) == []


def test_every_sheet_is_asked_by_a_page():
    pages = "\n".join(text for _, text in templates().values())
    assert [path for path in statics("css") if path.split("/static/")[1] not in pages] == []


def test_no_sheet_turns_a_page_with_the_screen():
    """WCAG 1.3.4: held upright or on its side, a page reads as it is (axe's css-orientation-lock)."""
    blocks = re.findall(r"@media[^{]*orientation[^{]*{((?:[^{}]|{[^{}]*})*)}", sheets())
    assert len(blocks) >= 2 and [block for block in blocks if re.search(r"rotate|transform", block)] == []


def test_nothing_plays_by_itself():
    """WCAG 1.4.2, whatever its length (axe's no-autoplay-audio)."""
    pages = {name: text for name, (_, text) in templates().items()} | statics("js")
    assert [name for name, text in pages.items() if "autoplay" in text.lower()] == []
