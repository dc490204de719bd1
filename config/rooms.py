"""The rooms of the house and the floor each one stands on. A room is placed here, once.

Settings, addresses and house tests read this list. What cannot read it is written from it by `python -m config.rooms`:
the contracts of imports, the map in README.md and the stack in docs/architecture.md (tests/house/test_rooms.py).
"""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

# From the roof down: an import only goes down. What stands on one line does not know each other.
HOUSE = (
    (("demo",), "a named world, played through the acts of everyone"),
    (("web",), "the roof: addresses, base page, each role's home"),
    (("privacy",), "export, erasure, retention"),
    (("insight",), "reads both wings, writes in none"),
    (("ent", "plan"), "the two wings: the life of classes, the equipment of schools"),
    (("arrivals",), "ONDE files, connection sheets, arrivals by hand"),
    (("notify",), "how news reach people, and who has not been reached"),
    (("media",), "pictures and documents"),
    (("spaces",), "what is published, and whom it reaches"),
    (("schools",), "enrolment, guardians, groups"),
    (("people",), "persons, mandates, sign-in"),
    (("places",), "cities, districts, schools, classes"),
    (("journal",), "who did what, when"),
    (("kit",), "the ground, no domain"),
)
WINGS = {
    "insight": (
        ("steering", "usage"),
        ("hours",),
    ),
    "ent": (
        ("portal", "sites"),
        ("afterschool", "lessons"),
        ("posts", "notes", "attendance", "agenda", "homework", "announcements", "yearfile", "mail", "portfolio",
         "writings"),
        ("thanks", "comments"),
    ),
    "plan": (
        ("desk",),
        ("governance",),
        ("studies",),
        ("loans", "wifi", "finance", "sheets"),
        ("rollouts",),
        ("priorities",),
        ("applications",),
        ("inventory",),
        ("premises",),
        ("equipment",),
        ("ambitions",),
    ),
}  # fmt: skip
WINGS_SAID = {"insight": "Rooms of insight", "ent": "Rooms of the ENT wing", "plan": "Rooms of the plan wing"}


def _from_the_ground():
    for floor, (parts, _) in enumerate(reversed(HOUSE)):
        for part in parts:
            for level, rooms in enumerate(reversed(WINGS.get(part, ((),)))):
                for room in rooms or [""]:
                    yield f"{part}.{room}".strip("."), (floor, level)


FLOOR = dict(_from_the_ground())  # {« ent.posts »: (floor of the house, level in its wing)}
ROOMS = tuple(FLOOR)  # from the ground up


def may_know(room: str, other: str) -> bool:
    """Whether `room` may import `other`: only downwards, and what stands on one line does not know each other."""
    (floor, level), (lower_floor, lower_level) = FLOOR[room], FLOOR[other]
    is_below = lower_level < level if room.split(".")[0] == other.split(".")[0] else lower_floor < floor
    return is_below or room == other


CONTRACT = """
[importlinter:contract:{key}]
name = {name}
type = layers
containers = {container}
exhaustive = True{ignores}
layers =
{layers}
"""
ANATOMY = """
[importlinter:contract:rooms]
name = Inside a room, one way down
type = layers
layers =
    (urls)
    (views)
    (forms) | (tasks) | (middleware) | (doors)
    (actions)
    (notices)
    (rules)
    (queries)
    (models)
containers =
{containers}
"""


def contracts() -> str:
    """`.importlinter`, whole."""
    written = "# Written by `python -m config.rooms` from the list of rooms in config/rooms.py.\n[importlinter]\n"
    written += "root_packages =\n    preau\ninclude_external_packages = False\n"
    floors = [" | ".join(parts) for parts, _ in HOUSE]
    written += _contract("floors", "An import only goes down (house.md §1)", "preau", floors, "\n    __main__")
    for wing, levels in WINGS.items():
        name = f"{WINGS_SAID[wing]} only know those below them"
        written += _contract(wing, name, f"preau.{wing}", [" | ".join(rooms) for rooms in levels])
    return written + ANATOMY.format(containers=_indented(f"preau.{room}" for room in ROOMS if room != "demo"))


def _contract(key, name, container, layers, ignores=""):
    ignores = ignores and f"\nexhaustive_ignores ={ignores}"
    return CONTRACT.format(key=key, name=name, container=container, ignores=ignores, layers=_indented(layers))


def _indented(lines):
    return "\n".join(f"    {line}" for line in lines)


def house_map() -> str:
    """The table of README.md."""
    lines = ["| rooms, from the roof down | what for |", "|---|---|"]
    for parts, words in HOUSE:
        said = [_wing_said(part) if part in WINGS else f"`{part}`" for part in parts]
        lines.append(f"| {'<br>'.join(said) if parts[0] in WINGS else ' · '.join(said)} | {words} |")
    return "\n".join(lines)


def _wing_said(wing):
    return f"`{wing}/`: " + " › ".join(" · ".join(f"`{room}`" for room in rooms) for rooms in WINGS[wing])


def stack() -> str:
    """The line of docs/architecture.md."""
    return "    " + "  ›  ".join(" | ".join(parts) for parts, _ in HOUSE)


BEGIN, END = "<!-- rooms: python -m config.rooms -->\n", "<!-- /rooms -->"


def derived() -> dict[Path, str]:
    """{file: what it should hold}"""
    found = {ROOT / ".importlinter": contracts()}
    for name, text in (("README.md", house_map()), ("docs/architecture.md", stack())):
        before, _, rest = (ROOT / name).read_text().partition(BEGIN)
        _, _, after = rest.partition(END)
        found[ROOT / name] = f"{before}{BEGIN}\n{text}\n\n{END}{after}"
    return found


if __name__ == "__main__":
    for path, text in derived().items():
        path.write_text(text)
