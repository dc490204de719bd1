"""House law 8: what a person can read in one go."""

import ast
from collections import Counter

import pytest

from tests.house.source import ROOT, modules, room_of, templates

# Rooms above 2,500 lines, and what holds each together (docs/decisions/0016).
LARGE = {
    "arrivals": "one machine: read, compare, decide, apply, print",
    "demo": "worlds told, by the same acts as anyone’s, no rule of their own",
    "ent.announcements": "one word to families, from who may say it to those it did not reach, by name",
    "ent.lessons": "a class at work, from the session opened to what was made in it, read over and shown",
    "ent.notes": "a mot, from its writing to the answers of each family: one table of what is asked",
    "ent.posts": "a post, from its draft to its history: one text, who reads it, whom its pictures may not show",
    "kit": "tools that do not know each other, and what stands between them and the network",
    "media": "what people send, from its first bytes to whom it may be shown",
    "notify": "one telling, from who is expected to what left by each way and came back",
    "people": "the door, its sheets, and the titles it asks for, from their naming to their end",
    "plan.applications": "a file, from its call to its opinions: one table of transitions",
    "plan.equipment": "a figure and what it is made of, and what is known of a school, with its pens",
    "plan.loans": "a kit lent, from its booking to its return",
    "plan.governance": "a session, from its convening to its relevé: one table of transitions",
    "plan.inventory": "a thing, from its order to its disposal: one table of transitions",
    "plan.priorities": "a school's rank, from the list both sign to the year's programme that follows it",
    "plan.rollouts": "a school's way, from its opening to its service: one table of steps",
    "plan.sheets": "a table of a city, from its columns to its undoing: one machine for two tables",
    "spaces": "one stream: who is reached, what is stopped or taken back, what is found",
    "schools": "the register: who learns, who is responsible, who works there, from arrival to departure",
}
FOLDER = 20  # modules that a reader scans to find one
FULL = {"kit": 37, "people": 26}  # folders that held more when the law came: they only shrink
# Files with a call or a condition laid out by hand (`fmt: skip` is for tables of values), to be split first.
BY_HAND = {
    "ent/notes/actions/writing.py", "demo/cast.py", "demo/commune/texts.py", "demo/plan_world.py",
    "plan/governance/forms.py", "plan/sheets/queries/asset_comparisons.py", "tests/journeys/test_plan_journey.py",
    "tests/look/decisions.py", "tests/look/plan.py", "tests/plan/governance/test_effects.py", "tests/plan/grounds.py",
    "tests/plan/inventory/test_pages.py", "tests/plan/priorities/test_pages.py",
    "tests/plan/test_city_of_seventeen.py", "tests/plan/test_not_invented.py", "tests/world.py",
}  # fmt: skip


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


def test_lines_of_templates_stay_within_160_signs():
    long = [
        f"{name}:{number}"
        for name, (_, text) in templates().items()
        for number, line in enumerate(text.split("\n"), 1)
        if len(line) > 160
    ]
    assert long == [], "end the line where HTML reads one space"


def _is_table(statement):
    value = getattr(statement, "value", None)
    while isinstance(value, ast.Call) and len(value.args) == 1:
        value = value.args[0]
    return isinstance(statement, ast.Assign | ast.AnnAssign) and isinstance(
        value, ast.Dict | ast.List | ast.Tuple | ast.Set
    )


def test_the_formatter_lays_out_all_but_tables_of_values():
    found = set()
    for path in [*(ROOT / "src").rglob("*.py"), *(ROOT / "tests").rglob("*.py"), *(ROOT / "config").rglob("*.py")]:
        text = path.read_text()
        if "fmt: skip" not in text or "migrations" in path.parts or path.name == "test_sizes.py":
            continue
        ends = {
            node.end_lineno: node
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.stmt) and not hasattr(node, "body")
        }
        decorators = {
            one.end_lineno for node in ast.walk(ast.parse(text)) for one in getattr(node, "decorator_list", ())
        }
        for number, line in enumerate(text.splitlines(), 1):
            if "# fmt: skip" in line and number not in decorators and not _is_table(ends.get(number)):
                found.add(str(path.relative_to(ROOT)).removeprefix("src/preau/"))
    assert found == BY_HAND, (
        "`# fmt: skip` ends an assigned dict, list, tuple or set, or a decorator: elsewhere let the formatter write it "
        "or take the file off the list"
    )


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


def test_rooms_above_2500_lines_say_what_holds_them_together():
    counted = Counter()
    for dotted, (path, _) in modules().items():
        counted[room_of(dotted)] += lines(path)
    assert {room for room, count in counted.items() if count > 2500} == set(LARGE)


def test_folders_hold_few_modules():
    counted = Counter(path.parent for path, _ in modules().values())
    found = {str(folder.relative_to(ROOT / "src/preau")): n for folder, n in counted.items() if n > FOLDER}
    assert found == FULL, "split the folder by what its files do, or lower its number in FULL"
