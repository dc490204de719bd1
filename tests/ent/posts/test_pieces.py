"""The HTML of a post that all its readers share: nothing of a reader in it, never stale, bounded."""

import sys
import uuid

import pytest
from django.urls import reverse

from preau.ent.posts import actions, pieces, queries
from preau.ent.posts.models import Post, Scope
from preau.kit.pages.kept import Kept
from preau.media.models import Picture
from preau.people.models import Person
from preau.places.models import School
from tests.canaries import everything
from tests.ent.posts.test_actions import NOW, picture, publish
from tests.ent.posts.test_views import life_url
from tests.world import add_child

HOME = "/aujourdhui/"


@pytest.fixture(autouse=True)
def kept(monkeypatch):
    """An empty store of pieces."""
    store = Kept(pieces.MOST_BYTES, pieces._bytes)
    monkeypatch.setattr(pieces, "KEPT", store)
    return store


def said(post_id, **more):
    item = queries.item_of(queries.with_pictures(Post.objects.all()).get(pk=post_id))
    return pieces.shown(item, more.pop("now", NOW), **more)


def html_of(kept):
    return " ".join(" ".join(piece) for piece, _ in kept._found.values())


def test_a_kept_piece_holds_nothing_of_who_reads(world, client, kept):
    add_child(world, "child_sister", "saules_cm2", "CM2", ["guardian"])  # of two children, each line names one
    publish(world, pictures=[picture()])
    publish(world, "head", Scope.SCHOOL, text="Mot de la direction")
    publish(world, "city_education", Scope.CITY, text="Mot de la Ville")
    for name in ("guardian", "guardian_coparent", "teacher", "head"):
        page = world.sign_in(client, name).get(HOME).content.decode()
        assert "Nous avons mélangé" in page and ("data-child" in page) == (name == "guardian")
    page = world.sign_in(client, "teacher").get(life_url(world)).content.decode()
    assert "Modifier ou retirer" in page
    found = html_of(kept)
    assert len(kept) == 5 and found.count("Nous avons mélangé") == 2  # on a home, and in the class's own life
    secrets = everything() - {world.classrooms["cpb"].name}  # whose space it was said in
    assert not [word for word in (*secrets, "data-child", "csrf", "<form", "Modifier", "Retirer") if word in found]


def test_a_second_reader_draws_nothing(world, client, kept, monkeypatch):
    publish(world, pictures=[picture()])
    first = world.sign_in(client, "guardian").get(HOME).content.decode()
    monkeypatch.setattr(pieces, "get_template", None)
    second = world.sign_in(client, "guardian_coparent").get(HOME).content.decode()
    assert "Nous avons mélangé" in first and "Nous avons mélangé" in second


def test_a_piece_never_decides_who_reads(world, client, kept):
    post = publish(world)
    address = reverse("posts:post_detail", args=[post.pk])
    assert b"Nous avons" in world.sign_in(client, "guardian").get(HOME).content
    assert len(kept) == 1
    assert world.sign_in(client, "guardian_other_class").get(address).status_code == 404
    actions.withdraw_post(person=world.people["teacher"], post=post, now=NOW)
    assert b"Nous avons" not in world.sign_in(client, "guardian").get(HOME).content


def test_what_changes_on_the_page_changes_the_piece(world, kept):
    post = publish(world, pictures=[picture()])
    teacher, school = world.people["teacher"], world.schools["tilleuls"]
    changes = {
        "html": lambda: Post.objects.update(html="<p>Autre texte</p>"),
        "author_name": lambda: Person.objects.filter(pk=teacher.pk).update(usage_name="Autre-nom"),
        "pictures": lambda: Picture.objects.update(alt="Autre photo"),
        "scope": lambda: Post.objects.update(scope="staff"),
    }
    for field, change in changes.items():
        before = said(post.pk)
        pieces.piece_of(before)
        change()
        after = said(post.pk)
        assert getattr(after, field) != getattr(before, field)
        drawn = pieces.piece_of(after)
        assert drawn != pieces.piece_of(before), field
    assert "Autre texte" in drawn.body and "Autre photo" in drawn.body and "Autre-nom" in drawn.margin
    head = publish(world, "head", Scope.SCHOOL)
    before = said(head.pk, where=True)
    School.objects.filter(pk=school.pk).update(shown_name="École Autre")
    assert "École Autre" in pieces.piece_of(said(head.pk, where=True)).margin != pieces.piece_of(before).margin


def test_each_way_to_show_a_post_is_a_piece_of_its_own(world):
    post = publish(world, pictures=[picture(), picture()], text="Voir https://exemple.fr")
    plain = said(post.pk)
    for more in ({"links": False}, {"where": True}, {"alone": True}):
        assert pieces.piece_of(said(post.pk, **more)) != pieces.piece_of(plain), more
    city = publish(world, "city_education", Scope.CITY)
    assert "La Ville" in pieces.piece_of(said(city.pk)).margin
    assert "La Ville" not in pieces.piece_of(said(city.pk, tagged=True)).margin


def test_what_has_one_reader_is_not_kept(world, client, kept):
    actions.write_post(
        person=world.people["teacher"], place=world.classrooms["cpb"], scope=Scope.CLASS, text="Mot gardé", now=NOW
    )
    assert b"Mot gard" in world.sign_in(client, "teacher").get(life_url(world)).content
    assert len(kept) == 0


def test_the_store_is_bounded_and_drops_the_least_read():
    store = Kept(3000, lambda key, value: len(value))
    for number in range(100):
        store.of(number, lambda key: "x" * 1000)
        assert store.of(0, lambda key: "x" * 1000)
        assert store.bytes <= 3000
    assert set(store._found) == {0, 99}  # a full store leaves itself some room
    assert store.of("large", lambda key: "x" * 5000) and store.bytes == 0 and len(store) == 0


def test_the_bytes_of_a_piece_are_counted_whole(world):
    one = said(publish(world, text="é" * 4000).pk)
    piece = pieces.piece_of(one)
    assert pieces._bytes(one, piece) >= sys.getsizeof(one.html) + sys.getsizeof(piece.body)
    assert pieces.MOST_BYTES <= 8 * 1024 * 1024
    assert one._replace(post_id=uuid.uuid4()) != one
