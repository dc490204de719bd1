"""What is said once an act is done, and what is asked before what cannot be undone (users.md rule 30)."""

import ast
import re

from tests.house.source import PACKAGE

# Acts that nothing takes back: what is lost is read before they are done.
FOR_GOOD = (
    "posts:discard_create", "announcements:discard_create", "rollouts:reception_removal", "arrivals:sheets_removal",
    "loans:kit_retirement",
)  # fmt: skip
# Files of the plan whose acts name nothing: the one page that comes back says it by its title.
ONLY_ONE = {f"plan/{path}.py" for path in ("equipment/views/schools", "sheets/views/plan", "sheets/views/tables")} | {
    "plan/wifi/views/steering.py"
}
# What these say is told after the name of the session (kit.views.about).
NAMED_BEFORE = {f"plan/governance/views/{name}.py" for name in ("invitations", "minutes", "sessions")}
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


def texts_of(node, scope, tree):
    """What may be said there: both branches of a choice; of a name, what its function assigns to it or is given for it,
    or else the module's; of a function of the module, whatever it returns."""
    if isinstance(node, ast.IfExp):
        found = [(each, scope) for each in (node.body, node.orelse)]
    elif isinstance(node, ast.Name):
        found = assigned(node.id, scope, scope) or given(node.id, scope, tree) or assigned(node.id, tree, tree)
    elif isinstance(node, ast.Attribute):
        found = given(node.attr, None, tree)
    elif isinstance(node, ast.Call):
        made = [each for each in functions_of(tree) if each.name == ast.unparse(node.func)]
        found = [(each.value, one) for one in made for each in ast.walk(one) if isinstance(each, ast.Return)]
    else:
        return [said(node)]
    return [text for each, where in found if each is not node for text in texts_of(each, where, tree)]


def functions_of(tree):
    return [each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)]


def assigned(name, within, scope):
    assigns = [each for each in ast.walk(within) if isinstance(each, ast.Assign)]
    return [(each.value, scope) for each in assigns if [ast.unparse(target) for target in each.targets] == [name]]


def given(name, function, tree):
    """What calls give for this argument, by its name or by its place in `function`."""
    args = [each.arg for each in function.args.args] if isinstance(function, ast.FunctionDef) else []
    found = []
    for scope in functions_of(tree):
        for call in (each for each in ast.walk(scope) if isinstance(each, ast.Call)):
            found += [(each.value, scope) for each in call.keywords if each.arg == name]
            if name in args and ast.unparse(call.func) == function.name and len(call.args) > args.index(name):
                found.append((call.args[args.index(name)], scope))
    return found


def confirmations():
    """(file, text) of each `messages.success(request, …)`, wherever its words are written in that file, and of what is
    given as `said` to a view of another file."""
    for path in sorted(PACKAGE.rglob("views*/**/*.py")) + sorted(PACKAGE.rglob("views.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for text in (said(node) for node, _ in given("said", None, tree)):
            yield path.relative_to(PACKAGE), text
        for scope in functions_of(tree):
            for call in ast.walk(scope):
                if isinstance(call, ast.Call) and ast.unparse(call.func) == "messages.success":
                    for text in texts_of(call.args[1], scope, tree):
                        yield path.relative_to(PACKAGE), text


def test_a_confirmation_says_more_than_that_it_is_done():
    """What was done and on whom, then who reads it or who is awaited."""
    found = [(str(path), text) for path, text in confirmations() if text]
    assert len(found) > 50
    short = [line for line in found if not MORE.search(line[1].rstrip("."))]
    assert short == [], (
        "say in a second clause who reads it or what is awaited: « C’est envoyé : 24 familles le lisent. »"
    )


def test_a_confirmation_names_what_was_done():
    """In the plan an agent does ten acts in a row: a value, « x » here, tells which school or which paper; « vous » and
    « votre » tell whose."""
    told = re.compile(r"x+\b|\b[Vv](ous|otre|os)\b")
    plan = [(str(path), text) for path, text in confirmations() if text and path.parts[0] == "plan"]
    assert {path for path, text in plan if not told.search(text)} == ONLY_ONE | NAMED_BEFORE


def test_what_cannot_be_undone_is_asked_once():
    templates = {path: path.read_text(encoding="utf-8") for path in PACKAGE.rglob("templates/**/*.html")}
    for name in FOR_GOOD:
        found = [text for text in templates.values() if name in text]
        assert found, name
        for text in found:
            assert re.search(rf"{{% url ['\"]{name}['\"] [^%]*as \w+ %}}(?s:.){{0,200}}?kit/_ask_once.html", text), name
