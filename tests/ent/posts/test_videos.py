"""The video of a post: who joins it, who sees it, what is said when it cannot be shown."""

import io
from urllib.parse import urlsplit

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from preau.ent.posts import accords, actions, rules, tasks
from preau.ent.posts.models import PostVideo, Scope
from preau.kit.answers import Conflict, Refused
from preau.kit.pages.pupils import Arrangement
from preau.media import videos
from preau.media.documents import NotADocument
from preau.media.models import Accord
from preau.media.queries import weight_of_school
from preau.schools import actions as displays
from preau.schools.models import PupilDisplay
from preau.spaces import actions as spaces
from tests.ent.posts.test_accords import agree
from tests.ent.posts.test_actions import NOW, place_for, publish
from tests.media.samples import drawing, encoded

SENT = b"\x00\x00\x00\x18ftypisom" + bytes(300)
FILM = videos.Film(b"un film" * 2000, 42, 854, 480, encoded(drawing(), "WEBP"))


@pytest.fixture(autouse=True)
def camera(monkeypatch):
    """A machine where every video is good, and becomes FILM; a test says otherwise. The job is played by hand."""
    said = {"film": FILM}

    def write_again(file):
        assert file.read() == SENT
        if isinstance(said["film"], str):
            raise NotADocument(said["film"])
        return said["film"]

    monkeypatch.setattr(videos, "programme", lambda: "/usr/bin/true")
    monkeypatch.setattr(videos, "_look", lambda file, kind: (42, 1920, 1080))
    monkeypatch.setattr(videos, "write_again", write_again)
    monkeypatch.setattr("preau.media.actions.settle_soon", lambda **job: None)
    return said


def filmed(name="chorale.mp4", content=SENT):
    return SimpleUploadedFile(name, content)


def join(world, post, who="teacher", **more):
    document = videos.take(filmed(), "chorale.mp4")
    return actions.join_video(person=world.people[who], post=post, document=document, now=NOW, **more)


def settle(video=None):
    video = video or PostVideo.objects.get()
    return tasks.settle_file.func(video._meta.label, str(video.pk))


def shown(client, post):
    return client.get(reverse("posts:post_detail", args=[post.pk])).content.decode()


def seen_by(world, address):
    found = {who: world.sign_in(Client(), who).get(address) for who in world.actors()}
    for answer in found.values():
        answer.getvalue()  # a file that is sent is closed once it is read
    return {who for who, answer in found.items() if answer.status_code == 200}


def test_a_video_is_in_preparation_then_seen_by_who_reads_the_post(
    world, client, settings, django_capture_on_commit_callbacks
):
    post = publish(world, text="La chorale.")
    page = reverse("posts:video_edit", args=[post.pk])
    world.sign_in(client, "teacher")
    assert page in client.get(reverse("posts:post_files", args=[post.pk])).content.decode()
    asked = client.get(page).content.decode()
    assert "n’ont pas d’accord" in asked and "La voix de ces enfants" in asked
    said = {"heard": "On chante <b>fort</b>.", "no_child": "on", "no_voice": "on"}
    assert client.post(page, {"video": filmed(), **said}).status_code == 302
    assert "La vidéo est en préparation" in shown(client, post)
    video = PostVideo.objects.get()
    addresses = [reverse(f"posts:{name}", args=[video.pk]) for name in ("post_video", "video_poster")]
    world.sign_in(client, "guardian")
    assert "préparation" not in shown(client, post) and client.get(addresses[0]).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        assert settle() and not settle()
    assert default_storage.exists(video.path) and not default_storage.exists(video.raw_path)  # what was sent is gone
    html = shown(client, post)
    assert '<video controls preload="none" width="854" height="480"' in html and "autoplay" not in html
    assert f'src="{addresses[0]}"' in html and f'poster="{addresses[1]}"' in html
    assert "On chante &lt;b&gt;fort&lt;/b&gt;." in html and page not in html
    life = client.get(reverse("portal:classroom_life", args=[world.classrooms["cpb"].pk])).content.decode()
    assert "Vidéo, 42\u00a0secondes" in " ".join(life.split("\n  ")).replace("  ", " ")
    readers = {"teacher", "head", "supply", "guardian", "guardian_coparent", "guardian_other_family"}
    strangers = {"guardian_restricted", "guardian_other_class", "guardian_other_school", "teacher_other_class"}
    for address in addresses:
        found = seen_by(world, address)
        assert readers <= found and not strangers & found
    settings.FILES_ORIGIN = "https://fichiers.example.org"
    host = Client(headers={"host": "fichiers.example.org"})
    own = [urlsplit(client.get(address)["Location"]).path for address in addresses]
    given = [host.get(path) for path in own]
    assert [each.getvalue()[:4] for each in given] == [b"un f", b"RIFF"]
    spaces.withdraw(person=world.people["teacher"], publication=post.publication, now=NOW)
    assert [client.get(address).status_code for address in addresses] == [404, 404]
    assert [host.get(path).status_code for path in own] == [404, 404]  # asked again there


