"""Files of a mot: who joins them, who answers with one, who opens which, and until when."""

import datetime
import time
from urllib.parse import urlsplit

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.notes import actions, queries
from preau.ent.notes.models import MOST_FILES, Answer, AnswerFile, Note, NoteFile
from preau.journal.models import Entry
from preau.kit import files
from preau.kit.answers import Conflict, Refused
from preau.media import actions as media
from preau.media import antivirus
from preau.media.actions import MOST_LOOKS
from preau.media.antivirus import Verdict
from preau.media.documents import Document
from preau.people.models import Account
from preau.privacy.actions import erase_person, purge, sweep_files
from preau.privacy.exports import read_tables
from preau.schools.models import Guardianship
from tests.ent.notes.acts import answer, leave, send
from tests.media.samples import drawing, encoded
from tests.media.test_documents import plain

pytestmark = pytest.mark.django_db

ORIGIN = "https://fichiers.example.org"
SENT = (Document("pdf", b"%PDF-une attestation", 1), "Zibeline")
JOINED = (Document("pdf", b"%PDF-un programme", 2), "Programme")


def asked(world, **more):
    """A mot that asks for a document."""
    return send(world, nature="file", title="Attestation", text="Envoyez l’attestation.", **more)


def sent(world, note, who="guardian", document=SENT, **more):
    return answer(world, note, who, sent=document, agreed="", **more)


def open_(world, who, file):
    kind = "note_file" if isinstance(file, NoteFile) else "answer_file"
    return world.sign_in(Client(), who).get(reverse(f"notes:{kind}", args=[file.pk]))


def upload(name="attestation.pdf", content=None):
    return SimpleUploadedFile(name, content or plain())


def post_answer(world, client, note, file, who="guardian"):
    url = reverse("notes:answer_create", args=[note.pk, world.people["child_adam"].pk])
    return world.sign_in(client, who).post(url, {"version": 1, "document": file})


def write(world, client, *uploads, **said):
    url = reverse("notes:classroom_write", args=[world.classrooms["cpb"].pk])
    said = {"title": "Sortie", "text": "La classe va au bois.", "nature": "sign"} | said
    return world.sign_in(client, "teacher").post(url, said | {"files": list(uploads)})


def test_a_teacher_joins_files_to_a_mot_and_a_family_opens_them(world, client):
    assert write(world, client, upload("Programme du jour.pdf"), upload("Le plan.pdf")).status_code == 302
    first, second = NoteFile.objects.order_by("id")
    assert (first.label, first.kind, first.pages_count, second.label) == ("Programme du jour", "pdf", 1, "Le plan")
    page = world.sign_in(client, "guardian").get(reverse("notes:note_detail", args=[first.note_id])).content.decode()
    assert "Programme du jour" in page and reverse("notes:note_file", args=[second.pk]) in page
    given = open_(world, "guardian", first)
    assert given.content.startswith(b"%PDF") and given["X-Content-Type-Options"] == "nosniff"
    assert given["Content-Disposition"] == 'attachment; filename="Programme du jour.pdf"'
    assert "sandbox" in given["Content-Security-Policy"] and "no-store" in given["Cache-Control"]


def test_an_image_is_not_joined_to_a_mot_but_those_of_before_stay_read(world, client):
    told = write(world, client, SimpleUploadedFile("sortie.jpg", encoded(drawing())))
    assert told.status_code == 422 and not Note.objects.exists()
    said = told.content.decode()
    assert "accords de diffusion" in said and "La classe va au bois." in said  # nothing is lost
    note = send(world)
    picture = Document("webp", b"RIFF une photo")
    with pytest.raises(Conflict, match="accords de diffusion"):
        act = {"person": world.people["teacher"], "has_shown_factor": True, "now": now()}
        actions.join_files(note=note, files=[(picture, "La sortie")], **act)
    former = NoteFile(note=note, school=world.schools["tilleuls"], label="La sortie")
    media.keep_joined(joined=former, document=picture, now=now())
    assert open_(world, "guardian", former).content == picture.content


