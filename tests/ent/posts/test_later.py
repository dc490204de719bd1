"""« Publier plus tard »: once, at its hour, by the rules of that hour; what does not leave says why to its author."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils.timezone import localtime, now

from preau.ent.posts import actions, queries, rules
from preau.ent.posts.actions import leaving
from preau.ent.posts.actions.leaving import KEPT_BACK
from preau.ent.posts.models import Post, Scope
from preau.kit.answers import Conflict
from preau.kit.mail.outbox import kinds
from preau.kit.models import Outgoing
from preau.people.actions import suspend_account
from preau.people.models import Mandate
from preau.spaces import actions as spaces
from preau.spaces.models import Reach
from tests.accords import say
from tests.ent.posts.test_accords import agree
from tests.ent.posts.test_actions import NOW, picture, place_for, sees
from tests.ent.posts.test_views import publish_url
from tests.world import TODAY

HOUR = datetime.timedelta(hours=1)


def later(world, who="teacher", scope=Scope.CLASS, **more):
    said = {"person": world.people[who], "place": place_for(world, scope), "scope": scope, "now": NOW} | more
    return actions.write_for_later(**{"text": "Canari-texte de demain.", "leaves_at": NOW + HOUR} | said)


def at_its_hour(post):
    left = actions.leave_due(now=NOW + HOUR)
    post.refresh_from_db()
    post.publication.refresh_from_db()
    return left


def test_it_leaves_once_at_its_hour_and_nobody_else_read_it_before(world, client):
    post = later(world)
    for name in ("head", "guardian", "supply"):
        assert not sees(world.people[name], post, TODAY), name
    assert post not in queries.to_decide(rules.posts_awaiting(world.people["teacher"], TODAY))
    page = world.sign_in(client, "teacher").get(reverse("posts:post_detail", args=[post.pk])).content.decode()
    assert f"partira {post.leaves_text}" in page
    assert actions.leave_due(now=NOW + HOUR - datetime.timedelta(seconds=1)) == 0
    assert at_its_hour(post) == 1 and post.publication.published_at == NOW + HOUR
    assert at_its_hour(post) == 0
    assert Reach.objects.filter(publication=post.publication).count() == len(Scope.CLASS.readers)
    assert post.leaves_at is None and sees(world.people["guardian"], post, TODAY)


def test_what_a_teacher_leaves_for_the_public_site_is_proposed_at_its_hour(world):
    post = later(world, scope=Scope.PUBLIC)
    assert at_its_hour(post) == 1 and post.publication.state == "waiting"


def lose_the_class(world):
    Mandate.objects.filter(person=world.people["teacher"]).update(ends_on=TODAY - datetime.timedelta(days=1))


def stop_the_class(world):
    place = world.classrooms["cpb"]
    spaces.stop_place(person=world.people["head"], place=place, readers=["families"], why="check", now=NOW)


def suspend(world):
    suspend_account(account=world.account("teacher"), person=world.people["head"], now=NOW)


def take_back(world):
    say(world, "guardian", "child_adam", "no", now=NOW + HOUR / 2)


@pytest.mark.parametrize(
    "happens, said",
    [
        (lose_the_class, "Ici, publient"),
        (stop_the_class, "Rien n’est publié"),
        (suspend, "Votre compte était arrêté"),
        (take_back, "Un accord de diffusion a été retiré"),
    ],
)
def test_what_may_no_longer_leave_stays_and_its_author_is_told(world, happens, said):
    agree(world, now=NOW - HOUR)
    post = later(world, pictures=[picture()], no_child_declared=True)
    happens(world)
    assert at_its_hour(post) == 0 and at_its_hour(post) == 0
    assert post.publication.state == "draft" and post.kept_back.startswith(said) and post.leaves_at is None
    assert not Reach.objects.filter(publication=post.publication).exists()
    assert (post.no_child_declared_at is None) is (happens is take_back)  # she looks, and says it again
    told = Outgoing.objects.get(kind=KEPT_BACK)
    letter = kinds()[KEPT_BACK].write(*told.ids, now=NOW + HOUR)
    if letter:  # the author has an address
        assert str(post.pk) in letter.text and "Canari" not in letter.text
    assert post in queries.to_decide(rules.posts_awaiting(world.people["teacher"], TODAY))


def test_called_off_put_off_and_changed_meanwhile(world):
    teacher, post = world.people["teacher"], later(world)
    actions.edit_post(person=teacher, post=post, text="Canari corrigé.", now=NOW)
    actions.schedule_post(person=teacher, post=post, leaves_at=NOW + 2 * HOUR, now=NOW)
    assert at_its_hour(post) == 0 and not post.kept_back
    actions.unschedule_post(person=teacher, post=post, now=NOW)
    assert actions.leave_due(now=NOW + 3 * HOUR) == 0
    with pytest.raises(Conflict, match="n’attend plus"):
        actions.unschedule_post(person=teacher, post=post, now=NOW)
    actions.schedule_post(person=teacher, post=post, leaves_at=NOW + HOUR, now=NOW)
    assert at_its_hour(post) == 1 and post.text == "Canari corrigé."


def test_a_draft_thrown_away_at_its_hour_does_not_keep_the_next_from_leaving(world, monkeypatch):
    first, thrown, last = (later(world, leaves_at=NOW + HOUR - minutes * HOUR / 60) for minutes in (2, 1, 0))
    publish = leaving.publish_draft

    def publish_while_it_is_thrown(*, person, post, now):
        if post.pk == first.pk:
            actions.discard_draft(person=person, post=Post.objects.get(pk=thrown.pk), now=now)
        return publish(person=person, post=post, now=now)

    monkeypatch.setattr(leaving, "publish_draft", publish_while_it_is_thrown)
    assert at_its_hour(last) == 2 and last.publication.state == "published"
    assert not Outgoing.objects.filter(kind=KEPT_BACK).exists()


def test_what_a_thief_left_for_later_is_kept_back_with_the_rest(world):
    post = later(world)
    since = {"author": world.people["teacher"], "since": NOW - HOUR, "now": NOW}
    assert spaces.recall_since(person=world.people["teacher_other_class"], **since) == 0
    post.refresh_from_db()
    assert post.leaves_at
    spaces.recall_since(person=world.people["head"], **since)
    assert at_its_hour(post) == 0 and post.leaves_at is None and "repris" in post.kept_back


def test_what_is_thrown_away_meanwhile_does_not_keep_the_rest_from_being_taken_back(world, monkeypatch):
    thrown, kept, lock_post = later(world), later(world), leaving.lock_post

    def lock_once_thrown(*, post):
        if post.pk == thrown.pk:
            Post.objects.filter(pk=post.pk).delete()
            post.publication.delete()
            post.publication.pk = thrown.publication_id
        lock_post(post=post)

    monkeypatch.setattr(leaving, "lock_post", lock_once_thrown)
    act = {"author": world.people["teacher"], "since": NOW - HOUR, "now": NOW}
    assert leaving.keep_back_since(person=world.people["head"], **act) == 1
    kept.refresh_from_db()
    assert kept.leaves_at is None and "repris" in kept.kept_back


@pytest.mark.parametrize(
    "wait, said",
    [
        (datetime.timedelta(hours=-1), "Cette heure est passée"),
        (datetime.timedelta(days=61), "plus de 60 jours"),
        (None, "La date manque"),
    ],
)
def test_an_hour_that_is_none_gets_a_sentence_and_nothing_is_lost(world, client, wait, said):
    world.sign_in(client, "teacher")
    at = localtime(now() + (wait or 2 * HOUR))
    sent = {"text": "Canari-phrase", "scope": "class", "act": "later", "hour": f"{at:%H:%M}"}
    response = client.post(publish_url(world), sent | ({"day": f"{at:%Y-%m-%d}"} if wait else {}))
    page = response.content.decode()
    assert response.status_code == 422 and said in page and "Canari-phrase" in page and not Post.objects.exists()


def test_the_page_leaves_it_for_later_then_at_another_hour_then_calls_it_off(world, client):
    world.sign_in(client, "teacher")
    at = localtime(now() + datetime.timedelta(days=2)).replace(hour=8, minute=0, second=0, microsecond=0)
    sent = {"text": "Une sortie.", "scope": "class", "act": "later", "day": f"{at:%Y-%m-%d}", "hour": "08:00"}
    page = client.post(publish_url(world), sent, follow=True).content.decode()
    post = Post.objects.get()
    assert post.leaves_at == at and f"Partira {post.leaves_text}. D’ici là" in page
    address = reverse("posts:post_schedule", args=[post.pk])
    page = client.get(address).content.decode()
    seen = re.search(r'name="seen" value="([^"]+)"', page).group(1)
    actions.edit_post(person=world.people["teacher"], post=post, text="Une autre sortie.", now=now())
    moved = {"day": f"{at:%Y-%m-%d}", "hour": "09:30", "seen": seen}
    assert "Ce brouillon a changé" in client.post(address, moved).content.decode()
    seen = queries.item_of(queries.with_pictures(Post.objects.all()).get()).seen
    assert client.post(address, moved | {"seen": seen}).status_code == 302
    post.refresh_from_db()
    assert post.leaves_at == at + 1.5 * HOUR
    client.post(reverse("posts:schedule_cancel", args=[post.pk]))
    post.refresh_from_db()
    assert post.leaves_at is None and post.publication.state == "draft"
