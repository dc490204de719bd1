"""The teacher leads or closes a session at the instant a tablet writes in it: both are written, neither is stopped."""

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils.timezone import now

from preau.ent.lessons import actions
from preau.ent.lessons.actions import entering, giving, making, opening
from preau.ent.lessons.models import Device, Lesson, Work
from preau.people import actions as people
from preau.people.actions import cards
from preau.people.models import PupilEntry
from tests.at_once import at_once, meeting
from tests.ent.lessons.acts import enter, join, open_lesson
from tests.ent.lessons.works import keep

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def meet(monkeypatch):
    return meeting(monkeypatch)


@pytest.fixture
def lesson(world):
    return open_lesson(world, activity="page", title="Dessine ta maison")


@pytest.fixture
def device(world, lesson):
    """Lina is in on it."""
    tablet = Client()
    device = join(lesson, tablet, accepted_by=world.people["teacher"])
    enter(tablet, device, world.people["child_lina"])
    return Device.objects.select_related("lesson__classroom__school").get()


def test_a_session_closes_while_a_pupil_enters(world, lesson, device, meet):
    teacher, adam = world.people["teacher"], world.people["child_adam"]
    meet(people, "end_pupil_entries")
    faults = at_once(
        lambda: actions.close_lesson(person=teacher, lesson=lesson, now=now()),
        lambda: actions.enter(device=device, pupil_id=adam.pk, now=now()),
    )
    assert not [fault for fault in faults if isinstance(fault, OperationalError)]
    lesson.refresh_from_db()
    assert lesson.closed_at and not PupilEntry.objects.exists() and not Device.objects.exists()


def test_another_activity_is_given_while_a_hand_goes_up(world, lesson, device, meet):
    teacher = world.people["teacher"]
    meet(opening, "give_files")
    meet(entering, "_bump")
    faults = at_once(
        lambda: actions.lead_lesson(person=teacher, lesson=lesson, activity="free", now=now()),
        lambda: actions.raise_hand(device=device, is_up=True, now=now()),
    )
    assert faults == []
    assert Lesson.objects.get().activity == "free" and Device.objects.get().hand_at


def test_what_is_to_be_done_changes_while_a_page_is_made(world, lesson, device, meet):
    teacher, work = world.people["teacher"], keep(device).work_id
    device = Device.objects.select_related("lesson__classroom__school", "pupil").get()
    meet(giving, "_led", after=True)
    meet(making, "_touch")
    faults = at_once(
        lambda: actions.change_instruction(person=teacher, lesson=lesson, title="Dessine ton école", now=now()),
        lambda: keep(device, work, made="Une porte"),
    )
    assert faults == []
    work = Work.objects.get()
    assert work.title == Lesson.objects.get().title == "Dessine ton école" and work.parts.count() == 2


def test_a_new_card_is_printed_while_the_former_one_is_shown(world, lesson, device, meet):
    """Whoever is first, nobody is in by a card that has ended."""
    teacher, adam = world.people["teacher"], world.people["child_adam"]
    former = people.make_badges(pupils=[adam], kind="class", person=teacher, now=now())[adam.pk]
    meet(entering, "hold")
    meet(cards, "_end")
    faults = at_once(
        lambda: people.make_badges(pupils=[adam], kind="class", person=teacher, now=now()),
        lambda: actions.enter_with_badge(device=device, token=former, now=now()),
    )
    assert not [fault for fault in faults if isinstance(fault, OperationalError)]
    assert not PupilEntry.objects.filter(badge__ended_at__isnull=False).exists()
