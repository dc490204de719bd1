"""House law 1, what import contracts do not show: doors, foreign keys, links and templates only go down."""

import ast
import re

from django.apps import apps
from django.urls import URLPattern

from config.rooms import ROOMS, may_know
from preau.web import urls as web_urls
from tests.house.source import DOORS, PACKAGE, modules, part_of, room_of, templates

FORBIDDEN_NAMES = {"utils", "helpers", "common", "services", "managers", "signals"}
# A room's own middleware, tags and pure libraries may be named from above.
OPEN_FLOORS = {"kit"}
OPEN_PARTS = DOORS | {
    "prepared",
    "apps",
    "audiences",
    "calls",
    "contacts",
    "documents",
    "doors",
    "faces",
    "fields",
    "generations",
    "images",
    "kinds",
    "languages",
    "naming",
    "papers",
    "sheets",
    "story",
    "stream",
    "templatetags",
}


def imports(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("preau."):
            base = node.module.removeprefix("preau.")
            for alias in node.names:
                yield f"{base}.{alias.name}"
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.startswith("preau."):
                    yield alias.name.removeprefix("preau.")


def test_rooms_are_entered_by_their_doors():
    wrong = []
    for dotted, (_, tree) in modules().items():
        room = room_of(dotted)
        for target in imports(tree):
            other = room_of(target)
            if other is None or other == room or other in OPEN_FLOORS:
                continue
            if part_of(target) not in OPEN_PARTS and dotted != "web.urls" and room not in ("web", "demo"):
                wrong.append(f"{dotted} imports {target}")
    assert wrong == []


def test_no_attic():
    assert [d for d in modules() if set(d.split(".")) & FORBIDDEN_NAMES] == [], (
        "name a file by what it holds (STYLE.md)"
    )


def test_every_room_says_what_it_is_for():
    without = [room for room in ROOMS if not (PACKAGE / room.replace(".", "/") / "README.md").is_file()]
    assert without == [], "write the README.md of each, ten lines"


def test_every_room_stands_on_a_floor():
    found = {".".join(path.parent.relative_to(PACKAGE).parts) for path in PACKAGE.rglob("apps.py")}
    assert found == set(ROOMS), "place the room in config/rooms.py, then run: python3 -m config.rooms"


def test_foreign_keys_point_down_or_sideways_inside_a_room():
    wrong = []
    for model in apps.get_models():
        room = room_of(model.__module__.removeprefix("preau."))
        if not model.__module__.startswith("preau."):
            continue
        for field in model._meta.get_fields():
            if not (field.is_relation and field.concrete and field.related_model):
                continue
            module = field.related_model.__module__
            if module.startswith("preau.") and not may_know(room, room_of(module.removeprefix("preau."))):
                wrong.append(f"{model._meta.label}.{field.name} → {field.related_model._meta.label}")
    assert wrong == []


def test_templates_use_templates_of_rooms_below():
    owners = {name: room for name, (room, _) in templates().items()}
    wrong = []
    for name, (room, text) in templates().items():
        for used in re.findall(r"{%\s*(?:extends|include)\s+[\"']([^\"'#]+)", text):
            if used in owners and not may_know(room, owners[used]):
                wrong.append(f"{name} uses {used}")
    assert wrong == []


ROOM_OF_NAMES = {room.split(".")[-1]: room for room in ROOMS}  # those of a room begin by its own: « desk:story »
OF_WEB = {line.name for line in web_urls.urlpatterns if isinstance(line, URLPattern)}


def names_of_addresses():
    """(room, « room:name », or « name » alone) of each address that a template or a module names."""
    for room, text in templates().values():
        for name in re.findall(r"""{%\s*url\s+["']([a-z_:]+)["']""", text):
            yield room, name
    for dotted, (_, tree) in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and re.fullmatch("[a-z_]+:[a-z_]*", str(node.value)):
                yield room_of(dotted), node.value
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("reverse", "redirect") and node.args:
                yield room_of(dotted), getattr(node.args[0], "value", "")


def test_names_of_addresses_go_down():
    found = {}
    for room, name in names_of_addresses():
        other = "web" if name in OF_WEB else ROOM_OF_NAMES.get(str(name).partition(":")[0])
        if room and other and not may_know(room, other):
            found.setdefault(room, set()).add(name)
    assert found == {}, "`web` gives the name of a page above (plan/equipment/urls.py), or the page moves to that room"
