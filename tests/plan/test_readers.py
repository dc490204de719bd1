"""Who reads a city's equipment as a whole, its amounts, its totals only, and applications (plan.md, matrix)."""

from preau.places.models import School
from preau.plan.desk.rules import reads_files
from preau.plan.equipment import rules

CITY = {"city_education", "city_it", "city_finance", "elected"}
STATE = {"ia_dasen", "ia_dasen_deputy", "dsden", "dan"}


def who(world, answer):
    return {name for name, person in world.people.items() if answer(person)}


def test_amounts_are_read_by_the_city_and_the_services_of_the_state(world):
    school, today = world.schools["tilleuls"], world.today
    only_it = School.objects.filter(pk=school.pk)
    assert who(world, lambda person: rules.reads_amounts(person, school, today)) == CITY | STATE
    assert who(world, lambda person: rules.schools_with_amounts(only_it, person, today).exists()) == CITY | STATE


def test_amounts_of_a_school_elsewhere_are_not_among_them(world):
    told = rules.schools_with_amounts(School.objects.all(), world.people["city_it"], world.today)
    assert {school.slug for school in told} == {"tilleuls", "saules"}


def test_a_city_is_read_as_a_whole_by_who_sees_all_its_schools(world):
    city, today = world.cities["marelle"], world.today
    assert who(world, lambda person: rules.reads_whole_city(person, city, today)) == CITY | STATE | {"trainer"}


def test_totals_only_are_for_a_federation(world):
    city, today = world.cities["marelle"], world.today
    assert who(world, lambda person: rules.reads_totals_only(person, city, today)) == {"parents_federation"}


def test_applications_are_read_by_schools_and_the_state_and_those_of_the_city_who_follow_them(world):
    team = {
        "head", "head_other_school", "head_far", "teacher", "teacher_other_class", "teacher_other_school", "suspended",
    }  # fmt: skip
    district = {"ien", "ien_other", "pedagogical_adviser", "erun"}
    city = {"city_education", "city_it", "city_education_far"}
    assert who(world, lambda person: reads_files(person, world.today)) == team | STATE | district | city | {"trainer"}
