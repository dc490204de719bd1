"""Each page template is read by axe: it has its line in tests/look, or a browser test names it as it reads the page."""

import ast
import re

from tests.house.source import ROOT, templates

READERS = ("tests.browser", "tests.look")


def pages():
    """Templates that are whole pages: those that extend another, and that none extends."""
    frames = set(re.findall(r"{% extends \"([^\"]+)\"", "\n".join(text for _, text in templates().values())))
    return {name for name, (_, text) in templates().items() if "{% extends" in text} - frames


def names_read():
    """Every name written in a test that reads pages in a browser."""
    found = set()
    for path in ROOT.glob("tests/**/*.py"):
        tree = ast.parse(path.read_text())
        sources = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        if path.parent.name == "look" or any(source.startswith(READERS) for source in sources):
            found |= {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    return found


def test_each_page_is_read_by_axe():
    assert sorted(pages() - names_read()) == [], "give each a line (template, route, actors) in a file of tests/look"
