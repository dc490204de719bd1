"""Searching: words in the singular and without accents, what one may read and nothing else, one order on every base."""

import datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.db.models.sql.compiler import SQLCompiler
from django.urls import reverse

from preau.ent.agenda.actions import add_event
from preau.ent.agenda.models import EventScope
from preau.ent.portal.views.search import searched
from preau.ent.posts import actions as posts
from preau.ent.posts.models import Scope
from preau.spaces import actions as spaces
from preau.spaces import audiences, stems
from preau.spaces.models import Publication, SearchText
from preau.spaces.queries import reaches_of
from preau.spaces.queries.search import PLACES, _on, _read, _texts, search, texts_among
from tests.ent.announcements.acts import send as announce
from tests.ent.homework.acts import assign
from tests.ent.notes.acts import send
from tests.ent.posts.test_actions import NOW, publish
from tests.ent.writings.acts import publish as publish_writing
from tests.world import TODAY

URL = reverse("portal:search")


def titles(client, text, **more):
    """What the page lists, first line of each."""
    response = client.get(URL, {"q": text, **more})
    assert response.status_code == 200
    return ["".join(piece for piece, _ in line.title or line.text) for line in response.context["lines"]]


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Les poneys et les chevaux", "cheval poney"),
        ("Nos travaux d’élèves", "TRAVAIL"),
        ("Le gâteau aux pommes", "gateaux"),
        ("Les jeux de la récréation", "jeu récré"),
        ("La fête de l’école", "l'ecole"),
        ("Les œufs", "oeuf"),
    ],
)
def test_a_word_is_found_without_accent_and_in_the_singular(written, typed):
    key = stems.key_of(written)
    assert all(stems.pattern_of(word) in key for word in stems.asked(typed))
    # and the other way round
    assert any(stems.pattern_of(word) in stems.key_of(typed) for word in stems.asked(written))


def test_a_short_word_is_whole_and_a_part_is_no_word():
    key = stems.key_of("Merci pour la photographie")
    assert stems.pattern_of("mer") not in key
    assert stems.pattern_of("photo") in key
    assert stems.pattern_of("graphie") not in key


def test_a_question_of_empty_words_asks_for_them():
    assert stems.asked("la sortie à la mer") == ["sortie", "mer"]
    assert stems.asked("à la") == ["a", "la"]
    assert stems.asked(" ?! ") == []


def test_a_part_of_the_text_shows_the_words():
    text = "Un matin. " * 30 + "Nous avons vu des poneys à la ferme. " + "Le soir vint. " * 30
    pieces = stems.marked(text, ["poney"])
    assert ("poneys", True) in pieces
    assert [piece for piece, is_word in pieces if is_word] == ["poneys"]
    assert "".join(piece for piece, _ in pieces).strip("… ") in text
    assert stems.marked("Court", ["poney"]) == [("Court", False)]
    assert stems.marked("", ["poney"]) == []


@pytest.fixture
def said(world):
    """A mot to the families of the CP B and one to those of a child, a post of the class, one of another class."""
    send(world, title="Sortie à la ferme", text="Départ à neuf heures.")
    send(world, title="Rendez-vous", text="Parlons de la ferme.", children=["child_adam"])
    publish(world, text="Nous avons vu les poneys de la ferme.")
    posts.publish_post(
        person=world.people["head"], place=world.classrooms["cm2"], scope=Scope.CLASS, text="La ferme du CM2.", now=NOW
    )
    council = {"title": "Conseil", "text": "La ferme au projet.", "first_on": TODAY + datetime.timedelta(days=3)}
    add_event(person=world.people["head"], place=world.schools["tilleuls"], scope=EventScope.STAFF, now=NOW, **council)
    spaces.open_draft(person=world.people["teacher"], place=world.classrooms["cpb"], kind="post", now=NOW)


READ = {
    "guardian": {"Sortie à la ferme", "Rendez-vous", "Nous avons vu les poneys de la ferme."},
    "guardian_other_family": {"Sortie à la ferme", "Nous avons vu les poneys de la ferme."},
    "guardian_restricted": set(),
    "guardian_other_class": {"La ferme du CM2."},
    "pupil_cm2": {"La ferme du CM2."},
    "guardian_other_school": set(),
    "teacher": {"Sortie à la ferme", "Rendez-vous", "Nous avons vu les poneys de la ferme.", "Conseil"},
    "teacher_other_class": {"La ferme du CM2.", "Conseil"},
    "head": {
        "Sortie à la ferme",
        "Rendez-vous",
        "Nous avons vu les poneys de la ferme.",
        "La ferme du CM2.",
        "Conseil",
    },
    "city_education": set(),
}


