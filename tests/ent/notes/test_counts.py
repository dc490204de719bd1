"""A mot asks one answer for each child: the list, a head's home and the follow-up page count the same children."""

import datetime
import re

import pytest
from django.db import connection
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.notes import rules
from preau.ent.notes.actions import Target
from preau.ent.notes.queries import sent, sent_about
from preau.ent.notes.queries.concerned import children_of
from preau.notify.actions import freeze
from preau.notify.models import Expected, Notice
from preau.schools.models import Enrolment, GroupMember, Guardianship
from tests.ent.notes.acts import send as written
from tests.steps import steps_of
from tests.world import TODAY, add_child

pytestmark = pytest.mark.django_db
LEFT = re.compile(r"(\d+)\xa0élèves? à joindre(?: sur\s+(\d+))?")


def send(world, *who, **more):
    """A mot whose warning has left, at whatever hour of the night the tests run."""
    note = written(world, *who, **more)
    Notice.objects.update(leaves_at=now())
    return note


def read(world, client, path):
    return re.sub(r"[ \n]+", " ", client.get(path).content.decode())


def counts(world, client, note, who="head", room="cpb"):
    """{page: how many children it says are left}, None where it says that none is."""
    world.sign_in(client, who)
    pages = {
        "list": reverse("notes:classroom_notes", args=[world.classrooms[room].pk]),
        "follow": reverse("notes:note_follow", args=[note.pk]),
    }
    pages |= {"home": "/aujourdhui/"} if who == "head" else {}
    found = {name: LEFT.search(read(world, client, path)) for name, path in pages.items()}
    return {name: match and int(match[1]) for name, match in found.items()}


def agreed(world, client, note, **more):
    """What all these pages say."""
    (count,) = set(counts(world, client, note, **more).values())
    return count


def has_read(world, client, note, who):
    world.sign_in(client, who).post(reverse("notes:seen_create", args=[note.pk]), {"version": 1})


def test_twins_are_two_children_and_who_has_no_guardian_is_one_to_reach(world, client):
    for name in ("twin_one", "twin_two"):
        add_child(world, name, "cpb", "CP", ["guardian_other_family"])
    add_child(world, "child_alone", "cpb", "CP")
    note = send(world)
    assert agreed(world, client, note) == agreed(world, client, note, who="teacher") == 5  # Adam, Lina, two, alone
    has_read(world, client, note, "guardian_other_family")  # of three children
    assert agreed(world, client, note) == 2
    has_read(world, client, note, "guardian")
    assert agreed(world, client, note) == 1  # nobody answers for that one
    assert "Il reste 1\xa0élève à joindre" in read(world, client, reverse("notes:note_follow", args=[note.pk]))
    assert LEFT.search(read(world, client, "/aujourdhui/")).groups() == ("1", "5")


def test_paper_of_one_twin_leaves_the_other_to_reach(world, client):
    for name in ("twin_one", "twin_two"):
        add_child(world, name, "cpb", "CP", ["guardian_paper"])
    note = send(world, children=("twin_one", "twin_two"))
    Expected.objects.filter(child=world.people["twin_one"]).update(paper_out_at=now(), paper_back_at=now())
    assert agreed(world, client, note) == 1


def test_a_mot_to_one_child_concerns_no_other_of_the_class(world, client):
    add_child(world, "child_alone", "cpb", "CP")
    note = send(world, children=("child_adam",))
    assert agreed(world, client, note) == 1
    page = read(world, client, reverse("notes:note_follow", args=[note.pk]))
    assert "Canari-child_adam" in page and "Canari-child_alone" not in page


def test_nobody_is_left_on_any_page_once_somebody_has_read_for_each(world, client):
    note = send(world)
    for who in ("guardian", "guardian_other_family"):
        has_read(world, client, note, who)
    assert agreed(world, client, note) is None
    assert "Tous les élèves sont joints" in read(world, client, reverse("notes:note_follow", args=[note.pk]))
    listed = read(world, client, reverse("notes:classroom_notes", args=[world.classrooms["cpb"].pk]))
    assert "tous les élèves joints" in listed and "Élèves à joindre" not in read(world, client, "/aujourdhui/")


def test_who_has_left_and_who_came_long_after_are_counted_on_no_page(world, client):
    add_child(world, "child_left", "cpb", "CP", ["guardian_coparent"])
    note = send(world)
    Enrolment.objects.filter(pupil=world.people["child_left"]).update(ends_on=TODAY - datetime.timedelta(days=1))
    add_child(world, "child_late", "cpb", "CP", ["guardian_two_schools"])  # of whom nothing was asked
    assert agreed(world, client, note) == 2


