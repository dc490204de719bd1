"""What a judge decided of a child at school is not lost because somebody is erased (GDPR, art. 17.3.b)."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from preau.kit import digest
from preau.kit.answers import Conflict
from preau.people.models import Person
from preau.privacy.actions import erase_again, erase_person
from preau.schools.models import Enrolment, Guardianship
from tests.world import TODAY

DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path


@pytest.fixture
def link(world):
    link = Guardianship.objects.get(guardian=world.people["guardian_restricted"])
    assert link.restricted_on and Enrolment.objects.current(TODAY).filter(pupil=link.child).exists()
    return link


def erase(subject):
    return erase_person(subject=subject, person=None, now=timezone.now())


def is_there(person):
    return Person.objects.filter(pk=person.pk).exists()


def leave(child, on):
    Enrolment.objects.filter(pupil=child).update(starts_on=on - 60 * DAY, ends_on=on)


@pytest.mark.parametrize("who", ["guardian", "child"])
@pytest.mark.parametrize("ended", [False, True])
def test_neither_the_guardian_nor_the_child_is_erased_and_the_command_says_what_to_do(link, who, ended):
    if ended:
        Guardianship.objects.filter(pk=link.pk).update(ends_on=TODAY - DAY, starts_on=TODAY - 60 * DAY)
    before = digest.take(files=False)
    with pytest.raises(CommandError, match="la direction la lève sur la page de l’élève \\(École Tilleuls\\)"):
        call_command("erase_person", str(getattr(link, who).pk), yes=True)
    assert digest.take(files=False) == before and is_there(getattr(link, who))


def test_the_other_parent_is_erased(world, link):
    other = Person.objects.create(first_name="Autre", last_name="Parent")
    Guardianship.objects.create(guardian=other, child=link.child, starts_on=TODAY)
    erase(other)
    assert not is_there(other) and Guardianship.objects.decided().filter(pk=link.pk).exists()


def test_once_the_head_lifted_it_the_guardian_is_erased(link):
    Guardianship.objects.filter(pk=link.pk).update(restricted_on=None, restriction_reference="")
    erase(link.guardian)
    assert not is_there(link.guardian)


def test_it_stands_three_months_after_the_child_left_and_no_longer(link):
    leave(link.child, TODAY - 60 * DAY)
    with pytest.raises(Conflict, match="un juge a décidé"):
        erase(link.guardian)
    leave(link.child, TODAY - 93 * DAY)
    erase(link.guardian)
    assert not is_there(link.guardian)


def test_a_backup_put_back_does_not_give_back_who_had_been_erased(link):
    assert erase_again(ids=[link.guardian_id], now=timezone.now()) == 1
    assert not Person.objects.filter(pk=link.guardian_id).exists()
