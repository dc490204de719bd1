"""Documents and voices joined to a post: who joins them, who opens them, where they do not go."""

import datetime

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from preau.ent.posts import accords, actions, rules
from preau.ent.posts.models import MOST_FILES, PostFile, Scope
from preau.kit.answers import Conflict, Refused
from preau.media import voices
from preau.media.documents import Document
from preau.media.models import Accord
from preau.schools.models import PupilDisplay
from preau.spaces import actions as spaces
from tests.ent.posts.test_accords import agree
from tests.ent.posts.test_actions import NOW, place_for, publish
from tests.media.test_documents import plain
from tests.world import TODAY

SENT = (Document("pdf", b"%PDF-une affiche", 1), "Affiche")


def join(world, post, *files, who="teacher", **more):
    return actions.join_files(person=world.people[who], post=post, files=files or [SENT], **{"now": NOW} | more)


def opened_by(world, file):
    """Those who get its bytes."""
    url = reverse("posts:post_file", args=[file.pk])
    return {who for who in world.actors() if world.sign_in(Client(), who).get(url).status_code == 200}


def test_a_teacher_joins_a_document_and_its_families_open_it(world, client):
    post = publish(world, text="L’affiche de la fête.")
    page = reverse("posts:post_files", args=[post.pk])
    world.sign_in(client, "teacher")
    assert page in client.get(reverse("posts:post_detail", args=[post.pk])).content.decode()
    assert client.post(page, {"files": SimpleUploadedFile("Affiche de la fête.pdf", plain())}).status_code == 302
    file = PostFile.objects.get()
    assert (file.label, file.kind, file.school) == ("Affiche de la fête", "pdf", world.schools["tilleuls"])
    world.sign_in(client, "guardian")
    life = client.get(reverse("portal:classroom_life", args=[world.classrooms["cpb"].pk])).content.decode()
    assert "1\u00a0fichier joint" in life
    shown = client.get(reverse("posts:post_detail", args=[post.pk])).content.decode()
    assert reverse("posts:post_file", args=[file.pk]) in shown and page not in shown
    readers = {"teacher", "head", "supply", "guardian", "guardian_coparent", "guardian_other_family"}
    strangers = {"guardian_restricted", "guardian_other_class", "guardian_other_school", "teacher_other_class"}
    found = opened_by(world, file)
    assert readers <= found and not strangers & found
    spaces.withdraw(person=world.people["teacher"], publication=post.publication, now=NOW)
    assert client.get(reverse("posts:post_file", args=[file.pk])).status_code == 404


def test_who_joins_and_takes_out(world, client):
    post = publish(world)
    for who in ("head", "guardian", "teacher_other_class", "aesh"):
        with pytest.raises(Refused):
            join(world, post, who=who)
    join(world, post, *[SENT] * MOST_FILES)
    with pytest.raises(Conflict, match="au plus"):
        join(world, post)
    file = PostFile.objects.first()
    url = reverse("posts:file_removal", args=[file.pk])
    assert world.sign_in(client, "guardian").post(url).status_code == 403
    assert world.sign_in(client, "guardian_other_class").post(url).status_code == 404
    assert world.sign_in(client, "teacher").post(url).status_code == 302
    assert PostFile.objects.count() == MOST_FILES - 1


def test_nothing_is_joined_to_what_leaves_the_school(world):
    public = publish(world, "head", Scope.PUBLIC, text="La fête est ouverte à tous.")
    with pytest.raises(Refused, match="dans l’école"):
        join(world, public, who="head")
    city = publish(world, "city_education", Scope.CITY, text="La Ville vous dit bonjour.")
    with pytest.raises(Refused, match="dans l’école"):
        join(world, city, who="city_education")


def test_a_voice_goes_out_with_the_accords_or_the_author_s_word(world, client, monkeypatch):
    monkeypatch.setattr(voices, "programme", lambda: "/usr/bin/true")
    post, wave = publish(world), b"RIFF\x00\x00\x00\x00WAVE" + bytes(200)
    url = reverse("posts:post_files", args=[post.pk])
    world.sign_in(client, "teacher")
    assert "La voix de ces enfants" in client.get(url).content.decode()
    with pytest.raises(Refused, match="leur voix"):
        join(world, post, (Document("mp3", wave, is_raw=True), "Chant"))
    refused = client.post(url, {"recording": SimpleUploadedFile("chant.wav", wave)})
    assert refused.status_code == 422 and not PostFile.objects.exists()
    sent = {"recording": SimpleUploadedFile("chant.wav", wave), "no_voice": "on"}
    assert client.post(url, sent).status_code == 302
    file = PostFile.objects.get()
    assert file.kind == "mp3" and file.ready_at is None
    assert world.sign_in(client, "guardian").get(reverse("posts:post_file", args=[file.pk])).status_code == 404
    agree(world, kinds=(Accord.Kind.VOICE,))
    assert "La voix de ces enfants" not in world.sign_in(client, "teacher").get(url).content.decode()
    assert client.post(url, {"recording": SimpleUploadedFile("chant.wav", wave)}).status_code == 302