def test_a_telephone_is_given_the_part_it_asks_without_the_rest_being_read(world, client):
    join(world, publish(world), is_declared=True)
    settle()
    address = reverse("posts:post_video", args=[PostVideo.objects.get().pk])
    world.sign_in(client, "guardian")
    whole = FILM.content
    for asked, status, got, told in (
        (None, 200, whole, None),
        ("bytes=0-1", 206, whole[:2], f"bytes 0-1/{len(whole)}"),
        ("bytes=9000-", 206, whole[9000:], f"bytes 9000-13999/{len(whole)}"),
        ("bytes=-3", 206, whole[-3:], f"bytes 13997-13999/{len(whole)}"),
        ("bytes=99999-", 416, b"", f"bytes */{len(whole)}"),
    ):
        given = client.get(address, headers={"range": asked} if asked else {})
        assert given.streaming and b"".join(given.streaming_content) == got, asked
        assert (given.status_code, given.get("Content-Range")) == (status, told)
        assert (given["Content-Length"], given["Accept-Ranges"]) == (str(len(got)), "bytes")
    assert given["Content-Type"] == "video/mp4" and given["Content-Disposition"].startswith("inline")


def test_a_video_goes_out_with_both_accords_or_the_author_s_word(world, client):
    post = publish(world)
    page = reverse("posts:video_edit", args=[post.pk])
    world.sign_in(client, "teacher")
    for said in ({}, {"no_child": "on"}, {"no_voice": "on"}):
        refused = client.post(page, {"video": filmed(), "heard": "La chanson.", **said})
        assert refused.status_code == 422 and "La chanson." in refused.content.decode()
    for kind, why in ((None, "leur image"), (Accord.Kind.IMAGE, "leur voix")):
        if kind:
            agree(world, kinds=(kind,))
        with pytest.raises(Refused, match=why):
            join(world, post)
    assert not PostVideo.objects.exists()
    agree(world, kinds=(Accord.Kind.VOICE,))
    asked = client.get(page).content.decode()
    assert "no_child" not in asked and "no_voice" not in asked
    assert client.post(page, {"video": filmed()}).status_code == 302
    # A guardian takes an accord back: its author is asked to look at the video again, as at a photo.
    assert accords.taken_from(post, Accord.Kind, localdate(NOW)) == {kind: [] for kind in Accord.Kind}
    agree(world, kinds=(Accord.Kind.IMAGE,), answer=Accord.Answer.NO)
    assert "À revoir" in shown(client, post)
    for who in ("teacher", "head"):
        assert list(rules.posts_awaiting(world.people[who], localdate(NOW))) == [post], who


def test_who_joins_takes_out_and_one_video_at_a_time(world, client):
    post = publish(world)
    for who in ("head", "guardian", "teacher_other_class", "aesh"):
        with pytest.raises(Refused):
            join(world, post, who, is_declared=True)
    video = join(world, post, is_declared=True)
    with pytest.raises(Conflict, match="déjà sa vidéo"):
        join(world, post, is_declared=True)
    page, removal = (reverse(f"posts:video_{act}", args=[post.pk]) for act in ("edit", "removal"))
    world.sign_in(client, "teacher")
    assert client.post(page, {"heard": "Des rires."}).status_code == 302
    video.refresh_from_db()
    assert video.heard == "Des rires." and weight_of_school(video.school_id) == len(SENT)
    assert world.sign_in(client, "guardian").post(removal).status_code == 403
    assert world.sign_in(client, "guardian_other_class").post(removal).status_code == 404
    assert world.sign_in(client, "teacher").post(removal).status_code == 302
    assert not PostVideo.objects.exists()
    with pytest.raises(Refused, match="dans l’école"):
        join(world, publish(world, "head", Scope.PUBLIC, text="Ouvert à tous."), "head", is_declared=True)


def test_a_video_that_cannot_be_prepared_is_told_to_its_author_and_the_text_is_kept(
    world, client, camera, django_capture_on_commit_callbacks
):
    post = publish(world, text="La chorale.")
    video = join(world, post, is_declared=True, heard="La chanson.")
    camera["film"] = videos.TOO_LONG
    with django_capture_on_commit_callbacks(execute=True):
        settle()
    assert not any(default_storage.exists(path) for path in video.paths)
    world.sign_in(client, "teacher")
    assert videos.TOO_LONG in shown(client, post)
    assert "Une vidéo n’a pas pu être préparée" in client.get("/aujourdhui/").content.decode()
    page = reverse("posts:video_edit", args=[post.pk])
    assert "La chanson." in client.get(page).content.decode()
    assert "La chorale." in shown(world.sign_in(client, "guardian"), post) and videos.TOO_LONG not in shown(
        client, post
    )
    world.sign_in(client, "teacher")
    camera["film"] = FILM
    assert client.post(page, {"video": filmed(), "no_child": "on", "no_voice": "on"}).status_code == 302
    assert settle() and "<video" in shown(client, post)
    assert "Une vidéo n’a pas pu être préparée" not in client.get("/aujourdhui/").content.decode()