def test_a_guardian_sends_a_document_that_the_author_and_the_head_open(world, client):
    note = asked(world)
    assert post_answer(world, client, note, upload()).status_code == 302
    file = AnswerFile.objects.get()
    page = world.sign_in(client, "guardian").get(reverse("notes:note_detail", args=[note.pk])).content.decode()
    assert "attestation</a>" in page and "Changer ma réponse" in page
    for who in ("teacher", "head"):
        follow = world.sign_in(client, who).get(reverse("notes:note_follow", args=[note.pk])).content.decode()
        assert reverse("notes:answer_file", args=[file.pk]) in follow
    assert post_answer(world, client, note, upload("autre.pdf")).status_code == 302  # one answer for each, the last
    assert AnswerFile.objects.get().label == "autre" and Answer.objects.count() == 1
    assert open_(world, "guardian", file).status_code == 404


@pytest.mark.long
def test_only_who_sent_it_and_who_follows_the_answers_open_what_a_guardian_sent(world, client):
    note = asked(world, files=[JOINED])
    file = sent(world, note).file
    joined = NoteFile.objects.get()
    mine, families = {"guardian", "teacher", "supply", "head"}, {"guardian_coparent", "guardian_other_family"}
    for name in filter(None, world.actors()):
        shut = 302 if name == "suspended" else 404
        assert open_(world, name, file).status_code == (200 if name in mine else shut), name
        assert open_(world, name, joined).status_code == (200 if name in mine | families else shut), name


def test_the_other_parent_meets_nothing_of_it_on_any_page(world, client):
    note = asked(world)
    file = sent(world, note).file
    world.sign_in(client, "guardian_coparent")
    child = world.people["child_adam"]
    pages = ("/aujourdhui/", reverse("notes:mine"), reverse("notes:note_detail", args=[note.pk]))
    for page in (*pages, reverse("notes:child_history", args=[child.pk])):
        found = client.get(page)
        assert found.status_code == 200 and "Zibeline" not in found.content.decode(), page
        assert str(file.pk) not in found.content.decode()
    for who in ("guardian_coparent", "child_adam"):
        tables, names = read_tables(world.people[who])
        assert "Zibeline" not in str(tables) and file.path not in names
    tables, names = read_tables(world.people["guardian"])
    assert "Zibeline" in str(tables) and file.path in names


def test_a_parent_who_teaches_there_does_not_open_what_the_other_parent_sent(world):
    note = asked(world)
    file = sent(world, note).file
    assert open_(world, "teacher", file).status_code == 200
    Guardianship.objects.create(
        guardian=world.people["teacher"], child=world.people["child_adam"], kind="guardian", starts_on=now().date()
    )
    assert open_(world, "teacher", file).status_code == 404


def test_a_withdrawn_mot_and_a_lost_right_close_its_files(world):
    note = asked(world, files=[JOINED])
    joined, file = NoteFile.objects.get(), sent(world, note).file
    actions.withdraw_note(person=world.people["teacher"], note=note, now=now())
    assert open_(world, "guardian", joined).status_code == open_(world, "guardian", file).status_code == 404
    actions.restore_note(person=world.people["teacher"], note=note, has_shown_factor=False, now=now())
    assert open_(world, "guardian", joined).status_code == 200
    leave(world, "cpb")
    assert open_(world, "guardian", joined).status_code == 404


