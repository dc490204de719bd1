"""Every way of writing gives the same school; twice changes nothing; undo gives it back."""

import itertools

import pytest
from django.utils import timezone

from preau.arrivals import actions
from preau.arrivals.models import Decision, SheetJob
from preau.kit.batches import CannotUndo
from preau.kit.digest import business_digest
from preau.kit.seals import unseal
from preau.people.models import ActivationCode, Contact, Person
from preau.places.models import Classroom, Group
from preau.schools.models import Enrolment, Guardianship, PupilRecord
from tests.arrivals.conftest import numbers
from tests.arrivals.onde_files import Family, Style, Teacher, guardians_file

GENERATIONS = list(itertools.product(("20", "22", "late"), ("25", "24", "pairs")))
STYLES = list(
    itertools.product(
        ("utf-8", "utf-8-sig", "cp1252", "latin-1", "twice"), (";", ",", "\t"), ("\r\n", "\n"), (True, False)
    )
)


def check_the_sample(result):
    assert [p for p in result.problems if p.blocks] == []
    assert result.to_decide == ()
    assert numbers(result, "pupils") == (5, 0, 0, 0)
    assert numbers(result, "guardians") == (4, 0, 0, 0)
    assert numbers(result, "guardianships") == (8, 0, 0, 0)
    assert numbers(result, "classes") == (2, 0, 0, 0)
    names = {person.full_name for person in Person.objects.all()}
    assert {"Zoé Toupie", "Léo Toupie", "Noé Toupie", "Ana-Lou d'Almeida", "Ève d'Almeida"} <= names
    assert set(Classroom.objects.values_list("name", flat=True)) == {"CP A", "CM1-CM2 M. ARÇON"}
    twins = Enrolment.objects.filter(pupil__last_name="Toupie", level="CP")
    assert [e.classroom.name for e in twins] == ["CP A", "CP A"]
    assert Contact.objects.get(person__first_name="Karim").match_key == "0655667788"
    assert Guardianship.objects.filter(guardian__first_name="Rosa").count() == 3


@pytest.mark.parametrize("generation", GENERATIONS)
def test_each_generation_gives_the_same_school(bring_family, generation):
    check_the_sample(bring_family(generation=generation))
    assert Classroom.objects.get(name__startswith="CM1").levels == ["CM1", "CM2"]
    ulis = Group.objects.get()
    assert (ulis.kind, ulis.members.get().pupil.first_name) == ("ulis", "Ana-Lou")
    enrolment = ulis.members.get().pupil.enrolments.get()
    assert (enrolment.classroom.name, enrolment.level) == ("CM1-CM2 M. ARÇON", "")


@pytest.mark.parametrize("encoding, separator, end, quoted", STYLES)
def test_each_way_of_writing_gives_the_same_school(bring_family, encoding, separator, end, quoted):
    style = {"encoding": encoding, "separator": separator, "end": end, "quoted": quoted}
    check_the_sample(bring_family(style=style))


@pytest.mark.parametrize("generation", GENERATIONS)
def test_the_same_files_again_change_nothing(bring_family, generation):
    bring_family(generation=generation)
    before = business_digest()
    again = bring_family(generation=generation)
    assert business_digest() == before
    assert again.batch.changes.count() == 0
    for kind, unchanged in (("pupils", 5), ("guardians", 4), ("guardianships", 8), ("classes", 2)):
        assert numbers(again, kind) == (0, 0, unchanged, 0), kind


@pytest.mark.parametrize("first, then", list(itertools.permutations(("20", "22", "late"), 2)))
def test_another_generation_of_the_same_school_recognises_everybody(bring_family, first, then):
    bring_family(generation=(first, "25"))
    again = bring_family(generation=(then, "pairs"))
    assert again.to_decide == ()
    assert numbers(again, "pupils")[0] == 0 and numbers(again, "guardians")[0] == 0


def test_undo_gives_the_same_digest_back(bring_family, school):
    before = business_digest()
    first = bring_family(teachers=[Teacher("ARÇON", "PAUL", "M.", classes=("CM1-CM2 M. ARÇON",))])
    between = business_digest()
    changed = Family.sample().change_child("ZOÉ", level="CE1", classroom="CE1 B", class_id="43", photo="Non")
    second = bring_family(changed.change_adult("KARIM", mobile="0600000000"))
    with pytest.raises(CannotUndo):
        actions.undo_batch(batch_id=first.batch.pk, now=timezone.now())
    actions.undo_batch(batch_id=second.batch.pk, now=timezone.now())
    assert business_digest() == between
    actions.undo_batch(batch_id=first.batch.pk, now=timezone.now())
    assert business_digest() == before


def test_a_batch_with_something_built_on_it_is_not_undone(bring_family):
    batch = bring_family().batch
    zoe = Person.objects.get(first_name="Zoé")
    other = Person.objects.create(first_name="Grand", last_name="Parent")
    Guardianship.objects.create(guardian=other, child=zoe, starts_on="2026-09-01")
    before = business_digest()
    with pytest.raises(CannotUndo, match="responsabilité légale"):
        actions.undo_batch(batch_id=batch.pk, now=timezone.now())
    assert business_digest() == before


def test_what_onde_says_of_a_pupil_is_kept_as_hints_and_the_ine_is_sealed(bring_family):
    bring_family()
    record = PupilRecord.objects.get(pupil__first_name="Zoé")
    assert (record.photo_hint, record.association_hint) == ("yes", "no")
    assert "1234567890A" not in record.ine_sealed and unseal(record.ine_sealed) == "1234567890A"
    assert record.ine_key and "1234567890A" not in record.ine_key


def test_organisations_are_set_aside(bring, bring_family):
    bring_family()
    family = Family.sample()
    again = bring(guardians=guardians_file(family.adults, Style("24"), organisations=("MECS Les Tilleuls", "ASE 86")))
    aside = again.comparison.files[0].set_aside
    assert [line for line, _ in aside] == [6, 7]
    assert "MECS Les Tilleuls" in aside[0][1]
    assert numbers(again, "guardians") == (0, 0, 4, 0)


def test_the_number_of_queries_does_not_grow_with_the_rows(bring_family, django_assert_max_num_queries):
    with django_assert_max_num_queries(60):
        bring_family()
    with django_assert_max_num_queries(30):
        bring_family()


def test_sheets_printed_and_answers_given_do_not_stand_in_the_way_of_undoing(bring_family, school):
    before = business_digest()
    batch = bring_family().batch
    now = timezone.now()
    rosa, room = Person.objects.get(first_name="Rosa"), Classroom.objects.get(name="CP A")
    ActivationCode.objects.create(person=rosa, secret_hash="x", created_at=now, expires_at=now)
    SheetJob.objects.create(school=school, classroom=room, asked_at=now, address="http://localhost/")
    Decision.objects.create(
        school=school,
        first_key="line:1",
        second_key=f"person:{rosa.pk}",
        candidate=rosa,
        verdict="same",
        decided_at=now,
    )
    actions.undo_batch(batch_id=batch.pk, now=now)
    assert business_digest() == before
    assert not SheetJob.objects.exists()
