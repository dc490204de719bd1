"""« Pièces jointes »: who joins, who takes out, who reads, what a deposit locks."""

import datetime
import hashlib
import io

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from PIL import Image

from preau.journal.models import Entry
from preau.kit.answers import Conflict, Refused
from preau.kit.digest import digest_json, kept_files
from preau.kit.money import weight_text
from preau.kit.paper import Paper
from preau.media import documents, pdf
from preau.media.documents import Document
from preau.people.models import Account
from preau.plan.applications import actions, queries
from preau.plan.applications.models import Attachment, State, Submission
from preau.privacy.actions import erase_person, purge
from preau.privacy.exports import export_person
from tests.plan.applications.conftest import DAY, NOW
from tests.privacy.planted import unzip

MOST = 10
PLAN = "Canari-pièce"
TEAM = {"head", "teacher", "teacher_other_class"}
READERS = TEAM | {
    "ien",
    "erun",
    "pedagogical_adviser",
    "trainer",
    "dsden",
    "dan",
    "ia_dasen",
    "ia_dasen_deputy",
    "city_education",
}


def url(name, *args):
    return reverse(f"applications:{name}", args=args)


def document(number=1):
    return Document("pdf", b"%%PDF-1.7 %d" % number, 3)


def real_pdf(text="Projet"):
    paper = Paper("Projet", NOW)
    paper.paragraph(text)
    return paper.finish()[0]


def photo():
    data = io.BytesIO()
    Image.new("RGB", (40, 30), "#cfe6f2").save(data, "PNG")
    return data.getvalue()


def sent(content, name):
    return SimpleUploadedFile(name, content)


def join(scene, application, number=1, label=PLAN, who="teacher"):
    return actions.add_attachment(
        person=scene.who(who), application=application, document=document(number), label=label, now=NOW
    )


def stored():
    return [name for name, _ in kept_files() if name.startswith("applications/")]


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    """A storage of its own: what is left in it is counted."""
    settings.FILES_ROOT = tmp_path / "files"
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": settings.FILES_ROOT},
        },
    }


@pytest.fixture
def filed(scene):
    """Filed with one piece, then changes asked: the team writes again."""
    application = scene.fill(scene.start())
    piece = join(scene, application)
    actions.submit(person=scene.who("head"), application=application, now=NOW)
    application.refresh_from_db()
    actions.request_changes(person=scene.who("ien"), application=application, text="Précisez.", now=NOW)
    application.refresh_from_db()
    piece.refresh_from_db()
    return application, piece


def test_a_team_joins_opens_and_takes_out_by_the_pages_alone(scene, client):
    application = scene.start()
    where = url("attachment_create", application.id)
    scene.world.sign_in(client, "teacher")
    assert where in client.get(url("application_detail", application.id)).content.decode()
    assert "Aucun nom d’élève" in client.get(where).content.decode()
    content = real_pdf()
    for label, file in ((PLAN, sent(content, "a.pdf")), ("Plan des salles", sent(photo(), "b.png"))):
        assert client.post(where, {"label": label, "document": file}).status_code == 302
    first, second = Attachment.objects.order_by("added_at", "id")
    page = client.get(where).content.decode()
    assert PLAN in page and "PDF de 1\u00a0page" in page and "image, 1\u00a0Ko" in page
    answer = client.get(url("attachment_file", first.id))
    kept = documents.take(content, "a.pdf").content
    assert answer.content == kept and first.digest == hashlib.sha256(kept).hexdigest()
    assert b"/Info" in content and b"/Info" not in kept  # who made it
    assert client.get(url("attachment_file", second.id)).content.startswith(b"RIFF")
    assert client.post(url("attachment_removal", first.id)).status_code == 302
    assert list(Attachment.objects.all()) == [second]
    assert client.get(url("attachment_file", first.id)).status_code == 404


def test_it_is_served_to_be_saved_and_nothing_of_it_may_run(scene, client):
    piece = join(scene, scene.start(), label='Plan "des\nsalles" / <b>été</b>')
    answer = scene.world.sign_in(client, "head").get(url("attachment_file", piece.id))
    assert answer["Content-Disposition"] == 'attachment; filename="plan-des-salles-beteb.pdf"'
    assert answer["Content-Type"] == "application/pdf" and answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"] and "default-src 'none'" in answer["Content-Security-Policy"]
    assert {"private", "no-cache", "no-store"} == set(answer["Cache-Control"].split(", "))
    assert "Cookie" in answer["Vary"]


