"""A piece that the antivirus has not looked at, or refuses, is joined to no file."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from preau.journal.models import Entry
from preau.media import antivirus
from preau.media.antivirus import Verdict
from preau.plan.applications.models import Attachment
from tests.media.test_documents import plain


@pytest.mark.parametrize(
    ("verdict", "said", "noted"), [(Verdict.DOWN, "ne répond pas", 0), (Verdict.DANGEROUS, "programme dangereux", 1)]
)
def test_what_the_antivirus_does_not_let_in_is_not_joined_and_its_label_stays(
    scene, client, monkeypatch, verdict, said, noted
):
    monkeypatch.setattr(antivirus, "look", lambda content: verdict)
    where = reverse("applications:attachment_create", args=[scene.start().pk])
    data = {"label": "Projet de l’école", "document": SimpleUploadedFile("a.pdf", plain())}
    page = scene.world.sign_in(client, "head").post(where, data)
    assert page.status_code == 422 and said in page.text and 'value="Projet de l’école"' in page.text
    assert not Attachment.objects.exists()
    noticed = Entry.objects.filter(verb="file.dangerous", object_id=scene.school.pk)
    assert noticed.count() == noted and not Entry.objects.filter(verb="attachment_added").exists()
