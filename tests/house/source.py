"""Reads the project's own source for the house tests."""

import ast
from functools import cache
from pathlib import Path

from config.rooms import ROOMS

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "preau"
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
    for room in ROOMS:
        if dotted == room or dotted.startswith(f"{room}."):
            return room
    return None


def part_of(dotted):
    """The file of the anatomy a module belongs to: « ent.posts.views.pages » → « views »."""
    room = room_of(dotted)
    rest = dotted[len(room) + 1 :] if room else dotted
    return rest.split(".")[0]
