"""Visits, users and duration against counts made by hand; masking that no subtraction undoes."""

import datetime
import itertools
import random
from collections import namedtuple
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preau.insight.usage import counting

Hit = namedtuple("Hit", "pseudonym at profile service school_id")
START = datetime.datetime(2026, 11, 16, 8, 0, tzinfo=datetime.UTC)


def at(minutes):
    return START + datetime.timedelta(minutes=minutes)


def hit(who, minutes, profile="parent", service="accueil", school="A"):
    return Hit(who, at(minutes), profile, service, school)


def numbers(cell):
    return cell.visits, cell.users, cell.seconds


def test_a_log_counted_by_hand():
    log = [
        # p1, a parent of A: home at 0, posts at 10 (10 min), home at 39 (29 min: same visit), home at 69 (30: another)
        hit("p1", 0), hit("p1", 10, service="posts"), hit("p1", 39), hit("p1", 69),
        # p2, a parent of A and B: one page at 5, seen in both schools
        hit("p2", 5, school="A"), hit("p2", 5, school="B"),
        # t1, a teacher of B: 12 minutes in posts
        hit("t1", 0, "enseignant", "posts", "B"), hit("t1", 12, "enseignant", "posts", "B"),
    ]  # fmt: skip
    cells = counting.count(log)
    assert numbers(cells["A", "", ""]) == (3, 2, 39 * 60)
    assert numbers(cells["A", "parent", "accueil"]) == (4, 2, 0)  # 0 · 39 · 69 are 39 and 30 minutes apart; p2's
    assert numbers(cells["A", "", "posts"]) == (1, 1, 0)
    assert numbers(cells["B", "", ""]) == (2, 2, 12 * 60)
    assert numbers(cells["B", "enseignant", "posts"]) == (1, 1, 12 * 60)
    assert numbers(cells[None, "", ""]) == (4, 3, 51 * 60)  # p2 counts once in the city
    assert numbers(cells[None, "parent", ""]) == (3, 2, 39 * 60)
    assert ("A", "enseignant", "") not in cells


def test_twenty_nine_minutes_are_one_visit_thirty_are_two():
    assert numbers(counting.count([hit("p", 0), hit("p", 29.99)])["A", "", ""])[0] == 1
    assert numbers(counting.count([hit("p", 0), hit("p", 30)])["A", "", ""])[0] == 2


def people(count, profile, school, service="accueil"):
    return [hit(f"{school}{profile}{number:03}", 0, profile, service, school) for number in range(count)]


def masked(cells):
    return {key for key, cell in cells.items() if cell.is_masked}


def counted(*groups):
    cells = counting.count(sorted(h for group in groups for h in group))
    counting.mask(cells)
    return cells


def test_four_users_are_masked_five_are_not():
    assert masked(counted(people(5, "parent", "A"))) == set()
    assert ("A", "parent", "") in masked(counted(people(4, "parent", "A")))


def test_a_total_does_not_give_a_masked_profile_away():
    cells = counted(people(20, "parent", "A"), people(8, "eleve", "A"), people(2, "enseignant", "A"))
    assert cells["A", "enseignant", ""].is_masked
    assert cells["A", "eleve", ""].is_masked  # the smallest other goes too: 28 - 20 leaves 10 people, not 2
    assert not cells["A", "parent", ""].is_masked


def test_two_masked_cells_that_add_up_to_three_are_not_enough():
    cells = counted(
        people(20, "parent", "A"),
        people(8, "eleve", "A"),
        people(2, "enseignant", "A"),
        people(1, "admin_vie_scol_tech", "A"),
    )
    assert cells["A", "eleve", ""].is_masked


def test_the_city_does_not_give_a_small_school_away():
    cells = counted(people(30, "parent", "A"), people(12, "parent", "B"), people(3, "parent", "C"))
    assert cells["C", "", ""].is_masked and cells["B", "", ""].is_masked
    assert not cells[None, "", ""].is_masked


def test_what_a_service_brought_is_not_told_when_the_whole_is_masked():
    cells = counted(people(10, "parent", "A"), people(4, "enseignant", "A", "posts"), people(1, "parent", "A", "posts"))
    assert cells["A", "parent", ""].is_masked  # 14 - 10 would be the 4 teachers
    assert cells["A", "parent", "accueil"].is_masked  # 14 less these 10 would be the same
    assert not cells["A", "", ""].is_masked


