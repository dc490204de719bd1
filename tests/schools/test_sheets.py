"""One person's connection sheet from the pupil's record: who gives it, to whom, and whose other codes stay open."""

import datetime
import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from preau.journal.models import Entry
from preau.people import actions as people
from preau.people.actions import issue_activation_codes
from preau.people.models import Account, ActivationCode, MailCode, Mandate, Phone, Role
from preau.people.queries import code_of
from preau.schools import rules
from preau.schools.models import Guardianship
from preau.schools.sheets import sheets_withheld
from tests.canaries import FOUND, canary_of, leaks
from tests.world import BEFORE, TODAY, add_child

CODE = re.compile(r'sheet-code">([\w-]+)<')
GIVES = {"head", "teacher", "suspended"}  # an account that cannot sign in: the mandate itself still holds


def link_of(world, guardian, child="child_adam"):
    return Guardianship.objects.get(guardian=world.people[guardian], child=world.people[child])


def record(world, client, name, child="child_adam"):
    return world.sign_in(client, name).get(reverse("schools:pupil", args=[world.people[child].pk])).text


def ask(world, name, address, pk):
    return world.sign_in(Client(), name).post(reverse(f"schools:{address}", args=[pk]))


def code_on(answer):
    return CODE.search(answer.text)[1]


@pytest.mark.parametrize("asker", ["head", "teacher"])
def test_a_mother_has_her_sheet_in_one_click_and_the_other_families_keep_theirs(world, client, asker):
    mine = link_of(world, "guardian_paper", "child_lina")
    others = [world.people[name] for name in ("guardian", "guardian_coparent", "guardian_other_family")]
    issued = issue_activation_codes(persons=[mine.guardian, *others], person=None, now=timezone.now())
    address = reverse("schools:guardian_sheet", args=[mine.pk])
    assert f'action="{address}"' in record(world, client, asker, "child_lina")
    page = client.post(address)
    assert page.status_code == 200 and "data:image/svg+xml" in page.text and "data-print" in page.text
    code = code_of(code_on(page), timezone.now())
    assert code.person == mine.guardian
    assert code_of(issued[mine.guardian_id], timezone.now()) is None
    assert [code_of(issued[other.pk], timezone.now()).person for other in others] == others
    entry = Entry.objects.filter(verb="issue_activation_code").latest("id")
    assert (entry.actor_id, entry.object_id) == (world.people[asker].pk, mine.guardian_id)


@pytest.mark.parametrize("asker, address, holder", [
    ("teacher", "guardian_sheet", "guardian"), ("head", "pupil_sheet", "pupil_cm2"), ("head", "team_sheet", "teacher"),
])  # fmt: skip
def test_who_gives_a_sheet_also_closes_an_account_that_somebody_else_enters(world, asker, address, holder):
    """trust.md 26. What was opened and what was known die at once; the sheet that comes out opens it again."""
    person, account, there = world.people[holder], world.account(holder), world.sign_in(Client(), holder)
    account.set_password("cinq moineaux sur un fil tendu")
    account.save()
    there = world.sign_in(Client(), holder)
    pk = {
        "guardian_sheet": lambda: link_of(world, holder).pk,
        "pupil_sheet": lambda: person.pk,
        "team_sheet": lambda: Mandate.objects.get(person=person).pk,
    }[address]()
    first = ask(world, asker, address, pk)
    assert there.get("/mon-compte/").status_code == 200, "a new sheet alone closes nothing"
    path = reverse(f"schools:{address}", args=[pk])
    assert f'<form method="post" action="{path}">' in first.text and "Tout fermer" in first.text
    page = world.sign_in(Client(), asker).post(path, {"shut": "1"})
    assert there.get("/mon-compte/").status_code == 302
    assert not Account.objects.get(pk=account.pk).has_usable_password()
    assert code_of(code_on(first), timezone.now()) is None
    assert code_of(code_on(page), timezone.now()).person == person
    assert "Tout est fermé" in page.text and "Tout fermer" not in page.text
    assert Entry.objects.filter(verb="shut_account", actor_id=world.people[asker].pk).count() == 1


@pytest.mark.parametrize("since, is_shut", [({"minutes": 20}, True), ({"days": 60}, False)])
def test_an_address_and_a_telephone_given_by_who_entered_open_nothing_after(world, since, is_shut):
    """« J’ai perdu mon mot de passe », asked once all is closed: what their owner gave long before still serves."""
    account, at = world.account("guardian"), timezone.now() - datetime.timedelta(**since)
    Account.objects.filter(pk=account.pk).update(email="inconnu@ailleurs.example", email_confirmed_at=at)
    city = world.cities["marelle"]
    given = {"city": city, "number": "+33639981001", "given_at": at, "confirmed_at": at}
    phone = Phone.objects.create(account=account, **given)
    code = people.ask_way_back(identifier=account.identifier, wants_sheet=False, now=timezone.now())
    path = reverse("schools:guardian_sheet", args=[link_of(world, "guardian").pk])
    world.sign_in(Client(), "teacher").post(path, {"shut": "1"})
    assert not MailCode.objects.filter(pk=code.pk).exists(), "what was sent before opens nothing"
    account.refresh_from_db()
    phone.refresh_from_db()
    assert [account.email_confirmed_at is None, phone.confirmed_at is None] == [is_shut, is_shut]
    code = people.ask_way_back(identifier=account.identifier, wants_sheet=False, now=timezone.now())
    assert (code is None) == is_shut


