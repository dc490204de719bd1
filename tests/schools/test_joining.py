"""« J’ai un autre enfant »: two sheets of one parent become one account, and never more than that."""

import datetime
import threading

import pytest
from django.db import connection
from django.utils import timezone

from preau.arrivals.models import Decision
from preau.journal.models import Entry
from preau.kit.answers import Conflict
from preau.people import actions as people
from preau.people.codes import code_hash, code_in_groups
from preau.people.models import Account, ActivationCode, Contact, Person
from preau.schools import actions
from preau.schools.models import FormerPerson, Guardianship
from preau.spaces.models import Publication
from tests.browser import WIDTHS, assert_accessible, open_page
from tests.people.door import PASSWORD, give_password
from tests.world import BEFORE

URL = "/mon-compte/autre-enfant/"
TODAY = timezone.localdate()


@pytest.fixture
def second(world):
    """The same mother as `guardian`, recorded again by another school for another child, under her married name."""
    mother = world.people["guardian"]
    Contact.objects.create(person=mother, kind="mobile", value="06 01", match_key="0601")
    twin = Person.objects.create(first_name=mother.first_name, last_name="Autrement", usage_name="Canari-guardian")
    Contact.objects.create(person=twin, kind="mobile", value="06 01", match_key="0601")
    Contact.objects.create(person=twin, kind="email", value="m@exemple.fr", match_key="m@exemple.fr")
    Guardianship.objects.create(guardian=twin, child=world.people["pupil_other_school"], starts_on=BEFORE)
    return twin


def draw(person):
    return people.issue_activation_codes(persons=[person], person=None, now=timezone.now())[person.id]


def state():
    return (
        sorted(Guardianship.objects.values_list("guardian_id", "child_id", "restricted_on")),
        sorted(Person.objects.values_list("id", flat=True)),
        Account.objects.count(),
        ActivationCode.objects.filter(used_at=None).count(),
        FormerPerson.objects.count(),
    )


def test_two_pages_and_both_children_are_there(client, world, second):
    mother = world.people["guardian"]
    world.sign_in(client, "guardian")
    secret = draw(second)
    assert "J’ai un autre enfant" in client.get("/mon-compte/").content.decode()
    page = client.post(URL, {"code": code_in_groups(secret).lower()}).content.decode()
    assert "Canari-pupil_other_school" in page and "Réunir dans mon compte" in page
    assert Guardianship.objects.filter(guardian=second).exists()  # nothing yet
    assert client.post(URL, {"code": secret, "join": "1"})["Location"] == "/"  # which leads to their home
    children = {link.child for link in mother.children_links.current(TODAY)}
    assert children == {world.people["child_adam"], world.people["pupil_other_school"]}
    assert not Person.objects.filter(id=second.id).exists()
    assert set(mother.contacts.values_list("kind", flat=True)) == {"mobile", "email"}
    former = FormerPerson.objects.get(person=mother)
    assert (former.former_id, former.last_name, former.usage_name) == (second.id, "Autrement", "Canari-guardian")
    line = Entry.objects.get(verb="join_guardians")
    assert line.actor_id == mother.id and line.detail.values["former_id"] == str(second.id)
    # The code is spent: who joined it hears that it was theirs, and nobody else does.
    for form in ({"code": secret}, {"code": secret, "join": "1"}):
        assert "Cette fiche est déjà la vôtre" in client.post(URL, form).content.decode()
    assert "ne marche plus" in refusal(client, world, "guardian_far", secret)


def test_who_scans_the_second_sheet_while_in_is_offered_to_join_it(client, world, second):
    world.sign_in(client, "guardian")
    Guardianship.objects.create(guardian=second, child=world.people["pupil_cm2"], starts_on=BEFORE)
    client.post("/premiere-fois/", {"code": draw(second)})
    page = client.get("/premiere-fois/mot-de-passe/").text
    assert page.index(f'href="{URL}?fiche=1">Réunir dans mon compte') < page.index('name="password"')
    page = client.get(f"{URL}?fiche=1").text
    assert "Canari-pupil_other_school" in page and Guardianship.objects.filter(guardian=second).exists()
    answer = client.post(f"{URL}?fiche=1", {"code": "", "join": "1"})
    assert answer["Location"] == "/" and "sont avec vos autres enfants" in client.get("/mon-compte/").text
    assert not Person.objects.filter(id=second.id).exists()
    assert "Écrivez le code" in client.get(f"{URL}?fiche=1").text, "the session keeps nothing of a sheet that served"