def test_one_finds_what_one_may_read(world, client, said):
    assert {who: set(titles(world.sign_in(client, who), "fermes")) for who in READ} == READ


def test_what_one_may_not_read_takes_no_place_among_the_ten(world, client):
    """The visible set comes first: what rooms leave out afterwards would empty the page, and be counted."""
    publish(world, text="La ferme des poneys.")
    for rank in range(12):
        posts.publish_post(
            person=world.people["head"], place=world.classrooms["cm2"], scope=Scope.CLASS, text=f"Ferme {rank}", now=NOW
        )
    assert titles(world.sign_in(client, "guardian"), "ferme") == ["La ferme des poneys."]
    for rank in range(11):
        row = publish(world, text=f"Ferme {rank}").publication
        spaces.withdraw(person=world.people["teacher"], publication=row, now=NOW)
    assert titles(client, "ferme") == ["La ferme des poneys."]


def test_what_is_withdrawn_or_stopped_is_not_found(world, client, said):
    teacher = world.people["teacher"]
    post = Publication.objects.get(kind="post", classroom=world.classrooms["cpb"], state="published")
    spaces.withdraw(person=teacher, publication=post, now=NOW)
    assert set(titles(world.sign_in(client, "guardian"), "ferme")) == {"Sortie à la ferme", "Rendez-vous"}
    place = world.schools["tilleuls"]
    spaces.stop_place(person=world.people["head"], place=place, readers=["families"], why="mistake", now=NOW)
    assert titles(client, "ferme") == []


def test_a_text_that_changes_is_found_by_its_new_words_alone(world, client):
    post = publish(world, text="Les poneys.")
    posts.edit_post(person=world.people["teacher"], post=post, text="Les tortues.", now=NOW)
    world.sign_in(client, "guardian")
    assert titles(client, "poney") == []
    assert titles(client, "tortue") == ["Les tortues."]


def test_titles_first_then_the_newest_ten_a_page(world, client):
    for minutes in range(12):
        post = publish(world, text=f"La ferme, {minutes}")
        at = NOW - datetime.timedelta(minutes=minutes)
        Publication.objects.filter(pk=post.publication_id).update(published_at=at)
    send(world, title="La ferme", text="Un mot.")
    Publication.objects.filter(kind="note").update(published_at=NOW - datetime.timedelta(days=3))
    world.sign_in(client, "guardian")
    assert titles(client, "ferme") == ["La ferme", *(f"La ferme, {rank}" for rank in range(9))]
    assert titles(client, "ferme", page="2") == [f"La ferme, {rank}" for rank in range(9, 12)]
    assert "page=2" in client.get(URL, {"q": "ferme"}).content.decode()
    assert "page=3" not in client.get(URL, {"q": "ferme", "page": "2"}).content.decode()


@pytest.mark.parametrize(
    "typed", ["", " ", "?!", "%", "_", "\\", "'\"<script>", "\x00", "x" * 500, "٣ مدرسة", "la", "a" * 80 + " b"]
)
def test_whatever_is_typed_gives_a_page(world, client, typed):
    publish(world, text="Cent % de la classe_a vu <b>le pré</b>.")
    response = world.sign_in(client, "guardian").get(URL, {"q": typed, "page": "999999999999"})
    assert response.status_code == 200
    assert b"<script>" not in response.content.partition(b"<main")[2]


def test_a_page_of_every_kind_costs_few_queries(world, client, said, django_assert_max_num_queries):
    world.sign_in(client, "head").get(URL, {"q": "ferme"})
    with django_assert_max_num_queries(10):
        assert len(titles(client, "ferme")) == 5


def test_the_rank_joins_few_tables(world):
    """Beyond eight, PostgreSQL joins in the order written, and reads the whole base first (docs/bench.md)."""
    person = world.people["guardian"]
    reaches = reaches_of(audiences.memberships_of(person, TODAY), TODAY)
    sql = str(texts_among(reaches.values("publication"), [" radis"], ["post"]).query)
    assert sql[: sql.index(" WHERE ")].count(" JOIN ") == 1


