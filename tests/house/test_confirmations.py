"""What is said once an act is done, and what is asked before what cannot be undone (users.md rule 30)."""

import ast
import re

from tests.house.source import PACKAGE

# Acts that nothing takes back: what is lost is read before they are done.
FOR_GOOD = ("posts:discard_create", "rollouts:reception_removal", "arrivals:sheets_removal", "loans:kit_retirement")
MORE = re.compile(r"[.;:,\u00a0] ?\S")  # a second sentence, or a second clause


def said(node):
    """The text of a literal or of an f-string, its values as « x »; nothing of a name, nor of what only joins names.
    A value before a new sentence is a sentence of its own."""
    if isinstance(node, ast.Constant):
        return node.value
    if not isinstance(node, ast.JoinedStr):
        return ""
    text = "".join(part.value if isinstance(part, ast.Constant) else "x" for part in node.values)
    return re.sub(r"^x (?=[A-ZÉ])", "x. ", text) if re.search("[a-zé]{2}", text.replace("x", "")) else ""


def confirmations():
    """(file, text) of each `messages.success(request, "…")`."""
    for path in sorted(PACKAGE.rglob("views*/**/*.py")) + sorted(PACKAGE.rglob("views.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "messages.success":
                yield path.relative_to(PACKAGE), said(call.args[1])


def test_a_confirmation_says_more_than_that_it_is_done():
    """What was done and on whom, then who reads it or who is awaited."""
    found = [(str(path), text) for path, text in confirmations() if text]
    assert len(found) > 50
    assert [line for line in found if not MORE.search(line[1].rstrip("."))] == []


def test_what_cannot_be_undone_is_asked_once():
    templates = {path: path.read_text(encoding="utf-8") for path in PACKAGE.rglob("templates/**/*.html")}
    for name in FOR_GOOD:
        found = [text for text in templates.values() if name in text]
        assert found, name
        for text in found:
            assert re.search(rf"{{% url ['\"]{name}['\"] [^%]*as \w+ %}}.*?kit/_ask_once.html", text), name
