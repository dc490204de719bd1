"""Documents joined to a lesson, and lessons found by their words: for the class and its families, and nobody else."""

import uuid

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.homework import actions
from preau.ent.homework.models import MOST_FILES, Assignment, AssignmentFile
from preau.kit.answers import Conflict, Refused
from preau.media import actions as media
from preau.media.documents import Document
from preau.spaces import actions as spaces
from tests.ent.homework.acts import assign, next_day
from tests.ent.homework.test_week import MINE, OF_CPB, TEAM, body, readers, week_of
from tests.media.samples import drawing, encoded
from tests.media.test_documents import plain
from tests.spaces.test_search import titles

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_holidays")]
SENT = (Document("pdf", b"%PDF-une fiche", 1), "La fiche")


def test_the_same_lesson_with_another_document_is_another(world, client):
    world.sign_in(client, "teacher")
    sent = {"kind": "read", "text": "La fiche", "first_on": next_day(world), "once": uuid.uuid4()}
    for name in ("Le loup.pdf", "Le loup.pdf", "Le renard.pdf"):
        client.post(week_of(world), sent | {"files": SimpleUploadedFile(name, plain())})
    assert sorted(AssignmentFile.objects.values_list("label", flat=True)) == ["Le loup", "Le renard"]


def openers(world, file):
    """Who is given its bytes."""
    url = reverse("homework:assignment_file", args=[file.pk])
    return {who for who in world.actors() if world.sign_in(Client(), who).get(url).status_code == 200}


def test_a_document_noted_with_a_lesson_is_opened_by_the_class_and_its_families(world, client):
    sent = {"kind": "read", "text": "La fiche du loup", "first_on": next_day(world)}
    wrong = SimpleUploadedFile("fiche.pdf", b"MZ une application")
    told = world.sign_in(client, "teacher").post(week_of(world), sent | {"files": wrong})
    assert told.status_code == 422 and not Assignment.objects.exists()
    assert (
        "La fiche du loup" in body(told)
        and "La fiche du loup" in body(told)
        and "PDF" in body(told).partition('role="alert"')[2][:400]
    )  # said, and nothing is lost
    client.post(week_of(world), sent | {"files": SimpleUploadedFile("Le loup.pdf", plain())})
    file = AssignmentFile.objects.get()
    address = reverse("homework:assignment_file", args=[file.pk])
    assert openers(world, file) == OF_CPB | TEAM
    detail = reverse("homework:assignment_detail", args=[file.assignment_id])
    for who, page in (("guardian", MINE), ("guardian", week_of(world)), ("teacher", detail)):
        assert address in body(world.sign_in(client, who).get(f"{page}?semaine={next_day(world)}")), who
    spaces.withdraw(person=world.people["teacher"], publication=file.assignment.publication, now=now())
    assert world.sign_in(client, "guardian").get(address).status_code == 404


def test_what_goes_with_the_lesson_of_one_pupil_is_opened_by_no_other_family(world):
    only = assign(world, pupils=["child_adam"], files=[SENT])
    assert openers(world, only.files.get()) == {"guardian", "guardian_coparent"} | TEAM


def test_an_image_is_not_joined_to_a_lesson_but_those_of_before_stay_read(world, client):
    sent = {"kind": "read", "text": "La page du loup", "first_on": next_day(world)}
    told = world.sign_in(client, "teacher").post(
        week_of(world), sent | {"files": SimpleUploadedFile("loup.jpg", encoded(drawing()))}
    )
    assert told.status_code == 422 and not Assignment.objects.exists()
    assert "accords de diffusion" in body(told) and "La page du loup" in body(told)  # nothing is lost
    one, picture = assign(world), Document("webp", b"RIFF une photo")
    with pytest.raises(Conflict, match="accords de diffusion"):
        actions.join_files(person=world.people["teacher"], assignment=one, files=[(picture, "Le loup")], now=now())
    former = AssignmentFile(assignment=one, school=world.schools["tilleuls"], label="Le loup")
    media.keep_joined(joined=former, document=picture, now=now())
    assert openers(world, former) == OF_CPB | TEAM


def test_a_pupil_opens_theirs_from_the_week(world, client):
    one = assign(world, "teacher_other_class", "cm2", files=[SENT])
    address = reverse("homework:assignment_file", args=[one.files.get().pk])
    assert address in body(world.sign_in(client, "pupil_cm2").get(MINE)) and client.get(address).status_code == 200


def test_three_at_most_joined_and_taken_out_by_who_writes_there(world, client, django_capture_on_commit_callbacks):
    one = assign(world)
    for who in ("guardian", "aesh", "teacher_other_class"):
        with pytest.raises(Refused):
            actions.join_files(person=world.people[who], assignment=one, files=[SENT], now=now())
    page, client = reverse("homework:assignment_files", args=[one.pk]), world.sign_in(client, "supply")
    for _ in range(MOST_FILES):
        assert client.post(page, {"files": SimpleUploadedFile("Le loup.pdf", plain())}).status_code == 302
    with pytest.raises(Conflict, match="au plus"):
        actions.join_files(person=world.people["teacher"], assignment=one, files=[SENT], now=now())
    file = one.files.first()
    gone = reverse("homework:file_removal", args=[file.pk])
    assert world.sign_in(client, "guardian").post(gone).status_code == 403
    with django_capture_on_commit_callbacks(execute=True):
        world.sign_in(client, "teacher").post(gone)
    assert one.files.count() == MOST_FILES - 1 and not default_storage.exists(file.path)


def test_a_lesson_is_found_by_who_reads_it(world, client):
    assign(world, text="Le poème du renard")
    only = assign(world, text="La fiche des renards", pupils=["child_adam"])
    found = {
        who: set(titles(world.sign_in(client, who), "renard"))
        for who in world.actors()
        if who not in (None, "suspended")
    }
    for_all, for_one = {"À lire\u00a0: Le poème du renard"}, {"À lire\u00a0: La fiche des renards"}
    said = {"guardian": for_all | for_one, "guardian_coparent": for_all | for_one, "guardian_other_family": for_all}
    said |= dict.fromkeys(TEAM, for_all | for_one)
    assert {who: lines for who, lines in found.items() if lines} == said
    words = {"kind": "read", "text": "La fiche du blaireau", "first_on": only.first_on, "has_wednesday": False}
    actions.edit_assignment(person=world.people["teacher"], assignment=only, version=1, now=now(), **words)
    assert titles(world.sign_in(client, "guardian"), "blaireau") and len(titles(client, "renard")) == 1


def test_weeks_with_documents_ask_as_many_queries_for_one_as_for_many(world, client, django_assert_max_num_queries):
    asked = {}
    for count in (1, 5):
        for number in range(count):
            assign(world, text=f"Page {number}", files=[SENT, SENT])
        for who, path in (("guardian", MINE), ("teacher", week_of(world))):
            world.sign_in(client, who).get(path)
            with django_assert_max_num_queries(10) as queries:
                page = body(client.get(f"{path}?semaine={next_day(world)}"))
            assert ("La fiche" if who == "guardian" else "2&nbsp;fichiers joints") in page
            assert asked.setdefault(who, len(queries)) == len(queries), who


def test_readers_stay_those_of_the_lesson(world, client):
    assign(world, files=[SENT])
    assert readers(world, client, "La fiche", MINE) == OF_CPB