def test_the_files_origin_asks_the_rule_again_for_one_person_file_and_minute(world, client, settings, monkeypatch):
    settings.FILES_ORIGIN = ORIGIN
    note = asked(world, files=[JOINED])
    joined, file = NoteFile.objects.get(), sent(world, note).file
    host = {"host": urlsplit(ORIGIN).netloc}

    def ask(address):
        return Client(headers=host).get(urlsplit(address).path)

    address, own = (open_(world, "guardian", each)["Location"] for each in (joined, file))
    assert address.startswith(f"{ORIGIN}/") and address != open_(world, "guardian_coparent", joined)["Location"]
    given = ask(address)
    assert given.status_code == 200 and not given.cookies and "sandbox" in given["Content-Security-Policy"]
    assert given["Content-Disposition"].startswith("attachment") and ask(own).status_code == 200
    assert ask(f"{address}x").status_code == 404
    Account.objects.filter(person=world.people["guardian"]).update(is_active=False)
    assert ask(address).status_code == 404
    Account.objects.filter(person=world.people["guardian"]).update(is_active=True)
    late = time.time() + files.LASTS + 2
    monkeypatch.setattr(files.time, "time", lambda: late)
    assert ask(address).status_code == 404
    monkeypatch.undo()
    actions.withdraw_note(person=world.people["teacher"], note=note, now=now())
    assert ask(address).status_code == ask(own).status_code == 404


def test_a_file_that_cannot_be_is_a_sentence_and_the_text_stays(world, client):
    for wrong, why in (
        (upload("virus.exe", b"MZ\x90\x00" * 50), "ni un PDF ni une photo"),
        (upload("photo.jpg", plain()), "ne dit pas qu’il est un PDF"),
        (upload("gros.pdf", b"%PDF-" + b"0" * 11 * 1024 * 1024), "dépasse 10\u00a0Mo"),
    ):
        page = write(world, client, wrong)
        said = page.content.decode()
        assert page.status_code == 422 and why in said and "La classe va au bois." in said, why
    many = [upload(f"{rank}.pdf") for rank in range(MOST_FILES + 1)]
    assert "c’est trop" in write(world, client, *many).content.decode()
    assert not Note.objects.exists() and not NoteFile.objects.exists()
    note = asked(world)
    empty = post_answer(world, client, note, "")
    assert empty.status_code == 422 and "Choisissez le document à envoyer." in empty.content.decode()


def test_a_school_has_a_share_and_a_mot_its_most(world, settings, client):
    note = asked(world)
    settings.SCHOOL_FILES_BYTES = len(SENT[0].content) + 5
    sent(world, note)
    with pytest.raises(Conflict, match="rempli la place"):
        sent(world, note, "guardian_coparent")
    assert not Answer.objects.filter(guardian=world.people["guardian_coparent"]).exists()
    page = write(world, client, upload())
    assert page.status_code == 422 and "La classe va au bois." in page.content.decode()
    settings.SCHOOL_FILES_BYTES = 10**6
    with pytest.raises(Conflict, match="5 fichiers au plus"):
        asked(world, files=[JOINED] * (MOST_FILES + 1))


def test_its_author_adds_and_removes_files_of_a_mot_that_left(world, client):
    note = send(world)
    url = reverse("notes:note_files", args=[note.pk])
    assert world.sign_in(client, "teacher").post(url, {"files": upload()}).status_code == 302
    file = NoteFile.objects.get()
    page = client.get(url).content.decode()
    assert "attestation" in page
    for who in ("guardian", "aesh", "supply"):
        assert world.sign_in(client, who).post(f"/mots/fichiers/{file.pk}/retrait/").status_code in (403, 404)
    with pytest.raises(Refused):
        actions.join_files(person=world.people["guardian"], note=note, files=[JOINED], has_shown_factor=True, now=now())
    world.sign_in(client, "teacher").post(f"/mots/fichiers/{file.pk}/retrait/")
    assert not NoteFile.objects.exists()


def test_an_annex_changed_after_a_signature_corrects_the_mot(world, client):
    note = send(world, files=[JOINED])
    signed = answer(world, note)
    act = {"person": world.people["teacher"], "has_shown_factor": False, "now": now()}
    actions.remove_file(file=NoteFile.objects.get(), **act)
    note.refresh_from_db()
    assert note.version == 2 and note.corrected_at == act["now"] and signed.version == 1
    actions.join_files(note=note, files=[SENT, JOINED], **act)
    note.refresh_from_db()
    assert note.version == 3
    page = world.sign_in(client, "guardian_coparent").get(reverse("notes:note_detail", args=[note.pk])).content.decode()
    assert "Corrigé le" in page
    with pytest.raises(Conflict, match="corrigé"):  # the page that the other parent had left open
        answer(world, note, "guardian_coparent", version=1)
    draft = send(world, due_at=now() + datetime.timedelta(hours=2))
    actions.join_files(note=draft, files=[JOINED], **act)
    draft.refresh_from_db()
    assert draft.version == 1 and draft.corrected_at is None  # nobody has read it yet


