"""Schools of one name in one city: « École Tilleuls, primaire »."""

import re

import pytest
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.posts.models import Scope
from preau.kit.digest import business_digest
from preau.people.models import Mandate, Role
from preau.people.sheets import title_of
from preau.places import actions
from preau.places.models import Classroom, School
from preau.plan.sheets.actions import plan as sheets
from preau.web.faces import faces_of
from tests.ent.posts.test_actions import publish

HEADER = "École;UAI;Nature;Année;Classes équipées;Montant;HT/TTC;Source"


def add(city, name, kind, **facts):
    return actions.add_school(person=None, city=city, name=name, kind=kind, now=now(), **facts)


def shown(city):
    return list(School.objects.filter(city=city).order_by("slug").values_list("shown_name", flat=True))


def test_schools_of_one_name_are_told_apart_by_kind_then_street(world):
    city, saules = world.cities["marelle"], "École Saules"
    nursery = add(city, "École  TILLEULS", "nursery", slug="tz", address="5 rue du Lac")
    assert nursery.shown_name == str(nursery) == "École  TILLEULS, maternelle"
    assert shown(city) == [saules, "École Tilleuls, primaire", "École  TILLEULS, maternelle"]
    third = add(city, "École Tilleuls", "primary", slug="tzz", address="3 rue du Lac")
    last = ["École  TILLEULS, maternelle", "École Tilleuls, primaire, 3 rue du Lac"]
    assert shown(city) == [saules, "École Tilleuls, primaire", *last]
    assert third.full_name == "École Tilleuls, primaire, 3 rue du Lac"
    assert third.name_beside_kind == "École Tilleuls, 3 rue du Lac"
    assert third.with_article == "l’école Tilleuls, primaire, 3 rue du Lac"
    elsewhere = add(world.cities["ailleurs"], "École Tilleuls", "nursery", slug="ta")
    assert elsewhere.shown_name == elsewhere.full_name == elsewhere.name_beside_kind == "École Tilleuls"


def test_a_street_that_changes_is_told_and_a_closed_school_still_has_its_namesake(world):
    city = world.cities["marelle"]
    other = add(city, "École Tilleuls", "primary", slug="tz")
    for street in ("3 rue du Lac", "4 rue du Lac"):
        moved = actions.edit_school_contact(person=None, school=other, address=street, now=now())
        assert moved.shown_name == f"École Tilleuls, {street}"  # their kind tells nothing
        assert shown(city)[1:] == ["École Tilleuls", moved.shown_name]
    actions.close_school(person=None, school=other, last_day=now().date(), now=now())
    assert shown(city)[2] == "École Tilleuls, 4 rue du Lac"


def test_schools_that_nothing_tells_apart_are_numbered_by_their_age_until_a_street_does(world):
    city = world.cities["marelle"]
    made = [add(city, "École Neuve", "primary", slug=slug) for slug in ("n3", "n2", "n1")]
    assert [School.objects.get(pk=one.pk).shown_name[-3:] for one in made] == ["(1)", "(2)", "(3)"]
    assert all(School.objects.get(pk=one.pk).is_numbered for one in made) and not world.schools["saules"].is_numbered
    moved = actions.edit_school_contact(person=None, school=made[1], address="3 rue du Lac (2)", now=now())
    assert moved.shown_name == "École Neuve, 3 rue du Lac (2)" and not moved.is_numbered
    assert {"École Neuve (1)", moved.shown_name, "École Neuve (2)"} < set(shown(city))


def test_who_holds_a_class_of_one_name_in_two_schools_chooses_by_the_school(world):
    city, person = world.cities["marelle"], world.people["teacher"]
    classes = [
        Classroom.objects.create(school=school, school_year=world.year, name="CP Z", levels=["CP"])
        for school in (
            add(city, "École Neuve", "primary", slug="n1", address="2 rue du Lac"),
            add(city, "École Neuve", "primary", slug="n2", address="3 rue du Lac"),
            add(world.cities["ailleurs"], "École Neuve, 3 rue du Lac", "primary", slug="n3"),
        )
    ]
    for classroom in classes:
        Mandate.objects.create(person=person, role=Role.TEACHER, classroom=classroom, starts_on=world.today)
    labels = [face.label for face in faces_of(person, world.today) if "CP Z" in face.label]
    assert sorted(label.partition(", ")[2] for label in labels) == [
        "CP Z, École Neuve, 2 rue du Lac",
        "CP Z, École Neuve, 3 rue du Lac, Ailleurs",
        "CP Z, École Neuve, 3 rue du Lac, Marelle",
    ]
    assert title_of(person.mandates.get(classroom=classes[0])).endswith(", CP Z, École Neuve, 2 rue du Lac")


def test_a_family_and_the_site_read_which_of_two_schools_it_is(world, client):
    publish(world, "head", Scope.SCHOOL)
    add(world.cities["marelle"], "École Tilleuls", "nursery", slug="tz")
    told, bare = "École Tilleuls, primaire", re.compile("École Tilleuls(?!, primaire)")
    school, classroom = world.schools["tilleuls"], world.classrooms["cpb"]
    pages = {
        "guardian_two_schools": ["/aujourdhui/", reverse("portal:school_home", args=[school.pk])],
        "head": [
            reverse("sites:manage_school", args=[school.pk]), reverse("schools:school", args=[school.pk]),
            reverse("schools:classroom", args=[classroom.pk]), reverse("arrivals:start", args=[school.pk]),
        ],
        "": [reverse("sites:school_home", args=[school.slug])],
    }  # fmt: skip
    for name, urls in pages.items():
        if name:
            world.sign_in(client, name)
        else:
            client.logout()
        for url in urls:
            page = client.get(url).text
            assert told in page and not bare.search(page), url


def test_a_table_tells_the_schools_it_adds_and_its_undoing_unsays_it(world):
    city, before = world.cities["marelle"], business_digest()
    data = f"{HEADER}\r\nÉcole Tilleuls;;maternelle;;;;;".encode()
    draft = sheets.keep_draft(person=None, city=city, name="plan.csv", data=data, now=now())
    batch = sheets.apply_draft(person=None, draft=draft, now=now()).batch
    assert {"École Tilleuls, maternelle", "École Tilleuls, primaire"} < set(shown(city))
    add(city, "École Tilleuls", "elementary", slug="tz")  # a namesake since changes nothing of what the table wrote
    School.objects.get(slug="tz").delete()
    sheets.undo_import(person=None, city=city, batch=batch, now=now())
    assert shown(city) == ["École Saules", "École Tilleuls"]
    assert business_digest() == before


@pytest.mark.parametrize("name, levels, told", [
    ("CP B", ["CP"], []),
    ("CE1-CE2", ["CE1", "CE2"], []),
    ("CE1 A", ["CE1", "CE2"], ["CE1", "CE2"]),
    ("Les Lutins", ["PS"], ["PS"]),
])  # fmt: skip
def test_a_level_that_the_name_of_a_class_says_is_not_said_again(name, levels, told):
    assert Classroom(name=name, levels=levels).untold_levels == told
