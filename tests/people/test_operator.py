"""An empty base: one link, one operator, the first places and the first head (trust.md 10)."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from preau.people.actions import name_holder
from preau.people.management.commands import init
from preau.people.models import Account, Mandate, Person, Role
from preau.places import actions as places
from preau.places.models import City, Department, District, School
from tests.people.door import draw, give_password, give_totp, sign_in, totp
from tests.world import enter

WORDS = "dix-sept lampes vertes dans la cour"


@pytest.fixture
def world_made_once():
    """None: here the base is empty when its first operator opens it, and the world comes after."""


@pytest.fixture
def first_link(db, capsys, monkeypatch):
    """The tables are there, and to look for what is left to make is most of a test: the first day makes them."""
    made = []
    monkeypatch.setattr(init, "call_command", lambda name, **options: made.append(name))
    call_command("init", address="https://ecoles.example")
    assert made == ["migrate", "createcachetable"]
    return capsys.readouterr().out


def test_a_fresh_base_has_no_account(db):
    assert not Account.objects.exists() and not Person.objects.exists()


def test_init_prints_a_link_whose_secret_is_in_the_fragment(first_link):
    assert re.search(r"https://ecoles\.example/premiere-fois/#[A-Z2-9]{14}\n", first_link)
    assert Mandate.objects.get().role == Role.OPERATOR and not Account.objects.exists()


def test_init_gives_another_link_while_the_first_opened_nothing(first_link, client, capsys):
    """Lost, or 30 days past: the base need not be made again. Nobody else is named, the former link is dead."""
    call_command("init", first_name="Une", last_name="Autre")
    said = capsys.readouterr().out
    assert "Le lien d’avant ne sert plus" in said and Person.objects.get().last_name == "de la base"
    former, secret = (re.search(r"#(\w{14})", text)[1] for text in (first_link, said))
    assert client.post("/premiere-fois/", {"code": former}).status_code == 200
    assert open_account(client, secret)
    with pytest.raises(CommandError, match="a déjà une opératrice.*unlock"):
        call_command("init")
    assert Person.objects.count() == 1


def open_account(client, secret):
    """Code, password, second factor."""
    client.post("/premiere-fois/", {"code": secret})
    response = client.post("/premiere-fois/mot-de-passe/", {"password": WORDS, "again": WORDS})
    assert response["Location"].startswith("/mon-compte/second-facteur/"), response.content.decode()
    page = client.get(response["Location"])
    client.post("/mon-compte/second-facteur/", {"code": totp(page.context["form"].secret)})
    return client


@pytest.fixture
def operator(first_link, client):
    return open_account(client, re.search(r"#(\w{14})", first_link)[1])


def code_on(page):
    return re.search(r'sheet-code">([\w-]+)<', page)[1]


def test_the_operator_opens_the_base_and_names_a_head(operator):
    home = operator.get("/aujourdhui/").content.decode()
    assert "La base est vide" in home and "à leurs familles" not in home
    assert "Ouvrons la base" in operator.get("/base/").content.decode()
    operator.post("/base/departement/", {"code": "86"})
    vienne = Department.objects.get()
    assert (vienne.name, vienne.academy) == ("Vienne", "Poitiers")
    operator.post("/base/ville/", {"name": "Marelle", "department": vienne.id, "is_fictitious": "on"})
    operator.post("/base/circonscription/", {"name": "Nord", "department": vienne.id})
    city = City.objects.get()
    operator.post(
        "/base/ecole/",
        {
            "name": "École des Tilleuls",
            "city": city.id,
            "kind": "primary",
            "uai": "0860001f",
            "district": District.objects.get().id,
        },
    )
    school = School.objects.get()
    assert (school.uai, school.slug, city.is_fictitious) == ("0860001F", "ecole-des-tilleuls", True)
    form = {"role": "school_head", "civility": "Mme", "first_name": "Ada", "last_name": "Craie"}
    page = operator.post(f"/base/nommer/school/{school.id}/", form).content.decode()
    assert "Mme Ada Craie" in page and "data:image/svg+xml" in page
    mandate = Mandate.objects.get(role=Role.SCHOOL_HEAD)
    assert mandate.school == school
    code = code_on(page)
    assert code not in operator.get("/base/").content.decode()
    head = open_account(Client(), code)
    assert "Ada Craie" in head.get("/mon-compte/").content.decode()
    assert head.get("/base/").status_code == 403


@pytest.mark.parametrize("path", ["/base/ville/", "/base/circonscription/", "/base/ecole/"])
def test_on_an_empty_base_a_typed_address_says_what_to_add_first(operator, path):
    first, words = ("/base/ville/", "une ville") if "ecole" in path else ("/base/departement/", "un département")
    link, empty = f'<a href="{first}">Ajoutez d’abord {words}.</a>', '<form class="form"'
    for page in (operator.get(path).content.decode(), operator.post(path, {"name": "A"}).content.decode()):
        assert link in page and empty not in page
    vienne = Department.objects.create(code="86", name="Vienne", academy="Poitiers")
    City.objects.create(name="Marelle", department=vienne, slug="marelle")
    page = operator.get(path).content.decode()
    assert link not in page and empty in page


def test_naming_twice_makes_one_person(operator, world):
    school = world.schools["tilleuls"]
    form = {"role": "school_head", "civility": "Mme", "first_name": "Éda", "last_name": "L’Heveder"}
    operator.post(f"/base/nommer/school/{school.id}/", form)
    for names in ({}, {"last_name": "L'Heveder"}, {"first_name": "ÉDA", "last_name": "L'HEVEDER"}):
        assert "tient déjà ce rôle ici" in operator.post(f"/base/nommer/school/{school.id}/", form | names).text, names
    assert Person.objects.filter(last_name__endswith="eveder").count() == 1


def test_a_new_sheet_kills_the_former_one(operator, world):
    mandate = world.people["head"].mandates.get()
    first = code_on(operator.post(f"/base/fiche/{mandate.id}/").content.decode())
    second = code_on(operator.post(f"/base/fiche/{mandate.id}/").content.decode())
    assert first != second
    assert Client().post("/premiere-fois/", {"code": first}).status_code == 200
    assert Client().post("/premiere-fois/", {"code": second}).status_code == 302


def test_the_operator_gives_no_sheet_to_families_nor_to_himself(operator, world):
    for mandate in (world.people["teacher"].mandates.get(), Mandate.objects.filter(role=Role.OPERATOR).first()):
        assert operator.post(f"/base/fiche/{mandate.id}/").status_code == 404


def test_an_odd_check_letter_warns_and_does_not_block(operator, world):
    city = world.cities["marelle"]
    response = operator.post(
        "/base/ecole/", {"name": "École Z", "city": city.id, "kind": "nursery", "uai": "0860999Z"}, follow=True
    )
    assert "La lettre de l’UAI 0860999Z ne va pas avec ses chiffres" in response.content.decode()
    assert School.objects.filter(uai="0860999Z").exists()


def test_what_is_there_already_is_said(operator, world):
    vienne, city = world.departments["vienne"], world.cities["marelle"]
    twin = world.schools["tilleuls"]
    school = {"name": "X", "city": city.id, "kind": "primary", "uai": "0860001A"}
    for path, form, said in (
        ("/base/departement/", {"code": "86"}, "déjà dans la base"),
        ("/base/ville/", {"name": "Marelle", "department": vienne.id}, "déjà dans la base"),
        ("/base/ecole/", school, "porte déjà cet UAI"),
        (
            "/base/ecole/",
            school | {"name": twin.name.upper(), "kind": twin.kind, "uai": ""},
            "de cette nature est déjà",
        ),
    ):
        page = operator.post(path, form)
        assert page.status_code == 200 and said in page.content.decode()


def test_two_schools_of_one_name_and_nature_are_told_apart_by_their_street(operator, world):
    first = world.schools["tilleuls"]
    form = {"name": first.name, "city": first.city_id, "kind": first.kind, "uai": "0860999K"}
    page = operator.post("/base/ecole/", form, follow=True).content.decode()
    assert "c’est ajouté" in page and "leur rue les distinguera partout" in page
    second = School.objects.get(uai="0860999K")
    assert str(second) == f"{first.name}, 0860999K"
    by = world.people["city_education"]
    for school, street in ((first, "3 rue du Lac"), (second, "8 rue des Prés")):
        places.edit_school_contact(person=by, school=school, address=street, now=timezone.now())
    assert [str(School.objects.get(pk=each.pk)) for each in (first, second)] == [
        f"{first.name}, 3 rue du Lac",
        f"{first.name}, 8 rue des Prés",
    ]


@pytest.mark.parametrize("name", ["head", "city_education", "city_it", "dsden", "teacher", "guardian", "pupil_cm2"])
def test_the_base_is_the_operators(client, world, name):
    world.sign_in(client, name)
    school, mandate = world.schools["tilleuls"], world.people["head"].mandates.get()
    before = (Person.objects.count(), School.objects.count(), City.objects.count())
    for path in (
        "/base/",
        "/base/departement/",
        "/base/ville/",
        "/base/circonscription/",
        "/base/ecole/",
        f"/base/nommer/school/{school.id}/",
    ):
        assert client.get(path).status_code == 403, path
    form = {"role": "school_head", "first_name": "A", "last_name": "B", "civility": ""}
    assert client.post(f"/base/nommer/school/{school.id}/", form).status_code == 403
    assert client.post(f"/base/fiche/{mandate.id}/").status_code == 403
    assert (Person.objects.count(), School.objects.count(), City.objects.count()) == before


def test_a_role_that_the_place_does_not_take_is_refused(operator, world):
    school = world.schools["tilleuls"]
    form = {"role": "operator", "first_name": "A", "last_name": "B", "civility": ""}
    assert operator.post(f"/base/nommer/school/{school.id}/", form).status_code == 200
    assert Mandate.objects.filter(role=Role.OPERATOR).count() == 2  # the world's and the fixture's, no third
    assert operator.post(f"/base/nommer/room/{school.id}/", form).status_code == 404


def test_the_base_page_costs_nine_queries_whatever_it_holds(operator, world, django_assert_num_queries):
    operator.get("/base/")
    with django_assert_num_queries(9):
        operator.get("/base/")
    for number in range(20):
        school = School.objects.create(
            city=world.cities["marelle"], name=f"École {number}", slug=f"ecole-{number}", kind="primary"
        )
        name_holder(
            place=school,
            role=Role.SCHOOL_HEAD,
            civility="Mme",
            first_name="Zoé",
            last_name=f"Nom{number}",
            starts_on=timezone.localdate(),
            person=None,
            now=timezone.now(),
        )
    with django_assert_num_queries(9):
        assert operator.get("/base/").text.count("Zoé Nom") == 20


def test_a_lost_telephone_is_replaced_and_the_sessions_end(operator, world):
    head = give_password(world.account("head"))
    give_totp(head)
    theirs = Client()
    enter(theirs, head)
    head.last_login = timezone.now()
    head.save()
    address = f"/base/second-facteur/{world.people['head'].mandates.get().id}/"
    assert address in operator.get("/base/").content.decode()
    operator.get(address)
    assert Authenticator.objects.filter(user=head).exists()
    sheet = operator.post(address).content.decode()
    assert not Authenticator.objects.filter(user=head).exists()
    assert theirs.get("/mon-compte/").status_code == 302
    assert open_account(Client(), code_on(sheet)).get("/mon-compte/").status_code == 200
    assert sign_in(Client(), head.identifier, WORDS)["Location"] == "/entrer/code/"


def test_the_password_that_went_with_a_lost_telephone_opens_nothing(operator, world):
    """Who stole it would else set a telephone of their own before the head does."""
    head = give_password(world.account("head"))
    give_totp(head)
    former = draw(head.person)
    operator.post(f"/base/second-facteur/{world.people['head'].mandates.get().id}/")
    thief = Client()
    assert sign_in(thief, head.identifier).status_code == 200
    assert thief.post("/premiere-fois/", {"code": former}).status_code == 200
    assert thief.get("/mon-compte/second-facteur/")["Location"].startswith("/entrer/")
    head.refresh_from_db()
    assert not head.has_usable_password() and not Authenticator.objects.filter(user=head).exists()


def test_only_the_operator_removes_a_telephone(client, world):
    give_totp(world.account("head"))
    world.sign_in(client, "city_education")
    assert client.post(f"/base/second-facteur/{world.people['head'].mandates.get().id}/").status_code == 403
    assert Authenticator.objects.filter(user=world.account("head")).exists()


@pytest.mark.long
def test_unlock_gives_the_operator_a_way_back_from_the_shell(world, capsys, settings):
    settings.ADDRESS, settings.ADDRESS_IS_SAID = "https://ecoles.example", True
    account = give_password(world.account("operator"))
    give_totp(account)
    call_command("unlock", account.identifier)
    printed = capsys.readouterr().out
    assert printed.startswith("https://ecoles.example/premiere-fois/#")
    secret = re.search(r"#(\w{14})", printed)[1]
    assert sign_in(Client(), account.identifier).status_code == 200  # the former password opens nothing
    assert open_account(Client(), secret).get("/base/").status_code == 200
    with pytest.raises(CommandError):
        call_command("unlock", "nobody")


def test_leaving_before_the_second_factor_is_no_dead_end(client, world):
    account = give_password(world.account("head"))
    sign_in(client, account.identifier)
    assert client.get("/entrer/")["Location"] == "/mon-compte/second-facteur/"
