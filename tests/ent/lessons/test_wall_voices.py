"""The voices of the posts of a class, on its wall: what a pupil reads there is heard, and nothing else of posts."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.lessons import actions
from preau.ent.lessons.models import Lesson
from preau.ent.posts import actions as posts
from preau.ent.posts.models import PostFile, Scope
from preau.media import documents
from preau.media.documents import Document
from preau.spaces import actions as spaces
from tests.ent.lessons.acts import at_home, open_lesson
from tests.ent.lessons.test_works import body, seated
from tests.ent.portfolio.acts import write
from tests.ent.posts.test_actions import picture, publish
from tests.media.test_documents import plain

pytestmark = pytest.mark.django_db
VOICE, SAYS, SEEN = b"ID3" + bytes(200), "On chante <b>fort</b>.", "On chante &lt;b&gt;fort&lt;/b&gt;."
WALL, LISTEN = reverse("lessons:wall"), reverse("lessons:listen")


def said(post, words=SAYS, label="Notre chanson"):
    """The voice of a post, as its author joins it."""
    given = {"person": post.publication.author, "post": post, "now": now(), "is_declared": True}
    posts.join_files(**given, files=[(Document("mp3", VOICE), label)], heard=[words])
    return post.files.get(kind=PostFile.Kind.VOICE)


def address(file):
    return reverse("posts:post_file", args=[file.pk])


def published(world, who, place, scope, text):
    return posts.publish_post(person=world.people[who], place=place, scope=scope, text=text, now=now())


@pytest.fixture
def screens(world):
    """Adam's, on a tablet and at home."""
    lesson = open_lesson(world)
    _, tablet = seated(world, lesson, "child_adam")
    return tablet, at_home(world, "child_adam", lesson)


def test_a_voice_is_heard_on_the_wall_in_class_and_at_home_with_its_words_under_it(world, screens):
    file = said(publish(world, text="La chorale."))
    for screen in screens:
        for page in (WALL, LISTEN):
            html = body(screen.get(page))
            assert html.count(f'data-say="{address(file)}"') == 1 and "Notre chanson" in html, page
            assert html.index(address(file)) < html.index(SEEN) and "La chorale." in html, page
            assert f'<audio controls preload="none" src="{address(file)}"' in html and "autoplay" not in html
        assert screen.get(address(file)).content == VOICE


def test_no_voice_of_a_post_that_the_pupil_does_not_read(world, screens):
    tablet, home = screens
    teacher, rooms, school = world.people["teacher"], world.classrooms, world.schools["tilleuls"]
    withdrawn = publish(world, text="Retiré.")
    waits = said(publish(world, text="Encore au travail."))
    hidden = [
        said(publish(world, scope=Scope.FAMILIES, text="Aux familles.")),
        said(published(world, "head", school, Scope.STAFF, "Aux adultes.")),
        said(published(world, "teacher_other_class", rooms["cm2"], Scope.CLASS, "Au CM2.")),
        said(withdrawn),
        waits,
    ]
    spaces.withdraw(person=teacher, publication=withdrawn.publication, now=now())
    PostFile.objects.filter(pk=waits.pk).update(ready_at=None)
    for screen in (tablet, home):
        pages = body(screen.get(WALL)) + body(screen.get(LISTEN))
        assert SEEN not in pages and "Notre chanson" not in pages
        for file in hidden:
            assert address(file) not in pages and screen.get(address(file)).status_code == 404, file.post.text
    assert world.sign_in(Client(), "guardian").get(address(hidden[0])).status_code == 200  # it is there


def test_a_document_is_not_opened_without_account(world, screens):
    joined = {"files": [(documents.take(plain(), "a.pdf"), "Les paroles")], "now": now()}
    post = publish(world, text="La chorale.")
    posts.join_files(person=world.people["teacher"], post=post, **joined)
    other = published(world, "teacher_other_class", world.classrooms["cm2"], Scope.CLASS, "Au CM2.")
    posts.join_files(person=world.people["teacher_other_class"], post=other, **joined)
    for screen in screens:
        assert screen.get(address(post.files.get())).status_code == 404
        assert "Les paroles" not in body(screen.get(WALL))
    assert world.sign_in(Client(), "pupil_cm2").get(address(other.files.get())).status_code == 200


def test_voices_cost_one_query_however_many_and_listening_goes_no_further_than_a_page(
    world, screens, django_assert_max_num_queries
):
    for number in range(10):
        said(publish(world, text=f"Chant {number}"), label=f"Air {number}")
    for page in (WALL, LISTEN):
        screens[0].get(page)  # what a process keeps is read once
        with django_assert_max_num_queries(10):
            html = body(screens[0].get(page))
        assert html.count('data-say="/publications/fichiers/') == 8 and "Air 9" in html and "Air 1" not in html


def test_no_address_of_elsewhere_is_a_link_on_a_pupil_s_screen(world, screens):
    """It is read, and leads nowhere: no pupil leaves Préau (trust.md P5, R17)."""
    away = "Le jeu est sur https://exemple.fr/jeu"
    post = publish(world, text=away)
    said(post)
    write(world, text=away)
    lesson = Lesson.objects.get()
    actions.lead_lesson(person=world.people["teacher"], lesson=lesson, activity="word", word=str(post.pk), now=now())
    pages = [WALL, LISTEN, reverse("lessons:mine")]
    asked = [(screen, page) for screen in screens for page in pages]
    asked += [(screens[0], reverse("lessons:word")), (screens[0], reverse("lessons:given_now"))]
    for screen, page in asked:
        html = body(screen.get(page))
        assert "exemple.fr/jeu" in html and 'href="http' not in html, page


def test_a_photo_that_is_shown_no_more_is_neither_seen_nor_told(world, screens):
    """Its file was refused already: what is seen on it, a name perhaps, was still said."""
    post = publish(world, text="La sortie.", pictures=[picture("Lina sur la balançoire")])
    for screen in screens:
        assert "Lina sur la balançoire" in body(screen.get(WALL))
    post.publication.pictures.update(withheld_at=now())
    for screen in screens:
        html = body(screen.get(WALL))
        assert "La sortie." in html and "balançoire" not in html and "data-whole" not in html
