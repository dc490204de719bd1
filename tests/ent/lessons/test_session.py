"""A session from its opening to its end: who opens it, how a tablet joins, who enters, what is left."""

import datetime
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.lessons import actions, devices, queries
from preau.ent.lessons.clocks import CLOCKS
from preau.ent.lessons.models import ANSWERS_IN, LATE_FOR, AwaitedDevice, Device, Entrant, KnownDevice, Lesson
from preau.ent.portfolio.rules import pieces_visible_to
from preau.kit.answers import Refused
from preau.media.queries import give
from preau.people.middleware import PUPIL_COOKIE
from preau.people.models import PupilEntry
from preau.schools.actions.cards import prepare_cards
from preau.schools.models import Enrolment
from tests.ent.lessons.acts import enter, enter_from_elsewhere, join, open_lesson
from tests.ent.lessons.works import keep
from tests.ent.portfolio.acts import photo, write
from tests.rights.samples import CANARY, class_post

pytestmark = pytest.mark.django_db
GRID, HOME, OVER = (reverse(f"lessons:{name}") for name in ("grid", "home", "over"))
PULSE = "/seance/pouls/"


def body(answer):
    return answer.content.decode()


def test_the_teacher_opens_it_in_two_actions_and_the_board_shows_the_six_signs(world, client):
    client = world.sign_in(client, "teacher")
    page = reverse("lessons:classroom_lesson", args=[world.classrooms["cpb"].pk])
    (bar,) = re.findall(r'<ul class="verbs.*?</ul>', body(client.get("/aujourdhui/")), re.DOTALL)
    assert page in bar  # drawn, not a line of « Plus »
    board = client.post(page, {"activity": "free"})
    lesson = Lesson.objects.get()
    assert board["Location"] == reverse("lessons:board", args=[lesson.pk])
    shown = body(client.get(board["Location"]))
    assert f"Les six signes\xa0: {lesson.code}" in shown.replace("&nbsp;", "\xa0") and "data:image/svg+xml" in shown
    assert client.get(page)["Location"] == board["Location"]  # one at a time


def test_who_opens_it_is_told_that_pupils_who_read_enter_by_their_sign_alone(world, client):
    bare = "seul dessin"
    cards = reverse("schools:cards", args=[world.classrooms["cpb"].pk])
    opening = {name: reverse("lessons:classroom_lesson", args=[world.classrooms[name].pk]) for name in ("cpb", "gs")}
    page = body(world.sign_in(client, "teacher").get(opening["cpb"]))
    assert bare in page and cards in page
    Enrolment.objects.filter(classroom=world.classrooms["gs"]).update(level="")  # the class says it then
    assert bare not in body(world.sign_in(Client(), "head").get(opening["gs"]))  # pictures come with CP
    prepare_cards(person=world.people["teacher"], classroom=world.classrooms["cpb"], now=now())
    assert bare not in body(client.get(opening["cpb"]))


def test_who_is_not_of_the_class_opens_nothing(world, client):
    page = reverse("lessons:classroom_lesson", args=[world.classrooms["cpb"].pk])
    assert world.sign_in(client, "guardian").post(page).status_code == 404
    assert world.sign_in(client, "aesh").post(page).status_code == 403  # helps, opens nothing
    assert not Lesson.objects.exists()
    lesson = open_lesson(world)
    board = reverse("lessons:board", args=[lesson.pk])
    seen = {who for who in filter(None, world.actors()) if world.sign_in(client, who).get(board).status_code == 200}
    assert seen == {"teacher", "supply", "aesh", "head"}
    with pytest.raises(Refused):
        actions.close_lesson(person=world.people["aesh"], lesson=lesson, now=now())


