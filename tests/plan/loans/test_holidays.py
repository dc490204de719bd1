"""Days without class are not lent, and the calendar of a kit is turned page by page within the school year."""

import datetime
import re

import pytest
import time_machine
from django.urls import reverse

from preau.kit.answers import Conflict
from preau.plan.loans import actions, queries
from preau.plan.loans.models import BookingSlot, half_day_number
from tests.plan.loans.conftest import OBJECTS

NOW = datetime.datetime(2026, 10, 5, 8, tzinfo=datetime.UTC)  # a Monday, two weeks before the autumn holidays


@pytest.fixture(scope="module", autouse=True)
def that_autumn():
    """The world, made once for the file, is made that day: whoever enters holds a title then."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def calendar():
    """The true calendar of zone A."""


def day(text):
    return datetime.date.fromisoformat(text)


def ask(lending, first, last, school="tilleuls"):
    return actions.ask_for_kit(
        person=None,
        school=lending.schools[school],
        kind=OBJECTS,
        first=half_day_number(day(first), 0),
        last=half_day_number(day(last), 1),
        activity="Programmer un robot",
        now=NOW,
    )


@pytest.mark.parametrize(
    "first, last, said",
    [
        ("2026-10-20", "2026-10-22", "Le mardi 20 octobre tombe pendant les vacances de la Toussaint : choisissez"),
        ("2026-10-15", "2026-10-20", "Le mardi 20 octobre tombe pendant les vacances de la Toussaint"),
        ("2026-11-11", "2026-11-12", "Le mercredi 11 novembre est férié (Armistice 1918)"),
        ("2027-05-07", "2027-05-10", "Le vendredi 7 mai tombe pendant le pont de l’Ascension"),
    ],
)
def test_a_day_without_class_is_not_lent_and_the_sentence_says_why(lending, calendar, first, last, said):
    with pytest.raises(Conflict) as refusal:
        ask(lending, first, last)
    assert said in str(refusal.value).replace("\u00a0", " ")
    assert not BookingSlot.objects.exists()


def test_what_lies_inside_a_loan_and_its_transport_is_not_counted(lending, calendar):
    booking = ask(lending, "2026-10-15", "2026-11-03")  # the autumn holidays lie between
    used = set(booking.slots.filter(is_transport=False).values_list("half_day", flat=True))
    assert used == {
        half_day_number(day(d), h) for d in ("2026-10-15", "2026-10-16", "2026-11-02", "2026-11-03") for h in (0, 1)
    }
    before = ask(lending, "2026-11-12", "2026-11-12")
    carried = set(before.slots.filter(is_transport=True).values_list("half_day", flat=True))
    assert carried == {half_day_number(day("2026-11-10"), 1), half_day_number(day("2026-11-13"), 0)}  # not on the 11th


def test_a_week_of_holidays_is_named_and_the_others_are_asked_for(lending, calendar):
    monday = half_day_number(day("2026-10-12"), 0)
    weeks = actions.ask_each_week(
        person=None,
        school=lending.schools["tilleuls"],
        kind=OBJECTS,
        first=monday,
        last=monday + 1,
        weeks=4,
        activity="Programmer un robot",
        now=NOW,
    )
    assert [bool(week.booking) for week in weeks] == [True, False, False, True]
    assert "vacances de la Toussaint" in weeks[1].reason
    with pytest.raises(Conflict, match="vacances de la Toussaint"):
        actions.ask_each_week(
            person=None,
            school=lending.schools["tilleuls"],
            kind=OBJECTS,
            first=monday + 14,
            last=monday + 15,
            weeks=2,
            activity="Programmer un robot",
            now=NOW,
        )


def test_a_city_whose_holidays_are_not_known_lends_every_day_but_public_ones(world, calendar):
    actions.add_kit(
        person=None, city=world.cities["ailleurs"], kind=OBJECTS, name="Malle", parts=[("robots", 6)], now=NOW
    )
    assert ask(world, "2026-12-24", "2026-12-24", school="loin").kit is not None
    assert not queries.is_calendar_known(world.cities["ailleurs"], day("2026-12-24"))
    with pytest.raises(Conflict, match="Noël"):
        ask(world, "2026-12-25", "2026-12-25", school="loin")


def page_of(lending, client, asked="", today=NOW):
    with time_machine.travel(today, tick=False):
        lending.sign_in(client, "teacher")
        url = reverse("loans:kit_detail", args=[lending.kits[0].pk])
        response = client.get(url, {"semaine": asked} if asked else {})
    assert response.status_code == 200
    return response.content.decode()


def weeks_of(page):
    found = [re.search(rf'rel="{rel}" href="\?semaine=([^#"]+)', page) for rel in ("prev", "next")]
    return [match and match[1] for match in found]


def test_the_calendar_says_what_is_closed_and_what_is_past(lending, calendar, client):
    page = page_of(lending, client, today=NOW + datetime.timedelta(days=2))
    holiday = '<td data-is="closed"><span class="wide">vacances</span><span class="brief">congé</span></td>'
    assert page.count(holiday) == 20 and '<td data-is="closed">férié</td>' in page
    assert page.count('<td data-is="past">passé</td>') == 4


def test_the_pages_of_a_kit_stay_in_the_school_year(lending, calendar, client):
    assert weeks_of(page_of(lending, client)) == ["2026-W36", "2026-W49"]
    assert weeks_of(page_of(lending, client, "2026-W49")) == ["2026-W41", "2027-W04"]
    for first in ("2026-W36", "2020-W01"):
        assert weeks_of(page_of(lending, client, first)) == [None, "2026-W44"]
    for last in ("2027-W35", "2031-W10"):
        assert weeks_of(page_of(lending, client, last))[1] is None
    for nonsense in ("2026-W99", "x", "2026-W1", "<b>"):
        assert weeks_of(page_of(lending, client, nonsense)) == ["2026-W36", "2026-W49"]


def test_weeks_beyond_the_known_calendar_say_so(lending, calendar, client):
    said = "ne connaît pas encore le calendrier scolaire"
    assert said not in page_of(lending, client)
    assert said in page_of(lending, client, today=NOW.replace(year=2027))
