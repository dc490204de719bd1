"""Schools of one name in one city: « École Tilleuls, primaire »."""

from django.utils.timezone import now

from preau.kit.digest import business_digest
from preau.places import actions
from preau.places.models import School
from preau.plan.sheets.actions import plan as sheets

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
    assert third.full_shown_name == "École Tilleuls, primaire, 3 rue du Lac"
    elsewhere = add(world.cities["ailleurs"], "École Tilleuls", "nursery", slug="ta")
    assert elsewhere.shown_name == elsewhere.full_shown_name == "École Tilleuls"


def test_a_street_that_changes_is_told_and_a_closed_school_still_has_its_namesake(world):
    city = world.cities["marelle"]
    other = add(city, "École Tilleuls", "primary", slug="tz")
    for street in ("3 rue du Lac", "4 rue du Lac"):
        moved = actions.edit_school_contact(person=None, school=other, address=street, now=now())
        assert moved.shown_name == f"École Tilleuls, {street}"  # their kind tells nothing
        assert shown(city)[1:] == ["École Tilleuls", moved.shown_name]
    actions.close_school(person=None, school=other, last_day=now().date(), now=now())
    assert shown(city)[2] == "École Tilleuls, 4 rue du Lac"


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
