"""« Ce qu’on a appris »: the week of a class, gathered, told, and read by each as far as they may open it."""

import datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from preau.ent.homework.models import DueDay
from preau.ent.posts import actions
from preau.ent.posts.models import Post, Told
from tests.ent.homework.acts import assign
from tests.ent.posts.test_actions import publish
from tests.world import TODAY

MONDAY = TODAY - datetime.timedelta(days=TODAY.weekday())
WORDS = "Nous avons appris à mesurer."


def week_url(world, name="cpb"):
    return reverse("portal:week_told", args=[world.classrooms[name].pk])


def choices(page):
    return {key for key, _ in page.context["form"].fields["told"].choices}


@pytest.fixture
def said(world):
    """What the class was told this week: to all, and for one family alone; a text from before."""
    now = timezone.now()
    found = {"post": publish(world, text="Canari-mesures"), "lesson": assign(world, text="Canari-leçon")}
    found["one"] = assign(world, text="Canari-seul", pupils=["child_adam"])
    DueDay.objects.update(day=MONDAY)
    found["old"] = publish(world, text="Canari-ancien")
    publication = found["old"].publication
    publication.published_at = now - datetime.timedelta(days=8)
    publication.save(update_fields=["published_at"])
    return found


def test_the_week_is_gathered_told_once_and_read_with_its_links(world, client, said, django_assert_max_num_queries):
    world.sign_in(client, "teacher")
    with django_assert_max_num_queries(12):
        page = client.get(week_url(world))
    post, lesson = (str(said[name].publication.pk) for name in ("post", "lesson"))
    assert choices(page) == {post, lesson}
    sent = {"text": WORDS, "told": [lesson, post], "once": str(page.context["form"]["once"].value())}
    assert "Canari-mesures" in page.content.decode() and "déjà racontée" not in page.content.decode()
    for _ in range(2):
        assert client.post(week_url(world), sent).status_code == 302
    told = Post.objects.get(told_week=MONDAY)
    assert "Cette semaine est déjà racontée" in client.get(week_url(world)).content.decode()
    assert told.publication.state == "published" and Told.objects.filter(post=told).count() == 2
    address = reverse("posts:post_detail", args=[told.pk])
    read = world.sign_in(client, "guardian").get(address).content.decode()
    assert WORDS in read and "Ce qu’on a appris" in read and "Canari-leçon" in read and "Canari-mesures" in read
    actions.withdraw_post(person=world.people["teacher"], post=said["post"], now=timezone.now())
    assert "Canari-mesures" not in client.get(address).content.decode()
    life = client.get(reverse("portal:classroom_life", args=[world.classrooms["cpb"].pk])).content.decode()
    assert "Voir ce que la classe a fait" in life
    assert world.sign_in(client, "teacher_other_class").get(address).status_code == 404


def test_a_link_is_drawn_for_who_may_open_it_and_what_left_meanwhile_is_left_out(world, client, said):
    cpb, now = world.classrooms["cpb"], timezone.now()
    actions.withdraw_post(person=world.people["teacher"], post=said["post"], now=now)
    told = [said["one"].publication, said["post"].publication]
    post = actions.tell_week(person=world.people["teacher"], classroom=cpb, text=WORDS, week=MONDAY, told=told, now=now)
    assert [one.publication for one in post.told.all()] == [said["one"].publication]
    address = reverse("posts:post_detail", args=[post.pk])
    for name, reads in (("guardian", True), ("guardian_other_family", False)):
        assert ("Canari-seul" in world.sign_in(client, name).get(address).content.decode()) is reads, name


def test_it_is_offered_from_thursday_on_to_who_teaches_until_it_is_told(world, client):
    home = reverse("portal:classroom_home", args=[world.classrooms["cpb"].pk])

    def offered(name, day):
        at = datetime.datetime.combine(MONDAY + datetime.timedelta(days=day), datetime.time(10))
        with time_machine.travel(timezone.make_aware(at), tick=False):
            return "Raconter la semaine" in world.sign_in(client, name).get(home).content.decode()

    assert [offered("teacher", day) for day in (2, 3, 4)] == [False, True, True]
    assert not offered("guardian", 3)
    said = {"text": WORDS, "week": MONDAY, "told": [], "now": timezone.now()}
    actions.tell_week(person=world.people["teacher"], classroom=world.classrooms["cpb"], **said)
    assert not offered("teacher", 4)


def test_an_empty_week_is_told_with_words_alone_and_nobody_else_tells_it(world, client):
    for name, status in {"guardian": 403, "aesh": 403, "teacher_other_class": 404}.items():
        assert world.sign_in(client, name).get(week_url(world)).status_code == status, name
    world.sign_in(client, "teacher")
    assert client.post(week_url(world), {"text": " "}).status_code == 422 and not Post.objects.exists()
    assert client.post(week_url(world), {"text": WORDS}).status_code == 302
    assert Post.objects.get().told_count == 0
