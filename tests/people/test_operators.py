"""Who keeps the base names who keeps it too, and ends them, never the last one."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from preau.journal.models import Entry
from preau.kit.answers import Refused, Yes
from preau.people import actions
from preau.people.models import Account, Mandate, Person, Role
from tests.world import TODAY, enter

DAY = datetime.timedelta(days=1)
NAMES = {"civility": "M.", "first_name": "Malo", "last_name": "Clenche"}
REFUSAL = "La base ne reste jamais sans personne pour la tenir"


@pytest.fixture
def operator(world, client):
    return world.sign_in(client, "operator")


@pytest.fixture
def mine(world):
    return Mandate.objects.get(person=world.people["operator"])


@pytest.fixture
def second(world, mine):
    """Another operator, named and not entered yet."""
    mandate, _ = actions.name_holder(
        place=None, role=Role.OPERATOR, starts_on=TODAY - 5 * DAY, person=mine.person, now=timezone.now(), **NAMES
    )
    return mandate


@pytest.fixture
def both(world, mine, second):
    """Both have entered."""
    account = actions.create_account(person_of_account=second.person, by=None, now=timezone.now())
    for each in (account, world.account("operator")):
        each.last_login = timezone.now()
        each.save()
    return mine, second


def end(mandate):
    return reverse("base_function_end", args=[mandate.pk])


def ends():
    return set(Mandate.objects.filter(role=Role.OPERATOR).values_list("ends_on", flat=True))


def test_one_more_is_named_from_the_base_and_the_sheet_shown_once(operator, world):
    url = reverse("base_name_operator")
    assert url in operator.get(reverse("base")).content.decode()
    assert "Son rôle" not in operator.get(url).content.decode(), "there is nothing to choose"
    page = operator.post(url, NAMES | {"role": "operator"}).content.decode()
    assert "Fiche de connexion" in page and "Opérateur de la base" in page
    named = Mandate.objects.get(person__last_name="Clenche")
    assert (named.role, named.place, named.ends_on) == (Role.OPERATOR, None, None)
    assert "<b>Malo Clenche</b>" in operator.get(reverse("base")).content.decode()
    again = operator.post(url, NAMES | {"role": "operator"}).content.decode()
    assert "Cette personne tient déjà ce rôle ici" in again
    assert operator.post(url, NAMES | {"role": "school_head", "last_name": "Autre"}).status_code == 200
    assert not Person.objects.filter(last_name="Autre").exists()


def test_the_only_one_is_told_why_and_is_not_ended(operator, mine):
    page = operator.get(reverse("base")).content.decode()
    assert REFUSAL in page and end(mine) not in page
    for answer in (operator.get(end(mine)), operator.post(end(mine), {"on": TODAY.isoformat()})):
        assert answer.status_code == 403 and REFUSAL in answer.content.decode()
    assert ends() == {None}


def test_a_name_that_never_entered_keeps_no_base(operator, mine, second, world):
    assert operator.post(end(mine), {"on": (TODAY - DAY).isoformat()}).status_code == 403
    actions.create_account(person_of_account=second.person, by=None, now=timezone.now())
    assert operator.post(end(mine), {"on": (TODAY - DAY).isoformat()}).status_code == 403
    assert ends() == {None}
    Account.objects.filter(person=mine.person).update(last_login=timezone.now())
    operator.post(end(second), {"on": (TODAY - DAY).isoformat()})
    second.refresh_from_db()
    assert second.ends_on == TODAY - DAY


def test_one_ends_another_who_is_out_at_once(operator, both):
    mine, second = both
    other = Client()
    enter(other, second.person.account)
    assert other.get(reverse("base")).status_code == 200
    page = operator.get(end(second)).content.decode()
    assert "n’ouvre plus la base" in page
    operator.post(end(second), {"on": (TODAY - DAY).isoformat()})
    assert other.get(reverse("base")).status_code == 302
    assert "<b>Malo Clenche</b>" not in operator.get(reverse("base")).content.decode()
    line = Entry.objects.get(verb="end_mandate", object_id=second.pk)
    assert line.actor_id == mine.person_id


def test_an_end_to_come_counts_as_an_end_and_is_taken_back(operator, both):
    mine, second = both
    operator.post(end(mine), {"on": (TODAY + DAY).isoformat()})
    other = Client()
    enter(other, second.person.account)
    assert other.post(end(second), {"on": (TODAY + DAY).isoformat()}).status_code == 403
    operator.post(reverse("base_function_end_taken_back", args=[mine.pk]))
    assert ends() == {None}
    assert other.post(end(second), {"on": (TODAY + DAY).isoformat()}).status_code == 302


def test_the_action_refuses_the_last_by_itself(both):
    mine, second = both
    with pytest.raises(Refused):
        actions.end_mandates(mandates=[mine, second], ends_on=TODAY, person=mine.person, now=timezone.now())
    assert ends() == {None}
    actions.end_mandate(mandate=mine, ends_on=TODAY, person=second.person, now=timezone.now())
    with pytest.raises(Refused):
        actions.end_mandate(mandate=second, ends_on=TODAY, person=second.person, now=timezone.now())
    assert Mandate.objects.get(pk=second.pk).ends_on is None


def test_who_was_ended_between_the_page_and_the_click_keeps_the_base_kept(operator, mine, monkeypatch):
    monkeypatch.setattr("preau.people.rules.can_end_named", lambda *args, **more: Yes())
    answer = operator.post(end(mine), {"on": TODAY.isoformat()})
    assert answer.status_code == 403 and REFUSAL in answer.content.decode() and ends() == {None}


def test_no_operator_opens_the_account_of_another(operator, both):
    for mandate in both:
        assert operator.post(reverse("base_sheet", args=[mandate.pk])).status_code == 404
        assert operator.post(reverse("base_lost_telephone", args=[mandate.pk])).status_code == 404


def test_nobody_else_names_nor_ends_an_operator(world, both):
    before = list(Mandate.objects.order_by("pk").values())
    for name in filter(None, world.actors()):
        if name in ("operator", "suspended"):
            continue
        client = world.sign_in(Client(), name)
        assert client.post(reverse("base_name_operator"), NAMES | {"role": "operator"}).status_code == 403, name
        for mandate in both:
            assert client.post(end(mandate), {"on": TODAY.isoformat()}).status_code == 403, name
    assert list(Mandate.objects.order_by("pk").values()) == before
