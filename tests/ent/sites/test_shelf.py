"""The memory of public pages: bounded, short, closed to what is not for everyone."""

import uuid

import pytest

from preau.ent.sites import middleware
from preau.ent.sites.middleware import SHELF, Kept, Shelf


def kept(weight, place=None):
    return Kept(place or uuid.uuid4(), 0, 1e12, b"x" * weight, (), "")


def test_the_least_lately_read_goes_first(monkeypatch):
    monkeypatch.setattr(middleware, "MOST_PAGES", 2)
    shelf = Shelf()
    shelf.put("a", kept(1))
    shelf.put("b", kept(1))
    shelf.get("a")
    shelf.put("c", kept(1))
    assert list(shelf.pages) == ["a", "c"] and shelf.bytes_count == 2


def test_weight_is_bounded_and_a_page_replaced_is_counted_once(monkeypatch):
    monkeypatch.setattr(middleware, "MOST_BYTES", 10)
    shelf = Shelf()
    for _ in range(3):
        shelf.put("a", kept(4))
    assert shelf.bytes_count == 4
    shelf.put("b", kept(4))
    shelf.put("c", kept(4))
    assert list(shelf.pages) == ["b", "c"] and shelf.bytes_count == 8


def test_a_page_is_made_again_after_a_minute(world, client, monkeypatch):
    client.get("/ecoles/tilleuls/")
    first = next(iter(SHELF.pages.values()))
    monkeypatch.setattr(middleware.time, "monotonic", lambda: first.until + 1)
    client.get("/ecoles/tilleuls/")
    assert next(iter(SHELF.pages.values())).until > first.until


@pytest.mark.parametrize(
    "path, name",
    [("/ecoles/?q=tilleuls", None), ("/ecoles/rien/", None), ("/aujourdhui/", "head"), ("/", "head"),
     ("/entrer/", None), ("/donnees-personnelles/", None)],
)  # fmt: skip
def test_what_is_never_kept(world, client, path, name):
    world.sign_in(client, name).get(path)
    assert not SHELF.pages


def test_a_page_made_while_something_is_published_is_not_kept_as_new(world, client, monkeypatch):
    """The number is read before the page is made: a publication in between makes the page stale, never wrong."""
    from django.utils.timezone import now

    from preau.ent.posts import actions
    from preau.ent.sites.views import school as views

    read = views.life_of

    def publish_in_between(*args, **kwargs):
        found = read(*args, **kwargs)
        monkeypatch.setattr(views, "life_of", read)
        actions.publish_post(
            person=world.people["head"], place=world.schools["tilleuls"], scope="public", text="Entre deux", now=now()
        )
        return found

    monkeypatch.setattr(views, "life_of", publish_in_between)
    assert "Entre deux" not in client.get("/ecoles/tilleuls/").content.decode()
    assert "Entre deux" in client.get("/ecoles/tilleuls/").content.decode()
