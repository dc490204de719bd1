"""« Est-ce la même personne ? »: somebody of the team, or who takes a class for the day, keeps one account."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from preau.kit.dates import day_text
from preau.people import actions as people
from preau.people.models import ActivationCode, Mandate, Person, Role
from preau.people.naming import NOT_THEIRS
from tests.world import TODAY

DAY = datetime.timedelta(days=1)
QUESTION, SHEET = "Est-ce la même personne", "Fiche de connexion à Préau"


@pytest.fixture
def head(world, client):
    return world.sign_in(client, "head")


def entered(world, name):
    account = world.account(name)
    account.last_login = timezone.now()
    account.save()


def names_of(person):
    return {"first_name": person.first_name.upper(), "last_name": person.last_name, "civility": "Mme"}


def arrive(client, world, person, school="tilleuls", **more):
    """Names whoever bears this person's name."""
    written = {"function": "aesh", "room": "school", "starts_on": TODAY.isoformat(), "identifier": ""}
    url = reverse("schools:staff_new", args=[world.schools[school].pk])
    return client.post(url, written | names_of(person) | more, follow=True)


def lend(client, world, person, **more):
    url = reverse("schools:give_class", args=[world.classrooms["cpb"].pk])
    return client.post(url, names_of(person) | {"identifier": "", "until": TODAY.isoformat()} | more, follow=True)


def state():
    return Person.objects.count(), list(Mandate.objects.order_by("pk").values()), ActivationCode.objects.count()


def test_a_name_of_the_team_is_a_question_and_nothing_is_written(world, head):
    before = state()
    page = arrive(head, world, world.people["atsem"]).content.decode()
    assert QUESTION in page and "ATSEM, École Tilleuls" in page
    assert f'value="{world.people["atsem"].pk}"' in page and 'name="room" value="school"' in page
    assert state() == before


def test_the_same_person_enters_with_the_same_account_and_no_new_code(world, head):
    atsem, before = world.people["atsem"], Person.objects.count()
    entered(world, "atsem")
    page = arrive(head, world, atsem, answer=str(atsem.pk)).content.decode()
    assert "entre avec son compte" in page and SHEET not in page
    assert Person.objects.count() == before and not ActivationCode.objects.exists()
    assert {m.role for m in atsem.mandates.all()} == {Role.ATSEM, Role.AESH}
    arrive(head, world, atsem, answer=str(atsem.pk))  # a second click is the same function
    assert atsem.mandates.filter(role=Role.AESH).count() == 1


def test_the_same_person_who_never_entered_gets_a_sheet(world, head):
    atsem = world.people["atsem"]
    assert SHEET in arrive(head, world, atsem, answer=str(atsem.pk)).content.decode()
    assert ActivationCode.objects.get().person == atsem


def test_another_person_is_another(world, head):
    before = Person.objects.count()
    assert SHEET in arrive(head, world, world.people["atsem"], answer="new").content.decode()
    assert Person.objects.count() == before + 1 and world.people["atsem"].mandates.count() == 1


def test_who_left_long_ago_is_known_when_coming_back(world, head):
    former = world.people["former_teacher"]
    assert QUESTION in arrive(head, world, former).content.decode()
    arrive(head, world, former, answer=str(former.pk))
    assert former.mandates.current(TODAY).get().role == Role.AESH


def test_what_is_held_out_of_sight_is_not_told_and_no_sheet_opens_it(world, head):
    atsem = world.people["atsem"]
    people.give_mandate(
        holder=atsem,
        role=Role.CITY_FINANCE,
        place=world.cities["marelle"],
        starts_on=TODAY,
        person=None,
        now=timezone.now(),
    )
    assert "finances" not in arrive(head, world, atsem).content.decode()
    page = arrive(head, world, atsem, answer=str(atsem.pk)).content.decode()
    assert "C’est noté." in page and "tient aussi une autre fonction" in page and not ActivationCode.objects.exists()
    assert atsem.mandates.filter(role=Role.AESH).exists()


@pytest.mark.parametrize(
    "actor, hidden",
    [
        ("head", ("teacher_other_school", "head_other_school", "ien", "city_it", "operator", "guardian_other_school")),
        ("city_education", ("teacher", "supply", "head", "guardian", "ien", "city_it")),
    ],
)
def test_nobody_out_of_sight_is_named_or_chosen(world, actor, hidden):
    client = world.sign_in(Client(), actor)
    for name in hidden:
        person, before = world.people[name], Person.objects.count()
        held = person.mandates.count()
        answer = arrive(client, world, person, function="atsem", answer=str(person.pk))
        assert SHEET in answer.content.decode(), name
        assert Person.objects.count() == before + 1 and person.mandates.count() == held, name


def test_a_parent_of_the_school_is_known_to_the_head_by_the_child(world, head):
    guardian = world.people["guardian_coparent"]
    page = arrive(head, world, guardian).content.decode()
    assert QUESTION in page and world.people["child_adam"].full_name in page
    before = Person.objects.count()
    assert SHEET in arrive(head, world, guardian, answer=str(guardian.pk)).content.decode()
    assert Person.objects.count() == before and guardian.mandates.get().role == Role.AESH


def test_the_ville_is_asked_of_its_own_agents_in_all_its_schools(world):
    client, atsem = world.sign_in(Client(), "city_education"), world.people["atsem"]
    page = arrive(client, world, atsem, school="saules", function="atsem").content.decode()
    assert QUESTION in page and "École Tilleuls" in page and "Canari-classe" not in page
    page = arrive(client, world, atsem, school="saules", function="atsem", answer=str(atsem.pk)).content.decode()
    assert SHEET in page and {m.place for m in atsem.mandates.all()} >= {world.schools["saules"]}


