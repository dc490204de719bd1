"""A page of a notebook, from who writes it to the family that reads it, and to nobody else."""

import dataclasses
import datetime
import uuid
from urllib.parse import urlsplit

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.portfolio import actions, queries, rules
from preau.ent.portfolio.models import Page, Piece
from preau.kit.answers import Conflict, Refused
from preau.media import voices
from preau.media.documents import Document
from preau.places.models import Classroom
from preau.schools.models import Enrolment, PupilDisplay
from preau.spaces import actions as spaces
from preau.spaces.models import Stop
from tests.ent.portfolio.acts import ADAM, photo, voice, write, write_own
from tests.media.samples import drawing, encoded, png_of
from tests.world import TODAY

pytestmark = pytest.mark.django_db
State = Page.State
DEAF = (
    "guardian_other_family", "guardian_restricted", "guardian_two_schools", "pupil_cm2", "teacher_other_class",
    "former_teacher", "teacher_other_school", "aesh", "atsem", "head_far", "animator", "city_education", "ien",
    "operator",
)  # fmt: skip


def get(world, client, who, name, *args):
    return world.sign_in(client, who).get(reverse(f"portfolio:{name}", args=[getattr(a, "pk", a) for a in args]))


def post(world, client, who, name, *args, **sent):
    url = reverse(f"portfolio:{name}", args=[getattr(a, "pk", a) for a in args])
    return world.sign_in(client, who).post(url, sent)


def readers(world, page):
    """Who has this page in their visible set, of everybody who can sign in."""
    people = {name: person for name, person in world.people.items() if hasattr(person, "account")}
    return {name for name, one in people.items() if rules.pages_visible_to(one, TODAY).filter(pk=page.pk).exists()}


def test_a_page_shown_is_read_by_the_family_of_that_child_and_by_who_keeps_the_class(world, client):
    page = write(world, pieces=[photo("Des jetons")])[0]
    keeps = {"teacher", "supply", "head"}
    assert readers(world, page) - {"suspended"} == keeps | {"guardian", "guardian_coparent"}
    for who in ("guardian", "guardian_coparent"):
        read = get(world, client, who, "child_notebook", world.people["child_adam"])
        assert ADAM in read.content.decode() and "Des jetons" in read.content.decode()
    piece = page.pieces.get()
    assert get(world, client, "guardian", "piece", piece)["Content-Type"] == "image/webp"
    assert get(world, client, "guardian", "small_piece", piece).status_code == 200
    for who in DEAF:
        for name, what in (
            ("piece", piece),
            ("small_piece", piece),
            ("child_notebook", page.child),
            ("notebook", page.child),
        ):
            assert get(world, client, who, name, what).status_code in (302, 404), (who, name)


def test_on_the_files_own_host_an_image_is_given_while_its_page_is_shown(world, client, settings):
    settings.FILES_ORIGIN = "https://fichiers.example.org"
    page = write(world, pieces=[photo("Des jetons")])[0]
    sent = [get(world, client, "guardian", name, page.pieces.get()) for name in ("piece", "small_piece")]
    assert all("no-store" in each["Cache-Control"] for each in sent)
    paths = [urlsplit(each["Location"]).path for each in sent]
    host = Client(headers={"host": "fichiers.example.org"})
    given = [host.get(path) for path in paths]
    assert [each["Content-Type"] for each in given] == ["image/webp"] * 2 and given[0].content != given[1].content
    assert all(each["Content-Disposition"].startswith("inline") for each in given)
    actions.withdraw_page(person=world.people["teacher"], page=page, now=now())
    assert [host.get(path).status_code for path in paths] == [404, 404]


@pytest.mark.parametrize("state", [State.DRAFT, State.WAITING, State.RETURNED])
def test_what_is_not_shown_is_not_read_at_home(world, client, state):
    page = write_own(world, to=State.DRAFT if state == State.DRAFT else State.WAITING)
    teacher = world.people["teacher_other_class"]
    if state == State.RETURNED:
        actions.return_page(person=teacher, page=page, remark="Relis la fin.", now=now())
    seen = {"pupil_cm2"} | (set() if state == State.DRAFT else {"teacher_other_class", "head"})
    assert readers(world, page) == seen
    assert (
        "Mes fractions" not in get(world, client, "guardian_other_class", "child_notebook", page.child).content.decode()
    )


