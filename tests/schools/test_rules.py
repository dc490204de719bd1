"""Who reads a register and who changes it: every actor of the world, one by one."""

import datetime

import pytest

from preau.schools import rules
from preau.schools.models import Enrolment, Guardianship
from tests.world import BEFORE, TODAY

CLASS_CPB = {"child_adam", "child_lina"}
SCHOOL = CLASS_CPB | {"child_ulis", "child_two_one", "pupil_cm2"}
# What each actor may read of pupils; whoever is not named reads none.
PUPILS = {
    "head": SCHOOL,
    "head_other_school": {"child_two_two", "pupil_other_school"},
    "head_far": {"pupil_far"},
    **{name: CLASS_CPB for name in ("teacher", "supply", "aesh")},
    "suspended": CLASS_CPB,  # an account that cannot sign in: the mandate itself still holds
    "teacher_other_class": {"child_ulis", "pupil_cm2"},
    "teacher_other_school": {"child_two_two", "pupil_other_school"},
    "atsem": {"child_two_one"},
    "guardian": {"child_adam"},
    "guardian_coparent": {"child_adam"},
    "guardian_other_family": {"child_lina"},
    "guardian_other_class": {"pupil_cm2"},
    "guardian_other_school": {"pupil_other_school"},
    "guardian_far": {"pupil_far"},
    "guardian_ulis": {"child_ulis"},
    "guardian_two_schools": {"child_two_one", "child_two_two"},
    **{name: {name} for name in ("pupil_cm2", "pupil_other_school", "pupil_far")},
}
TEACH_CPB = {"head", "teacher", "supply", "suspended"}


def test_each_actor_sees_their_own_pupils_and_no_other(world):
    names = {person.pk: name for name, person in world.people.items()}
    found = {
        actor: {names[pk] for pk in rules.pupils_visible_to(world.people[actor], TODAY).values_list("pk", flat=True)}
        for actor in filter(None, world.actors())
    }
    assert {actor: seen for actor, seen in found.items() if seen} == PUPILS


@pytest.mark.parametrize(
    "rule, allowed",
    [
        (rules.can_read_record, TEACH_CPB),
        (rules.can_read_hints, {"head", "teacher", "suspended"}),
        (rules.can_change_pupil, {"head"}),
    ],
)
def test_a_record_is_read_and_changed_by_its_school_only(world, rule, allowed):
    adam = world.people["child_adam"]
    actors = filter(None, world.actors())
    assert {name for name in actors if rule(world.people[name], adam, TODAY)} == allowed


def test_a_class_is_given_by_its_teacher_or_the_head(world):
    room = world.classrooms["cpb"]
    actors = filter(None, world.actors())
    assert {name for name in actors if rules.can_give_class(world.people[name], room, TODAY)} == {
        "head",
        "teacher",
        "suspended",
    }


def test_a_dispositif_is_read_by_the_head_alone(world):
    actors = filter(None, world.actors())
    assert {n for n in actors if rules.groups_visible_to(world.people[n], TODAY).exists()} == {"head"}


def test_a_head_changes_no_guardian_of_their_own_child_and_reads_no_contact_of_the_other_parent(world):
    head, adam = world.people["head"], world.people["child_adam"]
    assert rules.can_change_guardians(head, adam, TODAY) and rules.can_read_contacts(head, adam, TODAY)
    Guardianship.objects.create(guardian=head, child=adam, starts_on=BEFORE, ends_on=BEFORE)
    assert not rules.can_change_guardians(head, adam, TODAY)
    assert not rules.can_read_contacts(head, adam, TODAY)
    assert rules.can_read_record(head, adam, TODAY)


def test_the_former_head_lets_go_once_the_pupil_is_in_another_school(world):
    adam, head = world.people["child_adam"], world.people["head"]
    Enrolment.objects.filter(pupil=adam).update(ends_on=TODAY - datetime.timedelta(days=2))
    assert rules.can_change_pupil(head, adam, TODAY)
    Enrolment.objects.create(pupil=adam, school=world.schools["saules"], starts_on=TODAY)
    assert not rules.can_change_pupil(head, adam, TODAY)
    assert rules.can_change_pupil(world.people["head_other_school"], adam, TODAY)


def test_contacts_are_read_by_the_teaching_team_not_by_guardians(world):
    adam = world.people["child_adam"]
    actors = filter(None, world.actors())
    assert {n for n in actors if rules.can_read_contacts(world.people[n], adam, TODAY)} == TEACH_CPB


def test_a_pupil_who_left_long_ago_is_out_of_the_heads_sight(world):
    from preau.schools.models import UNDO

    child = world.people["child_adam"]
    Enrolment.objects.filter(pupil=child).update(ends_on=TODAY - UNDO)
    assert rules.can_change_pupil(world.people["head"], child, TODAY)
    Enrolment.objects.filter(pupil=child).update(ends_on=TODAY - UNDO * 1.1)
    assert not rules.can_change_pupil(world.people["head"], child, TODAY)


def test_a_register_is_kept_for_the_school_one_heads(world):
    kept = {
        name: {school.slug for school in rules.schools_headed_by(person, TODAY)}
        for name, person in world.people.items()
    }
    assert {name: slugs for name, slugs in kept.items() if slugs} == {
        "head": {"tilleuls"},
        "head_other_school": {"saules"},
        "head_far": {"loin"},
    }
