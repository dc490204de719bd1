"""The teacher reads over what pupils made: back to them, kept, shown to families; nobody else reads it before."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.lessons import actions
from preau.ent.lessons.models import Goal, Work, WorkPart
from preau.ent.portfolio.models import Page
from preau.ent.posts.models import Post
from preau.kit.answers import Conflict, Refused
from preau.places.models import Classroom
from preau.schools.models import PupilDisplay
from preau.spaces import actions as spaces
from preau.spaces.models import Stop
from tests.canaries import IN_WORK
from tests.ent.lessons.acts import open_lesson
from tests.ent.lessons.test_works import body, seated
from tests.ent.lessons.works import Sort, drawn, finish, keep, recorded

pytestmark = pytest.mark.django_db
VOICE = b"\xff\xf3" + bytes(900)


@pytest.fixture
def adams(world):
    return seated(world, open_lesson(world, title="Dessine ta cabane", activity="page"), "child_adam")


@pytest.fixture
def made(world, adams):
    """A drawing and a text of Adam, finished."""
    device, _ = adams
    part = keep(device, sort=Sort.DRAWING, made=drawn())
    keep(device, part.work_id, made="Une cabane dans l’arbre")
    return finish(device, part.work)


def act(world, verb, work, who="teacher", **more):
    return getattr(actions, f"{verb}_work")(person=world.people[who], work=work, now=now(), **more)


def test_only_who_teaches_the_class_reads_it(world, client, made):
    page = reverse("lessons:work", args=[made.pk])
    seen = {who for who in filter(None, world.actors()) if world.sign_in(client, who).get(page).status_code == 200}
    assert seen == {"teacher", "supply", "head"}  # the AESH helps, and reads no work
    part = WorkPart.objects.first()
    file = reverse("lessons:part", args=[part.pk])
    assert world.sign_in(client, "guardian").get(file).status_code == 404
    assert world.sign_in(client, "aesh").get(file).status_code == 404
    for verb in ("return", "keep", "show"):
        with pytest.raises(Refused):
            act(world, verb, made, "aesh")


def test_the_home_says_how_many_wait_and_leads_there(world, client, made):
    home = body(world.sign_in(client, "teacher").get("/aujourdhui/"))
    assert "1 travail à relire" in home.replace("\xa0", " ") and reverse("lessons:works") in home
    for who in ("teacher_other_class", "aesh"):
        assert "à relire" not in body(world.sign_in(client, who).get("/aujourdhui/")), who
    listed = body(world.sign_in(client, "teacher").get(reverse("lessons:works")))
    assert reverse("lessons:small_part", args=[made.parts.get(sort=Sort.DRAWING).pk]) in listed
    assert reverse("lessons:work", args=[made.pk]) in listed and world.people["child_adam"].first_name in listed
    assert "Rien à relire" in body(world.sign_in(client, "teacher_other_class").get(reverse("lessons:works")))


def test_after_a_page_the_teacher_is_back_where_others_wait(world, client, adams, made):
    board = reverse("lessons:board", args=[made.lesson_id])
    at, said = reverse("lessons:work_return", args=[made.pk]), {"remark": "Ajoute le toit", "version": made.version}
    assert world.sign_in(client, "teacher").post(at, said).headers["Location"] == board
    actions.close_lesson(person=world.people["teacher"], lesson=adams[0].lesson, now=now())
    made.refresh_from_db()
    shown = client.post(reverse("lessons:work_showing", args=[made.pk]), {"version": made.version})
    assert shown.headers["Location"] == reverse("lessons:works")


def test_a_remark_that_is_written_says_whom_to_ask_for_it(world, adams, made):
    _, client = adams
    act(world, "return", made, remark="Ajoute le toit")
    page = body(client.get(reverse("lessons:make"), {"page": made.pk}))
    assert re.search(r'data-listen="remarque".*?data-unvoiced hidden>\s*<button[^>]*data-key="ask-to-read"', page, re.S)


def test_who_teaches_small_ones_is_told_that_they_hear_a_remark(world, client, made):
    hint, page = "Ils ne lisent pas encore", reverse("lessons:work", args=[made.pk])
    assert hint not in (shown := body(world.sign_in(client, "teacher").get(page)))
    assert f"à {made.signers.get().pupil.first_name}</h2>" in shown and "aux élèves" not in shown
    Classroom.objects.filter(pk=made.classroom_id).update(levels=["MS", "GS"])
    assert hint in body(client.get(page))


def test_once_the_session_is_closed_it_says_how_many_wait(world, client, adams, made):
    lesson = adams[0].lesson
    actions.close_lesson(person=world.people["teacher"], lesson=lesson, now=now())
    board = reverse("lessons:board", args=[lesson.pk])
    assert "1 travail de cette séance" in body(world.sign_in(client, "teacher").get(board)).replace("\xa0", " ")
    assert reverse("lessons:works") not in body(world.sign_in(client, "aesh").get(board))


def test_given_back_with_a_remark_then_gone_on_with(world, client, adams, made):
    device, tablet = adams
    page = reverse("lessons:work_return", args=[made.pk])
    world.sign_in(client, "teacher")
    assert client.post(page, {"remark": " "}).status_code == 422
    client.post(page, {"remark": "Ajoute une porte.", "version": made.version})
    assert "Ajoute une porte." in body(tablet.get(reverse("lessons:make")))
    keep(device, made.pk, made="Voilà la porte")
    assert finish(device, made).remark == ""
    made.refresh_from_db()
    with pytest.raises(Conflict):  # the child added a part since the teacher read it
        act(world, "return", made, remark="Encore", version=made.version - 1)


def test_a_remark_is_said_aloud_to_who_does_not_read(world, adams, made, monkeypatch):
    monkeypatch.setattr("preau.media.voices.write_again", lambda content, most: (VOICE, 3))
    monkeypatch.setattr("preau.media.voices.programme", lambda: "ffmpeg")
    act(world, "return", made, recording=(recorded(), "Remarque"))
    remark = WorkPart.objects.get(sort=Sort.REMARK)
    actions.settle_part(part=remark, now=now())
    assert reverse("lessons:part", args=[remark.pk]) in body(adams[1].get(reverse("lessons:make")))


def test_a_remark_to_who_reads_what_is_said_is_written_too(world, adams, made):
    PupilDisplay.objects.create(pupil=world.people["child_adam"], has_subtitles=True)
    said = {"recording": (recorded(), "Remarque")}
    with pytest.raises(Conflict, match="Écrivez aussi la remarque"):
        act(world, "return", made, **said)
    assert not WorkPart.objects.filter(sort=Sort.REMARK).exists()
    assert act(world, "return", made, remark="Ajoute une porte.", **said).state == Work.State.RETURNED


def test_shown_in_one_press_in_the_notebook_of_each_with_what_families_agree_to(world, client, adams, made):
    lina, _ = seated(world, adams[0].lesson, "child_lina")
    actions.say_finished(device=adams[0], work=made, is_done=False, now=now())
    actions.invite(device=adams[0], work_id=made.pk, pupil_id=lina.pupil_id, now=now())
    keep(lina, made.pk, made="Et moi une échelle")
    finish(lina, made)
    made.refresh_from_db()
    page = reverse("lessons:work", args=[made.pk])
    of_notebooks = "Dans le cahier d’un élève, ce que les autres ont fait"
    assert of_notebooks in world.sign_in(client, "teacher").get(page).text
    Work.objects.update(goal=Goal.CLASS)
    assert of_notebooks not in client.get(page).text
    Work.objects.update(goal=made.goal)
    client.post(reverse("lessons:work_showing", args=[made.pk]), {"version": made.version})
    pages = {page.child_id: page for page in Page.objects.filter(state=Page.State.APPROVED)}
    adam = pages[adams[0].pupil_id]
    assert "Une cabane dans l’arbre" in adam.text and adam.pieces.get().sort == Sort.DRAWING
    # Lina’s family has not said yes to signed works.
    assert "échelle" not in adam.text and lina.pupil.first_name not in adam.text
    assert "échelle" in pages[lina.pupil_id].text and "cabane" not in pages[lina.pupil_id].text
    assert not WorkPart.objects.exists() and Work.objects.get().state == Work.State.KEPT


def test_the_class_page_is_a_post_that_names_nobody_without_accord(world, made):
    made.goal = Goal.CLASS
    made.save()
    act(world, "show", made)
    post = Post.objects.get(pk=made.pk)
    assert "Un élève" in post.text and world.people["child_adam"].first_name not in post.text
    assert post.publication.author == world.people["teacher"] and post.publication.pictures.count() == 1


def test_a_photo_for_the_class_waits_for_the_word_about_children_without_accord(world, client, adams):
    part = keep(adams[0], sort=Sort.PHOTO, made=drawn(), goal=Goal.CLASS)
    work = finish(adams[0], part.work)
    page, shows = reverse("lessons:work", args=[work.pk]), reverse("lessons:work_showing", args=[work.pk])
    world.sign_in(client, "teacher")
    assert "reconnaissable sur cette page<" in body(client.get(page))
    assert "pas d’accord de diffusion" in body(client.get(page)) and not Post.objects.filter(pk=work.pk).exists()
    client.post(shows, {"version": work.version})
    assert not Post.objects.filter(pk=work.pk).exists() and Work.objects.get().state == Work.State.FINISHED
    client.post(shows, {"version": work.version, "no_child": "on"})
    assert Post.objects.filter(pk=work.pk).exists()


def test_a_stop_holds_it(world, made):
    said = {"readers": list(Stop.Readers), "why": Stop.Why.TAKEN_ACCOUNT, "now": now()}
    spaces.stop_place(person=world.people["head"], place=world.classrooms["cpb"], **said)
    with pytest.raises(Conflict):
        act(world, "show", made)
    assert Work.objects.get().state == Work.State.FINISHED and WorkPart.objects.count() == 2


def test_pages_cost_the_same_whatever_was_made(world, client, adams, made):
    """Of the pupil, of who reads over: ten questions to the base at most."""
    device, tablet = adams
    pages = (reverse("lessons:works"), reverse("lessons:work", args=[made.pk]), reverse("lessons:make"))

    def asked():
        readers = (world.sign_in(client, "teacher"), client, tablet)
        return [questions(reader, page) for reader, page in zip(readers, pages, strict=True)]

    before = asked()
    for _ in range(3):
        finish(device, keep(device, made=IN_WORK).work)
    keep(device, made.pk, sort=Sort.PHOTO, made=drawn())
    assert asked() == before and max(before) <= 10


def questions(reader, page):
    reader.get(page)  # what a process keeps is known
    with CaptureQueriesContext(connection) as found:
        assert reader.get(page).status_code == 200
    return len(found)