def test_a_voice_goes_with_its_words_to_a_class_where_one_reads_what_is_said(world, client, monkeypatch):
    monkeypatch.setattr(voices, "programme", lambda: "/usr/bin/true")
    agree(world, kinds=(Accord.Kind.VOICE,))
    PupilDisplay.objects.create(pupil=world.people["child_adam"], has_subtitles=True)
    wave = b"RIFF\x00\x00\x00\x00WAVE" + bytes(200)
    url = reverse("posts:post_files", args=[publish(world).pk])

    def send(**sent):
        return client.post(url, {"recording": SimpleUploadedFile("chant.wav", wave)} | sent)

    world.sign_in(client, "teacher")
    refused = send(heard=" ")
    assert refused.status_code == 422 and accords.NOT_WRITTEN in refused.content.decode()
    assert "Ce texte va avec une voix" in client.post(url, {"heard": "On chante."}).content.decode()
    assert send(heard=" On chante. ").status_code == 302
    assert PostFile.objects.get().heard == "On chante."
    assert "On chante." in client.get(url).content.decode()


def test_a_draft_that_is_thrown_away_leaves_no_file(world, django_capture_on_commit_callbacks):
    person, place = world.people["teacher"], place_for(world, Scope.CLASS)
    post = actions.write_post(person=person, place=place, scope=Scope.CLASS, text="Brouillon", now=NOW)
    join(world, post)
    path = PostFile.objects.get().path
    assert default_storage.exists(path)
    with django_capture_on_commit_callbacks(execute=True):
        actions.discard_draft(person=person, post=post, now=NOW)
    assert not default_storage.exists(path)


def test_a_bad_file_says_why_and_keeps_nothing(world, client):
    post = publish(world)
    url = reverse("posts:post_files", args=[post.pk])
    world.sign_in(client, "teacher")
    empty = client.post(url)
    assert empty.status_code == 422 and "Rien n’est choisi" in empty.content.decode()
    wrong = client.post(url, {"files": SimpleUploadedFile("photo.pdf", b"MZ une application")})
    assert wrong.status_code == 422 and not PostFile.objects.exists()


def test_an_image_is_not_a_document_it_follows_the_accords(world):
    with pytest.raises(Conflict, match="accords de diffusion"):
        join(world, publish(world), (Document("webp", b"RIFF une photo"), "La classe"))


def test_an_accord_for_the_voice_taken_back_is_heard_of_by_who_joined_it(world, client, monkeypatch):
    monkeypatch.setattr(voices, "programme", lambda: "/usr/bin/true")
    voice = (Document("mp3", b"RIFF\x00\x00\x00\x00WAVE" + bytes(200), is_raw=True), "Chant")
    person, place = world.people["teacher"], place_for(world, Scope.CLASS)
    draft = actions.write_post(person=person, place=place, scope=Scope.CLASS, text="Notre chant.", now=NOW)
    agree(world, kinds=(Accord.Kind.VOICE,), now=NOW)
    post = publish(world)
    for one in (post, draft):
        join(world, one, voice)
    settled = {"cleared_at": NOW, "ready_at": NOW, "refused_at": None, "refusal": ""}
    PostFile.objects.update(**settled)
    page = reverse("posts:post_detail", args=[post.pk])
    assert "plus d’accord pour la voix" not in world.sign_in(client, "teacher").get(page).content.decode()
    agree(world, kinds=(Accord.Kind.VOICE,), answer=Accord.Answer.NO, now=NOW + datetime.timedelta(minutes=1))
    told = client.get(page).content.decode()
    assert "plus d’accord pour la voix" in told and world.people["child_adam"].first_name in told
    for who in (person, world.people["head"]):
        assert list(rules.posts_awaiting(who, TODAY, NOW).filter(publication__state="published")) == [post], who
    assert "plus d’accord pour la voix" not in world.sign_in(client, "guardian").get(page).text
    join(world, draft, voice, now=NOW + datetime.timedelta(minutes=2), is_declared=True)
    PostFile.objects.update(**settled)
    with pytest.raises(Refused, match="réécoutez-le"):  # the first one was not listened to again
        actions.publish_draft(person=person, post=draft, now=NOW + datetime.timedelta(minutes=2))
    actions.declare_again(person=person, post=post, now=NOW + datetime.timedelta(minutes=2))
    assert "plus d’accord pour la voix" not in world.sign_in(client, "teacher").get(page).content.decode()
