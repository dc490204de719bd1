"""Three wrong pictures, or a pupil still in elsewhere: an adult says who stands before the tablet, for a moment."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.lessons import actions
from preau.kit.answers import Conflict
from preau.people import actions as people
from preau.people.models import PupilEntry
from preau.people.queries.cards import badge_of
from tests.ent.lessons.acts import enter, join, open_lesson
from tests.ent.lessons.test_works import body

pytestmark = pytest.mark.django_db
HOME, PULSE = reverse("lessons:home"), "/seance/pouls/"


def test_three_wrong_tries_call_an_adult_who_lets_in(world, client, monkeypatch):
    monkeypatch.setattr("preau.ent.lessons.queries.has_code", lambda pupil: True)
    teacher, adam = world.people["teacher"], world.people["child_adam"]
    lesson, tablet = open_lesson(world), Client()
    device = join(lesson, tablet, accepted_by=teacher)
    seat = reverse("lessons:pupil", args=[adam.pk])
    assert "Tes quatre images" in body(tablet.get(seat))
    with pytest.raises(Conflict):
        actions.enter(device=device, pupil_id=adam.pk, now=now())  # not by the picture alone
    assert tablet.post(seat, {"image": ["", "x", "sun"]}).status_code == 200  # what is no picture is not one
    for _ in range(3):
        wrong = tablet.post(seat, {"image": ["sun", "sun", "sun", "sun"]})
    assert wrong.status_code == 422 and "Un adulte de la classe va t’ouvrir" in body(wrong)
    assert 'data-say-now="ask-an-adult"' in body(wrong) and 'data-key="ask-an-adult"' in body(
        wrong
    )  # also to who reads
    board = world.sign_in(client, "aesh").get(reverse("lessons:board", args=[lesson.pk]))
    assert "Laisser entrer" in body(board)
    client.post(reverse("lessons:letting_in", args=[device.pk]))
    assert body(tablet.get(PULSE)).split()[5] == "1"
    assert tablet.post(seat)["Location"] == HOME


def test_three_wrong_tries_hold_whoever_they_were_tried_for(world, monkeypatch):
    monkeypatch.setattr("preau.ent.lessons.queries.has_code", lambda pupil: True)
    tablet, teacher = Client(), world.people["teacher"]
    device = join(open_lesson(world), tablet, accepted_by=teacher)
    adam, lina = (world.people[f"child_{name}"].pk for name in ("adam", "lina"))
    for pupil_id in (adam, lina, adam):
        assert actions.show_pictures(device=device, pupil_id=pupil_id, pictures=["sun"] * 4, now=now()) is None
    actions.let_in(person=teacher, device=device, now=now())
    assert actions.show_pictures(device=device, pupil_id=adam, pictures=["sun"] * 4, now=now()) is None
    assert actions.enter(device=device, pupil_id=adam, now=now())  # let in all the same


def test_nobody_is_let_in_for_long_nor_for_who_entered_elsewhere(world, client):
    lesson, tablet, teacher = open_lesson(world), Client(), world.people["teacher"]
    device, adam = join(lesson, tablet, accepted_by=teacher), world.people["child_adam"]
    codes, seat = people.give_codes(pupils=[adam], person=teacher, now=now()), reverse("lessons:pupil", args=[adam.pk])
    board = reverse("lessons:board", args=[lesson.pk])
    actions.call_adult(device=device, pupil_id=adam.pk, now=now())
    actions.let_in(person=teacher, device=device, now=now() - datetime.timedelta(minutes=3))
    assert 'name="image"' in body(tablet.get(seat)) and "Va entrer" not in body(
        world.sign_in(client, "teacher").get(board)
    )
    with pytest.raises(Conflict):
        actions.enter(device=device, pupil_id=adam.pk, now=now())
    assert "va t’ouvrir" in body(tablet.post(seat, {"image": list(codes[adam.pk])}))  # the adult is called again
    actions.let_in(person=teacher, device=device, now=now())
    other = Client()
    second = join(lesson, other, accepted_by=teacher)
    assert actions.show_pictures(device=second, pupil_id=adam.pk, pictures=list(codes[adam.pk]), now=now())
    device.refresh_from_db()
    assert device.trying_id is None and device.let_in_at is None
    assert 'name="image"' in body(tablet.get(seat))


def test_another_who_shows_the_right_pictures_there_calls_the_adult_in_their_turn(world, client):
    """A tablet where three were wrong takes no more pictures, from anyone: the board names who stands before it."""
    lesson, tablet, teacher = open_lesson(world), Client(), world.people["teacher"]
    device = join(lesson, tablet, accepted_by=teacher)
    adam, lina = world.people["child_adam"], world.people["child_lina"]
    codes = people.give_codes(pupils=[adam, lina], person=teacher, now=now())
    wrong = ["sun"] * 4 if list(codes[adam.pk]) != ["sun"] * 4 else ["moon"] * 4
    for _ in range(3):
        actions.show_pictures(device=device, pupil_id=adam.pk, pictures=wrong, now=now())
    actions.let_in(person=teacher, device=device, now=now())  # too late: he left
    seat = reverse("lessons:pupil", args=[lina.pk])
    page = body(tablet.post(seat, {"image": list(codes[lina.pk])}))
    assert "Un adulte de la classe va t’ouvrir" in page and 'name="image"' not in page
    board = body(world.sign_in(client, "teacher").get(reverse("lessons:board", args=[lesson.pk])))
    assert "Laisser entrer" in board and "Va entrer" not in board
    client.post(reverse("lessons:letting_in", args=[device.pk]))
    assert tablet.post(seat)["Location"] == HOME


def given_pictures(world):
    """(their right pictures, wrong ones) of Adam."""
    adam = world.people["child_adam"]
    right = list(people.give_codes(pupils=[adam], person=world.people["teacher"], now=now())[adam.pk])
    return right, ["sun"] * 4 if right != ["sun"] * 4 else ["moon"] * 4


def test_who_gives_the_tablet_back_while_nobody_is_in_tries_no_more_pictures(world):
    tablet, adam = Client(), world.people["child_adam"]
    device = join(open_lesson(world), tablet, accepted_by=world.people["teacher"])
    right, wrong = given_pictures(world)
    for _ in range(3):
        actions.show_pictures(device=device, pupil_id=adam.pk, pictures=wrong, now=now())
    tablet.post(reverse("lessons:switch"))
    assert actions.show_pictures(device=device, pupil_id=adam.pk, pictures=right, now=now()) is None


def test_five_wrong_tries_for_a_pupil_hold_on_every_tablet_until_an_adult_lets_in(world):
    """Two for Adam, one's own picture, two more: nobody goes on so through 65,536 of them (trust.md P6)."""
    lesson, teacher = open_lesson(world), world.people["teacher"]
    adam, lina = world.people["child_adam"], world.people["child_lina"]
    device = join(lesson, Client(), accepted_by=teacher)
    right, wrong = given_pictures(world)
    for count in range(5):
        if count % 2 == 0:
            actions.enter(device=device, pupil_id=lina.pk, now=now())
            actions.leave(device=device, now=now())
        actions.show_pictures(device=device, pupil_id=adam.pk, pictures=wrong, now=now())
    other = join(lesson, Client(), accepted_by=teacher)
    assert actions.show_pictures(device=other, pupil_id=adam.pk, pictures=right, now=now()) is None
    other.refresh_from_db()
    assert other.is_stuck and other.trying == adam  # the board says so
    actions.let_in(person=teacher, device=other, now=now())
    assert actions.enter(device=other, pupil_id=adam.pk, now=now())
    assert actions.show_pictures(device=device, pupil_id=adam.pk, pictures=right, now=now())  # it is forgotten


