"""What is confirmed is what the head read; what is changed is judged as it is, not as a page showed it."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from preau.ent.posts import actions
from preau.ent.posts.models import Post, Scope
from preau.ent.posts.views import verbs
from preau.journal.models import Entry
from preau.kit.answers import Conflict
from preau.media import fields
from preau.media.models import Picture
from preau.spaces.models import Publication
from tests.ent.posts.test_actions import NOW, confirm, picture, publish
from tests.ent.posts.test_views import photo


def propose(world, **more):
    return publish(world, scope=Scope.PUBLIC, text="Le jardin est planté.", **more)


def change_meanwhile(world, post, **changes):
    """The teacher takes the proposal back, changes it, proposes it again."""
    teacher, post = world.people["teacher"], Post.objects.get(pk=post.pk)
    actions.undo_post(person=teacher, post=post, now=NOW)
    actions.edit_post(person=teacher, post=post, text=changes.pop("text", post.text), now=NOW, **changes)
    actions.publish_draft(person=teacher, post=post, now=NOW)


def read_by_the_head(world, client, post):
    """The page the head has open: the button's address and what it carries."""
    page = world.sign_in(client, "head").get(reverse("posts:post_detail", args=[post.pk])).content.decode()
    return re.search(r'name="seen" value="([^"]+)"', page).group(1)


@pytest.mark.parametrize(
    "changes, said",
    [
        ({"text": "Un tout autre texte."}, "le texte"),
        ({"added": True, "no_child_declared": True}, "les photos"),
        ({"text": "Autre.", "added": True, "no_child_declared": True}, "le texte et les photos"),
    ],
)
def test_the_head_confirms_what_they_read_or_is_shown_it_again(world, client, changes, said):
    post = propose(world)
    seen = read_by_the_head(world, client, post)
    if changes.get("added"):
        changes = changes | {"added": [picture()]}
    change_meanwhile(world, post, **changes)
    address = reverse("posts:confirmation_create", args=[post.pk])
    page = client.post(address, {"seen": seen}, follow=True).content.decode()
    assert f"depuis que vous l’avez ouverte\u00a0: {said}. Relisez, puis décidez." in page
    post.refresh_from_db()
    assert post.publication.state == "waiting" and post.confirmed_at is None
    assert not Entry.objects.filter(verb="confirm_post").exists()
    # What is shown now can be confirmed.
    assert changes.get("text", "Le jardin") in page
    client.post(address, {"seen": re.search(r'name="seen" value="([^"]+)"', page).group(1)})
    post.refresh_from_db()
    assert post.publication.state == "published" and post.confirmed_by == world.people["head"]


def test_a_photo_described_otherwise_is_another_proposal(world, client):
    post = propose(world, pictures=[picture("Un mur.")], no_child_declared=True)
    seen = read_by_the_head(world, client, post)
    change_meanwhile(world, post, described={Picture.objects.get(): "Canari-child_adam devant un mur."})
    with pytest.raises(Conflict, match="les photos"):
        actions.confirm_post(person=world.people["head"], post=post, seen=seen, now=NOW)


def test_a_button_that_says_nothing_of_what_was_read_confirms_nothing(world, client):
    post = propose(world)
    world.sign_in(client, "head").post(reverse("posts:confirmation_create", args=[post.pk]))
    post.publication.refresh_from_db()
    assert post.publication.state == "waiting"


def test_a_proposal_sent_back_and_proposed_again_unchanged_is_the_one_that_was_read(world, client):
    post = propose(world, pictures=[picture()], no_child_declared=True)
    seen = read_by_the_head(world, client, post)
    change_meanwhile(world, post)
    actions.confirm_post(person=world.people["head"], post=post, seen=seen, now=NOW)
    assert post.publication.state == "published"


@pytest.mark.parametrize("state", ["waiting", "published", "gone"])
def test_an_edit_that_was_drawing_its_photos_meanwhile_changes_nothing_that_is_public(
    world, client, monkeypatch, state
):
    """The form takes seconds; its author proposes from another page, and the head confirms."""
    teacher = world.people["teacher"]
    post = actions.write_post(
        person=teacher, place=world.schools["tilleuls"], scope=Scope.PUBLIC, text="Le jardin.", now=NOW
    )
    address, draw = reverse("posts:post_edit", args=[post.pk]), fields.images.draw_again

    def slowly(*args):
        meanwhile = Post.objects.get(pk=post.pk)
        if state == "gone":
            actions.discard_draft(person=teacher, post=meanwhile, now=NOW)
        else:
            actions.publish_draft(person=teacher, post=meanwhile, now=NOW)
        if state == "published":
            confirm(world.people["head"], Post.objects.get(pk=post.pk))
        return draw(*args)

    monkeypatch.setattr(fields.images, "draw_again", slowly)
    sent = {"text": "Un texte que personne n’a lu.", "alt1": "Un banc", "pictures": [photo()], "no_child": "on"}
    response = world.sign_in(client, "teacher").post(address, sent)
    page = response.content.decode()
    assert response.status_code == 422 and "Ce que vous avez écrit est encore là" in page
    assert "Un texte que personne n’a lu." in page and "Un banc" in page
    assert not Picture.objects.exists()
    kept = Post.objects.filter(pk=post.pk).first()
    assert (kept is None) if state == "gone" else (kept.text == "Le jardin." and kept.publication.state == state)
    assert state != "published" or kept.confirmed_by == world.people["head"]