def test_a_pupil_writes_the_teacher_shows_what_was_read_and_the_family_reads(world, client):
    sent = {"title": "Mes fractions", "text": "J’ai compris.", "act": "send", "once": uuid.uuid4()}
    assert post(world, client, "pupil_cm2", "own_page_create", **sent).status_code == 302
    page = Page.objects.get()
    assert page.state == State.WAITING and page.is_by_child
    grid = get(world, client, "teacher_other_class", "classroom_notebooks", page.classroom).content.decode()
    assert "1\u00a0page à relire" in grid
    actions.edit_page(
        person=world.people["pupil_cm2"],
        page=page,
        version=page.version,
        now=now(),
        content=actions.Content("Mes fractions", "Autre chose."),
    )
    answer = post(world, client, "teacher_other_class", "approval_create", page, version=page.version)
    page.refresh_from_db()
    assert answer.status_code == 302 and page.state == State.WAITING  # it changed since it was read
    post(world, client, "teacher_other_class", "approval_create", page, version=page.version)
    assert "Autre chose" in get(world, client, "guardian_other_class", "child_notebook", page.child).content.decode()
    with pytest.raises(Refused):
        actions.edit_page(
            person=world.people["pupil_cm2"], page=page, version=None, content=actions.Content("x"), now=now()
        )


def test_a_page_that_waits_is_told_to_who_teaches_and_its_state_to_the_child(world, client):
    page = write_own(world)
    room = page.classroom
    home = world.sign_in(client, "teacher_other_class").get("/aujourdhui/").content.decode()
    assert "1\u00a0page de cahier à relire" in home
    assert reverse("portfolio:classroom_notebooks", args=[room.pk]) in home
    for who in ("teacher", "head"):
        assert "page de cahier" not in world.sign_in(client, who).get("/aujourdhui/").content.decode(), who
    own = get(world, client, "pupil_cm2", "child_notebook", page.child)
    assert "Ta maîtresse ou ton maître relit" in own.content.decode()


def test_a_page_for_the_whole_class_is_one_box(world, client):
    room = world.classrooms["cpb"]
    post(world, client, "teacher", "page_create", room, everyone="on", text="Tous", act="show", once=uuid.uuid4())
    told = Page.objects.filter(text="Tous").values_list("child", flat=True)
    assert sorted(told) == sorted(room.enrolments.current(TODAY).values_list("pupil", flat=True)) and len(told) > 1


def test_a_page_given_back_waits_for_the_pupil_with_its_remark(world, client):
    page = write_own(world)
    post(world, client, "teacher_other_class", "page_return", page, remark="Relis la fin.")
    home = world.sign_in(client, "pupil_cm2").get("/aujourdhui/").content.decode()
    assert "Reprendre ta page «\u00a0Mes fractions\u00a0»" in home
    assert "Relis la fin." in get(world, client, "pupil_cm2", "mine").content.decode()
    post(world, client, "pupil_cm2", "proposal_create", page)
    page.refresh_from_db()
    assert (page.state, page.remark) == (State.WAITING, "")


def test_young_pupils_and_others_write_nothing(world, client):
    for who, child in (
        ("child_lina", "child_lina"),
        ("guardian", "child_adam"),
        ("atsem", "child_two_one"),
        ("head_far", "child_adam"),
    ):
        with pytest.raises(Refused):
            write(world, who, (child,))
    with pytest.raises(Refused):
        write(world, "teacher", ("child_adam", "child_ulis"))  # one of them is of another class
    assert not Page.objects.exists()


def test_one_act_writes_in_several_notebooks_and_twice_sent_is_written_once(world, client):
    sent = {
        "children": [world.people["child_adam"].pk, world.people["child_lina"].pk], "title": "La peinture",
        "pictures": SimpleUploadedFile("photo.jpg", encoded(drawing())), "once": uuid.uuid4(), "act": "show",
    }  # fmt: skip
    room = world.classrooms["cpb"]
    for _ in range(2):
        sent["pictures"].seek(0)
        assert post(world, client, "teacher", "page_create", room, **sent).status_code == 302
    assert {page.child.first_name for page in Page.objects.all()} == {"Child"} and Page.objects.count() == 2
    one, other = Piece.objects.order_by("id")
    assert one.name != other.name and default_storage.exists(one.path) and default_storage.exists(other.small_path)
    page = Page.objects.get(child=world.people["child_adam"])
    actions.withdraw_page(person=world.people["teacher"], page=page, now=now())
    assert get(world, client, "guardian", "piece", page.pieces.get()).status_code == 404
    other_family = get(world, client, "guardian_other_family", "child_notebook", world.people["child_lina"])
    assert "La peinture" in other_family.content.decode()