def test_the_name_in_the_storage_says_nothing_and_each_has_its_own(scene):
    application = scene.start()
    one, two = join(scene, application, 1), join(scene, application, 2)
    assert one.name != two.name and len(one.name) == 32 and PLAN not in one.path
    assert sorted(stored()) == sorted([one.path, two.path])


def test_the_files_own_origin_gives_it_to_be_saved_as_long_as_its_rule_says_so(scene, client, settings):
    settings.FILES_ORIGIN = "https://fichiers.example.org"
    piece = join(scene, scene.start())
    address = scene.world.sign_in(client, "head").get(url("attachment_file", piece.id))["Location"]
    answer = client.get(address.removeprefix("https://fichiers.example.org"), headers={"host": "fichiers.example.org"})
    assert answer.content == document().content and answer["Content-Disposition"].startswith("attachment;")
    assert "no-store" in answer["Cache-Control"] and "sandbox" in answer["Content-Security-Policy"]
    Account.objects.filter(person=scene.world.people["head"]).update(is_active=False)
    assert client.get(answer.request["PATH_INFO"], headers={"host": "fichiers.example.org"}).status_code == 404


def reached(scene, client, address):
    """{status: actors}"""
    client.logout()
    found = {}
    for actor in scene.world.actors():
        status = scene.world.sign_in(client, actor).get(address).status_code
        found.setdefault(status, set()).add(actor)
        client.logout()
    return found


def test_a_piece_not_filed_is_the_team_s_alone(scene, client, filed):
    """A first copy is read by all: what is joined since is not, until it is filed."""
    application, _ = filed
    later = join(scene, application, 2, "Canari-suite")
    assert reached(scene, client, url("attachment_file", later.id))[200] == TEAM
    for actor in ("ien", "dsden", "city_education"):
        scene.world.sign_in(client, actor)
        for page in (url("application_detail", application.id), url("application_copy", application.id)):
            assert "Canari-suite" not in client.get(page).content.decode()
    actions.submit(person=scene.who("head"), application=application, now=NOW)
    assert reached(scene, client, url("attachment_file", later.id))[200] == READERS


def test_a_filed_piece_is_read_by_who_reads_the_file_whole(scene, client, filed):
    application, piece = filed
    found = reached(scene, client, url("attachment_file", piece.id))
    assert found[200] == READERS and found[403] == {"city_it"}
    scene.world.sign_in(client, "city_it")
    assert "partie technique" in client.get(url("attachment_file", piece.id)).content.decode()
    for name in ("application_detail", "application_copy", "application_pdf"):
        assert PLAN not in client.get(url(name, application.id)).content.decode(errors="replace")
    scene.world.sign_in(client, "ien")
    for name in ("application_detail", "application_copy"):
        page = client.get(url(name, application.id)).content.decode()
        assert PLAN in page and url("attachment_file", piece.id) in page


def test_only_the_team_joins_and_takes_out_and_only_while_it_writes(scene, client):
    application = scene.fill(scene.start())
    piece = join(scene, application)
    data = {"label": "Autre", "document": sent(real_pdf(), "a.pdf")}
    for actor in ("ien", "head_other_school", "city_education"):
        scene.world.sign_in(client, actor)
        assert client.post(url("attachment_create", application.id), data).status_code == 404
        assert client.post(url("attachment_removal", piece.id)).status_code == 404
    actions.submit(person=scene.who("head"), application=application, now=NOW)
    for actor in ("head", "ien"):
        scene.world.sign_in(client, actor)
        for address in (url("attachment_create", application.id), url("attachment_removal", piece.id)):
            assert client.post(address, data).status_code == 403
    with pytest.raises(Refused):
        join(scene, application, 2)
    with pytest.raises(Refused):
        actions.remove_attachment(person=scene.who("head"), attachment=piece, now=NOW)
    assert Attachment.objects.get().removed_at is None and stored() == [piece.path]


def test_a_deposit_names_each_piece_and_keeps_its_bytes(scene, client, filed, django_capture_on_commit_callbacks):
    application, piece = filed
    copy = Submission.objects.get()
    content = document().content
    row = [str(piece.pk), PLAN, "pdf", len(content), 3, hashlib.sha256(content).hexdigest()]
    assert copy.content["attachments"] == [row] and copy.digest == digest_json(copy.content)
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_attachment(person=scene.who("teacher"), attachment=piece, now=NOW)
    actions.submit(person=scene.who("head"), application=application, now=NOW)
    assert Submission.objects.get(number=2).content["attachments"] == []
    scene.world.sign_in(client, "ien")
    assert client.get(url("attachment_file", piece.id)).content == content
    first = client.get(url("application_copy", application.id) + "?copie=1").content.decode()
    assert PLAN in first and piece.digest in first
    assert PLAN not in client.get(url("application_copy", application.id)).content.decode()