def test_the_ville_draws_no_sheet_that_would_open_a_class_or_a_family(world):
    client, atsem = world.sign_in(Client(), "city_education"), world.people["atsem"]
    people.give_mandate(
        holder=atsem,
        role=Role.TEACHER,
        place=world.classrooms["cm2"],
        starts_on=TODAY,
        person=None,
        now=timezone.now(),
    )
    page = arrive(client, world, atsem, school="saules", function="atsem", answer=str(atsem.pk)).content.decode()
    assert "déjà connue à un autre titre" in page and not ActivationCode.objects.exists()
    guardian = world.people["guardian"]
    identifier = world.account("guardian").identifier
    page = arrive(client, world, guardian, school="saules", function="atsem", identifier=identifier).content.decode()
    assert "déjà connue à un autre titre" in page and not ActivationCode.objects.exists()


def test_a_class_is_lent_to_who_came_before_under_one_account(world):
    teacher, supply = world.sign_in(Client(), "teacher"), world.people["supply"]
    supply.mandates.update(starts_on=TODAY - 9 * DAY, ends_on=TODAY - 9 * DAY)
    before = Person.objects.count()
    page = lend(teacher, world, supply).content.decode()
    assert (
        QUESTION in page
        and "Remplaçante" in page
        and "remplaçant" not in page
        and not supply.mandates.current(TODAY).exists()
    )
    page = lend(teacher, world, supply, answer=str(supply.pk)).content.decode()
    assert SHEET in page and f"une fois, jusqu’au {day_text(TODAY)} au soir" in page
    assert Person.objects.count() == before and supply.mandates.current(TODAY).get().ends_on == TODAY
    lend(teacher, world, supply, answer="new")
    assert Person.objects.count() == before + 1


def test_a_teacher_is_told_of_no_family_and_gets_no_colleague_s_sheet(world):
    teacher, guardian = world.sign_in(Client(), "teacher"), world.people["guardian_coparent"]
    before = Person.objects.count()
    assert SHEET in lend(teacher, world, guardian, answer=str(guardian.pk)).content.decode()
    assert Person.objects.count() == before + 1 and not guardian.mandates.exists()
    aesh, drawn = world.people["aesh"], ActivationCode.objects.count()
    page = lend(teacher, world, aesh, answer=str(aesh.pk)).content.decode()
    assert "a la classe" in page and "déjà connue à un autre titre" in page
    assert ActivationCode.objects.count() == drawn and aesh.mandates.filter(role=Role.SUPPLY_TEACHER).exists()


def test_a_known_supply_teacher_who_never_entered_gets_a_new_sheet_in_one_tap(world):
    supply = world.people["supply"]
    supply.mandates.update(starts_on=TODAY - 9 * DAY, ends_on=TODAY - 9 * DAY)
    page = lend(world.sign_in(Client(), "teacher"), world, supply, holder=str(supply.pk)).content.decode()
    assert SHEET in page and ActivationCode.objects.get().person == supply


def test_an_identifier_with_its_name_asks_nothing_even_of_who_is_out_of_sight(world, head):
    other, before = world.people["teacher_other_school"], Person.objects.count()
    entered(world, "teacher_other_school")
    identifier = f" {world.account('teacher_other_school').identifier.upper()} "
    page = arrive(head, world, other, identifier=identifier).content.decode()
    assert "entre avec son compte" in page and QUESTION not in page and Person.objects.count() == before
    assert other.mandates.filter(role=Role.AESH, school=world.schools["tilleuls"]).exists()


def test_a_refused_identifier_says_the_same_whether_it_exists_or_not(world, head):
    stranger, before = world.people["ien"], state()
    named = {"first_name": "Paule", "last_name": "Billes"}
    pages = set()
    for identifier in (world.account("ien").identifier, "p.billes"):
        answer = arrive(head, world, stranger, identifier=identifier, **named)
        assert answer.status_code == 422 and NOT_THEIRS in answer.content.decode()
        pages.add(answer.content.decode().count("identifiant"))
    assert len(pages) == 1 and state() == before


@pytest.mark.parametrize("name", ["pupil_cm2", "suspended"])
def test_neither_a_pupil_nor_a_closed_account_is_named(world, head, name):
    person = world.people[name]
    person.last_name = "Cahier"  # a canary with a digit is no name that a form takes
    person.save()
    before = state()
    page = arrive(head, world, person, identifier=world.account(name).identifier).content.decode()
    assert NOT_THEIRS in page and state() == before


def test_tries_are_counted_for_who_asks_and_forgiven_by_a_right_one(world, head):
    other = world.people["teacher_other_school"]
    right = world.account("teacher_other_school").identifier
    for _ in range(4):
        assert NOT_THEIRS in arrive(head, world, other, identifier="x.y").content.decode()
    arrive(head, world, other, identifier=right)
    before = state()
    for _ in range(5):
        assert NOT_THEIRS in arrive(head, world, other, identifier="x.y").content.decode()
    page = arrive(head, world, other, identifier=right).content.decode()
    assert "Trop d’essais" in page and state() == before
    city = world.sign_in(Client(), "city_education")
    agent = arrive(city, world, other, function="atsem", identifier=right).content.decode()
    assert "Trop d’essais" not in agent  # each asks for themself
