"""« Merci » and « la question à poser »: said to the author alone, set apart on the family's home."""

import datetime

import pytest
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.notes import actions as notes
from preau.ent.posts import actions as posts
from preau.ent.posts.models import Scope
from preau.ent.thanks import actions
from preau.ent.thanks.clocks import CLOCKS
from preau.ent.thanks.models import Thanks
from preau.kit.answers import Refused
from preau.privacy.exports import read_tables
from preau.spaces.models import Publication
from tests.ent.notes.acts import send
from tests.ent.posts.test_actions import publish
from tests.world import add_child

pytestmark = pytest.mark.django_db

FAMILIES = ("guardian", "guardian_coparent", "guardian_other_family")
SECRET = "Merci, c’est dit"  # the pressed button


def press(world, client, who, publication, given=True, **more):
    url = reverse("thanks:thanks_create", args=[publication.pk])
    return world.sign_in(client, who).post(url, ({"given": "1"} if given else {}) | more)


@pytest.fixture(params=["post", "note"])
def said(world, request):
    """(its publication, its page): a post and a mot of the same teacher to the same class."""
    if request.param == "post":
        post = publish(world)
        return post.publication, reverse("posts:post_detail", args=[post.pk])
    note = send(world)
    return note.publication, reverse("notes:note_detail", args=[note.pk])


def test_one_press_thanks_the_author_alone_and_the_same_takes_it_back(world, client, said):
    publication, page = said
    assert "Merci" in world.sign_in(client, "guardian").get(page).content.decode()
    for _ in range(2):  # pressed twice, said once
        answered = press(world, client, "guardian", publication, next=page)
        assert (answered.status_code, answered.headers["Location"]) == (302, page)
    assert Thanks.objects.count() == 1 and SECRET in client.get(page).content.decode()
    received = reverse("portal:thanks_received")
    name = world.people["guardian"].formal_name
    assert name in world.sign_in(client, "teacher").get(received).content.decode()
    for who in ("head", "supply", "teacher_other_class"):
        assert name not in world.sign_in(client, who).get(received).content.decode(), who
    for who in ("guardian_coparent", "guardian_other_family", "head", "teacher"):
        assert SECRET not in world.sign_in(client, who).get(page).content.decode(), who
    press(world, client, "guardian", publication, given=False)
    assert not Thanks.objects.exists()


def test_who_is_not_family_of_the_children_does_not_thank(world, client, said):
    publication, _ = said
    for who in world.actors():
        if who in (None, "suspended") or who in FAMILIES:
            continue
        assert press(world, client, who, publication).status_code in (302, 403, 404), who
        with pytest.raises(Refused):
            actions.give_thanks(person=world.people[who], publication=publication, now=now())
    assert not Thanks.objects.exists()
    assert world.sign_in(client, "guardian").get(reverse("portal:thanks_received")).status_code == 403


def test_what_the_city_says_and_what_is_withdrawn_is_not_thanked_for(world, client):
    city = publish(world, "city_education", Scope.CITY)
    gone = publish(world)
    posts.withdraw_post(person=world.people["teacher"], post=gone, now=now())
    for post in (city, gone):
        with pytest.raises(Refused):
            actions.give_thanks(person=world.people["guardian"], publication=post.publication, now=now())


def test_a_parent_who_teaches_the_class_does_not_thank_oneself_and_no_address_leads_elsewhere(world, client):
    post = publish(world)
    away = press(world, client, "guardian", post.publication, next="https://ailleurs.example/")
    assert away.headers["Location"] == reverse("today")


def test_the_question_is_set_apart_on_the_home_with_each_child_and_on_its_page(world, client):
    asked = "Comment fait-on du violet ?"
    add_child(world, "child_sister", "saules_cm2", "CM2", ["guardian"])
    post = publish(world, question=f" {asked} ")
    note = send(world, question="Qui a vu un renard ?")
    home = world.sign_in(client, "guardian").get("/aujourdhui/").content.decode()
    apart = home.split('id="demander"')[1].split("</section>")[0]
    assert asked in apart and "renard" in apart and apart.count("data-child") == 2
    only = world.sign_in(client, "guardian_coparent").get("/aujourdhui/").content.decode()
    apart = only.split('id="demander"')[1].split("</section>")[0]
    assert asked in apart and "data-child" not in apart  # all the page is about an only child
    client = world.sign_in(client, "guardian")
    for url in (reverse("posts:post_detail", args=[post.pk]), reverse("notes:note_detail", args=[note.pk])):
        assert "À demander à la maison" in client.get(url).content.decode()
    assert 'id="demander"' not in world.sign_in(client, "guardian_two_schools").get("/aujourdhui/").content.decode()
    posts.edit_post(person=world.people["teacher"], post=post, text=post.text, question="", now=now())
    notes.correct_note(
        person=world.people["teacher"],
        note=note,
        title=note.title,
        text=note.text,
        version=1,
        question="",
        now=now(),
        has_shown_factor=False,
    )
    assert 'id="demander"' not in world.sign_in(client, "guardian").get("/aujourdhui/").content.decode()


def test_a_question_is_asked_for_a_week_and_three_at_most(world, client):
    for number in range(4):
        publish(world, question=f"Question {number} ?")
    page = world.sign_in(client, "guardian").get("/aujourdhui/").content.decode()
    assert page.split('id="demander"')[1].split("</section>")[0].count("Question") == 3
    Publication.objects.exclude(question="").update(published_at=now() - datetime.timedelta(days=8))
    assert 'id="demander"' not in client.get("/aujourdhui/").content.decode()


def test_a_teacher_asks_from_both_pages_and_a_post_to_adults_has_no_question(world, client):
    teacher = world.sign_in(client, "teacher")
    room = [world.classrooms["cpb"].pk]
    sent = {"text": "Les couleurs.", "scope": "class", "act": "publish", "question": "Violet ?"}
    teacher.post(reverse("posts:classroom_publish", args=room), sent)
    sent = {"title": "Un mot", "text": "Bonjour.", "nature": "see", "question": "Bleu ?"}
    teacher.post(reverse("notes:classroom_write", args=room), sent)
    home = world.sign_in(client, "guardian").get("/aujourdhui/").content.decode()
    assert "Violet ?" in home and "Bleu ?" in home
    city = reverse("posts:city_publish", args=[world.cities["marelle"].pk])
    assert 'name="question"' not in world.sign_in(client, "city_education").get(city).content.decode()


def test_a_thanks_is_in_the_archives_of_its_two_persons_and_is_not_kept_two_years(world):
    post = publish(world)
    thanks = actions.give_thanks(person=world.people["guardian"], publication=post.publication, now=now())
    for who, told in (("guardian", True), ("teacher", True), ("child_adam", False), ("guardian_coparent", False)):
        tables, _ = read_tables(world.people[who])
        assert (str(thanks.pk) in str(tables)) is told, who
    assert not CLOCKS[0].rows(now()).exists()
    Thanks.objects.update(at=now() - datetime.timedelta(days=800))
    assert CLOCKS[0].rows(now()).get() == thanks
