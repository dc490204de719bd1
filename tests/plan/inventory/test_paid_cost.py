"""What a city paid for its things is added up without reading nor sorting them."""

import pytest
from django.db import connection

from preau.plan.inventory.models import Asset, Funding
from preau.plan.inventory.queries import value_of

pytestmark = pytest.mark.django_db


def test_what_was_paid_is_added_up_in_the_order_of_its_index(stock):
    """A city has twenty thousand things."""
    if connection.vendor != "sqlite":
        pytest.skip("SQLite says when an index holds all that is read")
    sent = []
    shown = Asset.objects.filter(city=stock.school.city, retired_on=None)
    with connection.execute_wrapper(lambda execute, *asked: [sent.append(asked[:2]), execute(*asked)][1]):
        value_of(shown, list(Funding))
    (sql, values), *_ = sent
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values)
        plan = [line[3] for line in cursor.fetchall()]
    assert len(plan) == 1 and "COVERING INDEX asset_paid" in plan[0]
