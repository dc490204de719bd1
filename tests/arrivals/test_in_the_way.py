"""An undo that is refused names who and what stands in the way, and what clears it really does."""

import datetime
import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from preau.arrivals import actions, queries
from preau.kit.batches import CannotUndo
from preau.kit.dates import day_text
from preau.kit.digest import business_digest
from preau.people.models import Account, Person, Role
from preau.people.models import Mandate as MandateRow
from preau.places.models import Classroom, Group, School
from preau.schools import actions as register
from preau.schools.models import Enrolment, Guardianship
from tests.arrivals.onde_files import Family, pupils_file

TODAY = timezone.localdate()


@pytest.fixture
def applied(bring_family):
    return bring_family().batch


@pytest.fixture
def head(school):
    return Person.objects.create(first_name="Dora", last_name="Direction")


def undo(batch):
    return actions.undo_batch(batch_id=batch.pk, now=timezone.now())


def in_way(batch):
    with pytest.raises(CannotUndo) as refused:
        undo(batch)
    return queries.in_the_way(batch, refused.value)


def by_hand(school, head, first="Zoé"):
    entry = register.GuardianEntry(first_name="Paul", last_name="Marelle")
    return register.add_guardian(
        child=Person.objects.get(first_name=first),
        school=school,
        entry=entry,
        starts_on=TODAY,
        person=head,
        now=timezone.now(),
    )


def test_a_guardian_added_by_hand_is_named_and_ending_the_link_clears_the_way(applied, school, head):
    link = by_hand(school, head)
    before = business_digest()
    (one,) = in_way(applied)
    assert business_digest() == before
    assert one.text == f"Paul Marelle répond de Zoé Toupie depuis le {day_text(TODAY)}"
    assert "mettez-y fin" in one.mend and one.about_id == link.child_id
    register.end_guardianship(link=link, on=TODAY, person=head, now=timezone.now())
    undo(applied)
    assert not Person.objects.filter(first_name="Zoé").exists()
    assert Person.objects.get(first_name="Paul").last_name == "Marelle"  # who was named by hand stays


def test_a_decision_noted_since_is_kept(applied, school, head):
    link = by_hand(school, head)
    register.restrict_guardian(link=link, on=TODAY, reference="JAF 12/26", person=head, now=timezone.now())
    register.end_guardianship(link=link, on=TODAY, person=head, now=timezone.now())
    (one,) = in_way(applied)
    assert "une décision y est notée" in one.text and not one.mend and "JAF" not in one.text


def test_a_child_of_another_school_is_not_named(applied, school, head):
    other = Person.objects.create(first_name="Secret", last_name="Ailleurs")
    elsewhere = School.objects.create(name="Autre", slug="autre", kind="primary", uai="0860008Y", city=school.city)
    Enrolment.objects.create(pupil=other, school=elsewhere, starts_on=TODAY)
    rosa = Person.objects.get(first_name="Rosa")
    Guardianship.objects.create(guardian=rosa, child=other, starts_on=TODAY)
    MandateRow.objects.create(person=rosa, role=Role.TEACHER, school=elsewhere, starts_on=TODAY)
    said = " ".join(map(str, in_way(applied)))
    assert "Rosa Toupie répond d’un élève d’une autre école" in said
    assert "Secret" not in said and "Autre" not in said and "fonction ailleurs" in said


def test_a_group_left_clears_the_way(applied, school, head):
    group = Group.objects.create(school=school, school_year="2026-2027", name="Chorale", kind=Group.Kind.GROUP)
    zoe = Person.objects.get(first_name="Zoé")
    member = register.add_member(group=group, pupil=zoe, starts_on=TODAY, person=head, now=timezone.now())
    (one,) = in_way(applied)
    assert one.text.startswith("Zoé Toupie est dans le groupe Chorale") and one.about_id == zoe.pk
    register.end_member(member=member, on=TODAY, person=head, now=timezone.now())
    undo(applied)


def test_what_nothing_clears_is_named_with_its_day(applied, school, head):
    zoe, rosa = (Person.objects.get(first_name=name) for name in ("Zoé", "Rosa"))
    register.correct_person(
        known=zoe, values={"first_name": "Zora"}, place_id=school.pk, person=head, now=timezone.now()
    )
    Account.objects.create(identifier="rosa.toupie", person=rosa)
    room = Classroom.objects.get(name="CP A")
    craie = Person.objects.create(first_name="Anne", last_name="Craie")
    MandateRow.objects.create(person=craie, role=Role.TEACHER, classroom=room, starts_on=TODAY)
    new = Person.objects.create(first_name="Malo", last_name="Bille")
    Enrolment.objects.create(pupil=new, school=school, classroom=room, level="CP", starts_on=TODAY)
    found = in_way(applied)
    assert not any(one.mend for one in found)
    day = day_text(TODAY)
    assert {one.text for one in found} == {
        f"Zora Toupie\u00a0: changé le {day}",
        f"Rosa Toupie a un compte depuis le {day}",
        f"Anne Craie, enseignante ou enseignant, CP A, depuis le {day}",
        f"Malo Bille, en CP A depuis le {day}",
    }


def test_the_command_names_them_too(applied, school, head):
    by_hand(school, head)
    out = io.StringIO()
    with pytest.raises(CommandError, match="Paul Marelle répond de Zoé Toupie") as refused:
        call_command("undo_import", str(applied.pk), "--json", stdout=out)
    assert "ne s’annule plus" not in str(refused.value)
    assert "Paul Marelle" in json.loads(out.getvalue())["in_the_way"][0]["text"]


def test_many_of_a_kind_are_counted(bring, school):
    batch = bring(pupils_file(Family.sample().children)).batch
    room = Classroom.objects.get(name="CP A")
    for number in range(23):
        new = Person.objects.create(first_name=f"Élève {number}", last_name="Bille")
        Enrolment.objects.create(pupil=new, school=school, classroom=room, level="CP", starts_on=TODAY)
    found = in_way(batch)
    assert len(found) == 21 and found[-1].text.endswith("et 3 de plus")


def test_an_import_since_is_named_by_its_day(bring, bring_family):
    first = bring_family(now=timezone.now() - datetime.timedelta(days=2)).batch
    second = bring_family(Family.sample().change_child("ZOÉ", level="CE1"), now=timezone.now()).batch
    (one,) = in_way(first)
    assert one.batch_id == str(second.pk) and "import appliqué depuis" in one.text and one.mend