def test_a_small_service_is_not_the_whole_less_the_others():
    cells = counted(people(4, "parent", "A"), people(1, "parent", "B"), people(1, "parent", "C", "posts"))
    assert not cells[None, "", ""].is_masked
    assert cells[None, "", "accueil"].is_masked  # of the city's 6, all who came home but one


def test_when_nothing_else_can_be_masked_the_total_is():
    cells = counted(people(3, "parent", "A"), people(1, "eleve", "A"))
    assert cells["A", "", ""].is_masked and cells[None, "", ""].is_masked


def determined(cells):
    """The masked cells that what is shown gives exactly: those whose unit vector is in the space of the sums."""
    hidden = sorted(masked(cells), key=str)
    sums = []
    for service in {key[2] for key in cells}:
        table = [key for key in hidden if key[2] == service]
        for place in {key[0] for key in table}:
            sums.append({key: 1 if key[1] else -1 for key in table if key[0] == place})
        for profile in {key[1] for key in table}:
            sums.append({key: 1 if key[0] else -1 for key in table if key[1] == profile})
    rows = reduced([[Fraction(line.get(key, 0)) for key in hidden] for line in sums])
    alone = [[key for key, value in zip(hidden, row, strict=True) if value] for row in rows]
    return {keys[0] for keys in alone if len(keys) == 1}


def reduced(rows):
    """Gauss and Jordan."""
    done = []
    while rows:
        row = rows.pop()
        pivot = next((at for at, value in enumerate(row) if value), None)
        if pivot is None:
            continue
        row = [value / row[pivot] for value in row]
        rows, done = (
            [
                [a - other[pivot] * b for a, b in zip(other, row, strict=True)] if other[pivot] else other
                for other in part
            ]
            for part in (rows, done)
        )
        done.append(row)
    return done


def test_the_oracle_knows_a_subtraction():
    cells = counted(people(30, "parent", "A"), people(20, "eleve", "A"), people(9, "parent", "B"))
    assert masked(cells) == set()
    cells["A", "eleve", ""].is_masked = True
    assert determined(cells) == {("A", "eleve", "")}
    cells["A", "parent", ""].is_masked = cells["B", "parent", ""].is_masked = True  # two hidden on a line, all found
    assert determined(cells) >= {("A", "eleve", ""), ("A", "parent", "")}
    cells["B", "", ""].is_masked = cells["A", "", ""].is_masked = True  # A and B could exchange parents
    assert determined(cells) == {("A", "eleve", "")}


@pytest.mark.parametrize("seed", range(60))
def test_no_chain_of_subtractions_finds_a_masked_cell(seed):
    """Masked cells may be two on each line and still be found from line to line."""
    draw = random.Random(seed)  # a table like a city's, the same at each run
    cells = {}
    for school, profile in itertools.product("ABCDEFGH"[: draw.choice([3, 5, 8])], ["eleve", "parent", "ens", "adm"]):
        users = draw.choice([0, 1, 2, 3, 6, 8, 12, 20, 40, 60])
        for place, row in itertools.product((school, None), (profile, "")) if users else ():
            cells.setdefault((place, row, ""), counting.Cell()).users += users
    counting.mask(cells)
    assert determined(cells) == set()


@given(
    st.lists(
        st.tuples(st.integers(1, 9), st.sampled_from(["parent", "eleve", "enseignant"]), st.sampled_from("ABCD"),
                  st.sampled_from(["accueil", "posts"])), max_size=12, unique_by=lambda t: t[1:],
    )
)  # fmt: skip
def test_no_shown_total_leaves_a_masked_part_alone_or_small(groups):
    cells = counted(*(people(*group) for group in groups))
    for cell in cells.values():
        assert cell.is_masked or cell.users >= counting.LEAST
    assert determined(cells) == set()
    for (place, profile, service), total in cells.items():
        for parts in (
            [cell for key, cell in cells.items() if not profile and key[1] and (key[0], key[2]) == (place, service)],
            [cell for key, cell in cells.items() if not place and key[0] and key[1:] == (profile, service)],
        ):
            hidden = [part for part in parts if part.is_masked]
            if hidden and not total.is_masked:
                assert len(hidden) >= 2 and sum(part.users for part in hidden) >= counting.LEAST
        if not service:
            parts = [cell for key, cell in cells.items() if key[2] and key[:2] == (place, profile)]
            hidden = [part for part in parts if part.is_masked]
            if total.is_masked:
                assert hidden == parts
            elif hidden and sum(part.users for part in parts if not part.is_masked) < total.users:
                assert len(hidden) >= 2 and sum(part.users for part in hidden) >= counting.LEAST