def test_the_last_words_of_one_sending_stay_for_each_child_chosen(world, client):
    """A page that was slow to answer is corrected, and sent again."""
    adam, lina = (world.people[name] for name in ("child_adam", "child_lina"))
    room, sent = world.classrooms["cpb"], {"once": uuid.uuid4(), "title": "La peinture"}
    both = {"act": "show", "text": "Il mélange.", "children": [adam.pk, lina.pk]}
    for more in ({"act": "draft"}, {"act": "show"}, both):
        post(world, client, "teacher", "page_create", room, **{"children": [adam.pk]} | sent | more)
    found = {page.child_id: page for page in Page.objects.all()}
    assert found.keys() == {adam.pk, lina.pk} and Page.objects.count() == 2
    assert {(page.text, page.state) for page in found.values()} == {("Il mélange.", State.APPROVED)}
    late = post(world, client, "teacher", "page_create", room, **sent | both | {"text": "Il peint."})
    assert late.status_code == 422 and "Il peint." in late.text, "changed since: what was typed stays"


def test_what_is_added_to_one_sending_is_there_once(world, monkeypatch):
    monkeypatch.setattr("preau.media.actions.files.enqueue", lambda *words: None)
    once = uuid.uuid4()
    for pieces in ([photo()], [photo(), voice()], [photo(), voice()]):
        page = write(world, once=once, pieces=pieces, to=State.DRAFT)[0]
        page.pieces.filter(sort=Piece.Sort.VOICE).update(weight=900)  # written again
    assert sorted(page.pieces.values_list("sort", flat=True)) == ["photo", "voice"]
    other, once = dataclasses.replace(voice(), made=Document("mp3", b"une autre", is_raw=True)), uuid.uuid4()
    write(world, once=once, pieces=[voice()], to=State.DRAFT)
    with pytest.raises(Conflict, match="une seule voix"):  # said: what was recorded second is not lost in silence
        write(world, once=once, pieces=[other], to=State.DRAFT)


def test_the_notebook_follows_the_child_to_another_school_of_the_city(world, client):
    former = write(world)[0]
    adam, there = world.people["child_adam"], world.classrooms["saules_cm2"]
    Enrolment.objects.filter(pupil=adam).update(ends_on=TODAY - datetime.timedelta(days=1))
    Enrolment.objects.create(pupil=adam, school=there.school, classroom=there, level="CM2", starts_on=TODAY)
    after = write(world, "teacher_other_school", title="Après")[0]
    new = {"teacher_other_school", "head_other_school", "guardian", "guardian_coparent"}
    assert readers(world, former) == new and readers(world, after) == new  # who had the child before reads no more
    far = Classroom.objects.get(pk=world.classrooms["loin_cm2"].pk)
    Enrolment.objects.filter(pupil=adam, ends_on=None).delete()
    Enrolment.objects.create(pupil=adam, school=far.school, classroom=far, level="CM2", starts_on=TODAY)
    assert readers(world, former) == {"guardian", "guardian_coparent"}


def test_while_a_class_is_stopped_nothing_is_shown_and_what_is_written_is_kept(world, client):
    page = write(world)[0]
    room = world.classrooms["cpb"]
    spaces.stop_place(person=world.people["head"], place=room, readers=["families"], why=Stop.Why.CHECK, now=now())
    read = get(world, client, "guardian", "child_notebook", page.child).content.decode()
    assert ADAM not in read and "Pour le moment" in read
    sent = {"children": [page.child.pk], "title": "Pendant", "act": "show", "once": uuid.uuid4()}
    told = post(world, client, "teacher", "page_create", room, **sent)
    assert told.status_code == 302 and Page.objects.get(title="Pendant").state == State.DRAFT
    with pytest.raises(Conflict):
        actions.approve_page(person=world.people["teacher"], page=Page.objects.get(title="Pendant"), now=now())