def test_a_document_that_comes_back_with_the_coupon_counts_and_a_new_answer_keeps_the_file(world, client):
    note = asked(world)
    first = sent(world, note)
    again = answer(world, note, agreed="")  # confirmed without choosing it again
    assert again.file == first.file
    for who, page in (("teacher", "note_follow"), ("guardian", "mine")):  # said the same to who asks and who sent
        path = reverse(f"notes:{page}", args=[note.pk] if page == "note_follow" else [])
        assert "document envoyé" in world.sign_in(client, who).get(path).content.decode(), who


def test_who_reads_on_paper_is_told_what_goes_with_the_mot(world, client, monkeypatch):
    drawn = []
    monkeypatch.setattr("preau.notify.papers.draw", lambda coupons, **_: drawn.extend(coupons) or b"%PDF")
    for note in (asked(world, files=[JOINED]), asked(world)):
        assert world.sign_in(client, "teacher").post(reverse("notes:coupons_create", args=[note.pk])).status_code == 200
    assert {one.facts for one in drawn} == {
        "Avec ce mot\u00a0: Programme. Demandez-le à l’école.",
        "",
    }


@pytest.fixture
def engine(monkeypatch):
    """What the antivirus says, to be changed."""
    said = {"verdict": Verdict.CLEAN, "is_silent": False, "pings": 0}

    def look(content):
        return said["verdict"]() if callable(said["verdict"]) else said["verdict"]

    def is_silent():
        said["pings"] += 1
        return said["is_silent"]

    monkeypatch.setattr(antivirus, "look", look)
    monkeypatch.setattr(antivirus, "is_silent", is_silent)
    return said


def test_what_the_antivirus_refuses_is_told_at_once_and_the_journal_knows(world, client, engine):
    engine["verdict"] = Verdict.DANGEROUS
    page = write(world, client, upload())
    assert page.status_code == 422 and "programme dangereux" in page.content.decode() and not Note.objects.exists()
    note = asked(world)
    assert post_answer(world, client, note, upload()).status_code == 422
    assert Entry.objects.filter(verb="file.dangerous").count() == 2 and not AnswerFile.objects.exists()


def test_while_the_antivirus_is_silent_a_file_waits_and_is_looked_at_again(world, client, engine):
    engine["verdict"] = Verdict.DOWN
    write(world, client, upload())
    note, joined = Note.objects.get(), NoteFile.objects.get()
    assert open_(world, "guardian", joined).status_code == open_(world, "teacher", joined).status_code == 404
    page = reverse("notes:note_detail", args=[note.pk])
    assert "En attente de vérification" in world.sign_in(client, "teacher").get(page).content.decode()
    follow = client.get(reverse("notes:note_follow", args=[note.pk])).content.decode()
    assert "pas ouvert aux familles" in follow  # where its author looks next
    assert "attestation" not in world.sign_in(client, "guardian").get(page).content.decode()
    assert actions.settle_files(now=now()) == 0
    engine["verdict"] = Verdict.CLEAN
    assert actions.settle_files(now=now()) == 1 and actions.settle_files(now=now()) == 0
    assert open_(world, "guardian", joined).status_code == 200


