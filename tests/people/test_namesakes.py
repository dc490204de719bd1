"""A head who changes school keeps one account: the operator is asked before a second one is made."""

from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from preau.people.models import ActivationCode, Person, Role
from tests.people.door import give_password
from tests.texts import as_drawn


@pytest.fixture
def operator(world, client):
    return world.sign_in(client, "operator")


@pytest.fixture
def known(world):
    return world.people["head"]


def post(operator, world, known, **more):
    url = reverse("base_name", args=["school", world.schools["saules"].pk])
    names = {"first_name": known.first_name.upper(), "last_name": known.last_name, "civility": "Mme"}
    return operator.post(url, names | {"role": Role.SCHOOL_HEAD, **more})


def test_a_name_already_in_office_is_a_question_with_role_and_place(operator, world, known):
    before = Person.objects.count()
    page = as_drawn(post(operator, world, known).text)
    assert "Est-ce la même personne" in page and "Directrice, École Tilleuls" in page
    assert Person.objects.count() == before and known.mandates.count() == 1


@pytest.mark.parametrize(("first", "last"), [("Ольга", "Петрова"), ("أحمد", "بن علي"), ("Ольга", "Toupie")])
def test_a_name_in_another_alphabet_is_a_question_too(operator, world, known, first, last):
    known.first_name, known.last_name = first, last
    known.save()
    assert "Est-ce la même personne" in as_drawn(post(operator, world, known).text)
    known.first_name = "Елена"
    assert "Est-ce la même personne" not in as_drawn(post(operator, world, known).text)


def test_a_base_of_before_finds_them_too(world, known):
    Person.objects.filter(pk=known.pk).update(first_name="Ольга", last_name="Петрова", sort_key="")
    import_module("preau.people.migrations.0022_names_of_every_alphabet").write_keys(apps, None)
    assert Person.objects.get(pk=known.pk).sort_key == "петрова ольга"


def test_the_same_person_enters_with_the_same_account_and_no_new_code(operator, world, known):
    account = give_password(world.account("head"))
    account.last_login = timezone.now()
    account.save()
    before = Person.objects.count()
    answer = post(operator, world, known, answer=str(known.pk))
    assert answer["Location"] == reverse("base") and Person.objects.count() == before
    assert {m.school for m in known.mandates.all()} == {world.schools["tilleuls"], world.schools["saules"]}
    assert not ActivationCode.objects.filter(person=known).exists()


def test_the_same_person_who_never_entered_gets_a_sheet(operator, world, known):
    assert "Fiche de connexion" in post(operator, world, known, answer=str(known.pk)).content.decode()
    assert ActivationCode.objects.filter(person=known).count() == 1


def test_another_person_is_another(operator, world, known):
    before = Person.objects.count()
    assert "Fiche de connexion" in post(operator, world, known, answer="new").content.decode()
    assert Person.objects.count() == before + 1 and known.mandates.count() == 1


def test_a_family_is_neither_named_to_the_operator_nor_chosen(operator, world):
    guardian, before = world.people["guardian"], Person.objects.count()
    page = post(operator, world, guardian, answer=str(guardian.pk)).content.decode()
    assert "Fiche de connexion" in page and Person.objects.count() == before + 1
    assert not guardian.mandates.exists()


def test_an_identifier_given_with_its_name_makes_one_person_of_a_parent_and_a_head(operator, world):
    guardian, before = world.people["guardian"], Person.objects.count()
    identifier = world.account("guardian").identifier
    wrong = post(operator, world, guardian, identifier=identifier, last_name="Autre").content.decode()
    assert "ne vont pas ensemble" in wrong and not guardian.mandates.exists()
    post(operator, world, guardian, identifier=identifier)
    assert Person.objects.count() == before and guardian.mandates.get().school == world.schools["saules"]


def test_a_city_and_its_district_of_one_name_are_told_apart(operator, world):
    """The page that names someone said « Qui nommer à Vitré ? » for both, and « à Ille-et-Vilaine »."""
    places = {"city": world.cities["marelle"], "district": world.districts["north"]}
    places["department"] = world.departments["vienne"]
    type(places["district"]).objects.filter(pk=places["district"].pk).update(name=places["city"].name)
    pages = {kind: as_drawn(operator.get(reverse("base_name", args=[kind, it.pk])).text) for kind, it in places.items()}
    name = places["city"].name
    assert f"Qui nommer à la Ville de {name}" in pages["city"]
    assert f"Qui nommer à la circonscription de {name}" in pages["district"]
    assert "Qui nommer au département de Vienne" in pages["department"]
