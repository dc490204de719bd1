"""« Attestation fournie »: noted in one press a child, once a year; the follow-up of an optional outing names who has
none."""

import datetime

import pytest
from django.urls import reverse
from django.utils.timezone import now

from preau.kit.answers import Conflict, Refused
from preau.privacy.exports import read_tables
from preau.schools import actions
from preau.schools.clocks import CLOCKS
from preau.schools.models import Insurance
from tests.ent.notes.acts import send

pytestmark = pytest.mark.django_db


def note(world, who="teacher", child="child_adam", *, given=True, at=None):
    act = {"classroom": world.classrooms["cpb"], "pupil": world.people[child], "is_given": given}
    return actions.note_insurance(person=world.people[who], now=at or now(), **act)


def outing(world, kind="beyond", nature="sign"):
    hours = {"leaves_at": datetime.time(9), "returns_at": datetime.time(18), "happens_on": world.today}
    return send(world, nature=nature, outing=kind, **hours)


def follow(world, client, mot, who="teacher"):
    return world.sign_in(client, who).get(reverse("notes:note_follow", args=[mot.pk])).content.decode()


def test_the_teacher_notes_each_certificate_in_one_press_and_the_follow_up_names_who_has_none(world, client):
    mot = outing(world)
    adam = world.people["child_adam"]
    page = follow(world, client, mot)
    assert adam.full_name in page.split('id="assurance"')[1].split("</section>")[0]
    url = reverse("schools:insurance_note", args=[world.classrooms["cpb"].pk, adam.pk])
    page = client.post(url, {"given": "1"}, follow=True).content.decode()
    assert "remise" in page and Insurance.objects.get().pupil == adam
    assert adam.full_name not in follow(world, client, mot).split('id="assurance"')[1].split("</section>")[0]
    client.post(url, {"given": "1"})
    assert Insurance.objects.count() == 1
    client.post(url)
    assert not Insurance.objects.exists()


def test_an_outing_within_class_hours_asks_no_certificate(world, client):
    assert 'id="assurance"' not in follow(world, client, outing(world, "within", "see"))


def test_only_those_who_serve_the_class_note_it_for_its_own_pupils_and_for_this_year(world, client):
    for who in ("teacher", "supply", "head"):
        note(world, who)
        note(world, who, given=False)
    for who in ("teacher_other_class", "guardian", "aesh", "city_education", "pupil_cm2"):
        with pytest.raises(Refused):
            note(world, who)
    with pytest.raises(Conflict, match="plus dans la classe"):
        note(world, child="pupil_cm2")
    page = reverse("schools:insurances", args=[world.classrooms["cpb"].pk])
    answers = {who: world.sign_in(client, who).get(page).status_code for who in ("teacher", "aesh", "guardian")}
    assert answers == {"teacher": 200, "aesh": 403, "guardian": 404}


def test_a_certificate_counts_for_its_year_is_exported_and_forgotten(world, client):
    note(world)
    Insurance.objects.update(school_year="2019-2020")
    assert world.people["child_adam"].full_name in follow(world, client, outing(world)).split('id="assurance"')[1]
    assert "attestation" in str(read_tables(world.people["child_adam"])).lower()
    assert CLOCKS[0].rows(now()).count() == 1
    Insurance.objects.all().delete()
    note(world)
    assert not CLOCKS[0].rows(now()).exists()
