"""Grounds: a role counts in the place where it is held; the set of rows and the yes or no are the same table."""

import importlib
import pkgutil

import pytest
from django.db.models import Q

import preau
from preau.people.models import CITY_ROLES, CLASS_ROLES, SCHOOL_ROLES, Role
from preau.people.queries import current_mandates
from preau.people.queries.grounds import CROSSING, Grounds
from preau.places.models import AfterSchool, City, Classroom, Network, School

ROWS = {"classroom": Classroom, "afterschool": AfterSchool, "network": Network, "school": School, "city": City}
SEES = Grounds("school", school=SCHOOL_ROLES, city=CITY_ROLES, district=(Role.IEN,))


def tables():
    """{dotted name: Grounds} of every room's rules."""
    names = [m.name for m in pkgutil.walk_packages(preau.__path__, "preau.") if "rules" in m.name.split(".")]
    modules = [importlib.import_module(name) for name in names]
    return {f"{m.__name__}.{key}": one for m in modules for key, one in vars(m).items() if isinstance(one, Grounds)}


def test_each_sees_by_the_place_where_the_role_is_held(world):
    def seen(name):
        return {school.slug for school in School.objects.filter(SEES.where(world.people[name], world.today))}

    assert seen("teacher") == seen("head") == {"tilleuls"}  # by the class, by the school
    assert seen("city_it") == {"tilleuls", "saules"}
    assert seen("ien") == {s.slug for s in world.districts["north"].schools.all()} != set()
    # Held elsewhere than the table says, or not in it.
    assert seen("dsden") == seen("erun") == seen("parents_federation") == seen("guardian") == set()


def test_a_school_without_district_is_not_of_who_holds_none(world):
    school, city_it = world.schools["saules"], world.people["city_it"]
    School.objects.filter(pk=school.pk).update(district=None)
    school.refresh_from_db()
    by_district = Grounds("school", district=CITY_ROLES)
    assert not School.objects.filter(by_district.where(city_it, world.today)).exists()
    assert not by_district.covers(city_it, school, world.today)


def test_what_is_seen_and_what_is_covered_are_the_same(world):
    found = tables()
    assert len(found) > 20
    held = {tuple((m.role, m.place_id) for m in current_mandates(p, world.today)): p for p in world.people.values()}
    for name, table in found.items():
        if table.of == "city" and set(CROSSING) & set(table.roles):
            continue
        rows = list(ROWS[table.of].objects.all())
        for person in held.values():
            seen = set(ROWS[table.of].objects.filter(table.where(person, world.today)).values_list("pk", flat=True))
            assert seen == {row.pk for row in rows if table.covers(person, row, world.today)}, name


def test_a_row_is_seen_by_what_it_lies_in(world):
    today, school = world.today, world.schools["tilleuls"]
    room = Classroom.objects.filter(school=school).first()
    for person in world.people.values():
        seen = Classroom.objects.filter(SEES.where(person, today, "school"), pk=room.pk).exists()
        assert seen == SEES.covers(person, room, today, "school") == SEES.covers(person, school, today)


def test_a_city_reached_by_several_schools_comes_once(world):
    reached = Grounds("city", school=(Role.SCHOOL_HEAD,), district=(Role.IEN,))
    world.districts["north"].schools.add(world.schools["saules"])
    assert list(City.objects.filter(reached.where(world.people["ien"], world.today))) == [world.cities["marelle"]]
    assert list(City.objects.filter(reached.where(world.people["head"], world.today))) == [world.cities["marelle"]]


def test_nobody_sees_nothing(world):
    assert SEES.where(None, world.today) == Q(pk__in=())
    assert not SEES.covers(None, world.schools["tilleuls"], world.today)


def test_a_table_names_only_places_that_its_rows_lie_in():
    with pytest.raises(ValueError, match="a school lies in no classroom"):
        Grounds("school", classroom=CLASS_ROLES)


def test_an_act_is_signed_under_the_mandate_that_lets_it(world):
    reads, city = Grounds("city", department=(Role.DSDEN,), department_of_district=(Role.IEN,)), world.cities["marelle"]
    for name in ("dsden", "ien"):  # a district's is of its département's cities too, where the table says so
        assert reads.mandate(world.people[name], city, world.today).role == name
        assert list(City.objects.filter(reads.where(world.people[name], world.today))) == [city]
    assert reads.mandate(world.people["city_it"], city, world.today) is None
    assert Grounds("city", department=(Role.IEN,)).mandates(world.people["ien"], world.today) == []


def test_roles_held_in_these_places_alone(world):
    steers, today = Grounds("city", city=CITY_ROLES), world.today
    assert steers.are_all_places(world.people["city_it"], today)
    assert not steers.are_all_places(world.people["ien"], today)
