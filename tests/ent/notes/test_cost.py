"""What the pages of mots ask of the base: ten queries at most, as many for a school as for three families."""

import datetime

import pytest
from django.db import connection
from django.db.models.sql.compiler import SQLCompiler
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.notes import actions, queries, rules
from preau.ent.notes.actions import Target
from preau.ent.notes.models import Answer, Note
from preau.ent.notes.views import writing
from preau.people.models import Mandate, Person, Role
from preau.people.queries import current_mandates
from preau.schools.models import Enrolment, Guardianship
from preau.spaces import audiences
from preau.spaces.actions import stop_place
from preau.spaces.models import Publication
from tests.ent.notes.acts import answer, send
from tests.world import BEFORE, TODAY, add_child

pytestmark = pytest.mark.django_db
PAGES = {
    "home": ("guardian teacher head", lambda world, note: "/aujourdhui/"),
    "mine": ("guardian guardian_two_schools", lambda world, note: reverse("notes:mine")),
    "child": (
        "guardian teacher",
        lambda world, note: reverse("notes:child_history", args=[world.people["child_adam"].pk]),
    ),
    "one": ("guardian teacher head", lambda world, note: reverse("notes:note_detail", args=[note.pk])),
    "follow": ("teacher head", lambda world, note: reverse("notes:note_follow", args=[note.pk])),
    "class": (
        "teacher head",
        lambda world, note: reverse("notes:classroom_notes", args=[world.classrooms["cpb"].pk]),
    ),
    "school": ("head", lambda world, note: reverse("notes:school_notes", args=[world.schools["tilleuls"].pk])),
    "write": (
        "teacher head",
        lambda world, note: reverse("notes:classroom_write", args=[world.classrooms["cpb"].pk]),
    ),
    "outing": (
        "teacher head",
        lambda world, note: reverse("notes:classroom_write", args=[world.classrooms["cpb"].pk]) + "?modele=sortie",
    ),
}


def fill(world, count):
    """So many more children and mots, one that each guardian must agree to."""
    for number in range(count):
        add_child(world, f"child_{number}", "cpb", "CP", ["guardian", "guardian_coparent"])
    rooms = [Target(world.classrooms[room]) for room in ("cpb", "cm2")]
    note = send(world, "head", targets=rooms, nature="both", happens_on=TODAY + datetime.timedelta(days=5))
    answer(world, note)
    answer(world, note, "guardian_coparent", agreed="no")
    for number in range(count):
        send(world, nature="see", title=f"Mot {number}")
    return note


def asked(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200, path
    return len(captured)


def count_all(world, client, note):
    return {
        (name, who): asked(world.sign_in(client, who), path(world, note))
        for name, (actors, path) in PAGES.items()
        for who in actors.split()
    }


def test_pages_of_mots_ask_ten_queries_at_most_whatever_their_number(world, client):
    few = count_all(world, client, fill(world, 1))
    assert {page: count for page, count in few.items() if count > 10} == {}
    Note.objects.all().delete()
    many = count_all(world, client, fill(world, 5))
    assert {page: (few[page], count) for page, count in many.items() if count > few[page]} == {}


def test_the_mot_of_a_teacher_who_has_a_child_asks_ten_queries_at_most(world, client):
    Guardianship.objects.create(child=world.people["child_lina"], guardian=world.people["teacher"], starts_on=BEFORE)
    path = reverse("notes:note_detail", args=[send(world).pk])
    assert asked(world.sign_in(client, "teacher"), path) <= 10


def test_the_page_of_a_mot_is_read_by_those_who_see_it_in_lists(world):
    """Its SQL is written apart, once for many: everyone, of mots in every state."""
    notes = [send(world), send(world, "head", "ulis"), send(world, children=["child_lina"]), send(world), send(world)]
    *_, withdrawn, draft = notes
    actions.withdraw_note(person=world.people["teacher"], note=withdrawn, now=now())
    Note.objects.filter(pk=draft.pk).update(confirmed_at=None)
    Publication.objects.filter(pk=draft.publication_id).update(state=Publication.State.DRAFT, published_at=None)
    found = {}
    for name, person in world.people.items():
        memberships = audiences.memberships_of(person, TODAY)
        for rank, note in enumerate(notes):
            read = rules.note_read(person, note.pk, TODAY, memberships)
            assert bool(read) is rules.notes_visible_to(person, TODAY).filter(pk=note.pk).exists(), (name, rank)
            found.setdefault(rank, set()).add(bool(read))
    assert set(map(frozenset, found.values())) == {frozenset({True, False})}  # each is read by some, and not by all


def test_who_wrote_it_and_teaches_another_class_since_is_led_to_no_answer(world, client):
    note = send(world)
    page, follow = (reverse(f"notes:note_{name}", args=[note.pk]) for name in ("detail", "follow"))
    assert f'href="{follow}"' in world.sign_in(client, "teacher").get(page).text
    world.people["teacher"].mandates.update(classroom=world.classrooms["cm2"])
    read = client.get(page)
    assert read.status_code == 200 and follow not in read.text and client.get(follow).status_code in (403, 404)


def test_the_mots_of_a_child_are_those_received_and_their_sql_is_kept(world, client, monkeypatch):
    """For each guardian of the world: of a class that is left, of one that is stopped, of two schools."""
    note, found = fill(world, 3), set()
    answer(world, note, agreed="yes")
    place = {"place": world.schools["saules"], "readers": ["families"], "why": "mistake", "now": now()}
    send(world, "teacher_other_school", "saules_cm2"), stop_place(person=world.people["head_other_school"], **place)
    Enrolment.objects.filter(pupil=world.people["child_lina"]).update(ends_on=TODAY - datetime.timedelta(days=1))
    for link in Guardianship.objects.select_related("guardian", "child"):
        mine = audiences.memberships_of(link.guardian, TODAY)
        told = queries.received_about(link.guardian, mine, TODAY, link.child, 3)
        assert told == list(queries.received(mine, TODAY, child_id=link.child_id)[:3]), link.child
        found.add(len(told))
    assert found >= {0, 3}
    anew, as_sql = [], SQLCompiler.as_sql
    monkeypatch.setattr(
        SQLCompiler, "as_sql", lambda own, *a, **k: [anew.append(own.query.model), as_sql(own, *a, **k)][1]
    )
    for who in ("guardian", "head"):
        path = reverse("notes:child_history", args=[world.people["child_adam"].pk])
        page = world.sign_in(client, who).get(path)
        assert [one.answered_at for one in page.context["notes"][-1].own_answers]
        anew.clear()
        assert client.get(path).context["notes"] == page.context["notes"]
        assert not {Note, Answer, Person} & {*anew}, who


def test_the_classes_of_a_teacher_are_those_of_their_mandates(world, django_assert_num_queries):
    """Without a query, the same and in the same order as the base gives them; a head's are asked."""
    school = world.schools["tilleuls"]
    Mandate.objects.create(
        person=world.people["teacher"], role=Role.TEACHER, classroom=world.classrooms["cm2"], starts_on=BEFORE
    )
    for name, count in (("teacher", 0), ("teacher_other_school", 0), ("head", 1)):
        person = Person.objects.get(pk=world.people[name].pk)
        current_mandates(person, TODAY)
        with django_assert_num_queries(count):
            found = writing._classrooms(person, school, school, TODAY)
        assert found == list(writing._of_year(person, TODAY, school)), name
    assert len(writing._classrooms(Person.objects.get(pk=world.people["teacher"].pk), school, school, TODAY)) == 2