def test_what_was_added_and_taken_out_shows_between_two_copies(scene, client, filed):
    application, piece = filed
    join(scene, application, 2, "Plan des salles")
    actions.remove_attachment(person=scene.who("head"), attachment=piece, now=NOW)
    actions.submit(person=scene.who("head"), application=application, now=NOW)
    page = scene.world.sign_in(client, "ien").get(url("application_changes", application.id)).content.decode()
    assert (
        "2\u00a0différences" in page
        and f"<del>PDF de 3\u00a0pages, {weight_text(len(document().content))}</del>" in page
    )
    assert PLAN in page and "Plan des salles" in page
    assert (
        "Plan des salles"
        not in scene.world.sign_in(client, "city_it").get(url("application_changes", application.id)).content.decode()
    )


def test_a_copy_from_before_there_were_pieces_is_still_read(scene, client, filed):
    application, _ = filed
    copy = Submission.objects.get()
    old = {name: value for name, value in copy.content.items() if name != "attachments"}
    Submission.objects.update(content=old)
    scene.world.sign_in(client, "ien")
    for name in ("application_detail", "application_copy", "application_pdf"):
        assert client.get(url(name, application.id)).status_code == 200
    assert [change.label for change in queries.differences(old, copy.content)] == [PLAN]


def test_the_pdf_of_the_file_lists_them_with_their_digest(scene, client, filed):
    from pypdf import PdfReader

    application, piece = filed
    answer = scene.world.sign_in(client, "ien").get(url("application_pdf", application.id))
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert "Pièces jointes" in text and PLAN in text and piece.digest in text.replace(" ", "").replace("\n", "")


def test_five_at_most_and_the_same_once(scene, client):
    application = scene.start()
    for number in range(1, 6):
        join(scene, application, number, f"Pièce {number}")
    with pytest.raises(Conflict, match="déjà 5 pièces"):
        join(scene, application, 6)
    assert join(scene, application, 5, "Pièce 5").label == "Pièce 5"  # sent twice
    with pytest.raises(Conflict, match="sous le nom"):
        join(scene, application, 5, "Autre nom")
    assert Attachment.objects.count() == 5 == len(stored())
    scene.world.sign_in(client, "head")
    assert "multipart" not in client.get(url("attachment_create", application.id)).content.decode()
    answer = client.post(
        url("attachment_create", application.id), {"label": "Sixième", "document": sent(real_pdf(), "a.pdf")}
    )
    page = answer.content.decode()
    assert answer.status_code == 422 and "déjà 5 pièces" in page and 'value="Sixième"' in page


@pytest.mark.parametrize(("content", "name", "said"), [
    (b"PK\x03\x04", "projet.docx", documents.NEITHER), (b"%PDF-1.7 rien", "projet.pdf", pdf.BROKEN),
    (real_pdf, "projet.docx", documents.MISNAMED),
    (b"%PDF-" + b"0" * (10 * 1024 * 1024), "a.pdf", "dépasse 10\xa0Mo"),
], ids=["neither", "broken", "misnamed", "heavy"])  # fmt: skip
def test_a_wrong_file_gets_a_sentence_and_the_words_stay(scene, client, content, name, said):
    application, content = scene.start(), content() if callable(content) else content
    data = {"label": "Projet de l’école", "document": sent(content, name)}
    answer = scene.world.sign_in(client, "head").post(url("attachment_create", application.id), data)
    page = answer.content.decode()
    assert answer.status_code == 422 and said.replace("\xa0", " ") in page.replace("\xa0", " ")
    assert 'value="Projet de l’école"' in page and not Attachment.objects.exists() and stored() == []


def test_nothing_joined_says_so_and_so_does_a_piece_without_a_name(scene, client):
    where = url("attachment_create", scene.start().id)
    scene.world.sign_in(client, "head")
    page = client.post(where, {"label": "Projet"}).content.decode()
    assert "Aucun fichier n’est joint" in page and 'value="Projet"' in page
    assert client.post(where, {"label": " ", "document": sent(real_pdf(), "a.pdf")}).status_code == 422


