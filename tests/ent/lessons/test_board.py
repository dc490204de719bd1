"""What the board says of each tablet: who, on what, with which cart, what one waits for."""

import datetime
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.lessons import actions
from preau.ent.lessons.devices import COOKIE
from preau.ent.lessons.models import Device, KnownDevice
from preau.people import actions as people
from tests.ent.lessons.acts import enter, join, open_lesson
from tests.ent.lessons.works import Sort, drawn, finish, keep

pytestmark = pytest.mark.django_db


def body(answer):
    return answer.content.decode().replace("&nbsp;", "\xa0")


@pytest.fixture
def teacher(world, client):
    return world.sign_in(client, "teacher")


def two(world, lesson):
    """Two pupils of the same first name, each on a tablet."""
    devices = []
    for name, last_name in (("child_adam", "Bleu"), ("child_lina", "Vert")):
        pupil, tablet = world.people[name], Client()
        pupil.first_name, pupil.last_name, pupil.usage_name = "Inès", last_name, ""
        pupil.save()
        devices.append(join(lesson, tablet, accepted_by=world.people["teacher"]))
        enter(tablet, devices[-1], pupil)
    return devices


def test_two_of_the_same_first_name_are_told_apart(world, teacher):
    lesson = open_lesson(world)
    board = reverse("lessons:board", args=[lesson.pk])
    one, other = two(world, lesson)
    actions.raise_hand(device=other, is_up=True, now=now())
    page = body(teacher.get(board))
    assert "Inès V. lève la main" in page and "<b>Inès B.</b>" in page and "<b>Inès V.</b>" in page
    Device.objects.update(kept_count=1)
    assert "<b>Inès B.</b>, tablette 1" in body(teacher.post(reverse("lessons:closing", args=[lesson.pk])))
    teacher.post(reverse("lessons:closing", args=[lesson.pk]), {"sure": "1"})
    assert [device.called for device in teacher.get(board).context["unsent"]] == ["Inès B.", "Inès V."]


def test_it_says_what_each_is_on_and_who_has_finished_even_without_network(
    world, teacher, django_assert_max_num_queries
):
    lesson = open_lesson(world)
    board = reverse("lessons:board", args=[lesson.pk])
    one, other = two(world, lesson)
    drawing = keep(one, sort=Sort.DRAWING, made=drawn()).work
    keep(other, goal="class", made="Une cabane")
    with django_assert_max_num_queries(10):
        page = body(teacher.get(board))
    assert "Dessin, pour son cahier" in page and "Texte, pour la classe" in page
    keep(one, drawing.pk, made="Ma cabane")
    assert "Texte, pour son cahier" in body(teacher.get(board))
    actions.say_done(device=one, is_done=True, now=now())
    finish(one, drawing)
    Device.objects.update(seen_at=now() - datetime.timedelta(minutes=2))
    page = body(teacher.get(board))
    assert page.count("Pas de réseau") == 2 and page.count(">Fini<") == 1 and "Au travail" not in page


def test_it_counts_apart_who_has_finished_and_leads_to_all_that_was_made(world, teacher):
    lesson = open_lesson(world)
    board, made = (reverse(f"lessons:{name}", args=[lesson.pk]) for name in ("board", "lesson_works"))
    assert made not in body(teacher.get(board))  # no tablet yet
    for device, said in zip(two(world, lesson), ("1 élève au travail,1 a fini", "2 élèves ont fini"), strict=True):
        device.refresh_from_db()
        actions.say_done(device=device, is_done=True, now=now())
        page = body(teacher.get(board))
        assert said in re.sub(r"\s*\n\s*", "", page).replace("\xa0", " ") and made in page
    assert board in body(teacher.get(made))


def test_it_says_that_a_page_is_to_do_again_or_of_an_activity_that_is_over(world, teacher):
    lesson, by = open_lesson(world), {"person": world.people["teacher"], "now": now()}
    board = reverse("lessons:board", args=[lesson.pk])
    device, other = two(world, lesson)
    actions.return_work(work=finish(device, keep(device).work), remark="Encore", **by)
    assert "Texte, à reprendre" in body(teacher.get(board))
    actions.lead_lesson(lesson=lesson, activity="page", title="Dessine", **by)
    keep(other, sort=Sort.DRAWING, made=drawn())
    page = body(teacher.get(board))
    assert "Avant\xa0: texte, à reprendre" in page and ">Dessin, pour son cahier" in page


def test_it_names_the_cart_and_never_says_that_no_tablet_came_while_one_asks(world, teacher):
    lesson = open_lesson(world)
    board = reverse("lessons:board", args=[lesson.pk])
    assert "Aucune tablette pour l’instant" in body(teacher.get(board))
    join(lesson, Client())
    page = body(teacher.get(board))
    assert "Aucune tablette" not in page and "1 tablette demande à entrer" in page
    actions.note_means(person=world.people["teacher"], lesson=lesson, now=now(), kit_label="Chariot bleu")
    assert "Chariot bleu" in body(teacher.get(board))


def test_a_raised_hand_is_not_an_adult_who_comes(world):
    lesson, tablet = open_lesson(world), Client()
    enter(tablet, join(lesson, tablet, accepted_by=world.people["teacher"]), world.people["child_adam"])
    tablet.post(reverse("lessons:hand"), {"is": "on"})
    page = body(tablet.get(reverse("lessons:home")))
    assert "Main levée" in page and "Un adulte arrive" not in page


