"""What a published post was before each change: kept for who answers for it, gone with it; readers read a day."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from preau.ent.posts import actions
from preau.ent.posts.models import Post, PostVersion
from preau.media.documents import Document
from preau.media.models import Picture
from preau.privacy.actions import erase_person
from preau.privacy.exports import read_tables
from preau.spaces.models import Publication
from tests.ent.posts.test_actions import NOW, picture, publish
from tests.ent.posts.test_views import life_url

READ = {"teacher": 200, "head": 200, "supply": 403, "guardian": 403, "teacher_other_class": 404}


def change(post, text, **more):
    return actions.edit_post(person=post.publication.author, post=post, text=text, now=NOW, **more)


def test_each_change_of_what_is_read_keeps_what_it_was(world, client):
    post = publish(world, text="Canari-premier", pictures=[picture("Un mur.")], question="Quoi ?")
    change(post, "Canari-premier", question="Quoi ?")  # sent as it was
    assert not PostVersion.objects.exists()
    document = (Document("pdf", b"%PDF-", 1), "Affiche")
    actions.join_files(person=post.publication.author, post=post, files=[document], now=NOW)
    change(post, "Canari-second", removed=[Picture.objects.get()], question="Qui ?")
    change(post, "Canari-dernier")
    kept = [(one.text, one.question, one.photos, one.files) for one in post.versions.order_by("id")]
    assert kept == [
        ("Canari-premier", "Quoi ?", ["Un mur."], []),
        ("Canari-premier", "Quoi ?", ["Un mur."], ["Affiche"]),
        ("Canari-second", "Qui ?", [], ["Affiche"]),
    ]
    assert {one.changed_by for one in post.versions.all()} == {world.people["teacher"]}
    for name, status in READ.items():
        response = world.sign_in(client, name).get(reverse("posts:post_history", args=[post.pk]))
        assert response.status_code == status, name
        assert (b"Canari-second" in response.content) is (status == 200), name


@pytest.mark.parametrize("days, told", [(0, ">modifié<"), (2, "modifié le")])
def test_readers_read_the_day_of_the_change_and_nothing_of_what_it_was(world, client, days, told):
    """Of a change on the day of publication, that it was changed: the day stands beside."""
    post = publish(world, text="Canari-premier")
    world.sign_in(client, "guardian")
    pages = (life_url(world), reverse("posts:post_detail", args=[post.pk]))
    assert not any("modifié le" in client.get(page).content.decode() for page in pages)
    actions.edit_post(person=world.people["teacher"], post=post, text="Canari-second", now=timezone.now())
    since = post.publication.published_at - datetime.timedelta(days=days)
    Publication.objects.filter(pk=post.publication_id).update(published_at=since)
    for page in pages:
        said = client.get(page).content.decode()
        assert told in said and "Canari-premier" not in said and "Ce que c’était avant" not in said


@pytest.mark.parametrize("undone", [False, True])
def test_a_draft_keeps_no_history_and_what_goes_takes_its_own_away(world, undone):
    teacher, cpb = world.people["teacher"], world.classrooms["cpb"]
    post = actions.write_post(person=teacher, place=cpb, scope="class", text="Brouillon", now=NOW)
    if undone:
        actions.publish_draft(person=teacher, post=post, now=NOW)
        change(post, "Lu puis changé")
        actions.undo_post(person=teacher, post=post, now=NOW)
    change(post, "Changé")
    assert PostVersion.objects.count() == undone
    actions.discard_draft(person=teacher, post=Post.objects.get(pk=post.pk), now=NOW)
    assert not PostVersion.objects.exists()


def test_what_it_was_is_given_with_their_own_copy_to_who_changed_it_and_to_nobody_else(world):
    post = publish(world, text="Canari-premier", question="Quoi ?")
    change(post, "Canari-second")

    def given(name):
        tables, _ = read_tables(world.people[name])
        rows = [row for table in tables for row in table["lignes"]]
        return [(row["texte d’avant"], row["question d’avant"]) for row in rows if "texte d’avant" in row]

    assert given("teacher") == [("Canari-premier", "Quoi ?")]
    assert not any(given(name) for name in ("head", "supply", "guardian", "pupil_cm2"))
    erase_person(subject=world.people["teacher"], person=None, now=timezone.now())
    left = PostVersion.objects.get()  # the class keeps its life when its teacher leaves
    assert (left.text, left.changed_by) == ("Canari-premier", None)
