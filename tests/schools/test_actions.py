"""Arrivals, moves, leavings, guardians: what each leaves in the base, and what undoes it."""

import datetime

import pytest
from django.urls import reverse
from django.utils.timezone import now

from preau.kit.answers import Conflict
from preau.people.models import Contact, Mandate, Person, Role
from preau.schools import actions
from preau.schools.models import ActivityEnrolment, Enrolment, GroupMember, Guardianship
from preau.spaces import audiences
from tests.world import BEFORE, TODAY

ROSA = actions.GuardianEntry(first_name="Rosa", last_name="Toupie", contacts=(("mobile", "06 11 22 33 44"),))


def arrive(world, **changes):
    facts = {
        "school": world.schools["tilleuls"], "classroom": world.classrooms["cpb"], "level": "CP", "first_name": "Malo",
        "last_name": "Toupie", "birth_date": datetime.date(TODAY.year - 6, 3, 5), "starts_on": TODAY,
        "person": world.people["head"], "now": now(),
    }  # fmt: skip
    return actions.enrol_pupil(**(facts | changes))


def enrolment_of(world, name):
    return Enrolment.objects.get(pupil=world.people[name], ends_on=None)


def test_an_arrival_puts_child_and_guardian_in_the_class_at_once(world):
    made = arrive(world, guardians=(ROSA,))
    members = audiences.members_of(audiences.keys(world.classrooms["cpb"]), TODAY)
    rosa = Person.objects.get(first_name="Rosa")
    assert {made.pupil_id, rosa.pk} <= {member.person_id for member in members}


def test_a_sibling_arrives_and_the_guardian_with_the_same_contact_is_one_person(world):
    arrive(world, guardians=(ROSA,))
    same = actions.GuardianEntry(first_name="ROSA", last_name="toupie", contacts=(("home", "+33 6 11 22 33 44"),))
    arrive(world, first_name="Inès", classroom=world.classrooms["cm2"], guardians=(same,))
    assert Person.objects.filter(first_name="Rosa").count() == 1
    assert Guardianship.objects.filter(guardian__first_name="Rosa").count() == 2


def test_the_same_name_without_a_common_contact_is_another_person(world):
    arrive(world, guardians=(ROSA,))
    other = actions.GuardianEntry(first_name="Rosa", last_name="Toupie", contacts=(("mobile", "07 00 00 00 01"),))
    arrive(world, first_name="Inès", guardians=(other,))
    assert Person.objects.filter(first_name="Rosa").count() == 2


def test_a_pupil_enrolled_twice_is_refused_and_nothing_changes(world):
    before = (Enrolment.objects.count(), Person.objects.count())
    with pytest.raises(Conflict):
        arrive(world, same_as=world.people["child_adam"])
    assert (Enrolment.objects.count(), Person.objects.count()) == before


def test_who_answers_for_a_child_is_there_before_the_first_day(world, client):
    monday = TODAY + datetime.timedelta(days=6)
    made = arrive(world, starts_on=monday, guardians=(ROSA,))
    page = world.sign_in(client, "head").get(reverse("schools:pupil", args=[made.pupil_id])).text
    assert "Rosa Toupie" in page and "Aucun responsable n’est noté" not in page
    guardian = Person.objects.get(first_name="Rosa")
    assert not [one for one in audiences.memberships_of(guardian, TODAY) if one.is_current(TODAY)]
    assert [one for one in audiences.memberships_of(guardian, monday) if one.is_current(monday)]


def test_a_change_of_class_keeps_the_path(world):
    enrolment = enrolment_of(world, "child_adam")
    moved = actions.change_class(
        enrolment=enrolment,
        classroom=world.classrooms["cm2"],
        level="CM1",
        on=TODAY,
        person=world.people["head"],
        now=now(),
    )
    enrolment.refresh_from_db()
    assert enrolment.ends_on == TODAY - datetime.timedelta(days=1) and moved.starts_on == TODAY
    assert [e.classroom for e in Enrolment.objects.filter(pupil=enrolment.pupil).current(TODAY)] == [
        world.classrooms["cm2"]
    ]


