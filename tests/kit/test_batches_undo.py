"""Batches: applied whole, undone whole or not at all."""

import datetime

import pytest
from django.utils import timezone

from preau.kit.batches import CannotUndo, Create, Update, apply, forget, undo
from preau.kit.digest import business_digest
from preau.kit.models import Batch
from preau.people.models import ActivationCode, Contact, Person
from preau.places.models import Classroom
from preau.schools.models import Enrolment, Guardianship
from preau.spaces.audiences import child_key
from preau.spaces.models import Publication, Reach
from tests.world import TODAY, YEAR


def run(*writes, scope="school:1", at=0):
    moment = timezone.now() + datetime.timedelta(seconds=at)
    return apply(kind="test", scope=scope, person_id=None, now=moment, writes=writes)


def family(world):
    """A new child, in class, with a guardian and a telephone."""
    child = Person(last_name="Toupie", first_name="Lina")
    guardian = Person(last_name="Toupie", first_name="Zoé")
    room = Classroom(school=world.schools["tilleuls"], school_year=YEAR, name="Neuve")
    return (
        child,
        guardian,
        room,
        [
            Create(room),
            Create(child),
            Create(guardian),
            Create(Enrolment(pupil=child, school=room.school, classroom=room, starts_on=TODAY)),
            Create(Guardianship(guardian=guardian, child=child, starts_on=TODAY)),
            Create(Contact(person=guardian, kind="mobile", value="06", match_key="06")),
        ],
    )


def test_what_is_made_is_undone_to_the_same_digest(world):
    before = business_digest()
    *_, writes = family(world)
    batch = run(*writes)
    assert business_digest() != before
    assert Person.objects.get(first_name="Zoé").sort_key == "toupie zoe"
    undo(batch=batch, person_id=None, now=timezone.now())
    assert business_digest() == before
    assert Batch.objects.get(id=batch.id).undone_at


def test_a_changed_row_gets_its_values_and_its_order_back(world):
    person = world.people["teacher"]
    before = business_digest()
    batch = run(Update(person, {"last_name": "Étoile", "birth_date": datetime.date(1980, 2, 1)}))
    assert Person.objects.get(id=person.id).sort_key.startswith("etoile")
    undo(batch=batch, person_id=None, now=timezone.now())
    assert business_digest() == before


def test_an_enrolment_may_end_and_another_begin_in_one_batch(world):
    old = world.people["child_adam"].enrolments.get()
    room = Classroom(school=old.school, school_year=YEAR, name="Neuve")
    before = business_digest()
    batch = run(
        Create(room),
        Update(old, {"ends_on": TODAY - datetime.timedelta(days=1)}),
        Create(Enrolment(pupil=old.pupil, school=old.school, classroom=room, starts_on=TODAY)),
    )
    undo(batch=batch, person_id=None, now=timezone.now())
    assert business_digest() == before


def test_an_existing_row_may_point_at_a_new_one(world):
    old = world.people["child_adam"].enrolments.get()
    room = Classroom(school=old.school, school_year=YEAR, name="Neuve")
    before = business_digest()
    batch = run(Create(room), Update(old, {"classroom": room}))
    assert Enrolment.objects.get(id=old.id).classroom_id == room.id
    undo(batch=batch, person_id=None, now=timezone.now())
    assert business_digest() == before


def test_the_last_batch_is_undone_first(world):
    person = world.people["teacher"]
    first = run(Update(person, {"civility": "M."}))
    second = run(Update(person, {"civility": "Mme"}), at=1)
    elsewhere = run(Update(world.people["head"], {"civility": "M."}), scope="school:2", at=2)
    before = business_digest()
    with pytest.raises(CannotUndo, match="depuis, à annuler d’abord"):
        undo(batch=first, person_id=None, now=timezone.now())
    assert business_digest() == before
    for batch in (second, first, elsewhere):
        undo(batch=batch, person_id=None, now=timezone.now())
    with pytest.raises(CannotUndo, match="déjà annulé"):
        undo(batch=first, person_id=None, now=timezone.now())


def test_what_was_built_since_stands_in_the_way(world):
    child, guardian, _, writes = family(world)
    batch = run(*writes)
    brother = Person.objects.create(last_name="Toupie", first_name="Sam")
    Guardianship.objects.create(guardian=guardian, child=brother, starts_on=TODAY)
    Person.objects.filter(id=child.id).update(first_name="Léna")
    before = business_digest()
    with pytest.raises(CannotUndo) as refused:
        undo(batch=batch, person_id=None, now=timezone.now())
    assert {str(o) for o in refused.value.obstacles} == {
        "1 × personne\u00a0: changement ou suppression depuis",
        "1 × responsabilité légale\u00a0: ajout depuis",
    }
    assert business_digest() == before


@pytest.mark.parametrize("used", [False, True])
def test_a_sheet_never_used_goes_with_its_person(world, used):
    before = business_digest()
    _, guardian, _, writes = family(world)
    batch = run(*writes)
    now = timezone.now()
    ActivationCode.objects.create(
        person=guardian, secret_hash="x", created_at=now, expires_at=now, used_at=now if used else None
    )
    if used:
        with pytest.raises(CannotUndo, match="code d’activation"):
            undo(batch=batch, person_id=None, now=now)
    else:
        undo(batch=batch, person_id=None, now=now)
        assert business_digest() == before


def test_forgotten_rows_cannot_come_back(world):
    person = world.people["teacher"]
    batch = run(Update(person, {"last_name": "Étoile"}))
    forget([person.id])
    with pytest.raises(CannotUndo):
        undo(batch=batch, person_id=None, now=timezone.now())
    assert not any(change.before for change in batch.changes.all())


def test_a_row_that_points_here_without_a_name_of_its_own_stands_in_the_way(world):
    """`related_name="+"`: what was published about this child alone."""
    child = Person(last_name="Toupie", first_name="Lina")
    batch = run(Create(child))
    said = Publication.objects.create(school=world.schools["tilleuls"], kind="post", created_at=timezone.now())
    Reach.objects.create(publication=said, audience=child_key(child), child=child, at=timezone.now())
    with pytest.raises(CannotUndo) as stopped:
        undo(batch=batch, person_id=None, now=timezone.now())
    assert [obstacle.model for obstacle in stopped.value.obstacles] == ["spaces.Reach"]
