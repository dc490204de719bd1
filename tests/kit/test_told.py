"""Lines of several rooms in one query."""

import datetime

import pytest
from django.db.models import Exists, OuterRef

from preau.kit.rooms.told import gathered, lines, number_line
from preau.people.models import Mandate, Person

pytestmark = [pytest.mark.django_db, pytest.mark.base]


def test_what_asks_other_tables_about_each_row_comes_first_in_sql_and_the_oldest_day_first_on_the_page(world):
    held = Exists(Mandate.objects.filter(person=OuterRef("pk")))
    born = Person.objects.exclude(birth_date=None)
    parts = {
        "none": born.none(), "plain": born, "not_held": born.filter(~held), "both": born.filter(held | ~held, ~held),
    }  # fmt: skip
    rows = gathered(lines(part, kind, name="last_name", day="birth_date") for kind, part in parts.items())
    said = str(rows.query)
    assert said.index("both") < said.index("not_held") < said.index("plain")
    days = [row[5] for row in rows]
    assert days == sorted(days) and len(days) == 3 * born.count() > 0


def test_lines_that_open_no_page_may_come_first(world):
    """PostgreSQL takes two NULL without a type for texts, then refuses an id beside them."""
    born = Person.objects.exclude(birth_date=None)
    counted = [number_line(born, kind, datetime.date(1900, 1, 1)) for kind in ("first", "second")]
    first, second, *others = gathered([*counted, lines(born, "each", name="last_name", day="birth_date")])
    assert (first[:3], second[:3]) == (("first", None, str(len(others))), ("second", None, str(len(others))))


def test_of_no_part_nothing_is_asked():
    assert gathered([]) is None