def test_who_is_not_in_yet_enters_with_the_account_they_have_and_finds_the_sheet_again(client, world, second):
    client.post("/premiere-fois/", {"code": draw(second)})
    page = client.get("/premiere-fois/mot-de-passe/").text
    assert "Réunir dans mon compte" not in page and f'href="{URL}?fiche=1">J’ai déjà un compte' in page
    door = client.get(f"{URL}?fiche=1")["Location"]
    account = give_password(world.people["guardian"].account)
    assert client.post(door, {"login": account.identifier, "password": PASSWORD})["Location"] == f"{URL}?fiche=1"
    assert "Canari-pupil_other_school" in client.get(f"{URL}?fiche=1").text


def test_a_scanned_sheet_that_is_another_s_says_why_and_shows_no_child(client, world, second):
    world.sign_in(client, "guardian_far")
    client.post("/premiere-fois/", {"code": draw(second)})
    page = client.get(f"{URL}?fiche=1").text
    assert "Chaque parent a la sienne" in page and "Canari-pupil_other_school" not in page
    assert "Réunir" not in client.post(f"{URL}?fiche=1", {"code": "", "join": "1"}).text
    assert Person.objects.filter(id=second.id).exists()


def test_a_sheet_of_the_team_offers_no_child(client, world):
    Account.objects.filter(person=world.people["teacher"]).delete()
    client.post("/premiere-fois/", {"code": draw(world.people["teacher"])})
    page = client.get("/premiere-fois/mot-de-passe/").text
    assert 'name="password"' in page and "autre-enfant" not in page


def test_what_other_rooms_know_of_her_follows(world, second):
    decision = Decision.objects.create(
        school=world.schools["saules"],
        first_key="a",
        second_key="b",
        verdict="same",
        candidate=second,
        decided_at=timezone.now(),
    )
    withdrawn = Publication.objects.create(
        school=world.schools["saules"],
        kind="post",
        state="withdrawn",
        created_at=timezone.now(),
        published_at=timezone.now(),
        withdrawn_at=timezone.now(),
        withdrawn_by=second,
    )
    draw(second)
    code = ActivationCode.objects.select_related("person").get()
    actions.join_guardians(
        code=code, kept=world.people["guardian"], person=world.people["guardian"], now=timezone.now()
    )
    for row in (decision, withdrawn):
        row.refresh_from_db()
    assert decision.candidate == withdrawn.withdrawn_by == world.people["guardian"]


def test_a_restriction_is_never_lost(world, second):
    mother, child = world.people["guardian"], world.people["child_adam"]
    Guardianship.objects.create(
        guardian=second, child=child, starts_on=BEFORE, restricted_on=TODAY, restriction_reference="JAF 2026/9"
    )
    draw(second)
    code = ActivationCode.objects.select_related("person").get()
    actions.join_guardians(code=code, kept=mother, person=mother, now=timezone.now())
    link = Guardianship.objects.get(guardian=mother, child=child)
    assert (link.restricted_on, link.restriction_reference) == (TODAY, "JAF 2026/9")
    assert link.authority == Guardianship.Authority.YES


def test_a_decision_on_an_ended_link_holds_for_the_one_that_joins_it(world, second):
    """Restricted and ended under one name, still open under the other."""
    mother, child = world.people["guardian"], world.people["child_adam"]
    Guardianship.objects.filter(guardian=mother, child=child).update(
        ends_on=TODAY, restricted_on=TODAY, restriction_reference="JAF 2026/9"
    )
    Guardianship.objects.create(guardian=second, child=child, starts_on=BEFORE)
    draw(second)
    code = ActivationCode.objects.select_related("person").get()
    actions.join_guardians(code=code, kept=mother, person=mother, now=timezone.now())
    link = Guardianship.objects.get(guardian=mother, child=child, ends_on=None)
    assert (link.restricted_on, link.restriction_reference) == (TODAY, "JAF 2026/9")


def refusal(client, world, actor, secret):
    before = state()
    world.sign_in(client, actor)
    for form in ({"code": secret}, {"code": secret, "join": "1"}):
        response = client.post(URL, form)
        assert response.status_code == 200, response
    assert state() == before
    return response.content.decode()


def test_the_other_parents_sheet_is_not_mine(client, world):
    page = refusal(client, world, "guardian", draw(world.people["guardian_paper"]))
    assert "Cette fiche est au nom de Guardian Canari-guardian_paper" in page
    assert "Canari-child_lina" not in page


@pytest.mark.parametrize("name", ["head", "teacher", "city_education", "former_teacher", "operator"])
def test_no_sheet_of_someone_who_works_is_taken(client, world, name):
    victim = world.people[name]
    victim.first_name, victim.last_name = "Guardian", "Canari-guardian"
    victim.save()
    assert "n’est pas celle d’un parent" in refusal(client, world, "guardian", draw(victim))


def test_a_teacher_who_is_a_parent_is_not_taken_either(client, world, second):
    people.give_mandate(
        holder=second,
        role="teacher",
        place=world.classrooms["saules_cm2"],
        starts_on=TODAY + datetime.timedelta(9),
        person=None,
        now=timezone.now(),
    )
    assert "n’est pas celle d’un parent" in refusal(client, world, "guardian", draw(second))


