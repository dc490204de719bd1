"""« Où vous prévenir »: the one address that mails go to, given by its owner."""

import time
from datetime import timedelta

import pytest
from django.core import mail
from django.core.signing import SignatureExpired
from django.utils import timezone

from preau.people import email_links
from preau.people.models import Account, Contact, Mandate
from preau.people.queries import emails_of
from tests.people.door import give_password
from tests.world import enter

pytestmark = pytest.mark.django_db
PAGE = "/mon-compte/courriel/"


def kept(world, name):
    return Account.objects.get(pk=world.account(name).pk).email


def path_in(letter):
    return next(line for line in letter.body.splitlines() if line.startswith("http")).removeprefix("http://testserver")


def test_a_person_with_a_title_gives_an_address_and_takes_it_back(client, world):
    world.sign_in(client, "ien")
    assert PAGE in client.get("/mon-compte/").content.decode()
    client.post(PAGE, {"email": "ien@ac.example"})
    assert kept(world, "ien") == "ien@ac.example" and emails_of([world.people["ien"].pk]) == {}
    assert "à confirmer" in client.get("/mon-compte/").content.decode()
    (letter,) = mail.outbox
    link = path_in(letter)
    assert letter.to == ["ien@ac.example"] and client.get(link).status_code == 200
    assert emails_of([world.people["ien"].pk]) == {}
    client.post(link)
    assert emails_of([world.people["ien"].pk]) == {world.people["ien"].pk: "ien@ac.example"}
    assert client.post(PAGE, {"email": "ien@"}).status_code == 422
    client.post(PAGE, {"email": ""})
    assert kept(world, "ien") == "" and emails_of([world.people["ien"].pk]) == {}


@pytest.mark.parametrize("name", ["guardian", "pupil_cm2"])
def test_who_holds_no_title_is_not_mailed(client, world, name):
    world.sign_in(client, name)
    assert PAGE not in client.get("/mon-compte/").content.decode()
    assert client.post(PAGE, {"email": "a@b.example"}).status_code == 403
    assert kept(world, name) == ""


def test_the_factor_is_asked_again_before_an_address_changes(client, world):
    enter(client, give_password(world.account("ien")), at=timezone.now() - timedelta(minutes=6))
    answer = client.post(PAGE, {"email": "voleur@ailleurs.example"})
    assert answer.status_code == 302 and "confirmer" in answer["Location"]
    assert kept(world, "ien") == ""


def test_nothing_is_promised_without_a_relay(client, world, settings):
    settings.MAIL_LEAVES = False
    world.sign_in(client, "ien")
    assert PAGE not in client.get("/mon-compte/").content.decode()
    assert client.get(PAGE).status_code == 403


def test_the_address_a_file_gave_for_a_child_is_never_used(world):
    head = world.people["head"]
    Contact.objects.create(person=head, kind="email", value="maison@ailleurs.example", match_key="maison")
    assert emails_of([head.pk]) == {}
    account = world.account("head")
    Account.objects.filter(pk=account.pk).update(
        email="head@ac.example", email_confirmed_at=timezone.now(), is_active=False
    )
    assert emails_of([head.pk]) == {}


@pytest.mark.parametrize("has_relay", [True, False])
def test_an_address_is_emptied_once_the_title_has_ended_or_the_relay_is_gone(client, world, settings, has_relay):
    settings.MAIL_LEAVES = has_relay
    elected = world.people["elected"]
    Account.objects.filter(person=elected).update(email="elu@exemple.example")
    if has_relay:
        Mandate.objects.filter(person=elected).update(ends_on=timezone.localdate() - timedelta(days=1))
    world.sign_in(client, "elected")
    home, page = client.get("/mon-compte/").content.decode(), client.get(PAGE)
    assert PAGE in home and "elu@exemple.example" in home and page.status_code == 200
    assert 'type="email"' not in page.content.decode()
    assert client.post(PAGE, {"email": "autre@exemple.example"}).status_code == 403
    assert kept(world, "elected") == "elu@exemple.example"
    client.post(PAGE, {"email": ""})
    assert kept(world, "elected") == "" and client.get(PAGE).status_code == 403


def test_a_link_serves_its_account_its_address_and_three_days(client, world):
    world.sign_in(client, "ien")
    client.post(PAGE, {"email": "premiere@ac.example"})
    first = path_in(mail.outbox[-1])
    client.post(PAGE, {"email": "seconde@ac.example"})
    second = path_in(mail.outbox[-1])
    assert "ac.example" not in second
    assert client.post(first).status_code == 404 and client.post(f"{second[:-2]}/").status_code == 404
    world.sign_in(client, "head")
    assert client.post(second).status_code == 404
    world.sign_in(client, "ien")
    account, too_late = Account.objects.get(person=world.people["ien"]), time.time() + 3 * 86400 + 60
    with pytest.MonkeyPatch.context() as later:
        later.setattr("django.core.signing.time.time", lambda: too_late)
        with pytest.raises(SignatureExpired):
            email_links.check(account, second.split("/")[-2])
    assert emails_of([world.people["ien"].pk]) == {}
    client.post(second)
    assert emails_of([world.people["ien"].pk]) == {world.people["ien"].pk: "seconde@ac.example"}
    client.post(PAGE, {"email": "troisieme@ac.example"})
    assert emails_of([world.people["ien"].pk]) == {}


def test_strangers_are_not_written_to_without_end(client, world):
    world.sign_in(client, "ien")
    answers = [client.post(PAGE, {"email": f"n{i}@ac.example"}).status_code for i in range(9)]
    assert answers[0] == 302 and answers[-1] == 422 and len(mail.outbox) < 9