def test_a_tablet_waits_for_the_adult_then_a_pupil_enters(world, client):
    lesson = open_lesson(world)
    tablet = Client()
    asked = tablet.post(reverse("lessons:join"), {"code": f" {lesson.code.lower()[:3]} {lesson.code.lower()[3:]}"})
    assert asked["Location"] == reverse("lessons:waiting")
    assert body(tablet.get(PULSE)).split() == ["1", *["0"] * 9]
    assert tablet.get(GRID)["Location"] == reverse("lessons:waiting")  # nobody accepted it
    teacher = world.sign_in(client, "teacher")
    assert "1 tablette demande" in body(teacher.get(reverse("lessons:board", args=[lesson.pk])))
    teacher.post(reverse("lessons:acceptance", args=[lesson.pk]), {"number": ["1"]})
    adam = world.people["child_adam"]
    grid = body(tablet.get(GRID))
    assert adam.first_name in grid and adam.last_name not in grid
    seat = reverse("lessons:pupil", args=[adam.pk])
    assert "C’est toi" in body(tablet.get(seat))
    assert tablet.post(seat)["Location"] == HOME
    assert f"Bonjour {adam.first_name}" in body(tablet.get(HOME))
    assert adam.first_name in body(teacher.get(reverse("lessons:board", args=[lesson.pk])))
    assert tablet.post(reverse("lessons:switch"))["Location"] == GRID
    assert tablet.get(HOME).status_code == 302 and not PupilEntry.objects.exists()


def test_a_code_that_opens_nothing_gets_a_plain_sentence(world):
    lesson = open_lesson(world)
    actions.close_lesson(person=world.people["teacher"], lesson=lesson, now=now())
    answer = Client().post(reverse("lessons:join"), {"code": lesson.code})
    assert answer.status_code == 422 and "Ce code n’ouvre aucune séance" in body(answer)


def test_an_adults_own_device_does_not_join(world, client):
    lesson = open_lesson(world)
    answer = world.sign_in(client, "teacher").post(reverse("lessons:join"), {"code": lesson.code})
    assert "Cet appareil est ouvert à votre nom" in body(answer) and not Device.objects.exists()


def test_who_does_not_read_hears_that_the_session_is_over(world):
    lesson, tablet = open_lesson(world, "head", "gs"), Client()
    join(lesson, tablet, accepted_by=world.people["head"])
    actions.close_lesson(person=world.people["head"], lesson=lesson, now=now())
    page = body(tablet.get(OVER))
    assert 'data-skin="non-lecteur"' in page and "La séance est finie" in page


def test_closing_signs_every_tablet_out_and_keeps_figures_alone(world, client):
    teacher, adam = world.people["teacher"], world.people["child_adam"]
    opened = now() - datetime.timedelta(minutes=20)
    lesson, tablet = open_lesson(world, now=opened), Client()
    device = join(lesson, tablet, accepted_by=teacher)
    for child in ("child_lina", "child_adam", "child_lina", "child_adam"):  # « À toi ! », twice each
        enter(tablet, device, world.people[child])
    Device.objects.update(entered_at=now() - datetime.timedelta(minutes=10))
    client = world.sign_in(client, "teacher")
    client.post(reverse("lessons:closing", args=[lesson.pk]))
    assert body(tablet.get(PULSE)) == "0"
    assert tablet.get(HOME).status_code == 302 and tablet.get(GRID)["Location"] == OVER
    over = tablet.get(OVER)
    assert not over.cookies[PUPIL_COOKIE].value and over["Clear-Site-Data"] == '"cache"'
    answered = tablet.post(OVER, {"kept": 0})
    assert not answered.cookies[devices.COOKIE].value and not AwaitedDevice.objects.exists()
    assert not Device.objects.exists() and not PupilEntry.objects.exists() and not Entrant.objects.exists()
    lesson.refresh_from_db()
    assert (lesson.devices_count, lesson.pupils_count, lesson.opened_by_id, lesson.code) == (1, 2, None, "")
    assert lesson.pupil_minutes == 10
    assert adam.first_name not in body(client.get(reverse("lessons:board", args=[lesson.pk])))


def test_a_session_past_its_end_is_closed_at_its_end(world):
    lesson, tablet = open_lesson(world), Client()
    device = join(lesson, tablet, accepted_by=world.people["teacher"])
    enter(tablet, device, world.people["child_adam"])
    Lesson.objects.update(ends_at=now() - datetime.timedelta(seconds=1))
    assert body(tablet.get(PULSE)) == "0" and tablet.get(HOME).status_code == 302
    assert actions.close_due(now=now()) == 1 and actions.close_due(now=now()) == 0
    assert not Device.objects.exists()


