"""One protocol of an act: `lock` a row, `allow` by a rule, refuse by Refused or Conflict, show a form by `form_page`.

docs/decisions/0022: every room follows it.
"""

import ast

from tests.house.source import modules, room_of


def _actions():
    """(room, its syntax tree) of each module of actions."""
    for dotted, (_, tree) in modules().items():
        if "actions" in dotted.split(".") and room_of(dotted) != "kit":
            yield room_of(dotted), tree


def test_actions_refuse_by_one_family():
    own = (
        room
        for room, tree in _actions()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and {ast.unparse(base) for base in node.bases} & {"Exception", "ValueError"}
    )
    assert list(own) == [], "raise kit.answers.Conflict with its sentence"


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
    assert list(own) == [], "use kit.rows.lock"


def test_rules_are_asked_again_by_one_function():
    own = {room for room, tree in _actions() for node in tree.body if getattr(node, "name", "") == "allow"}
    assert own == set(), "use kit.answers.allow"


def test_a_form_alone_on_its_page_is_one_function():
    own = {
        room_of(dotted)
        for dotted, (_, tree) in modules().items()
        for node in tree.body
        if getattr(node, "name", "") == "form_page" and dotted != "kit.views"
    }
    assert own == set(), "use kit.views.form_page, with a template of the room's own if it must"
