"""The machine behind every import: applied at once, undone at once, or nothing."""

import pytest
from django.utils import timezone

from preau.kit import batches
from preau.kit.models import Batch, Change
from preau.people.models import Contact, Person
from preau.places.models import School

NOW = timezone.now()


def apply(writes, scope="school:1", now=NOW):
    return batches.apply(kind="test", scope=scope, person_id=None, now=now, writes=writes)


def undo(batch):
    return batches.undo(batch=batch, person_id=None, now=NOW)


@pytest.fixture
def person(db):
    return Person.objects.create(first_name="Lina", last_name="Toupie")


def test_a_created_row_goes_away_when_undone(db):
    batch = apply([batches.Create(Person(first_name="Malo", last_name="Cerceau"))])
    assert Person.objects.get().sort_key == "cerceau malo"
    undo(batch)
    assert not Person.objects.exists()
    assert Batch.objects.get().undone_at


def test_an_updated_row_gets_its_values_back_with_its_sort_key(person):
    batch = apply([batches.Update(person, {"usage_name": "Ballon"})])
    person.refresh_from_db()
    assert (person.usage_name, person.sort_key) == ("Ballon", "ballon lina")
    undo(batch)
    person.refresh_from_db()
    assert (person.usage_name, person.sort_key) == ("", "toupie lina")


def test_a_relation_gets_its_former_target_back(world):
    school, other = world.schools["tilleuls"], world.districts["south"]
    former = school.district_id
    batch = apply([batches.Update(school, {"district": other})])
    undo(batch)
    assert School.objects.get(id=school.id).district_id == former


def test_rows_that_lean_on_each_other_are_undone_together(db):
    owner = Person(first_name="Rosa", last_name="Toupie")
    contact = Contact(person=owner, kind="email", value="rosa@example.org", match_key="rosa@example.org")
    batch = apply([batches.Create(owner), batches.Create(contact)])
    undo(batch)
    assert (Person.objects.count(), Contact.objects.count()) == (0, 0)


def test_undo_is_last_in_first_out_per_scope(person):
    first = apply([batches.Update(person, {"first_name": "Léna"})])
    second = apply([batches.Update(person, {"first_name": "Lila"})], now=NOW + timezone.timedelta(seconds=1))
    with pytest.raises(batches.CannotUndo):
        undo(first)
    undo(second)
    undo(first)
    person.refresh_from_db()
    assert person.first_name == "Lina"


def test_another_scope_does_not_stand_in_the_way(person):
    first = apply([batches.Update(person, {"first_name": "Léna"})])
    apply([batches.Create(Person(first_name="Autre", last_name="École"))], scope="school:2")
    undo(first)
    person.refresh_from_db()
    assert person.first_name == "Lina"


def test_a_row_changed_since_stands_in_the_way_and_nothing_changes(person):
    batch = apply(
        [batches.Update(person, {"first_name": "Léna"}), batches.Create(Person(first_name="A", last_name="B"))]
    )
    Person.objects.filter(id=person.id).update(first_name="Corrigé")
    with pytest.raises(batches.CannotUndo) as refused:
        undo(batch)
    assert "personne" in str(refused.value)
    assert set(Person.objects.values_list("first_name", flat=True)) == {"Corrigé", "A"}


def test_something_built_on_a_created_row_stands_in_the_way(db):
    made = Person(first_name="Rosa", last_name="Toupie")
    batch = apply([batches.Create(made)])
    Contact.objects.create(person=made, kind="email", value="r@example.org", match_key="r@example.org")
    with pytest.raises(batches.CannotUndo) as refused:
        undo(batch)
    assert "coordonnée" in str(refused.value) and Person.objects.count() == 1


def test_a_batch_is_undone_once(person):
    batch = apply([batches.Update(person, {"first_name": "Léna"})])
    undo(batch)
    with pytest.raises(batches.CannotUndo):
        undo(batch)


def test_an_erased_person_does_not_come_back(person):
    batch = apply([batches.Update(person, {"first_name": "Léna"})])
    batches.forget([person.id])
    assert not Change.objects.exclude(before={}).exists()
    with pytest.raises(batches.CannotUndo):
        undo(batch)
    person.refresh_from_db()
    assert person.first_name == "Léna"


def test_an_empty_batch_is_remembered_and_undone(db):
    batch = apply([])
    assert batch.changes.count() == 0
    assert undo(batch).undone_at


@pytest.mark.long
def test_thousands_of_rows_take_a_fixed_number_of_statements_per_chunk(db, django_assert_max_num_queries):
    rows = [batches.Create(Person(first_name=f"P{n}", last_name="Toupie")) for n in range(800)]
    with django_assert_max_num_queries(20):
        batch = apply(rows)
    keys = [each for each in Person._meta.get_fields(include_hidden=True) if each.auto_created and not each.concrete]
    with django_assert_max_num_queries(2 * len(keys) + 20):  # two chunks, each a read for each key to a person
        undo(batch)
    assert not Person.objects.exists()
