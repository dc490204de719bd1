"""What the pages of mots ask of the base: ten queries at most, as many for a school as for three families."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from preau.ent.notes.actions import Target
from preau.ent.notes.models import Note
from tests.ent.notes.acts import answer, send
from tests.world import TODAY, add_child

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
