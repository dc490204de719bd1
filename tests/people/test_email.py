"""« Où vous prévenir »: the one address that mails go to, given by its owner."""

import re
import time
from datetime import timedelta

import pytest
from django.core import mail
from django.core.signing import SignatureExpired
from django.utils import timezone

from preau.people import actions, email_links, queries
from preau.people.models import Account, Contact, MailCode
from preau.people.queries import emails_of
from tests.people.door import give_password
from tests.world import enter

pytestmark = pytest.mark.django_db
PAGE, CODE = "/mon-compte/courriel/", "/mon-compte/courriel/code/"


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


def test_a_pupil_is_not_mailed(client, world):
    world.sign_in(client, "pupil_cm2")
    assert PAGE not in client.get("/mon-compte/").content.decode()
    assert client.post(PAGE, {"email": "a@b.example"}).status_code == 403
    assert kept(world, "pupil_cm2") == ""


def figures_in(letter):
    """The six figures of a mail."""
    return re.search(r"^    (\d{3} \d{3})$", letter.body, re.M)[1]


def test_a_parent_gives_an_address_confirms_it_by_the_code_and_removes_it_in_one_press(client, world):
    world.sign_in(client, "guardian")
    person = world.people["guardian"]
    assert client.post(PAGE, {"email": "Ada@maison.example"})["Location"] == CODE
    (letter,) = mail.outbox
    assert person.last_name not in letter.body + letter.subject and person.first_name not in letter.body
    assert emails_of([person.pk]) == {}
    figures = figures_in(letter)
    wrong = f"{(int(figures.replace(' ', '')) + 1) % 1_000_000:06d}"
    assert client.post(CODE, {"code": wrong}).status_code == 422 and emails_of([person.pk]) == {}
    assert client.post(CODE, {"code": figures})["Location"] == "/mon-compte/"
    assert emails_of([person.pk]) == {person.pk: "Ada@maison.example"}
    assert client.get(CODE)["Location"] == "/mon-compte/"
    client.post("/mon-compte/courriel/effacement/")
    assert kept(world, "guardian") == "" and emails_of([person.pk]) == {}
    assert "n’est plus celle-ci" in mail.outbox[-1].body and mail.outbox[-1].to == ["Ada@maison.example"]


def test_a_code_dies_with_its_ten_minutes_its_five_tries_and_its_address(client, world):
    account = world.account("guardian")
    world.sign_in(client, "guardian")
    client.post(PAGE, {"email": "ada@maison.example"})
    code, now = queries.last_code(account, MailCode.Purpose.ADDRESS), timezone.now()
    figures = figures_in(mail.outbox[-1])
    late = code.sent_at + timedelta(minutes=10, seconds=1)
    assert not actions.use_mail_code(code=code, typed=figures, now=late)
    for _ in range(5):
        assert client.post(CODE, {"code": "000000" if figures != "000 000" else "1"}).status_code == 422
    assert client.post(CODE, {"code": figures}).status_code == 422, "five tries are all"
    client.post(PAGE, {"email": "ada@maison.example"})
    first = figures_in(mail.outbox[-1])
    client.post(PAGE, {"email": "autre@maison.example"})
    assert client.post(CODE, {"code": first}).status_code == 422
    assert client.post(CODE, {"code": figures_in(mail.outbox[-1])}).status_code == 302
    spent = queries.last_code(account, MailCode.Purpose.ADDRESS)
    assert not actions.use_mail_code(code=spent, typed=figures_in(mail.outbox[-1]), now=now)


def test_twenty_tries_at_once_are_twenty(world):
    account, now = world.account("guardian"), timezone.now()
    actions.set_email(account=account, email="ada@maison.example", person=account.person, now=now)
    stale = queries.last_code(account, MailCode.Purpose.ADDRESS)  # as each of them read it
    for _ in range(20):
        actions.use_mail_code(code=stale, typed="no", now=timezone.now())
    assert not actions.use_mail_code(code=stale, typed=figures_in(mail.outbox[-1]), now=timezone.now())


def test_the_address_of_onde_receives_a_confirmation_that_names_no_one_and_nothing_else(client, world):
    mother, father = world.people["guardian"], world.people["guardian_coparent"]
    for person in (mother, father):
        Contact.objects.create(person=person, kind="email", value="toupie@maison.example", match_key="toupie")
    world.sign_in(client, "guardian")
    page = client.get(PAGE).content.decode()
    assert "t…@maison.example" in page and "toupie@" not in page and mail.outbox == []
    assert client.post(PAGE, {"known": "1"})["Location"] == CODE
    (letter,) = mail.outbox
    names = {name for person in (mother, father) for name in (person.first_name, person.last_name)}
    assert letter.to == ["toupie@maison.example"] and not any(name in letter.body + letter.subject for name in names)
    actions.note_change(account=world.account("guardian"), change="password_changed", now=timezone.now())
    assert len(mail.outbox) == 1, "nothing else before its guardian confirms it"
    client.post(CODE, {"code": figures_in(letter)})
    assert emails_of([mother.pk, father.pk]) == {mother.pk: "toupie@maison.example"}


def test_a_code_leaves_at_night(client, world, monkeypatch):
    monkeypatch.setattr("preau.kit.mail.hours.Hours.is_quiet", lambda hours, now: True)
    world.sign_in(client, "guardian")
    client.post(PAGE, {"email": "ada@maison.example"})
    assert len(mail.outbox) == 1


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


def test_an_address_is_emptied_once_the_relay_is_gone(client, world, settings):
    settings.MAIL_LEAVES = False
    Account.objects.filter(person=world.people["elected"]).update(email="elu@exemple.example")
    world.sign_in(client, "elected")
    home, page = client.get("/mon-compte/").content.decode(), client.get(PAGE)
    assert "/effacement/" in home and "elu@exemple.example" in home and page.status_code == 200
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