def test_an_adult_lets_in_who_the_board_named_and_nobody_else(world, client):
    lesson, tablet, teacher = open_lesson(world), Client(), world.people["teacher"]
    device = join(lesson, tablet, accepted_by=teacher)
    adam, lina = world.people["child_adam"], world.people["child_lina"]
    actions.call_adult(device=device, pupil_id=adam.pk, now=now())
    board = body(world.sign_in(client, "teacher").get(reverse("lessons:board", args=[lesson.pk])))
    assert f'name="pupil" value="{adam.pk}"' in board
    actions.call_adult(device=device, pupil_id=lina.pk, now=now())  # before the press
    pressed = client.post(reverse("lessons:letting_in", args=[device.pk]), {"pupil": str(adam.pk)}, follow=True)
    assert "Un autre élève attend" in body(pressed)
    device.refresh_from_db()
    assert device.let_in_at is None


def test_a_page_drawn_before_takes_no_pupil_from_another_tablet(world):
    """Who shows no pictures is moved by an adult alone, also where « C’est moi » was drawn while they were nowhere."""
    lesson, teacher, adam = open_lesson(world), world.people["teacher"], world.people["child_adam"]
    first, second = Client(), Client()
    device, _ = join(lesson, first, accepted_by=teacher), join(lesson, second, accepted_by=teacher)
    seat = reverse("lessons:pupil", args=[adam.pk])
    assert "C’est toi" in body(second.get(seat))
    enter(first, device, adam)
    refused = second.post(seat)
    assert refused.status_code == 422 and "autre tablette" in body(refused)
    assert first.get(HOME).status_code == 200


def test_a_card_that_ends_while_it_is_shown_opens_nothing(world, monkeypatch):
    lesson, teacher, adam = open_lesson(world), world.people["teacher"], world.people["child_adam"]
    device = join(lesson, Client(), accepted_by=teacher)
    made = people.make_badges(pupils=[adam], kind="class", person=teacher, now=now())

    def read_then_ended(*asked):
        found = badge_of(*asked)
        people.end_badges(pupils=[adam], person=teacher, now=now())
        return found

    monkeypatch.setattr("preau.ent.lessons.actions.entering.badge_of", read_then_ended)
    with pytest.raises(Conflict):
        actions.enter_with_badge(device=device, token=made[adam.pk], now=now())
    assert not PupilEntry.objects.exists()


def test_the_board_names_who_would_enter_and_not_who_is_in_on_that_tablet(world, client):
    """Lina goes back to the class, tries Adam's pictures, and the adult is not told that Lina waits."""
    lesson, tablet, lina = open_lesson(world), Client(), world.people["child_lina"]
    device = join(lesson, tablet, accepted_by=world.people["teacher"])
    _, wrong = given_pictures(world)
    enter(tablet, device, lina)
    for _ in range(3):
        actions.show_pictures(device=device, pupil_id=world.people["child_adam"].pk, pictures=wrong, now=now())
    board = world.sign_in(client, "teacher").get(reverse("lessons:board", args=[lesson.pk]))
    (shown,) = board.context["board"].devices
    assert shown.called != shown.awaits and shown.awaits  # each is named as the class tells them apart
    assert f"{shown.awaits} attend d’entrer" in body(board) and f"<b>{shown.awaits}&nbsp;:</b>" in body(board)
    assert f"{shown.called} attend" not in body(board)