def test_nothing_is_said_closed_of_who_has_no_account(world):
    path = reverse("schools:guardian_sheet", args=[link_of(world, "guardian_paper", "child_lina").pk])
    page = world.sign_in(Client(), "head").post(path, {"shut": "1"})
    assert code_on(page) and "Tout est fermé" not in page.text
    assert not Entry.objects.filter(verb="shut_account").exists()


def test_the_sheet_names_its_parent_and_the_child_and_nobody_else(world):
    world.people["guardian_coparent"].contacts.create(kind="mobile", value="06 99 88 77 66", match_key="0699887766")
    page = ask(world, "teacher", "guardian_sheet", link_of(world, "guardian").pk)
    sheet = re.search(r'<article class="sheet">.*?</article>', page.text, re.S)[0]
    assert set(FOUND.findall(sheet)) == {canary_of("guardian"), canary_of("child_adam"), "Canari-classe-cpb"}
    assert canary_of("guardian_coparent") not in page.text and "06 99 88 77 66" not in page.text
    assert world.account("guardian").identifier in sheet and leaks(page.text, "teacher") == set()


def test_the_account_of_the_parent_is_open_again_with_the_sheet(world):
    account = world.account("guardian")
    code = code_on(ask(world, "head", "guardian_sheet", link_of(world, "guardian").pk))
    theirs, words = Client(), "dix-sept lampes vertes dans la cour"
    assert theirs.post("/premiere-fois/", {"code": code}).status_code == 302
    theirs.post("/premiere-fois/mot-de-passe/", {"password": words, "again": words})
    account.refresh_from_db()
    assert account.check_password(words) and account.person.full_name in theirs.get("/mon-compte/").text


def test_a_pupil_of_cm2_has_one_and_a_pupil_of_cp_none(world, client):
    pupil = world.people["pupil_cm2"]
    address = reverse("schools:pupil_sheet", args=[pupil.pk])
    assert address in record(world, client, "teacher_other_class", "pupil_cm2")
    page = client.post(address)
    assert code_of(code_on(page), timezone.now()).person == pupil and "Garde-le pour toi" in page.text
    assert leaks(page.text, "teacher_other_class") == set()
    small = world.people["child_adam"]
    assert reverse("schools:pupil_sheet", args=[small.pk]) not in record(world, client, "head")
    refused = ask(world, "head", "pupil_sheet", small.pk)
    assert refused.status_code == 403 and "à partir du CE2" in refused.text


@pytest.mark.parametrize("address", ["guardian_sheet", "pupil_sheet"])
def test_nobody_else_draws_a_code(world, address):
    """The head and the class teacher only: a supply teacher's day, an AESH, the family itself and the others none."""
    pupil, link = world.people["pupil_cm2"], link_of(world, "guardian_other_class", "pupil_cm2")
    pk = link.pk if address == "guardian_sheet" else pupil.pk
    for name in filter(None, world.actors()):
        if name not in ("head", "teacher_other_class", "suspended"):
            assert ask(world, name, address, pk).status_code in (403, 404), name
    assert ask(world, None, address, pk).status_code == 302
    assert not ActivationCode.objects.exists()


def test_the_record_offers_a_sheet_to_those_who_give_it(world):
    adam = world.people["child_adam"]
    link = link_of(world, "guardian")
    actors = filter(None, world.actors())
    assert {n for n in actors if rules.can_give_sheet(world.people[n], link.guardian, adam, TODAY)} == GIVES
    assert "/fiche/" not in record(world, Client(), "supply")


def test_one_whom_a_judge_restricts_has_none(world, client):
    link = link_of(world, "guardian_restricted")
    assert reverse("schools:guardian_sheet", args=[link.pk]) not in record(world, client, "head")
    refused = ask(world, "head", "guardian_sheet", link.pk)
    assert refused.status_code == 403 and "Une décision est notée" in refused.text


