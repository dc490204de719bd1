"""To more than one class, a second factor shown since the entry; what was typed waits (trust.md R6, R7)."""

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.notes import actions
from preau.ent.notes.actions import Target
from preau.ent.notes.models import Note
from preau.kit.answers import Refused
from preau.people import actions as people
from tests.browser import WIDTHS, assert_accessible, new_page
from tests.ent.notes.acts import send
from tests.ent.notes.test_files import JOINED, upload
from tests.people.door import SECRET, give_totp, totp
from tests.world import TODAY, enter

pytestmark = pytest.mark.django_db
SAID = {"title": "Cantine", "text": "La cantine est fermée demain matin.", "nature": "see"}


@pytest.fixture
def teacher(world, client):
    """She teaches two classes, and entered with a password alone."""
    holder = world.people["teacher"]
    people.give_mandate(
        holder=holder, role="teacher", place=world.classrooms["cm2"], starts_on=TODAY, person=None, now=now()
    )
    enter(client, holder.account, second_factor=False)
    return holder


def write(world, client, *classes):
    url = reverse("notes:classroom_write", args=[world.classrooms["cpb"].pk])
    return client.post(url, SAID | {"classes": [str(world.classrooms[name].pk) for name in classes]})


def test_one_class_is_written_to_at_will(world, client, teacher):
    write(world, client, "cpb")
    assert Note.objects.get().publication.state == "published"


def test_two_classes_wait_for_the_telephone_and_nothing_is_typed_again(world, client, teacher):
    asked = client.get(write(world, client, "cpb", "cm2")["Location"])
    note = Note.objects.get()
    here = reverse("notes:sending_create", args=[note.pk])
    said = asked.content.decode()
    assert asked.status_code == 403 and "pour plusieurs classes" in said and "Régler mon téléphone" in said
    assert f"/mon-compte/second-facteur/?next={here.replace('/', '%2F')}" in said
    families = client.get(here).status_code
    assert client.post(here, {"pupils_count": 3}).status_code == families == 403
    note.refresh_from_db()
    assert note.confirmed_at is None and note.title == SAID["title"]
    give_totp(teacher.account)
    assert "Montrer mon code" in client.get(here).content.decode()
    shown = client.post("/entrer/confirmer/code/", {"code": totp(), "next": here})
    assert shown["Location"] == here
    page = client.get(here)
    assert page.status_code == 200 and SAID["text"] in page.content.decode()
    sent = client.post(here, {"pupils_count": page.context["reach"].reached_count})
    assert sent.status_code == 302
    note.refresh_from_db()
    assert note.is_leaving


def test_the_act_asks_it_too(world, client, teacher):
    write(world, client, "cpb", "cm2")
    with pytest.raises(Refused, match="plusieurs classes"):
        actions.confirm_sending(
            person=teacher, note=Note.objects.get(), pupils_count=3, has_shown_factor=False, now=now()
        )


def test_a_correction_read_by_several_classes_waits_too_and_comes_back(world, client, teacher):
    write(world, client, "cpb", "cm2")
    note = Note.objects.get()
    edit = reverse("notes:note_edit", args=[note.pk])
    typed = SAID | {"text": "La cantine est fermée jeudi midi.", "version": note.version}
    asked = client.post(edit, typed)
    assert asked.status_code == 403 and "Ce que vous avez écrit vous attend" in asked.content.decode()
    give_totp(teacher.account, SECRET)
    client.post("/entrer/confirmer/code/", {"code": totp(), "next": edit})
    page = client.get(edit).content.decode()
    assert "La cantine est fermée jeudi midi." in page and "C’est bien vous" in page
    note.refresh_from_db()
    assert note.text == SAID["text"], "nothing is written by a page asked for"


def test_files_of_several_classes_and_a_mot_put_back_wait_too(world, client, teacher):
    note = send(world, targets=[Target(world.classrooms[name]) for name in ("cpb", "cm2")], files=[JOINED])
    file = note.files.get()
    act = {"person": teacher, "has_shown_factor": False, "now": now()}
    files = reverse("notes:note_files", args=[note.pk])
    pages = [client.get(files), client.post(files, {"files": upload()})]
    pages.append(client.post(reverse("notes:file_removal", args=[file.pk])))
    for change in (
        lambda: actions.join_files(note=note, files=[JOINED], **act),
        lambda: actions.remove_file(file=file, **act),
        lambda: actions.correct_note(note=note, title="Autre", text="Autre.", version=note.version, **act),
    ):
        with pytest.raises(Refused, match="plusieurs classes"):
            change()
    actions.withdraw_note(person=teacher, note=note, now=now())
    pages.append(client.post(reverse("notes:restoration_create", args=[note.pk])))
    with pytest.raises(Refused, match="plusieurs classes"):
        actions.restore_note(note=note, **act)
    assert [page.status_code for page in pages] == [403] * 4
    assert all("Régler mon téléphone" in page.content.decode() for page in pages)
    note.refresh_from_db()
    assert note.version == 1 and note.files.get() == file and note.publication.state == "withdrawn"


def test_a_head_who_has_shown_none_is_led_to_it_and_finds_the_text_of_a_post_again(world, client):
    give_totp(world.account("head"))
    enter(client, world.account("head"), second_factor=False)
    here = reverse("posts:school_publish", args=[world.schools["tilleuls"].pk])
    led = client.post(here, {"text": "Le portail est réparé.", "scope": "school"})
    assert led["Location"] == f"/entrer/confirmer/code/?next={here.replace('/', '%2F')}"
    client.post("/entrer/confirmer/code/", {"code": totp(), "next": here})
    assert "Le portail est réparé." in client.get(here).content.decode()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_its_page_is_read_by_all(world, client, browser, live_server, teacher):
    here = write(world, client, "cpb", "cm2")["Location"]
    for width in WIDTHS:
        page = new_page(browser, live_server, width=width)
        kept = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": kept, "url": live_server.url}])
        page.goto(here)
        assert_accessible(page, "people/factor_first.html")
