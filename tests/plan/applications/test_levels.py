"""Which schools a question is put to: a nursery school is asked of what it teaches, and of nothing else."""

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from preau.places.models import School
from preau.plan.applications import actions, queries
from preau.plan.applications.models import FormField, FormRevision
from tests.plan.applications.conftest import NOW
from tests.texts import as_drawn

CYCLES = ["Au cycle 1", "Au cycle 2", "Au cycle 3"]
TAUGHT = {School.Kind.NURSERY: CYCLES[:1], School.Kind.ELEMENTARY: CYCLES[1:], School.Kind.PRIMARY: CYCLES}


def asked(scene, client, application):
    """The cycles that the project's page asks about."""
    address = reverse("applications:section_edit", args=[application.pk, "projet"])
    page = scene.world.sign_in(client, "head").get(address).text
    return [label for label in CYCLES if label in page]


def of_kind(scene, kind):
    School.objects.filter(pk=scene.school.pk).update(kind=kind)
    return scene.fill(scene.start())


@pytest.mark.parametrize("kind", TAUGHT)
def test_a_school_is_asked_of_the_cycles_it_teaches(scene, client, kind):
    application = of_kind(scene, kind)
    assert asked(scene, client, application) == TAUGHT[kind]
    copy = actions.submit(person=scene.who("head"), application=application, now=NOW)
    told = [line.label for line in queries.lines_of(copy.content) if line.key.startswith("projet-cycle")]
    assert told == TAUGHT[kind], "the locked copy holds no question of other levels"


def test_a_question_of_other_levels_keeps_no_file_from_being_filed(scene):
    scene.revision.fields.filter(key__startswith="projet-cycle").update(is_required=True)
    missing = queries.missing_for_submission(of_kind(scene, School.Kind.NURSERY), localdate(NOW))
    assert [each.text for each in missing] == ["Répondez à «\u00a0Au cycle 1\u00a0»."]


def test_a_form_published_before_asks_every_school_all_it_did(scene, client):
    scene.revision.fields.update(levels=FormField.Levels.EVERY)  # as the upgrade leaves them
    assert asked(scene, client, of_kind(scene, School.Kind.NURSERY)) == CYCLES


def test_the_city_says_which_schools_a_question_is_put_to(scene, client):
    scene.world.sign_in(client, "city_education").post(reverse("applications:form_start"))
    draft = FormRevision.objects.get(published_at=None)
    note = draft.fields.get(key="note-pedagogie")
    address = reverse("applications:question_edit", args=[note.pk])
    words = "pour les écoles qui ont des classes de maternelle"
    before = as_drawn(client.get(reverse("applications:form_detail", args=[draft.pk])).text).count(words)
    typed = {"section": note.section, "label": note.label, "kind": note.kind, "audience": note.audience}
    assert client.post(address, typed | {"levels": "nursery"}).status_code == 302
    assert as_drawn(client.get(reverse("applications:form_detail", args=[draft.pk])).text).count(words) == before + 1
    (change,) = queries.field_changes(scene.revision, draft)
    assert change.before == "toutes les écoles" and change.after in words
    put = {kind: note.revision.fields.put_to(School(kind=kind)).filter(pk=note.pk).exists() for kind in TAUGHT}
    assert put == {School.Kind.NURSERY: True, School.Kind.ELEMENTARY: False, School.Kind.PRIMARY: True}
