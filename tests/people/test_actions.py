"""Accounts, codes and mandates: what the other rooms lean on."""

import datetime

import pytest
from django.utils import timezone

from preau.journal.models import Entry as Line
from preau.people import actions
from preau.people.codes import ALPHABET, clean_code, code_hash, code_in_groups
from preau.people.models import ActivationCode, Mandate, Person, Role
from tests.world import enter

NOW = timezone.now()
TODAY = timezone.localdate()


def test_identifiers_are_short_folded_and_numbered(db):
    people = [Person.objects.create(first_name=f, last_name=n) for f, n in (("Anaïs", "Marelle"), ("Élo-D", "L’Œuvre"))]
    assert actions.make_identifier(people[0]) == "a.marelle"
    assert actions.make_identifier(people[1]) == "e.l-oeuvre"
    actions.create_account(person_of_account=people[0], by=None, now=NOW)
    twin = Person.objects.create(first_name="Abel", last_name="Marelle")
    assert actions.create_account(person_of_account=twin, by=None, now=NOW).identifier == "a.marelle2"


def test_an_account_without_password_opens_nothing(db):
    person = Person.objects.create(first_name="Abel", last_name="Marelle")
    assert not actions.create_account(person_of_account=person, by=None, now=NOW).has_usable_password()


def test_codes_are_fourteen_clear_signs_kept_as_a_digest(world):
    person = world.people["guardian"]
    secret = actions.issue_activation_codes(persons=[person], person=world.people["head"], now=NOW)[person.id]
    assert len(secret) == 14 and set(secret) <= set(ALPHABET) and not set(secret) & set("01OIL")
    code = ActivationCode.objects.get()
    assert secret not in (code.secret_hash, str(code.__dict__)) and code.secret_hash == code_hash(secret)
    assert clean_code(code_in_groups(secret).lower().replace("-", " - ")) == secret
    assert code.expires_at - code.created_at == datetime.timedelta(days=30)
    assert Line.objects.filter(verb="issue_activation_code", object_id=person.id).count() == 1


def test_hundreds_of_codes_take_few_queries_and_kill_the_former_ones(db, django_assert_max_num_queries):
    people = Person.objects.bulk_create(Person(first_name="A", last_name=f"N{n}") for n in range(300))
    with django_assert_max_num_queries(19):  # the seals of a chain are written, and the sheets asked for answered
        first = actions.issue_activation_codes(persons=people, person=None, now=NOW)
    assert len(set(first.values())) == 300
    actions.issue_activation_codes(persons=people, person=None, now=NOW)
    assert ActivationCode.objects.filter(revoked_at=None).count() == 300
    dead = ActivationCode.objects.get(secret_hash=code_hash(first[people[0].id]))
    assert not actions.use_activation_code(code=dead, now=NOW)


def test_a_code_serves_once_and_not_after_thirty_days(world):
    person = world.people["guardian"]
    actions.issue_activation_codes(persons=[person], person=None, now=NOW)
    code = ActivationCode.objects.get()
    assert not actions.use_activation_code(code=code, now=NOW + datetime.timedelta(days=31))
    assert actions.use_activation_code(code=code, now=NOW)
    assert not actions.use_activation_code(code=code, now=NOW)


def test_a_mandate_is_given_in_its_place_and_ended(world):
    school, teacher = world.schools["saules"], world.people["teacher"]
    mandate = actions.give_mandate(
        holder=teacher, role=Role.SCHOOL_HEAD, place=school, starts_on=TODAY, person=None, now=NOW
    )
    assert mandate.school == school and mandate.place == school
    actions.end_mandate(mandate=mandate, ends_on=TODAY, person=None, now=NOW)
    assert Mandate.objects.get(id=mandate.id).ends_on == TODAY


def test_a_mandate_that_never_began_leaves_no_trace_of_rights(world):
    tomorrow = TODAY + datetime.timedelta(days=1)
    mandate = actions.give_mandate(
        holder=world.people["teacher"],
        role=Role.AESH,
        place=world.classrooms["gs"],
        starts_on=tomorrow,
        person=None,
        now=NOW,
    )
    actions.end_mandate(mandate=mandate, ends_on=TODAY, person=None, now=NOW)
    assert not Mandate.objects.filter(role=Role.AESH, classroom=world.classrooms["gs"]).exists()


def test_a_right_that_ended_yesterday_opens_nothing_in_the_first_hour_of_the_day(world, client):
    # It is still yesterday in Greenwich: the day is the school's.
    night = timezone.make_aware(datetime.datetime.combine(TODAY, datetime.time(0, 30))).astimezone(datetime.UTC)
    account = world.account("teacher")
    enter(client, account, at=night)
    for mandate in Mandate.objects.filter(person=account.person):
        actions.end_mandate(mandate=mandate, ends_on=TODAY - datetime.timedelta(days=1), person=None, now=night)
    assert not account.sign_ins.filter(ended_at=None).exists()


@pytest.mark.parametrize("role", [Role.TEACHER, Role.SCHOOL_HEAD])
def test_the_place_is_asked_for(world, role):
    from django.db import IntegrityError

    with pytest.raises(IntegrityError):
        actions.give_mandate(holder=world.people["teacher"], role=role, starts_on=TODAY, person=None, now=NOW)