def test_a_decision_about_one_child_withholds_nothing_of_another(world):
    """And each list by its own rule: a sheet of the team may open any class, a family's what this head heads."""
    head, parent = world.people["head"], world.people["guardian_restricted"]
    second = add_child(world, "child_second", "cpb", "CP", ["guardian_restricted"])
    children = (world.people["child_adam"], second, None)
    withheld = [list(sheets_withheld(head, [parent], TODAY, child=child)) for child in children]
    assert withheld == [[parent.pk], [], []]
    held = {"role": Role.AESH, "classroom": world.classrooms["saules_cm2"], "starts_on": BEFORE}
    Mandate.objects.create(person=parent, **held)
    assert list(sheets_withheld(head, [parent], TODAY)) == [parent.pk]
    assert sheets_withheld(head, (), TODAY, team=[parent]) == sheets_withheld(head, (), TODAY) == {}


@pytest.mark.parametrize("asker", ["head", "teacher"])
def test_a_parent_never_draws_the_other_parents_code_even_by_another_child(world, client, asker):
    """The mother of Adam's half-brother and the teacher's child: her sheet would open what she reads of theirs."""
    person, link = world.people[asker], link_of(world, "guardian")
    other = add_child(world, "child_half", "saules_cm2", "CM2", ["guardian"])
    Guardianship.objects.create(guardian=person, child=other, starts_on=BEFORE, ends_on=BEFORE)
    assert "Vous répondez d’un même élève" in record(world, client, asker)
    refused = ask(world, asker, "guardian_sheet", link.pk)
    assert refused.status_code == 403 and "Vous répondez d’un même élève" in refused.text
    assert not ActivationCode.objects.exists()


@pytest.mark.parametrize(
    "role, kind, place, givers",
    [
        (Role.ELECTED, "city", "marelle", set()),
        (Role.TRAINER, "department", "vienne", set()),
        (Role.SCHOOL_HEAD, "school", "saules", set()),
        (Role.SCHOOL_HEAD, "school", "tilleuls", set()),
        (Role.TEACHER, "classroom", "saules_cm2", set()),
        (Role.OPERATOR, None, None, set()),
        (Role.AESH, "classroom", "gs", {"head"}),
        (Role.ATSEM, "school", "tilleuls", {"head"}),
        (Role.CATERING, "afterschool", "tilleuls", set()),
    ],
)
def test_a_parent_who_holds_more_is_sent_to_who_named_them(world, client, role, kind, place, givers):
    """A sheet opens all its holder may do: a head gives what is held under them, a class teacher nothing more."""
    shelves = {
        "city": world.cities, "department": world.departments, "school": world.schools, "classroom": world.classrooms,
        "afterschool": world.afterschools,
    }  # fmt: skip
    link = link_of(world, "guardian")
    where = {kind: shelves[kind][place]} if kind else {}
    Mandate.objects.create(person=link.guardian, role=role, starts_on=BEFORE, **where)
    found = {
        name
        for name in ("head", "teacher")
        if rules.can_give_sheet(world.people[name], link.guardian, link.child, TODAY)
    }
    assert found == givers
    refused = ask(world, "teacher", "guardian_sheet", link.pk)
    assert refused.status_code == 403 and "à qui l’y a nommée" in refused.text
    assert "tient aussi une autre fonction" in record(world, client, "teacher")


def test_a_closed_account_is_not_opened_again(world):
    Account.objects.filter(person=world.people["guardian"]).update(is_active=False)
    refused = ask(world, "head", "guardian_sheet", link_of(world, "guardian").pk)
    assert refused.status_code == 403 and "ne le rouvre pas" in refused.text


def test_who_no_longer_answers_for_the_child_has_none(world):
    link = link_of(world, "guardian")
    Guardianship.objects.filter(pk=link.pk).update(starts_on=BEFORE, ends_on=BEFORE)
    assert ask(world, "head", "guardian_sheet", link.pk).status_code == 404


def test_a_parent_of_the_team_is_told_by_mail_that_a_sheet_was_made(world):
    link, account = link_of(world, "guardian"), world.account("guardian")
    Mandate.objects.create(person=link.guardian, role=Role.AESH, classroom=world.classrooms["gs"], starts_on=BEFORE)
    Account.objects.filter(pk=account.pk).update(email="moi@ac.example", email_confirmed_at=timezone.now())
    code = code_on(ask(world, "head", "guardian_sheet", link.pk))
    (letter,) = mail.outbox
    assert letter.to == ["moi@ac.example"] and "une nouvelle fiche de connexion a été faite" in letter.body
    assert code not in letter.body


def test_the_record_of_a_large_family_costs_few_queries(world, client, django_assert_max_num_queries):
    for name in ("guardian_ulis", "guardian_far", "guardian_paper"):
        Guardianship.objects.create(guardian=world.people[name], child=world.people["pupil_cm2"], starts_on=TODAY)
    for name in ("head", "teacher_other_class"):
        world.sign_in(client, name)
        with django_assert_max_num_queries(10):
            client.get(reverse("schools:pupil", args=[world.people["pupil_cm2"].pk]))
