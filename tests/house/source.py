"""Reads the project's own source for the house tests."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "preau"
# From the ground up; rooms of one tuple may not know each other unless their room contract says so.
FLOORS = (
    ("kit",), ("journal",), ("places",), ("people",), ("schools",), ("spaces",), ("media",), ("arrivals",),
    ("ent.posts", "plan.ambitions"), ("ent.portal", "ent.sites", "plan.equipment"),
    ("plan.premises",), ("plan.inventory",), ("plan.applications",), ("plan.priorities",),
    ("plan.rollouts",), ("plan.loans", "plan.wifi", "plan.finance", "plan.sheets"), ("plan.studies",),
    ("plan.governance",), ("plan.desk",), ("insight.usage",), ("insight.steering",), ("privacy",), ("web", "demo"),
)  # fmt: skip
FLOOR = {room: number for number, floor in enumerate(FLOORS) for room in floor}
DOORS = {"models", "queries", "rules", "actions"}


@cache
def modules():
    """{dotted name below preau: (path, syntax tree)} without migrations."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        if "migrations" in parts:
            continue
        found[".".join(parts)] = (path, ast.parse(path.read_text()))
    return found


@cache
def templates():
    """{template name: (room, text)}"""
    found = {}
    for path in sorted(PACKAGE.rglob("templates/**/*")):
        if path.is_file():
            inside = path.relative_to(PACKAGE).parts
            cut = inside.index("templates")
            found["/".join(inside[cut + 1 :])] = (".".join(inside[:cut]), path.read_text())
    return found


@cache
def statics(extension):
    """{path below preau: text} of our own style sheets or scripts."""
    return {
        str(path.relative_to(PACKAGE)): path.read_text() for path in sorted(PACKAGE.rglob(f"static/**/*.{extension}"))
    }


def room_of(dotted):
    """« ent.posts.views.pages » → « ent.posts »; None for the package's own files."""
    for room in FLOOR:
        if dotted == room or dotted.startswith(f"{room}."):
            return room
    return None


def part_of(dotted):
    """The file of the anatomy a module belongs to: « ent.posts.views.pages » → « views »."""
    room = room_of(dotted)
    rest = dotted[len(room) + 1 :] if room else dotted
    return rest.split(".")[0]


def may_use(user, used):
    """Whether the room `user` may know the room `used`: only downwards, and wings do not know each other."""
    if user == used:
        return True
    wings = (user.split(".")[0], used.split(".")[0])
    return FLOOR[used] < FLOOR[user] and set(wings) != {"ent", "plan"}