def test_what_goes_before_a_deposit_goes_whole_and_only_once_agreed(scene, django_capture_on_commit_callbacks):
    piece = join(scene, scene.start())
    with django_capture_on_commit_callbacks() as waiting:
        actions.remove_attachment(person=scene.who("head"), attachment=piece, now=NOW)
    assert not Attachment.objects.exists() and stored() == [piece.path]
    for each in waiting:
        each()
    assert stored() == []
    assert set(Entry.objects.filter(verb__startswith="attachment_").values_list("verb", flat=True)) == {
        "attachment_added",
        "attachment_removed",
    }
    actions.remove_attachment(person=scene.who("head"), attachment=piece, now=NOW)  # a second press


def test_the_base_refuses_what_cannot_be(scene):
    piece = join(scene, scene.start())
    with pytest.raises(IntegrityError), transaction.atomic():
        Attachment.objects.update(removed_at=NOW)
    piece.pk, piece.name, piece._state.adding = None, "autre", True
    with pytest.raises(IntegrityError), transaction.atomic():
        piece.save(force_insert=True)


@pytest.mark.parametrize("state", [State.DRAFT, State.WITHDRAWN])
def test_pieces_of_a_file_never_filed_go_a_month_after_the_call(
    scene, state, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.HOME = tmp_path
    application = scene.start()
    join(scene, application)
    if state == State.WITHDRAWN:
        actions.withdraw(person=scene.who("head"), application=application, now=NOW)
    month = scene.call.closes_at + 30 * DAY
    for at, left in ((month - datetime.timedelta(seconds=1), 1), (month, 0)):
        with django_capture_on_commit_callbacks(execute=True):
            said = dict(purge(now=at, dry_run=True))
            assert said["pièces de candidatures jamais déposées"] == 1 - left
            assert dict(purge(now=at))["pièces de candidatures jamais déposées"] == 1 - left
        assert Attachment.objects.count() == left == len(stored())


def test_what_was_filed_or_may_still_be_stays(scene, filed, django_capture_on_commit_callbacks):
    application, _ = filed
    join(scene, application, 2)
    assert actions.purge_attachments(now=scene.call.closes_at + 365 * DAY) == 0
    actions.withdraw(person=scene.who("head"), application=application, now=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.purge_attachments(now=scene.call.closes_at + 365 * DAY) == 1, "the one no copy names"
    assert len(stored()) == 1 and Attachment.objects.get().filed_at


def test_who_joined_takes_it_away_and_leaves_it_to_the_school(scene, settings, tmp_path):
    settings.HOME = tmp_path
    piece = join(scene, scene.start())
    inside = unzip(export_person(scene.who("teacher"), NOW))
    assert inside[f"fichiers/{piece.path}"] == document().content and PLAN in inside["donnees.json"].decode()
    assert f"fichiers/{piece.path}" not in unzip(export_person(scene.who("head"), NOW))
    erase_person(subject=scene.who("teacher"), person=None, now=NOW)
    piece.refresh_from_db()
    assert piece.added_by is None and default_storage.exists(piece.path)


def test_another_year_s_draft_takes_no_piece(scene, filed):
    application, _ = filed
    actions.withdraw(person=scene.who("head"), application=application, now=NOW)
    later = scene.open_call(title="Appel suivant", school_year="2027-2028")
    draft = actions.start_application(person=scene.who("head"), call=later, school=scene.school, now=NOW + DAY)
    actions.take_up(person=scene.who("head"), application=draft, now=NOW + DAY)
    assert not draft.attachments.exists()


def test_ten_queries_at_most_with_five_pieces(scene, client, django_assert_max_num_queries):
    application = scene.fill(scene.start())
    for number in range(1, 6):
        join(scene, application, number, f"Pièce {number}")
    written = [url(name, application.id) for name in ("attachment_create", "application_detail")]
    read = [url(name, application.id) for name in ("application_detail", "application_copy")]
    one = url("attachment_file", Attachment.objects.first().id)

    def ask(actor, pages):
        scene.world.sign_in(client, actor)
        for page in pages:
            client.get(page)
            with django_assert_max_num_queries(MOST):
                assert client.get(page).status_code == 200

    ask("head", [*written, one, read[1], url("application_pdf", application.id)])  # before any copy is locked
    assert "5\u00a0pièces" in client.get(written[1]).content.decode()
    actions.submit(person=scene.who("head"), application=application, now=NOW)
    ask("head", read)
    ask("ien", [*read, one])
    actions.request_changes(person=scene.who("ien"), application=application, text="Précisez.", now=NOW)
    ask("head", [*written, *read])
