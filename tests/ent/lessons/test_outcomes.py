"""What became of a page that was read over: the board, the page of the work and the list of works say the same."""

import re

import pytest
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.lessons import actions
from preau.ent.lessons.models import Goal, Work, WorkSigner
from preau.ent.portfolio import actions as notebooks
from preau.ent.portfolio.models import Page
from preau.ent.posts import actions as posts
from preau.ent.posts.models import Post
from tests.ent.lessons.acts import mixed, open_lesson
from tests.ent.lessons.test_works import body, seated
from tests.ent.lessons.works import finish, keep

pytestmark = pytest.mark.django_db
BEGUN = "Texte, pour"


@pytest.fixture
def device(world):
    return seated(world, open_lesson(world), "child_adam")[0]


@pytest.fixture
def act(world):
    """An action of the teacher."""
    return lambda verb, **said: verb(person=world.people["teacher"], now=now(), **said)


@pytest.fixture
def told(world, client, device, django_assert_max_num_queries):
    """What the board and the page of the work say of it, and its list when there is one."""
    client = world.sign_in(client, "teacher")

    def read(words, *pages, sentence=""):
        work = Work.objects.get()
        at = {"board": [device.lesson_id], "work": [work.pk], "works": []}
        for name in ("board", "work", *pages):
            with django_assert_max_num_queries(10):
                page = body(client.get(reverse(f"lessons:{name}", args=at[name])))
            assert f">{words}</span>" in page and BEGUN not in page and "Page commencée" not in page, name
        assert sentence in body(client.get(reverse("lessons:work", args=[work.pk])))

    return read


def test_a_page_of_the_class_is_shown_then_taken_back_and_every_page_says_so(device, act, told):
    work = keep(device, made="Une cabane", goal=Goal.CLASS).work
    act(actions.show_work, work=work)
    told("Montrée aux familles", "works", sentence="maintenant dans la vie de la classe")
    post = Post.objects.get()
    act(posts.withdraw_post, post=post)
    told("Montrée, puis retirée", "works", sentence="Les familles ne voient pas")
    act(posts.restore_post, post=Post.objects.get())
    told("Montrée aux familles", "works")
    act(posts.undo_post, post=Post.objects.get())
    told("En brouillon", "works", sentence="Les familles ne voient pas")
    act(posts.discard_draft, post=Post.objects.get())
    told("Relue", sentence="n’est plus gardé")


def test_a_page_of_a_notebook_says_whether_its_family_reads_it(device, act, told):
    act(actions.show_work, work=keep(device, made="Une cabane").work)
    told("Montrée à sa famille", sentence="maintenant dans le cahier")
    act(notebooks.withdraw_page, page=Page.objects.get())
    told("Montrée, puis retirée", sentence="Les familles ne voient pas")
    act(notebooks.restore_page, page=Page.objects.get())
    told("Montrée à sa famille")


def test_where_pupils_want_a_page_to_go_is_said_in_one_way(world, client, device):
    """« Mon cahier » is what a child reads: it is not the teacher's."""
    work, (lina, _) = keep(device, made="Une cabane").work, seated(world, device.lesson, "child_lina")
    at = {"board": [device.lesson_id], "work": [work.pk], "works": []}
    pages = [reverse(f"lessons:{name}", args=given) for name, given in at.items()]
    client = world.sign_in(client, "teacher")

    def say(words):
        return [words in body(client.get(page)).lower() for page in pages]

    assert all(say("pour son cahier")) and not any(say("mon cahier"))
    actions.invite(device=device, work_id=work.pk, pupil_id=lina.pupil_id, now=now())
    assert all(say("pour leurs cahiers"))
    WorkSigner.objects.create(work=work, pupil=world.people["pupil_cm2"], joined_at=now())
    names = re.sub(r"\s+", " ", body(client.get(pages[1])).partition("<h1>")[2].partition("</h1>")[0])
    assert re.fullmatch(r" ?[^,]*[^ ], [^,]*[^ ] et [^,]*", names), names


def test_a_page_of_two_says_that_one_family_alone_still_reads_it(world, device, act, told):
    work, (lina, _) = keep(device, made="Une cabane").work, seated(world, device.lesson, "child_lina")
    actions.invite(device=device, work_id=work.pk, pupil_id=lina.pupil_id, now=now())
    work.refresh_from_db()
    act(actions.show_work, work=work)
    told("Montrée aux familles")
    act(notebooks.withdraw_page, page=Page.objects.get(child=lina.pupil))
    told("Montrée à une partie des familles")


def test_a_page_of_two_classes_waits_for_the_teacher_of_the_other(world, client, django_assert_max_num_queries):
    """One teacher writes in the notebooks of their own pupils."""
    mixed(world)
    lesson = open_lesson(world, place="mixed")
    adam, other = (seated(world, lesson, name)[0] for name in ("child_adam", "pupil_cm2"))
    work = keep(adam, made="Une cabane").work
    actions.invite(device=adam, work_id=work.pk, pupil_id=other.pupil_id, now=now())
    finish(adam, work)
    board, page, shows = (
        reverse(f"lessons:{name}", args=[given])
        for name, given in (("board", lesson.pk), ("work", work.pk), ("work_showing", work.pk))
    )

    def show(who):
        work.refresh_from_db()
        return body(world.sign_in(client, who).post(shows, {"version": work.version}, follow=True))

    assert "Pour les autres, la page attend leur enseignante" in show("teacher")
    for each in (board, page):
        with django_assert_max_num_queries(10):
            assert "Montrée à une partie des familles" in body(client.get(each))
    assert [page.child_id for page in Page.objects.all()] == [adam.pupil_id]
    assert "C’est dans le cahier de chaque élève" in show("teacher_other_class")
    assert Page.objects.filter(child=other.pupil_id).exists() and not work.parts.exists()
    assert "Montrée aux familles" in body(client.get(page))


def test_a_page_that_is_read_and_shown_to_nobody_says_that_alone(device, act, told):
    work = finish(device, keep(device, made="Une cabane").work)
    act(actions.keep_work, work=work)
    told("Relue")
