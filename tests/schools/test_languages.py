"""What a guardian reads better than French: noted by the head, read by the head and the class teacher alone."""

import pytest
from django.urls import reverse
from django.utils.timezone import now

from preau.journal.models import Entry
from preau.people.models import Language
from preau.schools import actions
from preau.schools.models import Guardianship
from tests.texts import as_drawn
from tests.world import TODAY


@pytest.fixture
def link(world):
    return Guardianship.objects.get(guardian=world.people["guardian"], child=world.people["child_adam"])


def record(world, client, name):
    return world.sign_in(client, name).get(reverse("schools:pupil", args=[world.people["child_adam"].pk]))


def test_the_head_notes_it_and_takes_it_back(world, client, link):
    address = reverse("schools:reading_language", args=[link.pk])
    answer = world.sign_in(client, "head").post(address, {"language": "ar"}, follow=True)
    assert "lit plutôt l’arabe" in answer.content.decode()
    client.post(address, {"language": ""})
    link.guardian.refresh_from_db()
    assert link.guardian.reading_language == ""


def test_a_language_that_is_not_in_the_list_is_refused(world, client, link):
    address = reverse("schools:reading_language", args=[link.pk])
    assert world.sign_in(client, "head").post(address, {"language": "xx"}).status_code == 422
    link.guardian.refresh_from_db()
    assert link.guardian.reading_language == ""


@pytest.mark.parametrize("name, reads", [("head", True), ("teacher", True), ("supply", False)])
def test_it_is_read_on_the_record_by_the_head_and_the_class_teacher(world, client, link, name, reads):
    link.guardian.reading_language = Language.TURKISH
    link.guardian.save()
    page = record(world, client, name)
    assert page.status_code == 200
    assert ("lit plutôt le turc" in as_drawn(page.text)) is reads


def test_a_teacher_who_is_the_other_parent_does_not_read_it(world, client, link):
    Guardianship.objects.create(guardian=world.people["teacher"], child=world.people["child_adam"], starts_on=TODAY)
    link.guardian.reading_language = Language.TURKISH
    link.guardian.save()
    assert "lit plutôt" not in record(world, client, "teacher").content.decode()


@pytest.mark.parametrize("language", Language)
def test_each_language_ends_the_sentence(language):
    assert language.label.startswith(("l’", "le ", "une "))


def test_noting_it_is_journalled_without_the_language(world, link):
    head, school = world.people["head"], world.schools["tilleuls"]
    actions.note_reading_language(guardian=link.guardian, school=school, language="ar", person=head, now=now())
    entry = Entry.objects.get(verb="note_reading_language")
    assert entry.actor_id == head.pk and entry.fields == ["reading_language"]
