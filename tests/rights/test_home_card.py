"""T33: a card of home reaches its own list and nothing else, until it is taken back (trust.md P3 to P5, P9)."""

import datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.kit.answers import Conflict
from preau.people import actions
from preau.people.middleware import PUPIL_COOKIE
from preau.people.models import Badge, PictureCode, PupilEntry
from preau.people.queries import cards as queries
from preau.people.queries.cards import CODE_PICTURES, codes_of
from preau.schools.actions import cards
from tests.canaries import IN_NOTEBOOK, IN_WORK, leaks
from tests.kept import GROUND
from tests.rights.matrix import own_routes, undone, whole_body
from tests.rights.samples import fill, sample_kwargs
from tests.texts import text_of

pytestmark = pytest.mark.django_db
HOME, HOME_PAGE = Badge.Kind.HOME, "/eleve/"
# And « J’ai fini », which leads to the door. « C’est fait » of a leçon is said at home too.
LIST = {f"lessons:{name}" for name in ("at_home", "mine", "wall", "listen", "to_do", "to_do_file", "to_do_done")}
LIST |= {f"lessons:{name}" for name in ("pages", "page", "page_tool", "page_finished")}
FILES = {f"lessons:{name}" for name in ("part", "small_part", "part_taken_up")}
FILES |= {"media:picture", "media:thumbnail", "portfolio:piece", "portfolio:small_piece"}
FILES |= {"posts:post_file", "posts:post_video", "posts:video_poster"}
OWN = {"Canari-child_adam", "Canari-classe-cpb", "Canari-post-cpb", IN_NOTEBOOK, IN_WORK}


def printed(world, child="child_adam", room="cpb", kind=HOME, who="head"):
    act = {"person": world.people[who], "classroom": world.classrooms[room], "now": now()}
    ((_, token),) = cards.print_cards(**act, kind=kind, pupil=world.people[child])
    return token


def images_of(world, child="child_adam"):
    pupil = world.people[child]
    return list(codes_of([pupil])[pupil.pk])


def enter(world, token, child="child_adam"):
    """A telephone on which the card was shown, then the pictures when there are some."""
    client = Client()
    answer = client.post("/carte/", {"card": token})
    if answer["Location"] == "/carte/images/":
        answer = client.post("/carte/images/", {"image": images_of(world, child)})
    assert answer["Location"] == HOME_PAGE
    return client


def test_a_pupil_of_cp_enters_with_the_card_then_the_four_pictures(world, client):
    token = printed(world)
    assert client.get(HOME_PAGE).headers["Location"] == "/carte/"
    assert client.post("/carte/", {"card": token})["Location"] == "/carte/images/"
    assert client.get(HOME_PAGE).headers["Location"] == "/carte/", "the card alone is not enough"
    first, *others = images_of(world)
    wrong = next(each for each in CODE_PICTURES if each != first)
    page = client.post("/carte/images/", {"image": [wrong, *others]})
    assert page.status_code == 422 and "Ce ne sont pas tes images. Essaie encore." in page.content.decode()
    page = client.post("/carte/images/", {"image": [first]}).content.decode()
    assert page.count('type="hidden" name="image"') == 1, "without script, each press brings one more"
    assert client.post("/carte/images/", {"image": [first, *others]})["Location"] == HOME_PAGE
    page = client.get(HOME_PAGE).content.decode()
    assert reverse("lessons:mine") in page and reverse("card_leave") in page
    assert token not in page and PupilEntry.objects.get().way == PupilEntry.Way.HOME


def test_a_card_shown_waits_half_an_hour_for_its_pictures(world, client):
    client.post("/carte/", {"card": printed(world)})
    for minutes, status in ((29, 200), (31, 302)):
        with time_machine.travel(now() + datetime.timedelta(minutes=minutes)):
            assert client.get("/carte/images/").status_code == status


def test_in_nursery_the_card_is_enough(world):
    enter(world, printed(world, "child_two_one", "gs"), "child_two_one")
    assert PupilEntry.objects.get().pupil == world.people["child_two_one"]


def test_who_tries_pictures_is_slowed(world, client):
    token = printed(world)
    client.post("/carte/", {"card": token})
    right = images_of(world)
    wrong = [next(each for each in CODE_PICTURES if each != right[0]), *right[1:]]
    for _ in range(5):
        client.post("/carte/images/", {"image": wrong})
    page = client.post("/carte/images/", {"image": right})
    assert page.status_code == 422 and "Trop d’essais. Attends" in page.content.decode()
    assert not PupilEntry.objects.exists()


