"""What each page of sessions is looked at with: (template, route, who looks); a tablet is one that the scene made."""

import datetime

from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.homework import actions as homework
from preau.ent.homework.models import AssignmentFile
from preau.ent.lessons import actions
from preau.ent.lessons.models import Lesson
from preau.ent.posts import actions as posts
from preau.media import documents
from preau.media.documents import Document
from preau.people import actions as people
from preau.people.middleware import PUPIL_COOKIE
from preau.people.models import PupilEntry
from tests.ent.homework.acts import assign
from tests.ent.lessons.acts import cookies_of, enter, join, open_lesson
from tests.ent.lessons.test_wall_voices import said
from tests.ent.lessons.works import Sort, drawn, finish, keep
from tests.ent.portfolio.acts import photo, write
from tests.media.test_documents import plain
from tests.rights import videos
from tests.rights.samples import class_post

DAY = datetime.timedelta(days=1)


def scene(world):
    """One session with a tablet in each state, and one that is closed."""
    teacher, lina = world.people["teacher"], world.people["child_lina"]
    people.give_codes(person=teacher, pupils=[lina], now=now())
    lesson = open_lesson(world, activity="link", title="Lis la page", link="https://exemple.fr/ferme", files=[sheet()])
    tablets = {name: Client() for name in ("tablet_in", "tablet_free", "tablet_stuck", "tablet_waiting")}
    devices = {
        name: join(lesson, tablet, accepted_by=None if name == "tablet_waiting" else teacher)
        for name, tablet in tablets.items()
    }
    enter(tablets["tablet_in"], devices["tablet_in"], world.people["child_adam"])
    actions.raise_hand(device=devices["tablet_in"], is_up=True, now=now())
    for _ in range(3):
        actions.show_pictures(device=devices["tablet_stuck"], pupil_id=lina.pk, pictures=["sun"] * 4, now=now())
    written(world)
    dance = {"place": world.classrooms["gs"], "scope": "class", "text": "La danse des feuilles.", "now": now()}
    for post in (class_post(world), posts.publish_post(person=world.people["head"], **dance)):
        videos.both(post)
        said(post)
    drawing = drawing_of_who_does_not_read(world, tablets.setdefault("tablet_small", Client()))
    entry = {"pupil": world.people["child_adam"], "way": PupilEntry.Way.HOME, "ends_at": now() + DAY}
    tablets["at_home"] = Client()
    tablets["at_home"].cookies[PUPIL_COOKIE] = people.open_pupil_entry(**entry, now=now())[1]
    made = pages(teacher, devices["tablet_in"], lina)
    closed = closed_without_answer(world)
    return {
        "lesson_id": lesson.pk,
        "pupil_id": lina.pk,
        "closed": reverse("lessons:board", args=[closed.pk]),
        **shown_page_by_page(lesson),
        "page": made["under_way"].pk,
        "work_id": made["finished"].pk,
        "other_page": f"{reverse('lessons:make')}?page={made['finished'].pk}",
        **{f"tool_{end}": reverse("lessons:tool", args=[made["under_way"].pk, end]) for end in TOOLS},
        **{f"small_{end}": reverse("lessons:tool", args=[drawing.pk, end]) for end in TOOLS[:3]},
        "small_large": f"{reverse('lessons:make')}?page={drawing.pk}&part={drawing.parts.get().pk}",
        "classroom_id": world.classrooms["cm2"].pk,
        "school_id": lesson.school_id,
        "cookies": {name: cookies_of(tablet) for name, tablet in tablets.items()},
    }


def written(world):
    """A page of a notebook, and what is to be done, with a PDF whose pages are drawn."""
    write(world, pieces=[photo("Des jetons")])
    assign(world, files=[sheet()])
    homework.draw_files(now=now())


def shown_page_by_page(lesson):
    return {
        "document": reverse("lessons:given", args=[lesson.files.get().pk]),
        "to_do_file": reverse("lessons:to_do_file", args=[AssignmentFile.objects.get().pk]),
    }


def sheet():
    return documents.take(plain(), "fiche.pdf"), "La fiche"


def closed_without_answer(world):
    """A session of a dispositif, closed a minute ago, whose one tablet has not said that all is sent."""
    head, tablet = world.people["head"], Client()
    lesson = open_lesson(world, "head", "ulis")
    enter(tablet, join(lesson, tablet, accepted_by=head), world.people["child_ulis"])
    actions.close_lesson(person=head, lesson=lesson, now=now())
    Lesson.objects.filter(pk=lesson.pk).update(closed_at=now() - datetime.timedelta(minutes=1))
    return lesson


