"""What a decision asks is said done by the title it was given to, or by the secretariat; by nobody else."""

import pytest
from django.urls import reverse

from preau.journal.models import Entry
from preau.kit.answers import Refused
from preau.plan.governance import actions
from preau.plan.governance.models import FollowUp
from tests.kept import kept
from tests.plan.governance.conftest import NOW, TODAY, day

WORDS = "Faire ce qu’une décision vous demande"
pytestmark = pytest.mark.django_db


@pytest.fixture
@kept
def asked(stage):
    """« Écrire le coût », asked of the finance of Marelle."""
    return actions.add_follow_up(
        person=stage.secretary,
        decision=stage.decide(stage.session("held")),
        text="Écrire le coût",
        owner="Finances",
        owner_role="city_finance",
        due_on=day(9),
        now=NOW,
    )


def closing(asked):
    return reverse("governance:follow_up_closing", args=[asked.pk])


def test_the_owner_says_it_is_done_from_the_line_of_the_desk(stage, asked, client):
    stage.world.sign_in(client, "city_finance")
    decision = reverse("governance:decision_detail", args=[asked.decision_id])
    desk = client.get(reverse("desk:home")).text
    assert WORDS in desk and closing(asked) in desk  # the act itself, which says of what decision it is
    assert f"Décision {asked.decision.number}, Finances" in client.get(closing(asked)).text
    for page in (decision, reverse("governance:follow_up_list")):
        assert closing(asked) in client.get(page).text
    said = {"done_on": TODAY, "done_note": ""}
    assert client.post(closing(asked), said).status_code == 422  # a note says what was done
    assert client.post(closing(asked), said | {"done_note": "Chiffré par lot."}).status_code == 302
    asked.refresh_from_db()
    assert (asked.done_on, asked.done_note) == (TODAY, "Chiffré par lot.")
    line = Entry.objects.get(verb="governance.close_follow_up", object_id=asked.pk)
    assert line.actor_id == stage.who("city_finance").pk
    assert "Chiffré par lot." in client.get(decision).text and WORDS not in client.get(reverse("desk:home")).text
    stage.world.sign_in(client, "city_education")
    assert "Suivre une décision" not in client.get(reverse("desk:home")).text
    again = client.post(closing(asked), said | {"done_note": "Encore."})
    assert again.status_code == 422 and "déjà notée" in again.text


@pytest.mark.parametrize("actor", ["city_it", "elected", "dsden", "ien", "trainer", "parents_federation"])
def test_no_other_title_says_it(stage, asked, client, actor):
    with pytest.raises(Refused):
        actions.close_follow_up(person=stage.who(actor), follow_up=asked, done_on=TODAY, done_note="x", now=NOW)
    stage.world.sign_in(client, actor)
    answer = client.post(closing(asked), {"done_on": TODAY, "done_note": "x"})
    assert answer.status_code == (404 if actor == "parents_federation" else 403)
    assert closing(asked) not in client.get(reverse("governance:follow_up_list")).text
    assert FollowUp.objects.get().done_on is None


@pytest.mark.parametrize("actor", ["city_education_far", "ien_other"])
def test_the_same_title_elsewhere_says_nothing(stage, client, actor):
    role = "ien" if actor == "ien_other" else "city_education"
    other = actions.add_follow_up(
        person=stage.secretary,
        decision=stage.decide(stage.session("held")),
        text="Écrire",
        owner="x",
        owner_role=role,
        due_on=day(9),
        now=NOW,
    )
    with pytest.raises(Refused):
        actions.close_follow_up(person=stage.who(actor), follow_up=other, done_on=TODAY, done_note="x", now=NOW)
    assert stage.world.sign_in(client, actor).post(closing(other), {}).status_code == 404


def test_a_federation_says_done_what_a_published_decision_asks_of_it(stage, client):
    session = stage.session("held")
    made = stage.decide(session)
    for step in ("minutes_draft", "minutes_approved", "published"):
        dict(stage.steps(day(-1)))[step](session)
        session.refresh_from_db()
    other = actions.add_follow_up(
        person=stage.secretary,
        decision=made,
        text="Réunir les parents",
        owner="Fédérations",
        owner_role="parents_federation",
        due_on=day(9),
        now=NOW,
    )
    stage.world.sign_in(client, "parents_federation")
    assert closing(other) in client.get(reverse("governance:decision_detail", args=[made.pk])).text
    assert client.post(closing(other), {"done_on": TODAY, "done_note": "Réunis."}).status_code == 302
    assert FollowUp.objects.get().done_note == "Réunis."


def test_the_owners_pages_ask_ten_queries_at_most(stage, asked, client, django_assert_max_num_queries):
    stage.world.sign_in(client, "city_finance")
    for size in (1, 6):
        for page in (
            reverse("governance:follow_up_list"),
            reverse("governance:decision_detail", args=[asked.decision_id]),
        ):
            client.get(page)
            with django_assert_max_num_queries(10, info=page):
                client.get(page)
        for _ in range(size):
            actions.add_follow_up(
                person=stage.secretary,
                decision=asked.decision,
                text="x",
                owner="y",
                owner_role="city_finance",
                due_on=day(1),
                now=NOW,
            )


def test_a_city_that_decided_nothing_is_not_told_that_all_is_done(stage, client):
    stage.world.sign_in(client, "city_education")
    pages = {name: client.get(reverse(f"governance:{name}")).text for name in ("follow_up_list", "decision_list")}
    assert "est fait." not in pages["follow_up_list"] and "n’attend d’action" in pages["follow_up_list"]
    assert "n’est encore notée" in pages["decision_list"]
    assert "ne correspond" in client.get(f"{reverse('governance:decision_list')}?mot=introuvable").text