def test_what_is_kept_of_the_sql_finds_what_is_written_anew(world, said):
    """For everyone who signs in, whatever their roles: two persons of one pattern of roles share the SQL alone."""
    announce(world, title="La ferme à Marelle", schools=["tilleuls"])
    patterns, kinds, found = [" ferme"], searched()["searched"], {}
    for who in filter(None, world.actors()):
        person = world.people[who]
        memberships = audiences.memberships_of(person, TODAY)
        kept = search(["ferme"], person, TODAY, memberships=memberships, searched=kinds, limit=11)
        assert kept == list(_texts(reaches_of(memberships, TODAY), person, TODAY, patterns, kinds)[:11]), who
        found[who] = len(kept)
    assert found["head"] > found["teacher"] > found["elected"] == 0 < found["city_education"]


@pytest.mark.long
def test_what_each_kind_shows_is_kept_as_it_is_written_anew(world, said, monkeypatch):
    """For everyone who signs in, of each kind: the rows of the room's own rule, whose SQL is written once."""
    announce(world, title="La ferme à Marelle", schools=["tilleuls"])
    assign(world), publish_writing(world)
    spaces.withdraw(person=world.people["teacher"], publication=publish(world).publication, now=NOW)  # a head decides
    ids, places, found = list(Publication.objects.values_list("pk", flat=True)), PLACES[:5], {}
    kinds = {kind.name: kind for kind in searched()["searched"]}

    def pairs(of):
        for who in filter(None, world.actors()):
            person = world.people[who]
            read = audiences.memberships_of(person, TODAY)
            for name, kind in kinds.items():
                yield who, name, [row.pk for row in of(kind, person, read)]

    def kept(kind, person, read):
        return _read(kind, ids, places, person, TODAY, memberships=read, count=len(ids))

    def anew(kind, person, read):
        return _on(kind.visible_to(person, TODAY, memberships=read), ids, places)

    for (who, name, rows), (*_, own) in zip(pairs(kept), pairs(anew), strict=True):
        assert sorted(rows) == sorted(own), (who, name)
        found.setdefault(name, set()).add(len(rows))
    assert all(len(counts) > 1 for counts in found.values()) and len(found) == 6
    read_by = {who: audiences.memberships_of(world.people[who], TODAY) for who in ("teacher", "guardian", "head")}
    monkeypatch.setattr(SQLCompiler, "as_sql", None)  # no SQL is written any more
    for who, read in read_by.items():
        assert any([kept(kind, world.people[who], read) for kind in kinds.values()]), who


def test_each_kind_that_is_found_keeps_its_words(world, said):
    assert not Publication.objects.filter(
        kind__in=["post", "note", "event"], state="published", search_text=None
    ).exists()
    assert SearchText.objects.filter(publication__state="published").count() == 5


def test_what_was_written_before_is_found_once_migrated(world, client, said):
    SearchText.objects.all().delete()
    world.sign_in(client, "head")
    assert titles(client, "ferme") == []
    for room, number in (("posts", "0004"), ("notes", "0009"), ("announcements", "0005"), ("agenda", "0005")):
        made = import_module(f"preau.ent.{room}.migrations.{number}_searchable").Migration
        made.operations[0].code(apps, None)
    assert set(titles(client, "ferme")) == READ["head"]


def test_the_first_ten_are_those_of_our_own_rank_on_any_base(world, client):
    """Titles, dates and ids of many ties, ranked here by Python: both bases are held to the same ten, in this order."""
    said = {}
    for rank in range(14):
        at, title = NOW - datetime.timedelta(hours=rank % 3), f"La Férme {rank}" if rank % 8 else f"Sortie {rank}"
        text = f"Élèves à la ferme n° {rank}"
        row = publish(world, text=text) if rank % 4 else send(world, title=title, text="À la ferme.")
        Publication.objects.filter(pk=row.publication_id).update(published_at=at)
        in_title = not rank % 4 and "Férme" in title
        said[in_title, at, row.publication_id] = text if rank % 4 else title
    ranked = sorted(said, reverse=True)[:10]
    assert titles(world.sign_in(client, "guardian"), "fermes") == [said[key] for key in ranked]
    assert len({at for _, at, _ in ranked}) < 10  # ties there are
