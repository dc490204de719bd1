"""« Est-ce la même personne ? »: a guardian written by hand whose name the school knows already."""

import pytest
from django.urls import reverse

from preau.people.models import Contact, Person
from preau.schools.models import Enrolment, Guardianship
from tests.world import TODAY

NAMES = {"first_name": "Guardian", "last_name": "Canari-guardian_other_family"}


@pytest.fixture
def head(world, client):
    return world.sign_in(client, "head")


@pytest.fixture
def known(world):
    """She answers for Lina, and is known by a telephone."""
    person = world.people["guardian_other_family"]
    Contact.objects.create(person=person, kind="mobile", value="06 11 22 33 44", match_key="0611223344")
    return person


def url_of(world):
    return reverse("schools:guardian_new", args=[world.people["child_adam"].pk])


def written(**changes):
    return NAMES | {"kind": "parent", "authority": "unknown", "starts_on": TODAY.isoformat(), **changes}


def links_of(world):
    return Guardianship.objects.filter(child=world.people["child_adam"]).count()


def test_a_namesake_is_a_question_that_tells_enough_and_nothing_to_copy(world, head, known):
    before = (Person.objects.count(), links_of(world))
    answer = head.post(url_of(world), written(phone="0700000001"))
    page = answer.content.decode()
    assert "Est-ce la même personne" in page and world.people["child_lina"].full_name in page
    assert "téléphone …\u00a044" in page and "06 11 22 33 44" not in page
    assert (Person.objects.count(), links_of(world)) == before


def test_a_name_in_another_alphabet_is_a_question_too(world, head, known):
    Person.objects.filter(pk=known.pk).update(first_name="مريم", last_name="الخطيب", sort_key="الخطيب مريم")
    named = written(first_name="مريم", last_name="الخطيب", phone="0700000001")
    assert "Est-ce la même personne" in head.post(url_of(world), named).text


def test_the_same_person_answers_for_both_children_and_keeps_both_telephones(world, head, known):
    before = Person.objects.count()
    head.post(url_of(world), written(phone="0700000001", answer=str(known.pk)))
    assert Person.objects.count() == before
    assert {link.child for link in known.children_links.all()} == {
        world.people["child_adam"],
        world.people["child_lina"],
    }
    assert known.contacts.count() == 2
    head.post(url_of(world), written(phone="0700000001"))  # told once: the telephone says it now
    assert Person.objects.count() == before


def test_another_person_is_made_once_and_not_asked_about_again(world, head, known):
    before = Person.objects.count()
    head.post(url_of(world), written(phone="0700000001", answer="new"))
    assert Person.objects.count() == before + 1 and known.children_links.count() == 1
    again = head.post(url_of(world), written(phone="0700000001"))
    assert again.status_code == 302 and Person.objects.count() == before + 1


def test_a_common_telephone_asks_nothing(world, head, known):
    before = Person.objects.count()
    assert head.post(url_of(world), written(phone="06 11 22 33 44")).status_code == 302
    assert Person.objects.count() == before


@pytest.mark.parametrize("where", ["another school", "gone"])
def test_nobody_out_of_the_head_s_sight_is_named_or_chosen(world, head, known, where):
    lina = Enrolment.objects.filter(pupil=world.people["child_lina"])
    if where == "gone":
        lina.update(starts_on=TODAY.replace(year=TODAY.year - 2), ends_on=TODAY.replace(year=TODAY.year - 1))
    else:
        lina.update(school=world.schools["saules"], classroom=world.classrooms["saules_cm2"])
    before = Person.objects.count()
    answer = head.post(url_of(world), written(answer=str(known.pk)))
    assert answer.status_code == 302 and Person.objects.count() == before + 1
    assert known.children_links.count() == 1


def test_an_arrival_asks_of_each_guardian_in_turn(world, head, known):
    father = world.people["guardian_ulis"]
    arrival = {
        "first_name": "Malo", "last_name": "Cerceau", "birth_date": f"{TODAY.year - 6}-03-05", "level": "CP",
        "classroom": world.classrooms["cpb"].pk, "starts_on": TODAY.isoformat(),
        "guardian_1_first_name": known.first_name, "guardian_1_last_name": known.last_name,
        "guardian_2_first_name": father.first_name, "guardian_2_last_name": father.last_name,
    }  # fmt: skip
    url = reverse("schools:arrival", args=[world.schools["tilleuls"].pk])
    before = Person.objects.count()
    first = head.post(url, arrival).content.decode()
    assert 'name="answer_1"' in first and Person.objects.count() == before
    second = head.post(url, arrival | {"answer_1": str(known.pk)}).content.decode()
    assert f'<input type="hidden" name="answer_1" value="{known.pk}">' in second and 'name="answer_2"' in second
    assert Person.objects.count() == before
    head.post(url, arrival | {"answer_1": str(known.pk), "answer_2": "new"})
    malo = Person.objects.get(first_name="Malo")
    assert Person.objects.count() == before + 2 and known in {link.guardian for link in malo.guardian_links.all()}
    assert father not in {link.guardian for link in malo.guardian_links.all()}
