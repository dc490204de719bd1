"""A pupil's home: six pictures that lead where they say, what is to do above them, nothing meant for parents."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.db.models import CharField, DateField, Value

from preau.kit.rooms.doors import Tile, declared, tile_lines
from preau.people.models import Person, Role
from preau.schools.faces import PUPIL
from preau.web import navigation
from preau.web.faces import faces_of
from preau.web.navigation import tiles_of
from preau.web.views import pupil
from tests.world import TODAY

HOME = "/aujourdhui/"
DRAWING, DETAIL = "kit/tiles/class.svg", "pour demain"


@pytest.fixture
def declaring(monkeypatch):
    def declare(*tiles):
        monkeypatch.setattr(navigation, "declared", lambda kind: (*declared(kind), *(tiles if kind is Tile else ())))
        forget()

    def forget():
        navigation._declared_for.cache_clear()
        pupil._lines.cache_clear()

    yield declare
    monkeypatch.undo()
    forget()


def home_of(world, client):
    return world.sign_in(client, "pupil_cm2").get(HOME).content.decode()


def tiles_in(page):
    return re.findall(r'class="tile" href="([^"]+)"><img [^>]*><span>([^<]+)</span>', page)


def test_each_tile_is_short_has_its_drawing_and_opens_for_the_pupil(world, client):
    tiles = tiles_of(faces_of(world.people["pupil_cm2"], TODAY)[0])
    page = home_of(world, client)
    assert tiles_in(page) == [(tile.url, tile.label) for tile in tiles[: navigation.TILES]] and len(tiles) >= 2
    for tile in tiles:
        assert finders.find(tile.drawing) and len(tile.label.split()) <= 2, tile
        assert client.get(tile.url).status_code == 200, tile
    assert all(tile.faces == (PUPIL,) for tile in declared(Tile))
    row = page.partition('aria-label="Portes"')[2].partition("</nav>")[0]
    assert [url for url, _ in tiles_in(page) if f'href="{url}"' in row] == []


def test_what_is_to_do_is_read_before_the_pictures_and_news_after_it(world, client, declaring):
    """Of the pupil alone, in the query that the home asks already."""

    def lines(person, today):
        mine, day = Person.objects.filter(pk=person.pk), Value(today, DateField())
        said = {"url_name": "portal:classroom_home", "day": day}
        return [
            tile_lines(mine, text=Value("Lire la page <12>", CharField()), detail=Value(DETAIL, CharField()), **said),
            tile_lines(mine, text="last_name", is_news=True, **said),
        ]

    declaring(Tile(1, "Leçons", "mail:inbox", (PUPIL,), drawing=DRAWING, lines=lines))
    page = home_of(world, client)
    name = world.people["pupil_cm2"].last_name
    places = [page.index(said) for said in ("Lire la page &lt;12&gt;", DETAIL, f">{name}</a>", 'class="tiles"')]
    assert places == sorted(places)


def test_a_seventh_tile_is_a_door(world, client, declaring):
    declaring(*(Tile(100 + n, f"Image {n}", "privacy", (PUPIL,), drawing=DRAWING) for n in range(7)))
    page = home_of(world, client)
    assert len(tiles_in(page)) == navigation.TILES
    row = page.partition('aria-label="Portes"')[2].partition("</nav>")[0]
    labels = {label for _, label in tiles_in(page)}
    left = [tile for tile in tiles_of(faces_of(world.people["pupil_cm2"], TODAY)[0]) if tile.label not in labels]
    assert left and all(f'href="{tile.url}"' in row for tile in left)


def test_nobody_else_has_tiles(world):
    faces = [face for name in ("teacher", "head", "guardian") for face in faces_of(world.people[name], TODAY)]
    assert {face.role for face in faces} >= {Role.TEACHER, "guardian"}
    assert [tiles_of(face) for face in faces] == [[]] * len(faces)
