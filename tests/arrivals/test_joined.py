"""After « J’ai un autre enfant », the two schools' files still find their parent, each by its own name for her."""

import pytest
from django.utils import timezone

from preau.people import actions as people
from preau.people.models import ActivationCode, Person
from preau.schools.actions import join_guardians
from preau.schools.models import Guardianship
from tests.arrivals.conftest import numbers
from tests.arrivals.onde_files import Adult, Child, Family

ADA = Child("CERCEAU", "ADA", ine="2234567890A", classroom="CP A")
MARIE = Adult("MARTIN", "MARIE", mobile="0611111111", children=(ADA,))


@pytest.fixture
def joined(bring_family, school):
    """Marie Martin of this school's file, joined to Marie Cerceau whom another school had recorded first."""
    bring_family(Family((ADA,), (MARIE,)))
    here = Person.objects.get(first_name__iexact="marie")
    known = Person.objects.create(first_name="Marie", last_name="Cerceau", civility="Mme")
    people.issue_activation_codes(persons=[here], person=None, now=timezone.now())
    code = ActivationCode.objects.select_related("person").get()
    join_guardians(code=code, kept=known, person=known, now=timezone.now())
    return known


def test_the_same_file_again_makes_nobody_and_changes_no_name(joined, bring_family):
    again = bring_family(Family((ADA,), (MARIE,)))
    assert numbers(again, "guardians") == (0, 0, 1, 0) and again.to_decide == ()
    assert again.batch.changes.count() == 0
    joined.refresh_from_db()
    assert joined.last_name == "Cerceau"
    assert Guardianship.objects.get().guardian == joined


def test_a_real_correction_of_her_name_is_still_read(joined, bring_family):
    from dataclasses import replace

    bring_family(Family((ADA,), (replace(MARIE, last="CERCEAU"),)))
    married = replace(MARIE, last="MARTIN", usage="BERLINGOT")
    result = bring_family(Family((ADA,), (married,)))
    assert numbers(result, "guardians") == (0, 1, 0, 0)
    joined.refresh_from_db()
    assert joined.usage_name.casefold() == "berlingot"
