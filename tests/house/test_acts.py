"""One protocol of an act: `lock` a row, `allow` by a rule, refuse by Refused or Conflict, show a form by `form_page`.

The lists name what has not come to it yet: they only shrink (docs/decisions/0022).
"""

import ast

from tests.house.source import modules, room_of

FAMILY = {"Refused", "Conflict"}
# Rooms whose actions still refuse by classes of their own. Not here: what reads files, a network or a command line.
OWN_REFUSALS = {
    "arrivals": 1,
    "people": 1,  # a sign-in that waits: the form says how long
    "privacy": 1,
}  # fmt: skip
# Rooms whose actions still lock one row by hand.
OWN_LOCKS = {"arrivals": 4}
OWN_ALLOWS = set()
OWN_FORM_PAGES = set()


def _actions():
    """(room, its syntax tree) of each module of actions."""
    for dotted, (_, tree) in modules().items():
        if "actions" in dotted.split(".") and room_of(dotted) != "kit":
            yield room_of(dotted), tree


def _count(found):
    counted = {}
    for room in found:
        counted[room] = counted.get(room, 0) + 1
    return counted


def test_actions_refuse_by_one_family():
    own = (
        room
        for room, tree in _actions()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and {ast.unparse(base) for base in node.bases} & {"Exception", "ValueError"}
    )
    assert _count(own) == OWN_REFUSALS, "raise kit.answers.Conflict with its sentence, or lower the room's number"


def test_actions_lock_one_row_by_one_function():
    own = (
        room
        for room, tree in _actions()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "get"
        and "select_for_update" in (said := ast.unparse(node.func))
        and "no_key" not in said
        and any(keyword.arg == "pk" for keyword in node.keywords)
    )
    assert _count(own) == OWN_LOCKS, "use kit.rows.lock, or lower the number"


def test_rules_are_asked_again_by_one_function():
    own = {room for room, tree in _actions() for node in tree.body if getattr(node, "name", "") == "allow"}
    assert own == OWN_ALLOWS, "use kit.answers.allow"


def test_a_form_alone_on_its_page_is_one_function():
    own = {
        room_of(dotted)
        for dotted, (_, tree) in modules().items()
        for node in tree.body
        if getattr(node, "name", "") == "form_page" and dotted != "kit.views"
    }
    assert own == OWN_FORM_PAGES, "use kit.views.form_page, with a template of the room's own if it must"