def test_bad_input_is_told_in_a_sentence_and_loses_nothing(world, client):
    room, adam = world.classrooms["cpb"], world.people["child_adam"]
    huge = SimpleUploadedFile("photo.png", png_of(12_500, 8_000))  # 100 megapixels
    told = post(
        world, client, "teacher", "page_create", room, children=[adam.pk], text="Gardé", pictures=huge, act="show"
    )
    assert told.status_code == 422 and "trop" in told.content.decode() and "Gardé" in told.content.decode()
    word = "Il a réussi\u000b\uf0b7 à compter\u2028à mesurer\u00ad\u0007"
    post(world, client, "teacher", "page_create", room, children=[adam.pk], text=word, act="show", once=uuid.uuid4())
    assert Page.objects.get().text == "Il a réussi\n• à compter\nà mesurer"
    empty = post(world, client, "teacher", "page_create", room, children=[adam.pk], act="show")
    assert empty.status_code == 422 and "Rien n’est sur cette page" in empty.content.decode()
    nobody = post(world, client, "teacher", "page_create", room, text="Gardé", act="show").content.decode()
    assert "cochez au moins un nom" in nobody and "Gardé" in nobody


def test_a_voice_is_heard_once_it_is_written_again(world, client, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr("preau.media.actions.files.enqueue", lambda *words: None)
    monkeypatch.setattr(voices, "programme", lambda: "/usr/bin/ffmpeg")
    monkeypatch.setattr(voices, "write_again", lambda content, most: (b"\xff\xf3" + bytes(900), 3))
    page = write(world, pieces=[voice()])[0]
    piece = page.pieces.get()
    assert get(world, client, "guardian", "piece", piece).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.settle_pieces(now=now()) == 1
    assert get(world, client, "guardian", "piece", piece)["Content-Type"] == "audio/mpeg"
    assert not default_storage.exists(piece.raw_path)


def test_what_an_account_showed_is_recalled_with_the_rest(world):
    page = write(world)[0]
    head, teacher = world.people["head"], world.people["teacher"]
    spaces.recall_since(person=head, author=teacher, since=now() - datetime.timedelta(hours=1), now=now())
    page.refresh_from_db()
    assert page.state == State.WITHDRAWN and "guardian" not in readers(world, page)
    actions.restore_page(person=teacher, page=page, now=now())
    assert "guardian" in readers(world, page)


def test_pages_cost_the_same_however_many_they_are(world, client, django_assert_max_num_queries):
    room, adam, pupil = world.classrooms["cpb"], world.people["child_adam"], world.people["pupil_cm2"]
    for count in (1, 4):
        for _ in range(count):
            write(world, children=("child_adam", "child_lina"), pieces=[photo()])
            write_own(world)
        for who, name, *about in (
            ("guardian", "child_notebook", adam),
            ("teacher", "classroom_notebooks", room),
            ("pupil_cm2", "mine"),
            ("teacher", "notebook", adam),
            ("teacher_other_class", "notebook", pupil),
            ("teacher", "page_create", room),
            ("guardian", "takeaway", adam),
        ):
            world.sign_in(client, who)
            with django_assert_max_num_queries(10):
                client.get(reverse(f"portfolio:{name}", args=[each.pk for each in about]))
    assert len(queries.grid(room, rules.pages_visible_to(world.people["teacher"], TODAY), TODAY)) == 2


def test_a_voice_goes_with_its_words_to_a_child_who_reads_what_is_said(world, client, monkeypatch):
    monkeypatch.setattr("preau.media.voices.programme", lambda: "/usr/bin/ffmpeg")
    monkeypatch.setattr("preau.media.voices.write_again", lambda content, most: (b"\xff\xf3" + bytes(900), 3))
    (page,) = write(world, pieces=[voice()], to=State.DRAFT)
    PupilDisplay.objects.create(pupil=world.people["child_adam"], has_subtitles=True)
    with pytest.raises(Conflict, match="lit ce qui se dit"):
        actions.approve_page(person=world.people["teacher"], page=page, now=now())
    edit = reverse("portfolio:page_edit", args=[page.pk])
    sent = {"title": "Ma voix", "version": page.version, "heard": "Je compte.", "act": "send"}
    assert world.sign_in(client, "teacher").post(edit, sent).status_code == 302
    page.refresh_from_db()
    assert page.state == State.APPROVED and page.pieces.get().heard == "Je compte."
    assert "Je compte." in client.get(edit).content.decode()
    answer = client.post(edit, sent | {"version": page.version, "heard": " "})  # a family reads it: asked at once
    assert answer.status_code == 422 and "lit ce qui se dit" in answer.content.decode()
    assert page.pieces.get().heard == "Je compte."
