"""A pupil's home: six pictures that lead where they say, what is to do above them, nothing meant for parents."""

import re

import pytest
from django.contrib.staticfiles import finders

from preau.kit.rooms.doors import Tile, TileLine, declared
from preau.people.models import Role
from preau.schools.faces import PUPIL
from preau.web import navigation
from preau.web.faces import faces_of
from preau.web.navigation import tiles_of
from tests.world import TODAY

HOME = "/aujourdhui/"
DRAWING = "kit/tiles/class.svg"


@pytest.fixture
def declaring(monkeypatch):
    def declare(*tiles):
        monkeypatch.setattr(navigation, "declared", lambda kind: (*declared(kind), *(tiles if kind is Tile else ())))
        navigation._declared_for.cache_clear()

    yield declare
    monkeypatch.undo()
    navigation._declared_for.cache_clear()


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
    asked = []

    def to_do(person, place, today):
        asked.append((person, place, today))
        return [TileLine("Lire la page <12>", "/messages/", "pour demain")]

    news = [TileLine("Ton texte « Les poules »", "/messages/")]
    declaring(Tile(1, "Leçons", "mail:inbox", (PUPIL,), drawing=DRAWING, to_do=to_do, news=lambda *_: news))
    page = home_of(world, client)
    places = [page.index(said) for said in ("Lire la page &lt;12&gt;", "pour demain", "Les poules", 'class="tiles"')]
    assert places == sorted(places)
    assert asked == [(world.people["pupil_cm2"], world.classrooms["cm2"], TODAY)]


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
