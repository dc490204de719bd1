"""A query prepared for a pattern of roles gives each their own rows, and fails when a rule reads anything else."""

import datetime

import pytest
from django.db.models import DateField, Q
from django.utils.timezone import localdate

from preau.people.models import Mandate, Role
from preau.people.prepared import PreparedFor
from preau.people.queries import current_mandates, schools_worked_in
from preau.places.models import School

TODAY = localdate()


def sees(person, today):
    """Own schools, the city's, the district's, the département's; and who holds a title beside."""
    wanted = Q(id__in=schools_worked_in(person, today)) | Q(classrooms__mandates__person=person)
    for m in current_mandates(person, today):
        if m.city_id:
            wanted |= Q(city__in=[m.city_id])
        if m.district_id:
            wanted |= Q(district=m.district, city__department=m.district.department_id)
        if m.department_id:
            wanted |= Q(city__department=m.department)
        if m.place and m.school_id:
            wanted |= Q(city=m.school.city_id, district__department=m.school.city.department_id)
    return School.objects.filter(wanted).order_by("id").values_list("id", "name").distinct()


def test_each_person_gets_their_own_rows(world, django_assert_max_num_queries):
    sentences, found = PreparedFor(sees), set()
    for person in world.people.values():
        current_mandates(person, TODAY)
        with django_assert_max_num_queries(1):
            rows = sentences.rows(person, TODAY)
        assert rows == list(sees(person, TODAY))
        found.add(tuple(rows))
    assert len(found) > 3


def test_persons_alike_share_the_sentence_and_no_row(world):
    sentences = PreparedFor(sees)
    here, far = world.people["head"], world.people["head_other_school"]
    rows = [sentences.rows(person, TODAY) for person in (here, far, here)]
    assert rows[0] == rows[2] == list(sees(here, TODAY)) and rows[1] == list(sees(far, TODAY))
    assert sentences._written.cache_info().misses == 1


def test_the_same_place_held_twice_is_no_likeness_of_two_places(world):
    sentences, city = PreparedFor(sees), world.people["city_it"]
    first, far = current_mandates(city, TODAY)[0].city, world.cities["ailleurs"]
    assert first != far
    for added in (first, far):
        mandate = Mandate.objects.create(person=city, role=Role.CITY_FINANCE, city=added, starts_on=TODAY)
        city.__dict__.pop("_mandates_by_day")
        assert sentences.rows(city, TODAY) == list(sees(city, TODAY))
        mandate.delete()
    assert sentences._written.cache_info().misses == 2


def test_what_is_asked_changes_with_each_asking(world):
    def since(person, today, day, role):
        return Mandate.objects.filter(person=person, role=role, starts_on__gte=day).values_list("id")

    sentences, person = PreparedFor(since, DateField), world.people["ien"]
    day = current_mandates(person, TODAY)[0].starts_on
    assert len(sentences.rows(person, TODAY, day, key=("ien",))) == 1
    assert not sentences.rows(person, TODAY, day + datetime.timedelta(days=1), key=("ien",))
    assert not sentences.rows(person, TODAY, day, key=("dan",))


@pytest.mark.parametrize(
    "reads",
    [
        lambda person, today: person.last_name,
        lambda person, today: current_mandates(person, today)[0].starts_on,
        lambda person, today: current_mandates(person, today)[0].school.name,
        lambda person, today: current_mandates(person, today)[0].school.district.department_id,
        lambda person, today: School.objects.filter(id__in=schools_worked_in(person, today)).exists(),
        lambda person, today: current_mandates(person, today - datetime.timedelta(days=1)),
    ],
    ids=["name", "day", "school", "further", "base", "other day"],
)
def test_nothing_but_roles_and_ids_is_read(world, reads):
    def build(person, today):
        reads(person, today)
        return School.objects.values_list("id")

    with pytest.raises(RuntimeError):
        PreparedFor(build).rows(world.people["head"], TODAY)


def test_no_question_and_no_possible_row_ask_nothing(world, django_assert_num_queries):
    person = world.people["head"]
    current_mandates(person, TODAY)
    with django_assert_num_queries(0):
        assert PreparedFor(lambda person, today: None).rows(person, TODAY) == []
        assert PreparedFor(lambda person, today: School.objects.filter(id__in=[])).rows(person, TODAY) == []