def test_a_change_on_the_day_of_arrival_corrects_the_row(world):
    made = arrive(world)
    moved = actions.change_class(
        enrolment=made,
        classroom=world.classrooms["cm2"],
        level="CM1",
        on=TODAY,
        person=world.people["head"],
        now=now(),
    )
    assert moved.pk == made.pk and Enrolment.objects.filter(pupil=made.pupil).count() == 1


def test_nobody_leaves_before_arriving(world):
    enrolment = enrolment_of(world, "child_adam")
    day = BEFORE - datetime.timedelta(days=1)
    with pytest.raises(Conflict):
        actions.end_enrolment(enrolment=enrolment, on=day, person=world.people["head"], now=now())
    enrolment.refresh_from_db()
    assert enrolment.ends_on is None


def test_a_leaving_taken_back_gives_the_dispositif_back_too(world):
    enrolment, head = enrolment_of(world, "child_ulis"), world.people["head"]
    left = actions.end_enrolment(enrolment=enrolment, on=TODAY, person=head, now=now())
    assert GroupMember.objects.get().ends_on == TODAY
    actions.take_back_leaving(enrolment=left, person=head, now=now())
    assert GroupMember.objects.get().ends_on is None and enrolment_of(world, "child_ulis").pk == enrolment.pk


def test_the_services_of_a_pupil_who_leaves_end_and_come_back_with_the_leaving_taken_back(world):
    """Else the family goes on reading what the site publishes."""
    enrolment, head = enrolment_of(world, "child_adam"), world.people["head"]
    canteen = ActivityEnrolment.objects.get(child=world.people["child_adam"])
    site, later = audiences.keys(world.afterschools["tilleuls"]), TODAY + datetime.timedelta(days=1)
    assert world.people["guardian"].pk in {member.person_id for member in audiences.members_of(site, later)}
    left = actions.end_enrolment(enrolment=enrolment, on=TODAY, person=head, now=now())
    canteen.refresh_from_db()
    assert canteen.ends_on == TODAY
    assert world.people["guardian"].pk not in {member.person_id for member in audiences.members_of(site, later)}
    actions.take_back_leaving(enrolment=left, person=head, now=now())
    canteen.refresh_from_db()
    assert canteen.ends_on is None


def test_the_services_of_a_pupil_who_goes_to_another_school_of_the_city_are_the_citys_to_say(world):
    enrolment = enrolment_of(world, "child_adam")
    Enrolment.objects.create(pupil=enrolment.pupil, school=world.schools["saules"], starts_on=TODAY)
    actions.end_enrolment(enrolment=enrolment, on=TODAY, person=world.people["head"], now=now())
    assert ActivityEnrolment.objects.get(child=enrolment.pupil).ends_on is None


def test_a_leaving_is_not_taken_back_once_the_child_is_elsewhere(world):
    enrolment, head = enrolment_of(world, "child_adam"), world.people["head"]
    left = actions.end_enrolment(enrolment=enrolment, on=TODAY, person=head, now=now())
    Enrolment.objects.create(pupil=left.pupil, school=world.schools["saules"], starts_on=TODAY)
    with pytest.raises(Conflict):
        actions.take_back_leaving(enrolment=left, person=head, now=now())


def test_a_contact_that_says_nothing_is_not_kept(world):
    entry = actions.GuardianEntry(first_name="Ali", last_name="Toupie", contacts=(("email", "ali"), ("mobile", "-")))
    arrive(world, guardians=(entry,))
    assert not Contact.objects.filter(person__first_name="Ali").exists()