def test_no_sheet_of_a_pupil_is_taken(client, world):
    assert "n’est pas celle d’un parent" in refusal(client, world, "guardian", draw(world.people["pupil_cm2"]))


@pytest.mark.parametrize("field", ["last_login", "password"])
def test_an_account_in_use_is_not_swallowed(client, world, second, field):
    account = people.create_account(person_of_account=second, by=None, now=timezone.now())
    if field == "last_login":
        account.last_login = timezone.now()
    else:
        account.set_password("un mot de passe")
    account.save()
    assert "un compte déjà ouvert" in refusal(client, world, "guardian", draw(second))


def test_an_account_never_entered_goes_with_the_sheet(client, world, second):
    people.create_account(person_of_account=second, by=None, now=timezone.now())
    world.sign_in(client, "guardian")
    client.post(URL, {"code": draw(second), "join": "1"})
    assert not Person.objects.filter(id=second.id).exists()


def test_ones_own_sheet_adds_nothing(client, world):
    assert "Cette fiche est la vôtre" in refusal(client, world, "guardian", draw(world.people["guardian"]))


def test_a_namesake_without_any_common_contact_nor_family_name_is_another(client, world, second):
    Contact.objects.filter(person=second).delete()
    Person.objects.filter(id=second.id).update(usage_name="")
    assert "au nom de" in refusal(client, world, "guardian", draw(Person.objects.get(id=second.id)))


def test_a_dead_code_is_a_dead_code(client, world, second):
    first = draw(second)
    draw(second)
    assert "ne marche pas, ou ne marche plus" in refusal(client, world, "guardian", first)
    assert "ne marche pas, ou ne marche plus" in refusal(client, world, "guardian", "22222222222222")


def test_ones_own_sheet_that_served_is_said_to_be_ones_own_and_to_nobody_else(client, world):
    own = draw(world.people["guardian"])
    people.use_activation_code(code=ActivationCode.objects.get(secret_hash=code_hash(own)), now=timezone.now())
    for role, told in (("guardian", True), ("guardian_far", False)):
        assert ("Cette fiche est déjà la vôtre" in refusal(client, world, role, own)) is told


def test_pupils_do_not_have_this_page(client, world, second):
    world.sign_in(client, "pupil_cm2")
    assert client.get(URL).status_code == 403
    assert client.post(URL, {"code": draw(second), "join": "1"}).status_code == 403
    assert Person.objects.filter(id=second.id).exists()
    assert "autre-enfant" not in client.get("/mon-compte/").content.decode()


def test_anonymous_people_are_told_that_nothing_was_sent_and_shown_the_door(client, second):
    code = draw(second)
    page = client.post(URL, {"code": code, "join": "1"})
    assert page.status_code == 403 and "Rien n’a été envoyé" in page.text and 'href="/entrer/?' in page.text
    assert code not in page.text, "a code is a secret"
    assert Person.objects.filter(id=second.id).exists()


def test_a_stranger_with_the_sheet_learns_no_name_of_child_before_being_refused(client, world, second):
    page = refusal(client, world, "guardian_far", draw(second))
    assert "Canari-pupil_other_school" not in page


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_joining_and_activating_at_once_only_one_wins():
    now = timezone.now()
    mother, twin = (Person.objects.create(first_name="Ada", last_name="Toupie") for _ in range(2))
    child = Person.objects.create(first_name="Lina", last_name="Toupie", birth_date=datetime.date(2018, 1, 1))
    Guardianship.objects.create(guardian=twin, child=child, starts_on=BEFORE)
    draw(twin)
    code = ActivationCode.objects.select_related("person").get()
    start, won = threading.Barrier(2), []

    def join():
        try:
            start.wait()
            actions.join_guardians(code=code, kept=mother, person=mother, now=now)
            won.append("join")
        except Conflict:
            pass
        finally:
            connection.close()

    def activate():
        try:
            start.wait()
            if people.open_with_code(code=code, password="huit lampes vertes", notice_version="1", now=now):
                won.append("open")
        finally:
            connection.close()

    threads = [threading.Thread(target=join), threading.Thread(target=activate)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert len(won) == 1
    assert Account.objects.filter(person=twin).exists() == (won == ["open"])


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_page_that_asks_is_accessible(world, second, browser, live_server):
    for width in WIDTHS:
        page = open_page(browser, live_server, URL, width=width, account=world.account("guardian"))
        page.fill("#id_code", draw(second))
        page.click("main form button")
        page.get_by_text("Réunir dans mon compte").wait_for()
        assert_accessible(page, "arrivals/other_child_confirm.html")
