"""Each activity has its page: what is made for one is never added to the page of another."""

import datetime
import uuid

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.lessons import actions, rules
from preau.ent.lessons.late import token_of
from preau.ent.lessons.models import MOST_PAGES, Activity, LessonFile, Work
from preau.kit.answers import Conflict
from preau.media import documents
from preau.media.documents import Document
from preau.people import actions as people
from preau.people.models import PupilEntry
from preau.people.queries.entries import PUPIL_COOKIE
from tests.ent.lessons.acts import enter, open_lesson
from tests.ent.lessons.test_late import bring
from tests.ent.lessons.test_works import MAKE, seated
from tests.ent.lessons.works import keep
from tests.media.test_documents import plain

pytestmark = pytest.mark.django_db
BACK = "Ta page est revenue"
CAT, DOG = "Écris une phrase sur le chat", "Écris une phrase sur le chien"


def write(tablet, words, page=None):
    """As the tile « Écrire » of the first page does."""
    tool = reverse("lessons:tool", args=[page, "texte"]) if page else tablet.get(f"{MAKE}?outil=texte")["Location"]
    tablet.post(tool, {"part_id": uuid.uuid4(), "made": words})


def lead(world, lesson, **said):
    actions.lead_lesson(person=world.people["teacher"], lesson=lesson, now=now(), **said)


def made():
    return {(work.title, part.text) for work in Work.objects.all() for part in work.parts.all()}


@pytest.fixture
def adams(world):
    return seated(world, open_lesson(world, title=CAT, activity="page"), "child_adam")


def test_the_next_activity_begins_a_page_and_the_former_one_is_taken_up_on_purpose(world, adams):
    device, tablet = adams
    write(tablet, "Le chat dort.")
    lead(world, device.lesson, activity="page", title=CAT)  # the same, with a document more
    write(tablet, "Il ronronne.")
    lead(world, device.lesson, activity="page", title=DOG)
    write(tablet, "Le chien court.")
    former, later = Work.objects.order_by("begun_at")
    assert made() == {(CAT, "Le chat dort."), (CAT, "Il ronronne."), (DOG, "Le chien court.")}
    shown = tablet.get(MAKE)
    assert shown.context["page"] == later.pk and f"?page={former.pk}" in shown.content.decode()
    write(tablet, "Il miaule.", former.pk)
    assert former.parts.count() == 3
    assert tablet.get(MAKE).context["page"] == later.pk


def test_the_next_session_begins_a_page_which_its_board_and_its_projection_show(world, adams):
    device, tablet = adams
    write(tablet, "Le chat dort.")
    old = Work.objects.get()
    teacher = world.people["teacher"]
    actions.close_lesson(person=teacher, lesson=device.lesson, now=now())
    lesson = open_lesson(world, activity="page")
    device, tablet = seated(world, lesson, "child_adam")
    write(tablet, "La fiche.")
    new = Work.objects.exclude(pk=old.pk).get()
    assert (old.parts.count(), new.parts.count(), new.lesson_id) == (1, 1, lesson.pk)
    write(tablet, "Le chat rêve.", old.pk)  # from « Mes pages »
    old.refresh_from_db()
    assert (old.parts.count(), old.lesson_id, old.title) == (2, lesson.pk, CAT)
    assert tablet.get(MAKE).context["page"] == new.pk
    adult = world.sign_in(tablet.__class__(), "teacher")
    assert (
        reverse("lessons:work", args=[new.pk]) in adult.get(reverse("lessons:board", args=[lesson.pk])).content.decode()
    )
    projected = adult.get(reverse("lessons:projection", args=[lesson.pk])).context["groups"]
    assert {group.asked for group in projected} == {str(old.pk), str(new.pk)}


def test_what_a_cut_line_kept_answers_what_was_asked_then(world, adams):
    device, tablet = adams
    before = tablet.get(reverse("lessons:home"))
    assert f'data-task="{device.lesson.task}"' in before.content.decode()
    token = before.context["device"].upload.token
    lead(world, device.lesson, activity="page", title=DOG)
    assert bring(token, uuid.uuid4(), "Le chat dort.").status_code == 200
    assert made() == {(CAT, "Le chat dort.")}
    write(tablet, "Le chien court.")
    assert made() == {(CAT, "Le chat dort."), (DOG, "Le chien court.")}
    device.refresh_from_db()
    said_again = "Écris deux phrases sur le chien"
    token = token_of(pupil_id=device.pupil_id, lesson=device.lesson, now=now())
    change = actions.change_instruction(
        person=world.people["teacher"], lesson=device.lesson, title=said_again, now=now()
    )
    assert bring(token, uuid.uuid4(), "Il aboie.").status_code == 200
    actions.close_lesson(person=world.people["teacher"], lesson=change, now=now())
    assert bring(token, uuid.uuid4(), "Il dort.").status_code == 200
    assert {(said_again, "Le chien court."), (said_again, "Il aboie."), (DOG, "Il dort.")} < made()


def test_free_choice_then_a_page_to_make_are_two_activities_without_words(world):
    device, tablet = seated(world, open_lesson(world), "child_adam")
    keep(device, made="Libre")
    lead(world, device.lesson, activity=Activity.PAGE)
    assert tablet.get(MAKE).context["one"] is None


