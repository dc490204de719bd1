"""What a person corrected by hand, then the same file again: shown or asked about, never undone in silence."""

from dataclasses import replace

import pytest
from django.utils import timezone

from preau.arrivals.queries import rows_of
from preau.people.models import Person
from preau.schools.actions import GuardianEntry, add_guardian, correct_guardian, correct_person
from preau.schools.models import Guardianship
from tests.arrivals.conftest import numbers
from tests.arrivals.onde_files import Adult, Child, Family, pupils_file

ADA = Child("CERCEAU", "ADA", classroom="CP A")  # without INE: known by her name and birth date alone
MARIE = Adult("MARTIN", "MARIE", mobile="0611111111", children=(ADA,))


@pytest.fixture
def bring_it(bring_family):
    return lambda **options: bring_family(Family((ADA,), (MARIE,)), **options)


@pytest.fixture
def head(bring_it):
    bring_it()
    return Person.objects.create(first_name="Dominique", last_name="Direction")


def correct(head, school, *, names=None, facts=None, phone=None):
    link = Guardianship.objects.get()
    contacts = {link.guardian.contacts.get().pk: phone} if phone is not None else {}
    correct_guardian(
        link=link,
        school=school,
        names=names or {},
        facts=facts or {},
        contacts=contacts,
        added=(),
        person=head,
        now=timezone.now(),
    )
    return link


def shown(result):
    """Every change the page says of the guardian."""
    return [change.text or change.before for row in rows_of(result.comparison).rows for change in row.changes]


def test_what_the_file_does_not_say_is_kept(head, school, bring_it):
    link = correct(head, school, facts={"kind": "tutor", "authority": "yes", "is_priority": True})
    again = bring_it()
    assert again.batch.changes.count() == 0 and again.to_decide == ()
    link.refresh_from_db()
    assert (link.kind, link.authority, link.is_priority) == ("tutor", "yes", True)


def test_an_accent_put_right_is_kept(head, school, bring_it):
    correct(head, school, names={"last_name": "Màrtin"})
    assert bring_it().batch.changes.count() == 0
    assert Person.objects.get(first_name="Marie").last_name == "Màrtin"


def test_a_telephone_put_right_is_a_difference_before_the_file_takes_it_back(head, school, bring_it):
    correct(head, school, phone="06 99 99 99 99")
    seen = bring_it(dry_run=True)
    assert numbers(seen, "guardians") == (0, 1, 0, 0) and "téléphone portable changé" in shown(seen)


def test_a_usage_name_is_kept_and_a_family_name_is_asked_about(head, school, bring_it):
    correct(head, school, names={"usage_name": "Billes"})
    assert bring_it().batch.changes.count() == 0
    correct(head, school, names={"usage_name": "", "last_name": "Martinez"})
    seen = bring_it()
    (question,) = seen.to_decide
    assert question.kind == "guardians" and "noms proches" in question.reason
    assert Person.objects.get(first_name="Marie").last_name == "Martinez"


def test_a_birth_date_put_right_is_asked_about(head, school, bring_it):
    ada = Person.objects.get(first_name="Ada")
    correct_person(
        known=ada, values={"birth_date": ADA.born.replace(day=9)}, place_id=school.pk, person=head, now=timezone.now()
    )
    seen = bring_it()
    (question,) = [one for one in seen.to_decide if one.kind == "pupils"]
    assert "autre date de naissance" in question.reason
    ada.refresh_from_db()
    assert ada.birth_date.day == 9


def test_a_pupil_known_by_an_ine_shows_its_name_as_a_difference(bring, school):
    file = pupils_file([replace(ADA, ine="2234567890A")])
    bring(pupils=file)
    head, ada = Person.objects.create(first_name="D", last_name="D"), Person.objects.get(first_name="Ada")
    correct_person(known=ada, values={"last_name": "Cerceaux"}, place_id=school.pk, person=head, now=timezone.now())
    seen = bring(pupils=file, dry_run=True)
    (difference,) = seen.comparison.differences
    assert difference.reasons == ("nom\u00a0: Cerceaux → Cerceau",)


BOB = Child("BILLE", "BOB", ine="2234567890B", classroom="CP A")
OTHER = replace(MARIE, mobile="0622222222", children=(BOB,))


@pytest.mark.parametrize("same", [True, False])
def test_what_the_head_answered_of_a_namesake_by_hand_is_not_asked_by_the_file(bring_family, school, same):
    bring_family(Family((ADA, BOB), (MARIE,)))
    marie, bob = Person.objects.get(first_name="Marie"), Person.objects.get(first_name="Bob")
    entry = GuardianEntry(
        first_name="Marie",
        last_name="Martin",
        contacts=(("mobile", "06 22 22 22 22"),),
        same_as=marie if same else None,
    )
    head = Person.objects.create(first_name="D", last_name="D")
    add_guardian(child=bob, school=school, entry=entry, starts_on="2026-09-01", person=head, now=timezone.now())
    seen = bring_family(Family((ADA, BOB), (MARIE, OTHER)))
    assert seen.to_decide == () and numbers(seen, "guardianships") == (0, 0, 2, 0)
    assert Person.objects.filter(first_name="Marie").count() == (1 if same else 2)
