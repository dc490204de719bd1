"""Comments of a post: closed at first, read over before anybody else, a parent's name read by the team alone."""

import datetime
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.comments import actions, queries, rules
from preau.ent.comments.models import Comment, Discussion
from preau.ent.posts.models import Scope
from preau.kit.answers import Conflict, Refused
from preau.spaces import actions as spaces
from preau.spaces.audiences import memberships_of
from tests.ent.comments.acts import opened, said
from tests.ent.posts.test_actions import publish
from tests.steps import ONLY_SQLITE, steps_of
from tests.world import TODAY

State = Comment.State
READERS = {"teacher", "supply", "head", "aesh", "guardian", "guardian_coparent", "guardian_other_family"}


def page(publication):
    return reverse("comments:discussion", args=[publication.pk])


def read(world, who, publication):
    """What somebody reads on the page of these comments; None when there is no page for them."""
    response = world.sign_in(Client(), who).get(page(publication))
    return response.content.decode().partition("<main")[2] if response.status_code == 200 else None


def test_what_a_class_published_costs_little_to_who_reads_comments_over(world):
    if connection.vendor != "sqlite":
        pytest.skip(ONLY_SQLITE)
    said(world)
    to_read = rules.comments_to_read(world.people["teacher"], TODAY)
    alone = steps_of(list, to_read.all())
    for number in range(15):
        publish(world, text=f"Atelier {number}")
    assert steps_of(list, to_read.all()) - alone < 15 * 2  # twenty instructions for each


def test_a_post_is_closed_until_its_teacher_opens_it(world, client):
    post = publish(world)
    assert read(world, "guardian", post.publication) is None
    with pytest.raises(Refused, match="fermés"):
        said(world, on=post.publication)
    detail = reverse("posts:post_detail", args=[post.pk])
    assert page(post.publication) not in world.sign_in(client, "guardian").get(detail).content.decode()
    for who in ("guardian", "aesh", "teacher_other_class"):
        with pytest.raises(Refused):
            actions.open_discussion(person=world.people[who], publication=post.publication, now=now())
    world.sign_in(client, "teacher")
    assert "Ouvrir aux commentaires" in client.get(detail).content.decode()
    assert client.post(reverse("comments:opening_create", args=[post.publication_id])).status_code == 302
    assert page(post.publication) in world.sign_in(client, "guardian").get(detail).content.decode()


def test_who_reads_the_post_writes_and_nobody_else(world):
    publication = opened(world).publication
    may = {name for name, person in world.people.items() if rules.can_comment(person, publication, TODAY)}
    assert may & (READERS | {"guardian_restricted", "guardian_other_class", "pupil_cm2"}) == READERS
    assert read(world, "guardian_other_class", publication) is None
    assert read(world, "guardian_restricted", publication) is None


def test_a_comment_is_read_over_before_anybody_else_reads_it(world, client):
    comment = said(world, "Quel beau jardin.")
    publication = comment.publication
    assert comment.state == State.WAITING
    assert "Quel beau jardin." in read(world, "guardian", publication)
    assert "Quel beau jardin." not in read(world, "guardian_other_family", publication)
    home = world.sign_in(client, "teacher").get(reverse("today")).content.decode()
    assert reverse("comments:to_read") in home
    assert "Quel beau jardin." in client.get(reverse("comments:to_read")).content.decode()
    url = reverse("comments:decision_create", args=[comment.pk])
    assert client.post(url, {"act": "show", "seen": "waiting", "next": reverse("comments:to_read")}).status_code == 302
    other = read(world, "guardian_other_family", publication)
    assert "Quel beau jardin." in other and "Un parent" in other
    assert world.people["guardian"].last_name not in other
    assert world.people["guardian"].last_name in read(world, "teacher", publication)
    assert reverse("comments:to_read") not in world.sign_in(client, "teacher").get(reverse("today")).content.decode()


def test_who_reads_over_sees_what_is_commented(world, client):
    comment = said(world, "Quel beau jardin.")
    detail = reverse("posts:post_detail", args=[comment.publication.post.pk])
    for who in ("teacher", "guardian"):
        there = read(world, who, comment.publication)
        assert f'href="{detail}"' in there and "Nous avons mélangé les couleurs." in there
    to_read = world.sign_in(client, "teacher").get(reverse("comments:to_read")).content.decode()
    assert "Sous\n    «&nbsp;Nous avons mélangé les couleurs.&nbsp;»" in to_read


def test_refused_withdrawn_and_closed(world):
    first, second = said(world, "Un."), None
    publication, teacher = first.publication, world.people["teacher"]
    actions.decide(person=teacher, comment=first, is_shown=False, seen="waiting", now=now())
    assert "Un." not in read(world, "guardian_coparent", publication) and "Pas montré" in read(
        world, "guardian", publication
    )
    with pytest.raises(Conflict, match="Quelqu’un d’autre"):
        actions.decide(person=world.people["head"], comment=first, is_shown=True, seen="waiting", now=now())
    second = said(world, "Deux.", who="teacher", on=publication)
    assert second.state == State.SHOWN and "Deux." in read(world, "guardian_coparent", publication)
    with pytest.raises(Refused):
        actions.withdraw_comment(person=world.people["guardian"], comment=second, now=now())
    actions.withdraw_comment(person=teacher, comment=second, now=now())
    assert "Deux." not in read(world, "guardian_coparent", publication)
    actions.close_discussion(person=teacher, publication=publication, now=now())
    with pytest.raises(Refused, match="fermés"):
        said(world, on=publication)
    assert read(world, "guardian_coparent", publication) is not None


