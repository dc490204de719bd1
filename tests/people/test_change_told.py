"""Whoever holds a title and confirmed an address is told when what opens their account changes (trust.md 21)."""

import datetime

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from preau.people import actions, notices, queries
from preau.people.adapters import AccountAdapter
from preau.people.models import Account
from tests.people.door import PASSWORD, give_password

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(world):
    account = world.account("head")
    Account.objects.filter(pk=account.pk).update(email="moi@ac.example", email_confirmed_at=timezone.now())
    account.refresh_from_db()
    return account


def told():
    return [(letter.to, letter.subject, letter.body.replace("\u00a0", " ")) for letter in mail.outbox]


def test_a_password_changed_by_its_page_is_told_without_a_name(world, client, head):
    give_password(head)
    world.sign_in(client, "head")
    new = "un préau sous la pluie de mars"
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    ((to, subject, body),) = told()
    assert to == ["moi@ac.example"] and "mot de passe a été changé" in body and "Mon compte" in body
    for unsaid in ("http", head.identifier, head.person.last_name, new):
        assert unsaid not in subject + body


@pytest.mark.parametrize("change", sorted(set(notices.CHANGES) - {"email_changed"}))
def test_each_change_that_allauth_names_is_told(head, change):
    for prefix in ("account/email/", "mfa/email/"):
        AccountAdapter().send_notification_mail(prefix + change, head)
    assert len(told()) == 2 and notices.CHANGES[change] in told()[0][2]


@pytest.mark.parametrize("since, letters", [({"minutes": 5}, 1), ({"days": 60}, 2)])
def test_a_lost_telephone_and_the_new_sheet_are_told(head, since, letters):
    """An address confirmed lately is told of the closing, which may be its owner's, and of nothing after."""
    head.email_confirmed_at = timezone.now() - datetime.timedelta(**since)
    head.save()
    secret = actions.remove_second_factor(account=head, person=None, now=timezone.now())
    code = queries.code_of(secret, timezone.now())
    actions.open_with_code(code=code, password="huit lampes vertes", notice_version="1", now=timezone.now())
    told_of = ["pour un téléphone perdu", "avec une fiche de connexion"][:letters]
    said = told()
    assert [(to, what in body) for (to, _, body), what in zip(said, told_of, strict=True)] == [
        (["moi@ac.example"], True) for _ in told_of
    ]
    assert not [body for _, _, body in said if secret in body]


def test_the_address_left_is_told_and_the_new_one_asked(head):
    actions.set_email(account=head, email="autre@ac.example", person=head.person, now=timezone.now())
    assert {to[0]: "n’est plus celle-ci" in body for to, _, body in told()} == {
        "moi@ac.example": True,
        "autre@ac.example": False,
    }


def test_who_confirmed_no_address_receives_nothing(world, head):
    for name in ("teacher", "guardian"):
        AccountAdapter().send_notification_mail("account/email/password_changed", world.account(name))
    AccountAdapter().send_notification_mail("account/email/unknown", head)
    assert told() == []


def test_who_holds_no_title_any_more_is_told_as_long_as_the_account_opens(head):
    head.person.mandates.update(ends_on=timezone.localdate() - datetime.timedelta(days=1))
    AccountAdapter().send_notification_mail("account/email/password_changed", head)
    assert [to for to, _, _ in told()] == [["moi@ac.example"]]