def test_an_answer_whose_file_is_refused_later_is_asked_again(
    world, client, engine, django_capture_on_commit_callbacks
):
    note = asked(world)
    engine["verdict"] = Verdict.DOWN
    said = post_answer(world, client, note, upload())
    page = reverse("notes:note_detail", args=[note.pk])
    assert said.status_code == 302 and "En attente de vérification" in client.get(page).content.decode()
    file = AnswerFile.objects.get()
    assert [open_(world, who, file).status_code for who in ("guardian", "teacher")] == [404, 404]
    engine["verdict"] = Verdict.DANGEROUS
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.settle_files(now=now()) == 1
    told = client.get(page).content.decode()
    assert "programme dangereux" in told and "Changer ma réponse" not in told
    assert 'id="signer"' in client.get("/aujourdhui/").content.decode()
    assert not default_storage.exists(file.path) and Entry.objects.filter(verb="file.refuse").exists()
    follow = queries.follow_up(note, note.targets.all(), now().date())
    assert follow.answered_count == 0


def test_a_file_that_the_antivirus_cannot_say_holds_no_other_and_is_refused_after_some_looks(world, client, engine):
    engine["verdict"] = Verdict.DOWN
    write(world, client, upload("bloque.pdf"))
    write(world, client, upload("suit.pdf"))
    first, second = NoteFile.objects.order_by("sent_at", "id")
    mute = [Verdict.CLEAN, Verdict.DOWN]  # taken from the end: the oldest is asked first
    engine["verdict"] = mute.pop
    assert actions.settle_files(now=now()) == 1
    first.refresh_from_db()
    second.refresh_from_db()
    assert second.ready_at and not first.ready_at and first.looks_count == 1
    engine["verdict"] = Verdict.DOWN
    engine["is_silent"] = True  # gone altogether: that says nothing of the file
    assert actions.settle_files(now=now()) == 0 and NoteFile.objects.get(pk=first.pk).looks_count == 1
    engine["is_silent"] = False
    assert sum(actions.settle_files(now=now()) for _ in range(MOST_LOOKS)) == 1
    page = world.sign_in(client, "teacher").get(reverse("notes:note_files", args=[first.note_id])).content.decode()
    assert "n’a pas pu regarder ce fichier" in page


def test_an_engine_that_is_gone_is_not_asked_about_each_file(world, client, engine):
    engine["verdict"] = Verdict.DOWN
    write(world, client, upload(), upload(), upload())
    engine["is_silent"] = True
    engine["pings"] = 0
    assert actions.settle_files(now=now()) == 0 and engine["pings"] == 2  # before the first, then why it stays


def test_a_file_is_not_refused_without_its_answer(world, client, engine, monkeypatch):
    note = asked(world)
    engine["verdict"] = Verdict.DOWN
    post_answer(world, client, note, upload())
    engine["verdict"] = Verdict.DANGEROUS
    with monkeypatch.context() as broken, pytest.raises(RuntimeError):
        broken.setattr(Answer, "save", lambda *_, **__: (_ for _ in ()).throw(RuntimeError("killed")))
        actions.settle_files(now=now())
    file = AnswerFile.objects.get()
    assert file.refused_at is None and not Entry.objects.filter(verb="file.refuse").exists()
    assert actions.settle_files(now=now()) == 1 and Answer.objects.get().version is None


def test_erasing_a_guardian_takes_what_they_sent_and_leaves_what_a_teacher_joined(
    world, django_capture_on_commit_callbacks
):
    note = asked(world, files=[JOINED])
    joined, file = NoteFile.objects.get(), sent(world, note).file
    with django_capture_on_commit_callbacks(execute=True):
        for who in ("guardian", "teacher"):
            erase_person(person=None, subject=world.people[who], now=now())
    assert not AnswerFile.objects.exists() and not default_storage.exists(file.path)
    joined.refresh_from_db()
    assert joined.sent_by is None and default_storage.exists(joined.path)


def test_files_go_with_a_mot_of_before_last_year(world, monkeypatch):
    note = asked(world, files=[JOINED])
    path, other = NoteFile.objects.get().path, sent(world, note).file.path
    assert sweep_files(now=now()) == 0
    later = now().replace(year=now().year + 2)
    purge(now=later)
    assert not NoteFile.objects.exists() and not AnswerFile.objects.exists()
    sweep_files(now=later)
    assert not default_storage.exists(path) and not default_storage.exists(other)
