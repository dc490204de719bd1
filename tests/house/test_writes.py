"""House law 2: writes only in actions; no HTTP below views; no raw SQL."""

import ast
import re

from tests.house.source import ROOT, modules, part_of, room_of

# Writers that are not actions, each for its reason.
CLOSED_LIST = {
    "kit.batches": "the machine behind every import",
    "demo.bulk": "the bulk demo writes many rows at once; a test compares their shapes",
}
WRITE_CALLS = {"save", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
RAW_CALLS = {"raw", "cursor", "execute", "executemany", "extra"}
RAW_CLOSED_LIST = {
    "kit.digest": "reads every table the same way",
    "kit.base_copy": "the databases' own backup interfaces",
    "kit.prepared": "executes again the SQL that Django's compiler wrote, values apart",
    "ent.lessons.middleware": "the question that each tablet asks every second and a half: one query without the ORM",
    "kit.pauses": "waits briefly for SQLite's lock, and tries it",
    "kit.serving.front": "tells SQLite how much of the base a connection keeps",
    "kit.durability": "asks the database how it keeps what it acknowledges",
    "demo.rows.writing": "writes many rows by COPY or a repeated INSERT, which no model call does",
    "__main__": "hands the command line to Django's utility, whose verb is execute",
}


def is_write(node):
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    name = node.func.attr
    if name in WRITE_CALLS:
        return not (
            isinstance(node.func.value, ast.Name) and node.func.value.id in {"image", "pdf", "copy", "picture_file"}
        )
    if name == "update":  # a queryset's update has keywords only, a dictionary's has none
        return bool(node.keywords) and not node.args and _on_queryset(node.func.value)
    if name == "delete":
        return not node.args and not node.keywords and not _named(node.func.value, {"storage", "default_storage"})
    return False


def _on_queryset(value):
    return isinstance(value, ast.Call | ast.Attribute)


def _named(value, names):
    return isinstance(value, ast.Name) and value.id in names


def test_only_actions_write():
    wrong = []
    for dotted, (_, tree) in modules().items():
        room = room_of(dotted)
        if room is None or part_of(dotted) == "actions" or dotted in CLOSED_LIST or dotted.startswith("demo."):
            continue
        if dotted.startswith("kit."):
            continue  # the ground floor's machinery is read line by line in tests/kit
        wrong += [f"{dotted}:{node.lineno}" for node in ast.walk(tree) if is_write(node)]
    assert wrong == [], "move the write to an action of the room"


def _arguments(node):
    return {a.arg for a in node.args.args + node.args.kwonlyargs}


def test_request_stops_at_the_view():
    wrong = []
    for dotted, (_, tree) in modules().items():
        if part_of(dotted) not in {"models", "queries", "rules", "actions", "tasks", "notices"}:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and "request" in {
                a.arg for a in node.args.args + node.args.kwonlyargs
            }:
                wrong.append(f"{dotted}.{node.name} takes a request")
            if isinstance(node, ast.ImportFrom) and node.module in {
                "django.http",
                "django.shortcuts",
                "django.contrib.messages",
                "django.urls",
            }:
                wrong.append(f"{dotted} imports {node.module}")
    assert wrong == []


def test_no_raw_sql():
    wrong = []
    for dotted, (_, tree) in modules().items():
        if dotted in RAW_CLOSED_LIST:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in RAW_CALLS:
                wrong.append(f"{dotted}:{node.lineno} {node.func.attr}")
    assert wrong == []


def test_no_day_is_read_on_the_clock_of_greenwich():
    """`now` is of Greenwich, yesterday in Paris for an hour or two every night: a day is `localdate(now)`, and `at|day`
    in a template."""
    local = ROOT / "src/preau/kit/dates.py"  # says that it is given local instants
    wrong = [
        f"{path.relative_to(ROOT)}:{number}"
        for folder, kind in (("src", "py"), ("tests", "py"), ("bench", "py"), ("src", "html"), ("src", "txt"))
        for path in sorted((ROOT / folder).rglob(f"*.{kind}"))
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if path != local and re.search(r"\b(now|NOW|clock\(\)|\w+_at)\.date\(\)|\b(at|\w+_at)\.date\|", line)
    ]
    assert wrong == []


def test_actions_are_keyword_only():
    wrong = []
    for dotted, (_, tree) in modules().items():
        if part_of(dotted) != "actions":
            continue
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and node.args.args:
                wrong.append(f"{dotted}.{node.name}")
    assert wrong == []
