"""Who sees by which place is a table (`people.queries.grounds`), not a loop over mandates (docs/decisions/0025)."""

import ast

from tests.house.source import modules, part_of, room_of

LOOPS = (ast.For, ast.comprehension)


def _is_ladder(function):
    said = {getattr(node.func, "id", "") for node in ast.walk(function) if isinstance(node, ast.Call)}
    return "current_mandates" in said and any(isinstance(node, LOOPS) for node in ast.walk(function))


def test_rules_read_mandates_by_their_table():
    found = set()
    for dotted, (_, tree) in modules().items():
        if part_of(dotted) == "rules":
            for node in ast.walk(tree):
                if isinstance(node, ast.FunctionDef) and _is_ladder(node):
                    found.add(f"{room_of(dotted)}: {node.name}")
    assert found == set(), "say who sees by which place in a Grounds"