def test_a_card_of_the_class_or_of_nobody_opens_nothing_at_home(world, client):
    said = client.post("/carte/", {"card": printed(world, kind=Badge.Kind.CLASS)})
    assert said.status_code == 422 and "sert en classe" in said.content.decode()
    said = client.post("/carte/", {"card": "A" * 22})
    assert said.status_code == 422 and "plus acceptée" in said.content.decode()
    assert client.get("/carte/images/")["Location"] == "/carte/" and not PupilEntry.objects.exists()


@pytest.mark.parametrize("how", ["refused", "printed again", "of last year"])
def test_taken_back_it_opens_nothing_at_once(world, how):
    token, waiting = printed(world), Client()
    adam, badge, client = world.people["child_adam"], Badge.objects.get(), enter(world, token)
    assert waiting.post("/carte/", {"card": token})["Location"] == "/carte/images/"
    if how == "refused":
        act = {"person": world.people["teacher"], "classroom": world.classrooms["cpb"], "pupil": adam, "now": now()}
        cards.refuse_card(**act, kind=HOME)
    elif how == "printed again":
        printed(world)
    else:
        later = now() + datetime.timedelta(days=366)
        with pytest.raises(Conflict, match="plus acceptée"):
            actions.enter_at_home(badge=badge, pictures=images_of(world), network=None, now=later)
        assert queries.badge_of(token, HOME, localdate(later)) is None
        return
    assert client.get(HOME_PAGE).status_code == 302 and not PupilEntry.objects.exists()
    assert client.get(HOME_PAGE)["Location"] == "/carte/"
    for name in ("mine", "wall", "listen", "to_do"):  # at home, nobody is sent to join a session
        page = client.get(reverse(f"lessons:{name}"), follow=True)
        assert (
            page.status_code == 200
            and "Demande à un adulte de viser ta carte" in page.text
            and "Rejoindre une séance" not in page.text
            and adam.first_name not in page.text
        )
    assert waiting.get("/carte/images/")["Location"] == "/carte/", "nor where the pictures were about to be shown"
    with pytest.raises(Conflict, match="plus acceptée"):
        actions.enter_at_home(badge=badge, pictures=images_of(world), network=None, now=now())


def test_i_am_done_forgets_the_device(world):
    client = enter(world, printed(world))
    assert client.post("/carte/sortie/")["Location"] == "/carte/" and not PupilEntry.objects.exists()
    assert client.get(HOME_PAGE)["Location"] == "/carte/"


def test_an_adult_who_is_in_stays_alone_on_their_telephone(world, client):
    world.sign_in(client, "guardian")
    assert "ouvert à votre nom" in client.get("/carte/").content.decode()
    client.post("/carte/", {"card": printed(world)})
    assert not PupilEntry.objects.exists() and client.get(HOME_PAGE).status_code == 404


@pytest.mark.matrix
def test_a_stolen_card_tried_on_every_address_reaches_only_its_list(world, monkeypatch):
    """Whatever the method, it is answered elsewhere as a stranger is, and reads of its own class and notebook alone."""
    fill(world)
    key, stranger, reached, stray = enter(world, printed(world)).cookies[PUPIL_COOKIE].value, Client(), set(), []
    PictureCode.objects.all().delete()  # a tablet of the samples lets the same pupil in by the picture alone
    sampled = {}  # what addresses name, kept from one to the next, each of which begins from here (tests/kept.py)
    for path, name, methods in own_routes():
        for method in methods:
            with undone(), GROUND.of(sampled, monkeypatch):
                address, client = reverse(name, kwargs=sample_kwargs(world, path)), Client()
                client.cookies[PUPIL_COOKIE] = key
                answers = [each.generic(method, address) for each in (client, stranger)]
                told, usual = ((one.status_code, one.headers.get("Location")) for one in answers)
                texts = [text_of(whole_body(one)) for one in answers]
            reached |= {name} if told != usual else set()
            stray += [(name, each) for each in leaks(texts[0], None, name) - leaks(texts[1], None, name) - OWN]
    assert (sorted(reached - LIST - FILES), sorted((LIST | FILES) - reached)) == ([], [])
    assert stray == []
