"""Carts that no session named: counted in the whole city, shown school by school, whatever else the city has."""

from itertools import count

import pytest
from django.db import connection
from django.utils.timezone import now

from preau.insight.hours.queries.carts import SHOWN, carts_of
from preau.places.models import School
from preau.plan.inventory.models import Asset, Kind, State
from tests.insight.hours_rows import TODAY, month
from tests.steps import ONLY_SQLITE, steps_of

pytestmark = pytest.mark.django_db
TAGS = count(1)


def put(school, how_many, kind=Kind.CART, state=State.DEPLOYED, *, city=None, **fields):
    """So many things of a kind in a school, or in the store of a city."""
    facts = {"kind": kind, "state": state, "state_on": TODAY, "placed_at": now(), "label": "Classe mobile"} | fields
    facts |= {"city": city or school.city, "school": school, "slots_count": 7 if kind == Kind.CART else None}
    made = [Asset(tag=f"{next(TAGS):06}", **facts) for _ in range(how_many)]
    for asset in made:
        asset.label_key = asset.label.lower()
    return Asset.objects.bulk_create(made)


def schools_of(plan):
    return list(School.objects.filter(city=plan.cities["marelle"]).order_by("sort_key", "pk"))


@pytest.mark.long
def test_carts_are_counted_and_the_first_idle_ones_told_school_by_school(plan, django_assert_num_queries):
    city, (one, two, *_, last) = plan.cities["marelle"], schools_of(plan)
    here = put(last, 3) + put(two, SHOWN, state=State.LOANED, loaned_to=last) + put(one, 2)
    put(one, 4, Kind.OTHER), put(one, 1, state=State.MISSING), put(None, 1, state=State.IN_STOCK, city=city)
    put(School.objects.exclude(city=city).first(), 5)
    first = [cart.pk for cart in (*here[-2:], *here[3:-2])]
    with django_assert_num_queries(2):
        carts = carts_of(city, {""})
    assert (carts.count, carts.idle_count, [cart.pk for cart in carts.idle]) == (55, 55, first[:SHOWN])
    assert carts.idle[0].school.shown_name == one.shown_name

    named = {str(here[0].pk), str(here[-1].pk), str(last.pk), ""}  # two carts, and a kit that is lent
    carts = carts_of(city, named)
    assert (carts.count, carts.idle_count) == (55, 53)
    assert [cart.pk for cart in carts.idle] == [first[0], *first[2 : SHOWN + 1]]
    assert carts_of(city, {str(cart.pk) for cart in here}).idle == ()


def test_the_page_tells_how_many_and_shows_fifty(plan, client):
    one, two, *_ = schools_of(plan)
    cart, *_ = put(one, 2)
    put(two, 70)
    month(one, kit=str(cart.pk), kit_label="Classe mobile")
    page = plan.sign_in(client, "city_education").get("/pilotage/heures/").text.replace("\xa0", " ")
    assert "<b>71</b> sur 72 chariots" in page and "71 chariots ne sont jamais sortis" in page
    assert page.count(f"</a>, {one.shown_name}") + page.count(f"</a>, {two.shown_name}") == SHOWN


def test_a_city_that_holds_no_cart_has_none_idle(plan):
    put(schools_of(plan)[0], 2, Kind.OTHER)
    carts = carts_of(plan.cities["marelle"], set())
    assert (carts.count, carts.idle_count, carts.idle) == (0, 0, ())


def test_what_a_city_has_beside_its_carts_costs_them_nothing(plan):
    """It has twenty thousand things, a thousand of them carts in its schools."""
    if connection.vendor != "sqlite":
        pytest.skip(ONLY_SQLITE)
    city, schools = plan.cities["marelle"], schools_of(plan)
    put(schools[0], SHOWN + 10)
    carts_of(city, set())
    alone = steps_of(carts_of, city, set())
    for school in schools[:20]:
        put(school, 30, Kind.OTHER)
    assert steps_of(carts_of, city, set()) < 1.1 * alone
    for school in schools[-10:]:
        put(school, SHOWN)
    assert steps_of(carts_of, city, set()) < 4 * alone  # counted, not read: 8 else
