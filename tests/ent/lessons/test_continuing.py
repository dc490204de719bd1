"""At home, with the family card: a page begun in class is read and gone on with; nothing that others made is."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.lessons import actions, rules
from preau.ent.lessons.models import Device, Work, WorkPart
from preau.people import actions as people
from preau.people.middleware import PUPIL_COOKIE
from preau.people.models import PupilEntry
from tests.ent.lessons.acts import enter, join, open_lesson
from tests.ent.lessons.works import Sort, drawn, keep
from tests.web.test_tu import said_vous

pytestmark = pytest.mark.django_db
MINE, HERS = "Ma cabane est bleue", "Canari-de-lina"


@pytest.fixture
def begun(world):
    """A page that Adam and Lina began, and closed with their session: (it, his drawing, her text)."""
    teacher, adam, lina = (world.people[name] for name in ("teacher", "child_adam", "child_lina"))
    lesson, one, other = open_lesson(world, title="Ta cabane"), Client(), Client()
    first, second = (join(lesson, client, accepted_by=teacher) for client in (one, other))
    enter(one, first, adam)
    enter(other, second, lina)
    mine = keep(first, sort=Sort.DRAWING, made=drawn())
    keep(first, mine.work_id, made=MINE)
    actions.invite(device=Device.objects.get(pk=first.pk), work_id=mine.work_id, pupil_id=lina.pk, now=now())
    hers = keep(second, mine.work_id, made=HERS)
    keep(second, mine.work_id, sort=Sort.DRAWING, made=drawn())
    actions.close_lesson(person=teacher, lesson=lesson, now=now())
    return mine.work, mine, hers


@pytest.fixture
def home(world, begun):
    client, entry = Client(), {"pupil": world.people["child_adam"], "way": PupilEntry.Way.HOME}
    key = people.open_pupil_entry(**entry, ends_at=begun[0].lesson.ends_at, now=now())[1]
    client.cookies[PUPIL_COOKIE] = key
    return client


def sent(made, **more):
    return {"part_id": str(uuid.uuid4()), "turn": 1, "made": made} | more


def test_a_page_is_read_gone_on_with_and_given(world, begun, home):
    work, mine, _ = begun
    assert reverse("lessons:pages") in home.get(reverse("lessons:at_home")).content.decode()
    assert reverse("lessons:page", args=[work.pk]) in home.get(reverse("lessons:pages")).content.decode()
    page = home.get(reverse("lessons:page", args=[work.pk])).content.decode()
    assert MINE in page and HERS not in page and "Lina" not in page and "Ta cabane" in page
    text = reverse("lessons:page_tool", args=[work.pk, "texte"])
    answer = home.post(text, sent("Et elle a une porte"), headers={"Accept": "application/json"})
    assert answer.json() == {"ok": True, "sentence": "C’est gardé."}
    again = home.get(f"{reverse('lessons:page_tool', args=[work.pk, 'dessin'])}?part={mine.pk}").content.decode()
    assert f'data-under="{reverse("lessons:part_taken_up", args=[mine.pk])}"' in again and str(mine.pk) in again
    home.post(reverse("lessons:page_finished", args=[work.pk]), {"is_done": "on"})
    work.refresh_from_db()
    assert work.state == Work.State.FINISHED and WorkPart.objects.filter(work=work).count() == 5
    assert work in rules.works_to_read(world.people["teacher"], world.today)
    assert home.post(text, sent("Encore")).status_code == 422  # an adult reads it over
    home.post(reverse("lessons:page_finished", args=[work.pk]))
    work.refresh_from_db()
    assert work.state == Work.State.MAKING


def test_nothing_of_the_others_is_opened_nor_changed(begun, home):
    work, mine, hers = begun
    part = reverse("lessons:part_taken_up", args=[mine.pk])
    assert home.get(part).status_code == 200
    for other in WorkPart.objects.filter(by=hers.by_id):  # a text, a drawing
        for name in ("part", "small_part", "part_taken_up"):
            assert home.get(reverse(f"lessons:{name}", args=[other.pk])).status_code == 404, other.sort
    text = reverse("lessons:page_tool", args=[work.pk, "texte"])
    assert home.post(text, sent("Effacé", part_id=str(hers.pk), turn=9)).status_code == 422
    home.post(text, sent("Signé", by=str(hers.by_id)))
    hers.refresh_from_db()
    assert hers.text == HERS and WorkPart.objects.get(text="Signé").by_id == mine.by_id


def test_a_page_of_others_a_new_one_or_one_that_is_kept_is_not_there(world, begun, home):
    work, *_ = begun
    tablet = Client()
    device = join(open_lesson(world), tablet, accepted_by=world.people["teacher"])
    enter(tablet, device, world.people["child_lina"])
    for page in (keep(device, made=HERS).work_id, uuid.uuid4()):
        lost = home.get(reverse("lessons:page", args=[page]))
        assert lost.status_code == 404 and "elle n’est pas pour toi" in lost.text and said_vous(lost.text) == []
        assert home.post(reverse("lessons:page_tool", args=[page, "texte"]), sent("x")).status_code == 404
        assert home.post(reverse("lessons:page_finished", args=[page])).status_code == 404
    assert tablet.get(reverse("lessons:pages")).status_code == 302  # a tablet is not a home
    actions.keep_work(person=world.people["teacher"], work=work, now=now())
    assert home.get(reverse("lessons:page", args=[work.pk])).status_code == 404
    for child in (home, tablet):  # an address that is nobody's, too
        assert "elle n’est pas pour toi" in child.get("/rien/").text
    world.sign_in(home, "guardian")
    assert "elle ne vous est pas destinée" in home.get("/rien/").text