def test_a_pupil_on_a_tablet_is_nobody_on_any_other_page(world):
    tablet = Client()
    device = join(open_lesson(world), tablet, accepted_by=world.people["teacher"])
    enter(tablet, device, world.people["child_adam"])
    for page in ("/aujourdhui/", reverse("homework:mine"), reverse("account_home"), reverse("portal:search")):
        assert tablet.get(page).status_code == 302, page


def test_a_pupil_is_on_one_tablet_at_a_time(world):
    lesson, one, two = open_lesson(world), Client(), Client()
    teacher, adam = world.people["teacher"], world.people["child_adam"]
    enter(one, join(lesson, one, accepted_by=teacher), adam)
    enter_from_elsewhere(two, join(lesson, two, accepted_by=teacher), adam, teacher)
    assert one.get(HOME).status_code == 302 and two.get(HOME).status_code == 200


def test_all_screens_pause_and_the_board_follows(world, client):
    lesson, tablet = open_lesson(world), Client()
    device = join(lesson, tablet, accepted_by=world.people["teacher"])
    enter(tablet, device, world.people["child_adam"])
    teacher = world.sign_in(client, "teacher")
    teacher.post(reverse("lessons:pause", args=[lesson.pk]), {"is": "on"})
    assert body(tablet.get(PULSE)).split()[1] == "1" and "Regarde ta maîtresse" in body(tablet.get(HOME))
    lesson.refresh_from_db()
    before = lesson.version
    tablet.post(reverse("lessons:hand"), {"is": "on"})
    pulse = Client().get(PULSE, headers={"x-seance": lesson.board_key})
    assert int(body(pulse)) == before + 1
    part = body(teacher.get(reverse("lessons:board", args=[lesson.pk]), headers={"x-part": "board"}))
    assert "lève la main" in part and "<html" not in part


@pytest.mark.parametrize("page", ["grid", "home", "board"])
def test_its_pages_ask_ten_queries_at_most(world, client, page, django_assert_max_num_queries):
    lesson, tablet = open_lesson(world), Client()
    enter(tablet, join(lesson, tablet, accepted_by=world.people["teacher"]), world.people["child_adam"])
    if page == "board":
        client = world.sign_in(client, "teacher")
        with django_assert_max_num_queries(10):
            assert client.get(reverse("lessons:board", args=[lesson.pk])).status_code == 200
        return
    if page == "grid":
        join(lesson, tablet, accepted_by=world.people["teacher"])
        del tablet.cookies[PUPIL_COOKIE]
    with django_assert_max_num_queries(10):
        assert tablet.get(reverse(f"lessons:{page}")).status_code == 200


def test_the_pulse_is_one_query(world, django_assert_num_queries):
    tablet = Client()
    join(open_lesson(world), tablet)
    with django_assert_num_queries(1):
        tablet.get(PULSE)


def test_a_pupil_reads_their_notebook_and_the_life_of_the_class(world, client):
    teacher, adam = world.people["teacher"], world.people["child_adam"]
    write(world, title="Les poules", pieces=[photo()])
    write(world, title="Le secret de Lina", children=("child_lina",))
    class_post(world)
    tablet = Client()
    enter(tablet, join(open_lesson(world), tablet, accepted_by=teacher), adam)
    mine = body(tablet.get(reverse("lessons:mine")))
    assert "Les poules" in mine and "Le secret de Lina" not in mine
    assert CANARY in body(tablet.get(reverse("lessons:wall")))
    picture = re.search(r"/cahiers/fichiers/[\w-]+/", mine).group()
    assert tablet.get(picture).status_code in (200, 302)
    assert Client().get(picture).status_code == 302  # to the door
    other = write(world, children=("child_lina",), pieces=[photo()])[0].pieces.get()
    assert tablet.get(reverse("portfolio:piece", args=[other.pk])).status_code == 404


