"""House law 8: what a person can read in one go."""

import ast

import pytest

from tests.house.source import ROOT, modules, templates


def lines(path):
    return len(path.read_text().splitlines())


def test_files_stay_within_300_lines():
    long = {str(p.relative_to(ROOT)): lines(p) for p, _ in modules().values() if lines(p) > 300}
    long |= {str(p): lines(p) for p in (ROOT / "config").rglob("*.py") if lines(p) > 300}
    assert long == {}


def test_test_files_stay_within_400_lines():
    assert {str(p.relative_to(ROOT)): lines(p) for p in (ROOT / "tests").rglob("*.py") if lines(p) > 400} == {}


def test_templates_stay_within_120_lines():
    assert {name: text.count("\n") for name, (_, text) in templates().items() if text.count("\n") > 120} == {}


@pytest.mark.parametrize("kind", ["src", "tests"])
def test_functions_stay_within_40_lines(kind):
    long = {}
    for path in sorted((ROOT / kind).rglob("*.py")):
        if "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = node.end_lineno - node.lineno + 1
                if length > 40:
                    long[f"{path.relative_to(ROOT)}:{node.name}"] = length
    assert long == {}