@pytest.mark.parametrize("verb", ["withdrawal", "undo"])
def test_a_button_pressed_on_what_changed_meanwhile_shows_it_as_it_is(world, client, monkeypatch, verb):
    """Withdrawn from another page, after this one was read and before its post is locked."""
    post, read = publish(world), verbs.visible_post
    # NOW is the start of the run, and a page undoes for ten minutes.
    Publication.objects.filter(pk=post.publication_id).update(published_at=timezone.now())

    def read_then_withdrawn(*args):
        found = read(*args)
        actions.withdraw_post(person=world.people["head"], post=Post.objects.get(pk=post.pk), now=NOW)
        return found

    world.sign_in(client, "teacher")
    monkeypatch.setattr(verbs, "visible_post", read_then_withdrawn)
    shown = client.post(reverse(f"posts:{verb}_create", args=[post.pk]), follow=True)
    assert shown.status_code == 200 and "Cette publication a changé entre-temps" in shown.text
    post.publication.refresh_from_db()
    assert (post.publication.state, post.publication.withdrawn_by) == ("withdrawn", world.people["head"])


def edit_page(world, client, post):
    """The form as one tab has it: where it is sent, and what it carries besides what is typed."""
    address = reverse("posts:post_edit", args=[post.pk])
    page = world.sign_in(client, "teacher").get(address).text
    return address, {"seen": re.search(r'name="seen" value="([^"]+)"', page).group(1)}


def draft(world, **more):
    return actions.write_post(
        person=world.people["teacher"],
        place=world.classrooms["cpb"],
        scope=Scope.CLASS,
        text="Le jardin.",
        now=NOW,
        **more,
    )


def test_of_two_tabs_the_second_reads_what_the_first_kept_and_loses_nothing(world, client):
    post = draft(world)
    address, opened = edit_page(world, client, post)
    assert client.post(address, opened | {"text": "Le jardin est planté."}).status_code == 302
    refused = client.post(address, opened | {"text": "Le jardin a poussé."})
    page = refused.text
    assert refused.status_code == 422 and "a changé depuis que vous l’avez ouvert\u00a0: le texte." in page
    assert "Le jardin a poussé.</textarea>" in page and "<p>Le jardin est planté.</p>" in page
    assert "Ce que vous avez écrit est encore là" in page
    post.refresh_from_db()
    assert post.text == "Le jardin est planté."
    read = {"seen": re.search(r'name="seen" value="([^"]+)"', page).group(1)}
    assert client.post(address, read | {"text": "Le jardin est planté et a poussé."}).status_code == 302
    post.refresh_from_db()
    assert post.text == "Le jardin est planté et a poussé."


def test_a_draft_changed_in_another_tab_is_not_published_unread(world, client):
    post = draft(world)
    detail, publish_it = (reverse(f"posts:{name}", args=[post.pk]) for name in ("post_detail", "publication_create"))
    page = world.sign_in(client, "teacher").get(detail).text
    address, opened = edit_page(world, client, post)
    assert client.post(address, opened | {"text": "Le jardin, et un nom à retirer."}).status_code == 302
    for read in ({"seen": re.search(r'name="seen" value="([^"]+)"', page).group(1)}, {}):
        told = client.post(publish_it, read, follow=True).text
        assert "Rien n’est publié" in told and "Le jardin, et un nom à retirer." in told
        post.refresh_from_db()
        assert (post.publication.state, post.text) == ("draft", "Le jardin, et un nom à retirer.")
    assert client.post(publish_it, {"seen": re.search(r'name="seen" value="([^"]+)"', told).group(1)}).has_header(
        "Location"
    )
    post.refresh_from_db()
    assert post.publication.state == "published"


def test_a_photo_added_by_the_other_tab_keeps_its_description(world, client):
    post = draft(world)
    address, opened = edit_page(world, client, post)
    actions.edit_post(person=world.people["teacher"], post=post, text=post.text, added=[picture("Un mur.")], now=NOW)
    page = client.post(address, opened | {"text": "Le jardin a poussé."}).text
    assert "ouvert\u00a0: les photos." in page and "Photo 1&nbsp;: Un mur.<" in page
    assert 'value="Un mur."' in page and Picture.objects.get().alt == "Un mur."
    post.refresh_from_db()
    assert post.text == "Le jardin."


def test_sent_twice_it_is_kept_once_without_a_word(world, client):
    post = draft(world, pictures=[picture("Un mur.")])
    address, opened = edit_page(world, client, post)
    sent = opened | {"text": "Le jardin a poussé.", f"alt_{Picture.objects.get().pk.hex}": "Un mur bleu."}
    assert [client.post(address, sent).status_code for _ in range(2)] == [302, 302]
    assert Entry.objects.filter(verb="edit_post").count() == 1