def test_a_class_given_twice_is_given_once_and_ends_tonight(world):
    room, head = world.classrooms["cm2"], world.people["head"]
    holder = world.people["trainer"]
    for _ in range(2):
        mandate = actions.give_class(classroom=room, holder=holder, today=TODAY, person=head, now=now())
    given = Mandate.objects.filter(classroom=room, role=Role.SUPPLY_TEACHER)
    assert list(given) == [mandate] and mandate.ends_on == TODAY
    tomorrow = TODAY + datetime.timedelta(days=1)
    reached = audiences.keys(room)
    assert not any(m.person_id == holder.pk for m in audiences.members_of(reached, tomorrow))
    actions.take_back_class(mandate=mandate, today=TODAY, person=head, now=now())
    assert not given.all().exists()


def test_a_class_is_given_until_an_evening_that_may_change(world, time_machine):
    room, head, holder = world.classrooms["cm2"], world.people["head"], world.people["trainer"]

    def give(until):
        return actions.give_class(classroom=room, holder=holder, today=TODAY, until=until, person=head, now=now())

    def reaches(day):
        return any(m.person_id == holder.pk for m in audiences.members_of(audiences.keys(room), day))

    friday, tuesday = TODAY + datetime.timedelta(days=3), TODAY + datetime.timedelta(days=7)
    mandate = give(friday)
    assert (reaches(friday), reaches(tuesday)) == (True, False)
    assert give(tuesday) == mandate and Mandate.objects.filter(classroom=room, person=holder).count() == 1
    assert reaches(tuesday) and not reaches(tuesday + datetime.timedelta(days=1))
    later = friday
    actions.take_back_class(mandate=mandate, today=later, person=head, now=now())
    assert reaches(later - datetime.timedelta(days=1)) and not reaches(later)


def test_a_decision_holds_for_the_pair_whatever_row_it_was_written_on(world):
    guardian, adam, head = world.people["guardian"], world.people["child_adam"], world.people["head"]
    old = Guardianship.objects.get(guardian=guardian, child=adam)
    actions.end_guardianship(link=old, on=TODAY - datetime.timedelta(days=10), person=head, now=now())
    assert audiences.memberships_of(guardian, TODAY)  # still reads what reached the class then
    actions.restrict_guardian(link=old, on=TODAY, reference="JAF 26/1", person=head, now=now())
    fresh_start = Guardianship.objects.create(guardian=guardian, child=adam, starts_on=TODAY)
    read = [m for m in audiences.memberships_of(guardian, TODAY) if m.child_id == adam.pk]
    assert read == [] and not Guardianship.objects.reached(TODAY).filter(guardian=guardian).exists()
    actions.lift_restriction(link=fresh_start, person=head, now=now())
    assert Guardianship.objects.reached(TODAY).filter(guardian=guardian).exists()


def test_a_link_begun_again_begins_under_the_decision(world, client):
    """By the page, as the head would: and the head is told."""
    guardian, adam, head = world.people["guardian"], world.people["child_adam"], world.people["head"]
    Contact.objects.create(person=guardian, kind="email", value="g@exemple.fr", match_key="g@exemple.fr")
    old = Guardianship.objects.get(guardian=guardian, child=adam)
    actions.restrict_guardian(link=old, on=TODAY, reference="JAF 26/1", person=head, now=now())
    actions.end_guardianship(link=old, on=TODAY, person=head, now=now())
    sent = {
        "first_name": guardian.first_name, "last_name": guardian.last_name, "kind": "parent", "authority": "unknown",
        "email": "g@exemple.fr", "starts_on": TODAY.isoformat(),
    }  # fmt: skip
    page = world.sign_in(client, "head").post(reverse("schools:guardian_new", args=[adam.pk]), sent, follow=True)
    made = Guardianship.objects.get(guardian=guardian, child=adam, ends_on=None)
    assert (made.restricted_on, made.restriction_reference) == (TODAY, "JAF 26/1")
    assert "La décision «\u00a0JAF 26/1\u00a0» tient toujours" in page.content.decode()
