"""A sheet that was never used does not outlive what its person held (trust.md R14)."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from preau.journal.models import Entry
from preau.people import actions, queries
from preau.people.models import ActivationCode, Mandate, Person, Role
from preau.schools import actions as schools
from tests.people.door import draw
from tests.world import TODAY

DAY = datetime.timedelta(days=1)
NAMES = {"civility": "Mme", "first_name": "Paule", "last_name": "Billes"}


@pytest.fixture
def named(world):
    """A teacher who was named and never entered, and her secret."""
    return actions.name_holder(
        place=world.classrooms["gs"],
        role=Role.TEACHER,
        starts_on=TODAY - 5 * DAY,
        person=world.people["head"],
        now=timezone.now(),
        **NAMES,
    )


def opens(secret):
    return queries.code_of(secret, timezone.now()) is not None


def end(mandate, ends_on, world):
    actions.end_mandate(mandate=mandate, ends_on=ends_on, person=world.people["head"], now=timezone.now())


def on(time_machine, day):
    time_machine.move_to(datetime.datetime.combine(day, datetime.time(0, 5)))


def test_ended_at_once_the_sheet_is_revoked_and_the_journal_says_it(world, named):
    mandate, secret = named
    code = ActivationCode.objects.get(person=mandate.person)
    end(mandate, TODAY - DAY, world)
    code.refresh_from_db()
    assert code.revoked_at and not opens(secret)
    line = Entry.objects.get(verb="revoke_activation_code")
    assert (line.object_id, line.actor_id) == (code.pk, world.people["head"].pk)
    assert "ne marche pas" in Client().post("/premiere-fois/", {"code": secret}).content.decode()


def test_with_a_last_day_to_come_the_sheet_opens_until_that_evening(world, named, time_machine):
    mandate, secret = named
    end(mandate, TODAY + 2 * DAY, world)
    on(time_machine, TODAY + 2 * DAY)
    assert opens(secret)
    client = Client()
    client.post("/premiere-fois/", {"code": secret})
    on(time_machine, TODAY + 3 * DAY)
    assert not opens(secret)
    words = {"password": "huit lampes vertes dans la cour", "again": "huit lampes vertes dans la cour"}
    client.post("/premiere-fois/mot-de-passe/", words)  # typed before midnight, sent after
    assert not hasattr(Person.objects.get(pk=mandate.person_id), "account")


def test_an_end_taken_back_leaves_the_sheet_as_it_was(world, named, time_machine):
    mandate, secret = named
    end(mandate, TODAY + 2 * DAY, world)
    actions.take_back_end(mandate=mandate, person=world.people["head"], now=timezone.now())
    on(time_machine, TODAY + 3 * DAY)
    assert opens(secret)


def test_a_day_s_class_ends_by_itself_and_its_sheet_with_it(world, time_machine):
    holder = Person.objects.create(**NAMES)
    schools.give_class(
        classroom=world.classrooms["gs"], holder=holder, today=TODAY, person=world.people["head"], now=timezone.now()
    )
    secret = draw(holder)
    assert opens(secret)
    on(time_machine, TODAY + DAY)
    assert not opens(secret)


def test_a_day_s_class_taken_back_leaves_no_mandate_and_no_sheet(world):
    holder = Person.objects.create(**NAMES)
    mandate = schools.give_class(
        classroom=world.classrooms["gs"], holder=holder, today=TODAY, person=world.people["head"], now=timezone.now()
    )
    secret = draw(holder)
    schools.take_back_class(mandate=mandate, today=TODAY, person=world.people["head"], now=timezone.now())
    assert not opens(secret) and not Mandate.objects.filter(person=holder).exists()


@pytest.mark.parametrize("starts", [-5, 5])
def test_who_holds_or_will_hold_something_else_keeps_their_sheet(world, named, starts):
    mandate, secret = named
    actions.give_mandate(
        holder=mandate.person,
        role=Role.AESH,
        place=world.schools["saules"],
        starts_on=TODAY + starts * DAY,
        person=None,
        now=timezone.now(),
    )
    end(mandate, TODAY - DAY, world)
    assert opens(secret)


def test_a_sheet_drawn_afterwards_for_a_parent_opens(world, named, time_machine):
    mandate, _ = named
    end(mandate, TODAY - DAY, world)
    secret = draw(mandate.person)
    assert opens(secret)
    on(time_machine, TODAY + DAY)
    assert opens(secret)


def test_a_sheet_already_used_is_left_as_it_was(world, named):
    mandate, secret = named
    code = queries.code_of(secret, timezone.now())
    actions.use_activation_code(code=code, now=timezone.now())
    end(mandate, TODAY - DAY, world)
    code.refresh_from_db()
    assert code.used_at and not code.revoked_at


def test_the_sheet_says_the_day_its_code_dies(world, named):
    mandate, _ = named
    holder = mandate.person
    assert queries.outlived_on(holder, TODAY) is None
    end(mandate, TODAY, world)
    assert queries.outlived_on(holder, TODAY) == TODAY
    assert queries.outlived_on(world.people["guardian"], TODAY) is None
    Mandate.objects.filter(pk=mandate.pk).update(ends_on=TODAY + 40 * DAY)
    assert queries.outlived_on(holder, TODAY) is None