def test_a_cart_known_to_the_school_asks_again_without_the_six_signs(world):
    head, join_page = world.people["head"], reverse("lessons:join")
    first, tablet = open_lesson(world), Client()
    tablet.post(join_page, {"code": first.code})
    actions.accept_devices(person=head, lesson=first, numbers=[1], now=now())
    actions.close_lesson(person=head, lesson=first, now=now())
    tablet.get(OVER)
    second, far = open_lesson(world, "head", "gs"), open_lesson(world, "head_far", "loin_cm2")
    assert str(second.place) in body(tablet.get(join_page)) and str(second.place) not in body(Client().get(join_page))
    assert tablet.post(join_page, {"lesson": far.pk}).status_code == 422 and not far.devices.exists()
    assert tablet.post(join_page, {"lesson": second.pk})["Location"] == reverse("lessons:waiting")
    assert tablet.get(GRID)["Location"] == reverse("lessons:waiting")  # the adult's tap is still asked


def test_a_tablet_that_was_refused_is_known_to_nobody(world):
    lesson, tablet = open_lesson(world), Client()
    tablet.post(reverse("lessons:join"), {"code": lesson.code})
    actions.remove_device(person=world.people["teacher"], device=lesson.devices.get(), now=now())
    assert str(lesson.place) not in body(tablet.get(reverse("lessons:join")))


def test_at_closing_what_may_not_have_left_is_named(world, client):
    lesson, tablet = open_lesson(world), Client()
    adam, device = world.people["child_adam"], None
    device = join(lesson, tablet, accepted_by=world.people["teacher"])
    enter(tablet, device, adam)
    assert tablet.post(reverse("lessons:news"), {"kept": 2}).status_code == 204
    teacher, closing = world.sign_in(client, "teacher"), reverse("lessons:closing", args=[lesson.pk])
    asked = body(teacher.post(closing))
    assert f"<b>{adam.first_name}</b>" in asked and "2\xa0choses" in asked
    tablet.post(reverse("lessons:news"), {"kept": 0})
    Device.objects.update(seen_at=now() - datetime.timedelta(minutes=2))
    assert "pas de réseau" in body(teacher.post(closing))
    assert "Pas de réseau" in body(teacher.get(reverse("lessons:board", args=[lesson.pk])))
    teacher.post(closing, {"sure": "1"})
    lesson.refresh_from_db()
    assert lesson.closed_at


def test_once_closed_each_tablet_that_has_not_said_that_all_is_sent_is_named(world, client, django_assert_num_queries):
    lesson, tablets, teacher = open_lesson(world), [Client() for _ in range(3)], world.people["teacher"]
    for tablet, child in zip(tablets, ("child_adam", "child_lina", None), strict=True):
        device = join(lesson, tablet, accepted_by=teacher)
        if child:
            enter(tablet, device, world.people[child])
    client, page = world.sign_in(client, "teacher"), reverse("lessons:board", args=[lesson.pk])
    children = (world.people[name].full_name for name in ("child_adam", "child_lina"))  # of one first name and initial
    first = [f"<b>{name}</b>, tablette {number}" for number, name in enumerate(children, start=1)]

    def named():
        """(what the page says once tablets had time to answer, the number that its script asks)"""
        Lesson.objects.update(closed_at=now() - ANSWERS_IN)
        shown = body(client.get(page, headers={"x-part": "board"}))
        key = Lesson.objects.get().board_key
        with django_assert_num_queries(1):
            number = body(Client().get(PULSE, headers={"x-seance": key} if key else {}))
        assert "<html" not in shown
        return [name in shown for name in first], number, shown

    client.post(reverse("lessons:closing", args=[lesson.pk]))
    shown = body(client.get(page))
    assert "2\xa0tablettes répondent encore" in shown and not any(name in shown for name in first)
    both, before, shown = named()
    assert both == [True, True] and shown.count("n’a pas répondu") == 2
    tablets[0].post(OVER, {"kept": 2})
    assert tablets[0].get(OVER).context["is_awaited"]
    both, after, shown = named()
    assert both == [True, True] and "2\xa0choses pas encore" in shown and int(after) == int(before) + 1
    tablets[0].post(OVER, {"kept": 0})
    both, _, shown = named()
    assert not any(both) and f"<b>{world.people['child_lina'].first_name}</b>, tablette 2" in shown  # alone by now
    assert "n’a pas répondu" in body(client.get(reverse("lessons:classroom_lesson", args=[world.classrooms["cpb"].pk])))
    tablets[1].post(OVER, {"kept": 0})
    both, number, shown = named()
    assert both == [False, False] and number == "0" and "a oublié qui s’en servait" in shown


