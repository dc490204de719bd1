"""What a family's home still says of an announcement that reached it: where its children are today, and not read."""

import datetime

import pytest
from django.utils.timezone import now

from preau.notify.models import Expected
from preau.schools.models import Activity, ActivityEnrolment, Enrolment, Guardianship
from tests.ent.announcements.acts import SAID, send
from tests.world import BEFORE, TODAY, add_child

pytestmark = pytest.mark.django_db
HOME, YESTERDAY = "/aujourdhui/", TODAY - datetime.timedelta(days=1)


def is_told(world, client, who):
    return SAID["title"] in world.sign_in(client, who).get(HOME).text


def test_a_child_who_went_to_another_school_is_told_no_more_of_the_former_one(world, client):
    send(world, schools=["tilleuls"])
    lina, saules = world.people["child_lina"], world.classrooms["saules_cm2"]
    assert is_told(world, client, "guardian_other_family")
    Enrolment.objects.filter(pupil=lina).update(ends_on=YESTERDAY)
    Enrolment.objects.create(pupil=lina, school=saules.school, classroom=saules, starts_on=TODAY)
    assert not is_told(world, client, "guardian_other_family")


def test_a_child_who_eats_in_another_canteen_is_told_no_more_of_the_former_one(world, client):
    send(world, schools=["tilleuls"], service="canteen")
    assert is_told(world, client, "guardian")
    other = Activity.objects.create(afterschool=world.afterschools["saules"], kind=Activity.Kind.CANTEEN)
    adam = ActivityEnrolment.objects.filter(child=world.people["child_adam"])
    adam.update(ends_on=YESTERDAY)
    ActivityEnrolment.objects.create(child=world.people["child_adam"], activity=other, days="4", starts_on=BEFORE)
    assert not is_told(world, client, "guardian")


def test_what_is_for_one_child_is_not_told_to_who_answers_for_the_other_alone(world, client):
    add_child(world, "child_second", "cm2", "CM2", ["guardian"])
    send(world, schools=["tilleuls"], levels=["CP"])
    assert is_told(world, client, "guardian")
    links = Guardianship.objects.filter(guardian=world.people["guardian"], child=world.people["child_adam"])
    assert links.update(restricted_on=YESTERDAY, restriction_reference="JAF")
    assert not is_told(world, client, "guardian")


def test_what_came_back_on_paper_waits_no_more(world, client):
    send(world)
    assert is_told(world, client, "guardian")
    at = now()
    Expected.objects.filter(person=world.people["guardian"]).update(paper_out_at=at, paper_back_at=at)
    assert not is_told(world, client, "guardian") and is_told(world, client, "guardian_coparent")