def test_a_job_killed_half_way_begins_again_and_leaves_one_video(world, django_capture_on_commit_callbacks):
    video = join(world, publish(world), is_declared=True)
    default_storage.save(video.path, io.BytesIO(b"la moiti"))  # what a killed worker had time to write
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.settle_files(now=NOW) == 1 and actions.settle_files(now=NOW) == 0
    video.refresh_from_db()
    with default_storage.open(video.path) as kept:
        assert kept.read() == FILM.content
    assert video.weight == len(FILM.content) and not default_storage.exists(video.raw_path)


def test_a_draft_that_is_thrown_away_leaves_nothing_of_its_video(world, django_capture_on_commit_callbacks):
    person, place = world.people["teacher"], place_for(world, Scope.CLASS)
    post = actions.write_post(person=person, place=place, scope=Scope.CLASS, text="Brouillon", now=NOW)
    video = join(world, post, is_declared=True)
    settle()
    with django_capture_on_commit_callbacks(execute=True):
        actions.discard_draft(person=person, post=post, now=NOW)
    assert not any(default_storage.exists(path) for path in video.paths)


def test_a_draft_whose_video_nobody_vouched_for_is_asked_about_before_it_goes_out(world, client):
    agree(world, kinds=(Accord.Kind.IMAGE, Accord.Kind.VOICE))
    person, place = world.people["teacher"], place_for(world, Scope.CLASS)
    post = actions.write_post(person=person, place=place, scope=Scope.CLASS, text="Brouillon", now=NOW)
    join(world, post)
    agree(world, kinds=(Accord.Kind.IMAGE,), answer=Accord.Answer.NO)
    with pytest.raises(Refused, match="leur image"):
        actions.publish_draft(person=person, post=post, now=NOW)
    world.sign_in(client, "teacher")
    assert "sur cette vidéo" in shown(client, post)
    actions.publish_draft(person=person, post=post, now=NOW, no_child_declared=True)


def test_a_bad_file_says_why_and_keeps_what_was_typed(world, client, monkeypatch):
    post = publish(world)
    page = reverse("posts:video_edit", args=[post.pk])
    world.sign_in(client, "teacher")
    monkeypatch.setattr(videos, "MOST_MEGABYTES", 0)
    for sent, why in (
        (None, "Rien n’est choisi"),
        (filmed(), videos.TOO_HEAVY),
    ):
        given = {"heard": "La chanson.", "no_child": "on", "no_voice": "on"} | ({"video": sent} if sent else {})
        answer = client.post(page, given)
        assert answer.status_code == 422 and why in answer.content.decode()
        assert "La chanson." in answer.content.decode() and not PostVideo.objects.exists()


def test_the_same_in_lsf_is_joined_after_publication_and_seen_by_the_same_people(world, client):
    post = publish(world, text="La chorale.")
    first = join(world, post, is_declared=True)
    settle(first)
    page, edit = reverse("posts:lsf_edit", args=[post.pk]), reverse("posts:video_edit", args=[post.pk])
    world.sign_in(client, "teacher")
    html = shown(client, post)
    assert page in html and "#en-lsf" not in html and "films.js" not in html
    assert page in client.get(edit).content.decode()
    asked = client.get(page).content.decode()
    assert "Joindre la même en LSF" in asked and "La voix de ces enfants" in asked
    assert client.post(page, {"video": filmed(), "no_child": "on"}).status_code == 422  # as any video: both accords
    assert client.post(page, {"video": filmed(), "no_child": "on", "no_voice": "on"}).status_code == 302
    lsf = PostVideo.objects.get(is_in_lsf=True)
    world.sign_in(client, "guardian")
    assert "LSF" not in shown(client, post)  # until it is ready
    assert settle(lsf)
    html = shown(client, post)
    assert 'href="#en-lsf"' in html and 'class="stack stack-3 until-asked" id="en-lsf"' in html
    addresses = [reverse("posts:post_video", args=[video.pk]) for video in (first, lsf)]
    assert html.index(addresses[0]) < html.index(addresses[1]) and "autoplay" not in html
    assert html.count('preload="none"') == 2 and html.count("data-moves") == 1 and "posts/films" in html
    assert f'data-poster="{reverse("posts:video_poster", args=[lsf.pk])}"' in html  # not fetched before it is asked
    life = client.get(reverse("portal:classroom_life", args=[world.classrooms["cpb"].pk])).content.decode()
    assert "aussi en LSF" in life
    assert seen_by(world, addresses[0]) == seen_by(world, addresses[1]) >= {"guardian", "teacher"}
    agree(world, kinds=(Accord.Kind.IMAGE,))
    first.delete()  # alone, it is a video like any other, to look at again when an accord is taken back
    agree(world, kinds=(Accord.Kind.IMAGE,), answer=Accord.Answer.NO)
    assert "À revoir" in shown(world.sign_in(client, "teacher"), post)