def test_a_guardian_who_left_a_child_alone_leaves_it_to_reach(world, client):
    note = send(world)
    Guardianship.objects.filter(child=world.people["child_lina"]).delete()
    assert agreed(world, client, note) == 2


def test_a_parent_who_teaches_reads_no_number_that_tells_of_their_own_child(world, client):
    child = world.people["child_adam"]
    Guardianship.objects.create(guardian=world.people["teacher"], child=child, starts_on=world.before)
    note = send(world)
    assert agreed(world, client, note, who="teacher") == 1
    assert agreed(world, client, note) == 2


def test_a_teacher_reads_of_a_mot_to_several_classes_the_children_of_their_own(world, client):
    targets = [Target(world.classrooms[room]) for room in ("cpb", "cm2")]
    note = send(world, "head", targets=targets)
    assert agreed(world, client, note, who="teacher") == 2
    assert counts(world, client, note)["list"] == counts(world, client, note)["home"] == 4


def test_a_group_counts_alike(world, client):
    add_child(world, "child_alone", "cpb", "CP")
    for name in ("child_alone", "child_lina"):
        GroupMember.objects.create(group=world.groups["ulis"], pupil=world.people[name], starts_on=world.before)
    note = send(world, "head", "ulis")
    found = counts(world, client, note)
    assert found["follow"] == found["home"] == 3


def test_a_list_that_is_being_written_says_no_number(world, client):
    note = send(world)
    Notice.objects.update(frozen_at=None, told_at=None)
    has_read(world, client, note, "guardian")
    found = counts(world, client, note)
    assert (found["list"], found["home"]) == (None, None)
    freeze(notice_id=note.publication.notice.pk, now=now())
    assert agreed(world, client, note) == 1


def test_a_head_s_home_counts_the_last_mots_alone(world, monkeypatch):
    """A school sends sixty in a month, to hundreds of children."""
    monkeypatch.setattr(sent, "LAST", 2)
    notes = [send(world, title=f"Mot {number}") for number in range(2)]
    assert {one.note_id for one in last_mots(world)} == {note.pk for note in notes}
    steps = steps_of(last_mots, world) if connection.vendor == "sqlite" else None
    notes += [send(world, title=f"Mot {number}") for number in range(2, 8)]
    assert {one.note_id for one in last_mots(world)} == {note.pk for note in notes[-2:]}
    assert steps is None or steps_of(last_mots, world) < 1.5 * steps


def last_mots(world):
    """What a head's home reads of the mots with children to reach."""
    head, moment = world.people["head"], now()
    known = (rules.notes_followed_by(head, TODAY), rules.targets_followed_by(head, TODAY), head)
    return sent.read_not_reached(sent.not_reached(*known, moment - sent.RECENT, moment, TODAY), 5)[0]


def test_a_mot_to_a_whole_school_is_followed_by_its_head(world, client):
    """Where it has no class this year: the families of all its pupils, and the head reads who answered."""
    school = world.schools["tilleuls"]
    Enrolment.objects.update(classroom=None)
    note = send(world, "head", targets=[Target(school)])
    pupils = Enrolment.objects.current(TODAY).filter(school=school).count()
    assert len(children_of(note.targets.all(), TODAY, world.people["head"])) == pupils, "of no other school"
    world.sign_in(client, "head")
    listed = read(world, client, reverse("notes:school_notes", args=[school.pk]))
    follow = read(world, client, reverse("notes:note_follow", args=[note.pk]))
    home = read(world, client, "/aujourdhui/")
    assert [int(LEFT.search(page)[1]) for page in (listed, follow, home)] == [pupils] * 3
    expected = Expected.objects.get(child=world.people["child_lina"], person=world.people["guardian_paper"])
    assert rules.can_note_coupon(world.people["head"], note, expected, TODAY)
    assert not rules.can_note_coupon(world.people["teacher"], note, expected, TODAY)
    followed = rules.notes_followed_by(world.people["head"], TODAY)
    assert list(sent_about(followed, world.people["child_lina"])) == [note]
    assert not sent_about(followed, world.people["child_two_two"])  # of another school
    has_read(world, client, note, "guardian")
    world.sign_in(client, "head")
    assert LEFT.search(read(world, client, reverse("notes:note_follow", args=[note.pk])))[1] == str(pupils - 1)
    for who in ("teacher", "head_other_school"):
        assert world.sign_in(client, who).get(reverse("notes:note_follow", args=[note.pk])).status_code == 404
