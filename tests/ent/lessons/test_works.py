"""What pupils make: kept by itself, sent once, alone or several on one page; nobody reads it before the teacher."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.lessons import actions
from preau.ent.lessons.models import Work, WorkPart
from preau.kit.answers import Conflict
from tests.ent.lessons.acts import enter, join, open_lesson
from tests.ent.lessons.works import Sort, finish, keep
from tests.media.samples import drawing, encoded

pytestmark = pytest.mark.django_db
MAKE = reverse("lessons:make")
JSON = {"Accept": "application/json"}


def body(answer):
    return answer.content.decode()


def seated(world, lesson, child):
    """A tablet where this pupil is in: (its row, its client)."""
    tablet = Client()
    device = join(lesson, tablet, accepted_by=world.people["head"])
    enter(tablet, device, world.people[child])
    device.refresh_from_db()
    return device, tablet


@pytest.fixture
def adams(world):
    return seated(world, open_lesson(world, title="Dessine ta cabane", activity="page"), "child_adam")


def test_each_tool_keeps_its_part_by_itself_and_the_page_shows_it(adams):
    device, tablet = adams
    page = tablet.get(MAKE).context["page"]
    assert not Work.objects.exists()  # a GET writes nothing
    photo = SimpleUploadedFile("photo.jpg", encoded(drawing()), content_type="image/jpeg")
    sent = {"part_id": uuid.uuid4(), "made": photo}
    answer = tablet.post(reverse("lessons:tool", args=[page, "photo"]), sent, headers=JSON)
    assert answer.json() == {"ok": True, "sentence": "C’est gardé."}
    text = reverse("lessons:tool", args=[page, "texte"])
    by_hand = tablet.post(text, {"part_id": uuid.uuid4(), "made": "Ma cabane est bleue."})
    assert by_hand["Location"] == f"{MAKE}?page={page}"
    shown = body(tablet.get(MAKE))
    part = WorkPart.objects.get(sort=Sort.PHOTO)
    assert "Ma cabane est bleue." in shown and reverse("lessons:small_part", args=[part.pk]) in shown
    assert tablet.get(reverse("lessons:small_part", args=[part.pk])).status_code == 200
    assert part.work.title == "Dessine ta cabane" and part.by == device.pupil
    wrong = tablet.post(text, {"part_id": uuid.uuid4(), "made": ""}, headers=JSON)
    assert wrong.status_code == 422 and not wrong.json()["ok"] and wrong.json()["sentence"]


def test_a_part_is_there_once_and_a_later_turn_of_it_replaces_an_earlier_one(adams):
    device, _ = adams
    first = keep(device, made="Il était")
    same = {"part_id": first.pk}
    assert keep(device, first.work_id, made="perdu", **same).text == "Il était"
    assert keep(device, first.work_id, made="Il était une fois", turn=3, **same).text == "Il était une fois"
    assert keep(device, first.work_id, made="Il était un", turn=2, **same).text == "Il était une fois"
    assert WorkPart.objects.count() == 1


def test_a_pupil_who_comes_back_finds_the_page_and_the_next_one_reads_nothing_of_it(world, adams):
    device, tablet = adams
    part = keep(device, made="Ma cabane secrète")
    file = reverse("lessons:tool", args=[part.work_id, "texte"])
    tablet.post(reverse("lessons:switch"))
    enter(tablet, device, world.people["child_lina"])
    assert "Ma cabane secrète" not in body(tablet.get(MAKE))
    assert tablet.get(file).status_code == 404
    assert tablet.post(reverse("lessons:finished", args=[part.work_id]), {"is_done": "on"}).status_code == 404
    device.refresh_from_db()
    with pytest.raises(Conflict):
        keep(device, part.work_id)
    enter(tablet, device, world.people["child_adam"])
    assert "Ma cabane secrète" in body(tablet.get(MAKE))


def test_two_on_one_page_and_nothing_is_lost_when_both_try_at_once(world, adams):
    adam, tablet = adams
    lina, hers = seated(world, adam.lesson, "child_lina")
    page = tablet.get(MAKE).context["page"]
    tablet.post(reverse("lessons:invitation", args=[page]), {"pupil_id": lina.pupil_id})
    assert hers.get(MAKE).context["page"] == page
    assert tablet.post(reverse("lessons:passing", args=[page]), {"pupil_id": lina.pupil_id}).status_code == 302
    held = hers.get(MAKE).context["one"]
    assert [signer.pupil.pk for signer in held.signers if signer.is_holding] == [lina.pupil_id]
    text = reverse("lessons:tool", args=[page, "texte"])
    for client, words in ((tablet, "de Adam"), (hers, "de Lina")):  # Adam no longer holds it
        sent = {"part_id": uuid.uuid4(), "made": words, "by": lina.pupil_id}
        assert client.post(text, sent, headers=JSON).json()["ok"]
    signed = {part.text: part.by_id for part in WorkPart.objects.all()}
    assert signed == {"de Adam": adam.pupil_id, "de Lina": lina.pupil_id}
    assert sorted(WorkPart.objects.values_list("rank", flat=True)) == [1, 2]


def test_nobody_writes_in_the_name_of_another_who_is_in_elsewhere(world, adams):
    """On a page of both, what Adam wrote stays his: Lina's is another part, signed by her."""
    adam, _ = adams
    lina, hers = seated(world, adam.lesson, "child_lina")
    part = keep(adam, made="J’aime ma classe")
    actions.invite(device=adam, work_id=part.work_id, pupil_id=lina.pupil_id, now=now())
    text = reverse("lessons:tool", args=[part.work_id, "texte"])
    for turn, words in ((9, "de Lina"), (10, "de Lina, encore")):
        sent = {"part_id": part.pk, "turn": turn, "by": adam.pupil_id, "made": words}
        assert hers.post(text, sent, headers=JSON).json()["ok"]
    signed = {part.text: part.by_id for part in WorkPart.objects.all()}
    assert signed == {"J’aime ma classe": adam.pupil_id, "de Lina, encore": lina.pupil_id}


def test_several_on_one_tablet_sign_what_they_make_while_they_hold_the_page(world, adams):
    adam, _ = adams
    lina = world.people["child_lina"]
    work = actions.invite(device=adam, work_id=uuid.uuid4(), pupil_id=lina.pk, now=now())
    assert keep(adam, work.pk, by=lina.pk).by == lina
    stranger = world.people["pupil_cm2"]
    assert keep(adam, work.pk, by=stranger.pk).by == adam.pupil
    with pytest.raises(Conflict):
        actions.invite(device=adam, work_id=work.pk, pupil_id=stranger.pk, now=now())


def test_what_arrives_after_the_teacher_kept_the_page_begins_the_next_one(world, adams):
    device, _ = adams
    part = keep(device)
    finish(device, part.work)
    work = Work.objects.get()
    actions.keep_work(person=world.people["teacher"], work=work, now=now(), version=work.version)
    late = keep(device, work.pk, made="en retard")
    assert late.work_id != work.pk and late.text == "en retard"
    assert keep(device, work.pk, made="aussi").work_id == late.work_id