def test_the_same_in_lsf_needs_its_video_and_goes_with_it(world, client, camera, django_capture_on_commit_callbacks):
    post = publish(world)
    page = reverse("posts:lsf_edit", args=[post.pk])
    world.sign_in(client, "teacher")
    assert client.get(page)["Location"] == reverse("posts:video_edit", args=[post.pk])
    with pytest.raises(Conflict, match="la vidéo elle-même"):
        join(world, post, is_declared=True, is_in_lsf=True)
    first = join(world, post, is_declared=True)
    settle(first)
    refused = join(world, post, is_declared=True, is_in_lsf=True)
    camera["film"] = videos.TOO_LONG
    settle(refused)
    assert videos.TOO_LONG in shown(client, post)
    today = client.get("/aujourdhui/").content.decode()
    assert today.count("Une vidéo n’a pas pu être préparée") == 1
    camera["film"] = FILM
    lsf = join(world, post, is_declared=True, is_in_lsf=True)  # in its place
    settle(lsf)
    with pytest.raises(Conflict, match="déjà la même en LSF"):
        join(world, post, is_declared=True, is_in_lsf=True)
    removal = reverse("posts:lsf_removal", args=[post.pk])
    assert world.sign_in(client, "guardian").post(removal).status_code == 403
    world.sign_in(client, "teacher")
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(removal).status_code == 302
    assert PostVideo.objects.get() == first and not default_storage.exists(lsf.path)
    lsf = join(world, post, is_declared=True, is_in_lsf=True)
    settle(lsf)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("posts:video_removal", args=[post.pk]))
    assert not PostVideo.objects.exists() and not any(default_storage.exists(path) for path in lsf.paths)


def test_a_pupil_with_signs_first_sees_them_first_and_the_next_pupil_does_not(world, client):
    said = {"place": world.classrooms["cm2"], "scope": Scope.CLASS, "text": "La chorale.", "now": NOW}
    post = actions.publish_post(person=world.people["teacher_other_class"], **said)
    first = join(world, post, "teacher_other_class", is_declared=True)
    lsf = join(world, post, "teacher_other_class", is_declared=True, is_in_lsf=True)
    settle(first)
    settle(lsf)
    addresses = [reverse("posts:post_video", args=[video.pk]) for video in (lsf, first)]
    world.sign_in(client, "pupil_cm2")
    html = shown(client, post)
    assert html.index(addresses[1]) < html.index(addresses[0]) and "#en-lsf" in html
    displays.arrange_display(
        person=world.people["teacher_other_class"],
        pupil=world.people["pupil_cm2"],
        arrangement=Arrangement(signs_first=True),
        now=NOW,
    )
    html = shown(client, post)
    assert html.index(addresses[0]) < html.index(addresses[1])
    assert "#en-lsf" not in html and "until-asked" not in html


@pytest.mark.parametrize("help_given", ("has_subtitles", "signs_first"))
def test_a_video_goes_with_its_words_to_a_class_where_one_reads_what_is_said(world, client, help_given):
    post = publish(world)
    page = reverse("posts:video_edit", args=[post.pk])
    PupilDisplay.objects.create(pupil=world.people["child_two_one"], **{help_given: True})
    world.sign_in(client, "teacher")
    assert "lit ce qui se dit" not in client.get(page).content.decode()  # another class
    PupilDisplay.objects.create(pupil=world.people["child_adam"], **{help_given: True})
    assert "lit ce qui se dit" in client.get(page).content.decode()
    refused = client.post(page, {"video": filmed(), "no_child": "on", "no_voice": "on"})
    assert refused.status_code == 422 and accords.NOT_WRITTEN in refused.content.decode()
    with pytest.raises(Conflict, match="lit ce qui se dit"):
        join(world, post, is_declared=True)
    video = join(world, post, is_declared=True, heard="On chante.")
    with pytest.raises(Conflict, match="lit ce qui se dit"):
        actions.describe_video(person=world.people["teacher"], video=video, heard=" ", now=NOW)
    join(world, post, is_declared=True, is_in_lsf=True)  # that one is not heard