def test_three_wait_at_most_and_one_sending_is_one_comment(world, client):
    publication, once = opened(world).publication, str(uuid.uuid4())
    world.sign_in(client, "guardian")
    for _ in range(2):
        assert client.post(page(publication), {"text": "Merci.", "once": once}).status_code == 302
    assert Comment.objects.count() == 1
    for _ in range(2):  # other words of a page that was sent already are not lost
        client.post(page(publication), {"text": "Merci. Deux.", "once": once})
    assert [one.text for one in Comment.objects.order_by("written_at")] == ["Merci.", "Merci. Deux."]
    said(world, "Trois.", on=publication)
    assert client.post(page(publication), {"text": "Quatre."}).status_code == 403
    empty = world.sign_in(client, "guardian_coparent").post(page(publication), {"text": "  "})
    assert empty.status_code == 422 and Comment.objects.count() == 3


def test_only_posts_of_a_class_or_a_group_are_opened(world):
    for scope, who in ((Scope.SCHOOL, "head"), (Scope.PUBLIC, "head"), (Scope.CITY, "city_education")):
        post = publish(world, who, scope)
        with pytest.raises(Refused):
            actions.open_discussion(person=world.people[who], publication=post.publication, now=now())


def test_what_is_withdrawn_or_stopped_takes_its_comments_along(world):
    comment = said(world, "Bien.")
    publication = comment.publication
    actions.decide(person=world.people["teacher"], comment=comment, is_shown=True, seen="waiting", now=now())
    (stop,) = spaces.stop_place(
        person=world.people["head"], place=world.classrooms["cpb"], readers=["families"], why="mistake", now=now()
    )
    assert read(world, "guardian_coparent", publication) is None
    spaces.start_again(person=world.people["head"], stop=stop, now=now())
    assert "Bien." in read(world, "guardian_coparent", publication)
    spaces.withdraw(person=world.people["teacher"], publication=publication, now=now())
    assert read(world, "guardian_coparent", publication) is None
    assert not rules.comments_to_read(world.people["teacher"], TODAY).exists()


def test_who_left_the_class_reads_what_was_said_while_there_and_nothing_since(world):
    three_days_ago, two_days_ago = (now() - datetime.timedelta(days=days) for days in (3, 2))
    publication = opened(world, "former_teacher", at=three_days_ago).publication
    for text, at in (("Dit avant.", two_days_ago), ("Dit depuis.", now())):
        comment = said(world, text, on=publication, at=at)
        decided = {"is_shown": True, "seen": "waiting", "now": now()}
        actions.decide(person=world.people["teacher"], comment=comment, **decided)
    hers, theirs = read(world, "former_teacher", publication), read(world, "guardian_coparent", publication)
    assert "Dit avant." in hers and "Dit depuis." not in hers
    assert "Dit avant." in theirs and "Dit depuis." in theirs
    one = Comment.objects.get(text="Dit depuis.")
    assert not rules.can_hide(world.people["former_teacher"], one, TODAY)


def test_what_a_stolen_account_wrote_is_taken_back_with_the_rest(world):
    comment, head = said(world), world.people["head"]
    actions.decide(person=world.people["teacher"], comment=comment, is_shown=True, seen="waiting", now=now())
    count = spaces.recall_since(person=head, author=world.people["guardian"], since=comment.written_at, now=now())
    comment.refresh_from_db()
    assert (count, comment.state) == (1, State.WITHDRAWN)


def test_the_page_costs_the_same_however_much_is_said(world, client, django_assert_max_num_queries):
    publication = opened(world).publication
    for who in ("guardian", "guardian_coparent", "teacher", "head", "supply"):
        said(world, f"Par {who}.", who=who, on=publication)
    for who in ("guardian", "teacher"):
        world.sign_in(client, who).get(page(publication))
        with django_assert_max_num_queries(10):
            client.get(page(publication))
    assert Discussion.objects.count() == 1


def test_the_page_lists_under_a_post_what_one_reads_of_it_and_nothing_else(world):
    three_days_ago, two_days_ago = (now() - datetime.timedelta(days=days) for days in (3, 2))
    publication, teacher = opened(world, "former_teacher", at=three_days_ago).publication, world.people["teacher"]
    for text, at, is_shown in (("Un.", two_days_ago, True), ("Deux.", now(), True), ("Trois.", now(), False)):
        comment = said(world, text, on=publication, at=at)
        actions.decide(person=teacher, comment=comment, is_shown=is_shown, seen="waiting", now=now())
    counts = set()
    for name, person in world.people.items():
        if not rules.discussed_visible_to(person, TODAY).filter(pk=publication.pk).exists():
            continue
        known = {"memberships": memberships_of(person, TODAY), "reached": queries.reaches(publication)}
        listed = set(rules.comments_visible_under(person, publication, TODAY, **known))
        assert listed == set(rules.comments_visible_to(person, TODAY).filter(publication=publication)), name
        counts.add(len(listed))
    assert counts == {1, 2, 3}  # who left, a family, the team