def test_a_tablet_that_never_answers_is_named_for_seven_days_or_until_another_session_tells(world):
    teacher, adam = world.people["teacher"], world.people["child_adam"]
    for _ in range(2):
        lesson, tablet = open_lesson(world), Client()
        device, _ = actions.ask_to_join(code=lesson.code, label="", network=None, now=now(), known_key="held")
        actions.accept_devices(person=teacher, lesson=lesson, numbers=[device.number], now=now())
        enter(tablet, device, adam)
        device.refresh_from_db()
        if AwaitedDevice.objects.exists():
            actions.note_news(device=device, kept_count=1, now=now())
            assert AwaitedDevice.objects.get().pupil == adam
            actions.note_news(device=device, kept_count=0, now=now())
            assert not AwaitedDevice.objects.exists() and not Lesson.objects.exclude(pk=lesson.pk).get().board_key
        actions.close_lesson(person=teacher, lesson=lesson, now=now())
    (clock,) = (due for due in CLOCKS if due.table is AwaitedDevice)
    assert AwaitedDevice.objects.exists() and not clock.rows(now()).exists()
    assert clock.rows(now() + LATE_FOR).count() == 1


def test_the_wall_shows_what_is_to_be_done_and_no_name(world, client):
    lesson, tablet = open_lesson(world, activity="page", title="Dessine la ferme"), Client()
    adam = world.people["child_adam"]
    enter(tablet, join(lesson, tablet, accepted_by=world.people["teacher"]), adam)
    wall = reverse("lessons:projection", args=[lesson.pk])
    shown = body(world.sign_in(client, "teacher").get(wall))
    assert "Dessine la ferme" in shown and adam.first_name not in shown
    assert world.sign_in(client, "aesh").get(wall).status_code == 403
    assert world.sign_in(client, "guardian").get(wall).status_code == 404


def test_the_wall_says_how_many_pages_it_shows_side_by_side(world, client):
    lesson, tablet = open_lesson(world), Client()
    device = join(lesson, tablet, accepted_by=world.people["teacher"])
    enter(tablet, device, world.people["child_adam"])
    wall = reverse("lessons:projection", args=[lesson.pk])
    world.sign_in(client, "teacher")
    for said in (None, "Deux", "Trois", "Quatre", "Quatre"):
        keep(device)
        several = client.get(wall).context["several"]
        assert several == said or several.label == said
    shown = client.get(wall, {"pages": several.asked})
    assert shown.context["several"].is_here and len(shown.context["pages"]) == 4


def test_a_files_host_gives_a_pupil_theirs_while_they_are_in(world):
    piece, adam = write(world, pieces=[photo()])[0].pieces.get(), world.people["child_adam"]
    asked = (pieces_visible_to, adam.pk, piece.pk, "path")
    assert give(*asked) is None
    enter(tablet := Client(), join(open_lesson(world), tablet, accepted_by=world.people["teacher"]), adam)
    assert give(*asked).path == piece.path
    tablet.post(reverse("lessons:switch"))
    assert give(*asked) is None


def test_once_closed_nobody_helps_there_and_no_known_tablet_is_offered_it(world):
    lesson, said = open_lesson(world), {"label": "Chrome sur Android", "network": None, "now": now()}
    device, _ = actions.ask_to_join(code=lesson.code, known_key="clé de l’école", **said)
    accept = {"lesson": lesson, "numbers": [device.number], "now": now()}
    with pytest.raises(Refused):
        actions.accept_devices(person=world.people["guardian"], **accept)
    actions.accept_devices(person=world.people["aesh"], **accept)
    known = KnownDevice.objects.get()
    assert queries.offered_to(known, now()) == [lesson]
    actions.close_lesson(person=world.people["teacher"], lesson=lesson, now=now())
    assert queries.offered_to(known, now()) == []
    with pytest.raises(Refused):
        actions.accept_devices(person=world.people["teacher"], **accept)