def drawing_of_who_does_not_read(world, tablet):
    """Their page, under way on this tablet, in a session about a word of the class."""
    device = join(open_lesson(world, "head", "gs", activity="word"), tablet, accepted_by=world.people["head"])
    enter(tablet, device, world.people["child_two_one"])
    return keep(device, sort=Sort.DRAWING, made=drawn()).work


def pages(teacher, device, guest):
    """One that waits to be read over, one given back, one under way, made by two."""
    picture = keep(device, sort=Sort.DRAWING, made=drawn())
    keep(device, picture.work_id, made="Une cabane dans l’arbre")
    keep(device, picture.work_id, sort=Sort.VOICE, made=Document("mp3", b"ID3" + bytes(300)))
    finish(device, picture.work)
    back = keep(device, goal="class").work
    actions.return_work(person=teacher, work=finish(device, back), remark="Ajoute une porte.", now=now())
    under_way = keep(device, sort=Sort.PHOTO, made=drawn()).work
    actions.invite(device=device, work_id=under_way.pk, pupil_id=guest.pk, now=now())
    return {"finished": picture.work, "returned": back, "under_way": under_way}


TOOLS = ("photo", "dessin", "voix", "texte")
EVERYONE = "guardian pupil_cm2 teacher city_education dsden operator"  # one of each audience, signed in
ROOMS = {
    "lessons": (scene, (
        ("lessons/given_form.html", "lessons:classroom_lesson", "head"),
        ("lessons/given_form.html", "lessons:school_lesson", "head"),
        ("lessons/board.html", "lessons:board", "teacher aesh"),
        ("lessons/given_form.html", "lessons:activity", "teacher"),
        ("lessons/given_form.html", "lessons:instruction", "teacher"),
        ("lessons/closed.html", "closed", "head"),
        ("lessons/projection.html", "lessons:projection", "teacher"),
        ("lessons/closing.html", "lessons:closing", "teacher"),
        ("lessons/join.html", "lessons:join", "-"),
        ("lessons/someone_in.html", "lessons:join", EVERYONE),
        ("lessons/waiting.html", "lessons:waiting", "tablet_waiting"),
        ("lessons/grid.html", "lessons:grid", "tablet_free"),
        ("lessons/document.html", "document", "tablet_in"),
        ("lessons/pupil.html", "lessons:pupil", "tablet_free tablet_stuck"),
        ("lessons/home.html", "lessons:home", "tablet_in"),
        ("lessons/make.html", "lessons:make", "tablet_in tablet_small"),
        ("lessons/make.html", "other_page", "tablet_in"),
        *(("lessons/tool.html", f"tool_{end}", "tablet_in") for end in TOOLS),
        ("lessons/part.html", "small_large", "tablet_small"),
        ("lessons/invitation.html", "lessons:invitation", "tablet_in"),
        ("lessons/works.html", "lessons:works", "teacher"),
        ("lessons/works.html", "lessons:lesson_works", "teacher"),
        ("lessons/work.html", "lessons:work", "teacher"),
        ("lessons/to_do.html", "lessons:to_do", "tablet_in"),
        ("lessons/to_do_file.html", "to_do_file", "tablet_in"),
        ("lessons/over.html", "lessons:over", f"- {EVERYONE}"),
        ("lessons/ended.html", "lessons:ended", f"- {EVERYONE}"),
        ("lessons/offline.html", "lessons:offline", f"- {EVERYONE}"),
        ("lessons/mine.html", "lessons:mine", "tablet_in"),
        ("lessons/wall.html", "lessons:wall", "tablet_in tablet_small"),
        ("lessons/wall.html", "lessons:word", "tablet_small"),
        ("lessons/listen.html", "lessons:listen", "tablet_in"),
        ("lessons/at_home.html", "lessons:at_home", "at_home"),
        ("lessons/pages.html", "lessons:pages", "at_home"),
        ("lessons/page.html", "lessons:page", "at_home"),
        ("lessons/home.html", "lessons:home", "tablet_small"),
        ("lessons/mine.html", "lessons:mine", "tablet_small"),
        ("lessons/listen.html", "lessons:listen", "tablet_small"),
        *(("lessons/tool.html", f"small_{end}", "tablet_small") for end in TOOLS[:3]),
        ("lessons/grid.html", "lessons:grid", "tablet_small"),
    )),
}  # fmt: skip
