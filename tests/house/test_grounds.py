"""Who sees by which place is a table (`people.queries.grounds`), not a loop over mandates (docs/decisions/0025)."""

import ast

from tests.house.source import modules, part_of, room_of

# Functions of rules that still loop over the mandates of a person. The numbers only go down.
LADDERS = {
    "plan.equipment": 1, "plan.governance": 1, "plan.studies": 1, "plan.wifi": 1,
}  # fmt: skip
LOOPS = (ast.For, ast.comprehension)


def _is_ladder(function):
    said = {getattr(node.func, "id", "") for node in ast.walk(function) if isinstance(node, ast.Call)}
    return "current_mandates" in said and any(isinstance(node, LOOPS) for node in ast.walk(function))


def test_rules_read_mandates_by_their_table():
    found = {}
    for dotted, (_, tree) in modules().items():
        if part_of(dotted) == "rules":
            for node in ast.walk(tree):
                if isinstance(node, ast.FunctionDef) and _is_ladder(node):
                    found[room_of(dotted)] = found.get(room_of(dotted), 0) + 1
    assert found == LADDERS, "say who sees by which place in a Grounds, or lower the number of the room"
