"""A room is placed once, in config/rooms.py: what is written from this list is fresh."""

from config.rooms import HOUSE, ROOMS, WINGS, derived, may_know


def test_what_is_written_from_the_list_of_rooms_is_fresh():
    stale = [path.name for path, text in derived().items() if path.read_text() != text]
    assert stale == [], "run: python3 -m config.rooms"


def test_every_file_written_names_every_room():
    for path, text in derived().items():
        named = ROOMS if path.name != "architecture.md" else [part for parts, _ in HOUSE for part in parts]
        assert [room for room in named if room.split(".")[-1] not in text] == [], path.name


def test_a_room_knows_those_below_it_and_no_neighbour():
    assert may_know("ent.portal", "ent.posts") and may_know("ent.posts", "spaces") and may_know("web", "plan.desk")
    assert not any(
        may_know(*pair)
        for pair in (
            ("ent.posts", "ent.portal"),
            ("ent.portal", "ent.sites"),
            ("ent.portal", "plan.ambitions"),
            ("plan.desk", "ent.posts"),
            ("spaces", "media"),
            ("web", "demo"),
            ("insight.usage", "insight.steering"),
        )
    )
    assert {part for parts, _ in HOUSE for part in parts} >= set(WINGS)
