"""Schools on a map: drawn to scale, each a link to its line of the table, named for who touches, tabs or listens."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from preau.places import actions as places
from preau.plan.desk.views import boards
from tests.plan.desk.conftest import NOW
from tests.texts import as_drawn

POINT = re.compile(
    r'<a href="([^"]+)" aria-label="École (\w+), \w+, ([^"]+)"><g transform="translate\((\d+) (\d+)\)".*?</a>',
    re.DOTALL,
)


@pytest.fixture
def board(story, client):
    """board(query) → the page; the two schools are placed, Saules east and south of Tilleuls."""
    for school, latitude, longitude in (("tilleuls", "46.60", "0.30"), ("saules", "46.58", "0.36")):
        places.locate_school(
            person=None,
            school=story.world.schools[school],
            latitude=Decimal(latitude),
            longitude=Decimal(longitude),
            source="essai",
            now=NOW,
        )
    story.world.sign_in(client, "dsden")
    return lambda query="": as_drawn(client.get(f"{reverse('desk:board')}?ville=marelle{query}").text)


def test_no_map_without_places(story, client):
    page = story.world.sign_in(client, "dsden").get(f"{reverse('desk:board')}?ville=marelle").text
    assert '<svg class="map"' not in page


def test_schools_whose_place_is_known_are_drawn(board):
    points = {name: (int(x), int(y)) for _, name, _, x, y in POINT.findall(board())}
    assert points["Tilleuls"][0] < points["Saules"][0], "east is on the right"
    assert points["Tilleuls"][1] < points["Saules"][1], "north is above"
    # 0.06° of longitude at 46.6° is 0.0412° of latitude: twice and a bit the 0.02° between them.
    wide, high = points["Saules"][0] - points["Tilleuls"][0], points["Saules"][1] - points["Tilleuls"][1]
    assert 2.0 < wide / high < 2.1


def test_each_point_leads_to_the_line_of_its_school(board):
    page = board()
    points = POINT.findall(page)
    assert len(points) == 2
    for address, name, state, _, _ in points:
        line = re.search(rf'<tr><th scope="row"><a id="{address[1:]}".*?</tr>', page, re.DOTALL).group()
        assert f">École {name}<" in line and state in line
    assert 'role="img"' not in page[page.index('class="map"') :][:80], "what is an image hides its links"


def test_a_point_whose_line_is_on_another_page_leads_there(board, monkeypatch):
    monkeypatch.setattr(boards, "BY_PAGE", 1)
    first, second = board(), board("&page=2")
    for here, there in ((first, second), (second, first)):
        away = [address for address, *_ in POINT.findall(here) if not address.startswith("#")]
        assert len(away) == 1
        query, line = away[0].replace("&amp;", "&").split("#")
        assert "ville=marelle" in query and f'id="{line}"' in there and f'id="{line}"' not in here