def test_a_tablet_refused_says_that_it_is_not_accepted_and_asks_again(world, teacher):
    lesson, tablet = open_lesson(world), Client()
    joined, over = reverse("lessons:join"), reverse("lessons:over")
    assert tablet.post(joined, {"code": lesson.code})["Location"] == reverse("lessons:waiting")
    teacher.post(reverse("lessons:removal", args=[Device.objects.get().pk]))
    assert body(tablet.get("/seance/pouls/")) == "0"  # the script then goes there
    for _ in range(2):  # read again too
        page = body(tablet.get(over))
        assert "n’a pas encore accepté cette tablette" in page and "La séance est finie" not in page
        assert "Appelle un adulte" in page and joined in page
    assert tablet.post(joined, {"code": lesson.code})["Location"] == reverse("lessons:waiting")
    Device.objects.all().delete()
    actions.close_lesson(person=world.people["teacher"], lesson=lesson, now=now())
    assert "La séance est finie" in body(tablet.get(over)) and not tablet.cookies[COOKIE].value


def test_a_tablet_removed_says_so_aloud_and_asks_again_in_one_press(world, teacher):
    lesson, tablet = open_lesson(world), Client()
    type(lesson.classroom).objects.filter(pk=lesson.classroom_id).update(levels=["GS"])
    joined, over = reverse("lessons:join"), reverse("lessons:over")
    tablet.post(joined, {"code": lesson.code})
    teacher.post(reverse("lessons:acceptance", args=[lesson.pk]), {"number": [1]})
    teacher.post(reverse("lessons:removal", args=[Device.objects.get().pk]))
    for _ in range(2):  # read again too
        page = body(tablet.get(over))
        assert "Cette tablette est retirée de la séance." in page and "pas encore accepté" not in page
        assert 'data-skin="non-lecteur"' in page and 'data-key="ask-an-adult"' in page and "data-first" in page
    assert str(lesson.pk) in body(tablet.get(joined))  # its class, to touch: no six signs
    assert tablet.post(joined, {"lesson": lesson.pk})["Location"] == reverse("lessons:waiting")
    teacher.post(reverse("lessons:removal", args=[Device.objects.get().pk]))  # refused now, by who had accepted it
    KnownDevice.objects.update(used_at=lesson.opened_at - datetime.timedelta(days=1))
    assert "pas encore accepté" in body(tablet.get(over))  # accepted another day: not in this session


def test_the_pupil_of_a_tablet_that_died_enters_elsewhere(world):
    lesson, dead, other = open_lesson(world), Client(), Client()
    adam = world.people["child_adam"]
    enter(dead, join(lesson, dead, accepted_by=world.people["teacher"]), adam)
    join(lesson, other, accepted_by=world.people["teacher"])
    seat = reverse("lessons:pupil", args=[adam.pk])
    assert "data-taken" in body(other.get(reverse("lessons:grid")))
    page = body(other.get(seat))
    assert "Appelle un adulte" in page and "C’est moi" not in page  # said aloud: not a dead tile
    Device.objects.filter(pupil=adam).update(seen_at=now() - datetime.timedelta(seconds=61))
    assert "data-taken" not in body(other.get(reverse("lessons:grid")))
    assert "C’est moi" in body(other.get(seat)) and other.post(seat)["Location"] == reverse("lessons:home")
    assert [each.number for each in Device.objects.filter(pupil=adam)] == [2]
    assert dead.get(reverse("lessons:home")).status_code == 302


def test_a_pupil_who_left_a_tablet_without_a_word_calls_an_adult_who_moves_them(world, teacher):
    """By their picture alone nobody knows who touched it; four pictures tell, and move the pupil by themselves."""
    lesson, left, other = open_lesson(world), Client(), Client()
    adam, board = world.people["child_adam"], reverse("lessons:board", args=[lesson.pk])
    enter(left, join(lesson, left, accepted_by=world.people["teacher"]), adam)
    device, seat = join(lesson, other, accepted_by=world.people["teacher"]), reverse("lessons:pupil", args=[adam.pk])
    assert "Laisser entrer" not in body(teacher.get(board))
    assert 'name="call"' in body(other.get(seat))
    assert other.post(seat, {"call": "on"})["Location"] == seat
    page = body(other.get(seat))
    assert "Un adulte de la classe va t’ouvrir" in page and 'name="call"' not in page
    page = body(teacher.get(board))
    assert "Déjà sur une autre tablette" in page and "Laisser entrer" in page
    teacher.post(reverse("lessons:letting_in", args=[device.pk]))
    assert "C’est moi" in body(other.get(seat)) and other.post(seat)["Location"] == reverse("lessons:home")
    assert left.get(reverse("lessons:home")).status_code == 302 and Device.objects.get(pupil=adam).pk == device.pk
    people.give_codes(pupils=[adam], person=world.people["teacher"], now=now())
    assert len(re.findall(r'name="image"', body(left.get(seat)))) == 16


def test_each_page_goes_on_counting_until_the_tablet_tells_that_it_is_there(world):
    lesson, tablet = open_lesson(world), Client()
    enter(tablet, join(lesson, tablet, accepted_by=world.people["teacher"]), world.people["child_adam"])
    for ago, left in ((8, 12), (16, 4), (90, 0)):
        Device.objects.update(seen_at=now() - datetime.timedelta(seconds=ago))
        for name in ("home", "make", "mine", "wall"):
            told = re.search(r'data-news="(\d+)"', body(tablet.get(reverse(f"lessons:{name}"))))
            assert int(told[1]) in (left, max(left - 1, 0)), (name, ago)