@pytest.mark.parametrize(("child", "place", "says"), [("child_adam", "cpb", "write"), ("child_two_one", "gs", "speak")])
def test_what_the_teacher_gives_comes_first_on_the_pupil_s_own_page(world, child, place, says):
    lesson = open_lesson(world, who="head", place=place)
    _, tablet = seated(world, lesson, child)
    home = reverse("lessons:home")
    plain = [tile.key for tile in tablet.get(home).context["tiles"]]
    first = {
        Activity.HOMEWORK: ["tile-to-do"],
        Activity.WORD: ["tile-class"],
        Activity.PAGE: ["tile-draw", "tile-photo", f"tile-{says}"],
    }
    for activity, keys in first.items():
        actions.lead_lesson(person=world.people["head"], lesson=lesson, now=now(), activity=activity)
        answer = tablet.get(home)
        shown, is_led = [tile.key for tile in answer.context["tiles"]], len(keys) == 1
        assert sorted(shown[: len(keys)]) == keys and shown != plain, activity
        assert len(set(shown)) == 6 - is_led, "the large one takes the place of two"
        assert (b"data-led" in answer.content) == is_led


def test_finished_on_the_pupil_s_own_page_finishes_the_page_of_this_activity_alone(world, adams):
    device, tablet = adams
    home, done = reverse("lessons:home"), reverse("lessons:done")
    tablet.post(done, {"is": "on"})  # nothing was made: the tablet is marked, as before
    assert tablet.get(home).context["is_done"]
    write(tablet, "Le chat dort.")
    lead(world, device.lesson, activity="page", title=DOG)
    write(tablet, "Le chien court.")
    former, work = Work.objects.order_by("begun_at")
    assert not tablet.get(home).context["is_done"]
    tablet.post(done, {"is": "on"})
    assert "Ta maîtresse ou ton maître relit" in tablet.get(home).content.decode()
    for each in (former, work, device):
        each.refresh_from_db()
    assert (former.state, work.state) == (Work.State.MAKING, Work.State.FINISHED) and device.done_at
    assert [each.pk for each in rules.works_to_read(world.people["teacher"], world.today)] == [work.pk]
    tablet.post(reverse("lessons:switch"))
    enter(tablet, device, device.pupil)
    assert tablet.get(home).context["is_done"]  # the page says it, whatever the tablet
    tablet.post(done, {"is": "off"})
    work.refresh_from_db()
    assert work.state == Work.State.MAKING and not tablet.get(home).context["is_done"]


def test_a_page_given_back_is_told_first_and_opened_by_one_touch_in_class_and_at_home(world, adams):
    device, tablet = adams
    write(tablet, "Le chat dort.")
    tablet.post(reverse("lessons:done"), {"is": "on"})
    work, home = Work.objects.get(), reverse("lessons:home")
    assert BACK not in tablet.get(home).content.decode()
    actions.return_work(person=world.people["teacher"], work=work, remark="Très bien, ajoute un point.", now=now())
    lead(world, device.lesson, activity="page", title=DOG)  # whatever is asked now
    told = tablet.get(home).content.decode()
    assert told.index(BACK) < told.index("Très bien, ajoute un point.") < told.index(DOG)
    assert f'href="{MAKE}?page={work.pk}"' in told and "Recommence" not in told
    device.refresh_from_db()
    assert device.done_at is None  # the board does not say « Fini »
    page = tablet.get(f"{MAKE}?page={work.pk}").content.decode()
    assert BACK in page and "Recommence" not in page
    key = people.open_pupil_entry(
        pupil=device.pupil, way=PupilEntry.Way.HOME, ends_at=now() + datetime.timedelta(hours=1), now=now()
    )[1]
    family = tablet.__class__()
    family.cookies[PUPIL_COOKIE] = key
    told = family.get(reverse("lessons:at_home")).content.decode()
    assert BACK in told and f'href="{reverse("lessons:page", args=[work.pk])}"' in told
    Work.objects.update(state=Work.State.MAKING, finished_at=None, remark="")
    listed = family.get(reverse("lessons:pages")).content.decode()
    assert "<b>Continuer</b>" in listed and "<b>Gardé ici</b>" not in listed  # that is said of what has not left


def test_a_document_opens_page_by_page_with_the_way_back(world, adams, django_capture_on_commit_callbacks):
    device, tablet = adams
    sheet = (documents.take(plain(2), "fiche.pdf"), "La fiche")
    lead(world, device.lesson, activity="page", title=CAT, files=[sheet])
    file = LessonFile.objects.get()
    given = reverse("lessons:given", args=[file.pk])
    assert f'data-document="{given}"' in tablet.get(reverse("lessons:home")).content.decode()
    page = tablet.get(given)
    shown = page.content.decode()
    assert "La fiche, page 1 sur 2" in shown and 'src="?page=2"' in shown and reverse("lessons:home") in shown
    drawn = tablet.get(f"{given}?page=2")
    assert drawn["Content-Type"] == "image/webp" and drawn["Content-Disposition"].startswith("inline")
    assert "no-store" in drawn["Cache-Control"] and "sandbox" in drawn["Content-Security-Policy"]
    assert [tablet.get(f"{given}?page={asked}").status_code for asked in ("0", "3", "x", "")] == [404] * 4
    stranger = tablet.__class__()
    assert {stranger.get(f"{given}{asked}").status_code for asked in ("", "?page=1")} == {302}
    kept = [path for path in file.paths if default_storage.exists(path)]
    assert len(kept) == 3
    with django_capture_on_commit_callbacks(execute=True):
        actions.close_lesson(person=world.people["teacher"], lesson=device.lesson, now=now())
    assert not any(map(default_storage.exists, kept))


def test_a_document_of_too_many_pages_is_refused_in_a_sentence(world):
    lesson, long = open_lesson(world), Document("pdf", b"%PDF-", MOST_PAGES + 1)
    with pytest.raises(Conflict, match="20 pages au plus"):
        lead(world, lesson, activity="page", title=CAT, files=[(long, "Le livre")])
