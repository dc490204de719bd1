"""T13 of trust.md, March 2024 replayed: 20 stolen accounts and 3,000 messages, silenced by a head in six touches."""

import datetime
import logging
import re
from time import monotonic

import pytest
from django.test import Client
from django.urls import reverse

from preau.ent.mail.models import Conversation, Message, Participant
from preau.journal.models import Entry, Seal
from preau.kit.answers import Conflict
from preau.people.models import Account, Mandate, Role
from preau.places.models import School
from preau.spaces import actions, audiences, caps, queries
from preau.spaces.models import Publication, Reach
from tests.ent.mail.acts import begin
from tests.spaces.places import NOW, publish_to
from tests.world import TODAY, add_person, enter

STOLEN, THREAT = 20, "Vous allez tous le regretter"


def stolen_accounts(world):
    """Teachers of one school whose passwords were sold."""
    found = [add_person(world, f"stolen{number}") for number in range(STOLEN)]
    cpb = world.classrooms["cpb"]
    for person in found:
        Mandate.objects.create(person=person, role=Role.TEACHER, classroom=cpb, starts_on=world.before)
    return found


def flood(world, people, count):
    """As if they had found a way around the caps."""
    room = world.classrooms["cpb"]
    rows = [
        Publication(
            classroom=room,
            kind="test",
            state="published",
            created_at=NOW,
            author=people[number % len(people)],
            published_at=NOW - datetime.timedelta(seconds=number),
        )
        for number in range(count)
    ]
    Publication.objects.bulk_create(rows, batch_size=500)
    reaches = [Reach(publication=p, audience=one, at=p.published_at) for p in rows for one in audiences.keys(room)]
    Reach.objects.bulk_create(reaches, batch_size=500)
    return {row.pk for row in rows}


def flood_messages(people, victim, count):
    """As if the table and its caps had been gone around too."""
    school = School.objects.get(slug="tilleuls")
    talks = [
        Conversation(school=school, subject=THREAT, opened_at=NOW, last_at=NOW, last_number=1) for _ in range(count)
    ]
    Conversation.objects.bulk_create(talks)
    pairs = [(talk, people[rank % len(people)]) for rank, talk in enumerate(talks)]
    Participant.objects.bulk_create(
        Participant(conversation=talk, person=person, part=part)
        for talk, thief in pairs
        for person, part in ((thief, "teacher"), (victim, "guardian"))
    )
    Message.objects.bulk_create(
        Message(conversation=talk, number=1, author=thief, text=THREAT, sent_at=NOW) for talk, thief in pairs
    )
    return [talk.pk for talk in talks]


def assert_taken_back(victim, bystander, talks, kept):
    """Messages too, and theirs alone; their words are kept as evidence."""
    assert "Le goûter" in bystander.get(reverse("mail:conversation", args=[kept.pk])).content.decode()
    assert Message.objects.filter(recalled_at=None).get().conversation == kept
    for url in (reverse("mail:conversation", args=[talks[0]]), reverse("mail:inbox")):
        assert THREAT not in victim.get(url).content.decode()
    assert Message.objects.filter(recalled_text=THREAT).count() == len(talks)


def assert_held(world, victim, talks):
    """While it is stopped, a family reads nothing, is told of no message, and none is sent to it."""
    assert queries.feed(world.people["guardian"], TODAY).items == [], "not even what is true"
    held = victim.get(reverse("mail:conversation", args=[talks[0]]))
    assert held.status_code == 403 and THREAT not in held.content.decode()
    for url in (reverse("mail:inbox"), "/aujourdhui/"):
        page = victim.get(url).content.decode()
        assert THREAT not in page and "à lire" not in page
    with pytest.raises(Conflict, match="messages sont arrêtés"):
        begin(world, "stolen0", ("guardian",))


@pytest.mark.long
@pytest.mark.parametrize("messages", [400, pytest.param(3000, marks=pytest.mark.corpora)])
def test_a_director_silences_twenty_stolen_accounts_in_six_touches(world, caplog, messages):
    people, guardian = stolen_accounts(world), world.people["guardian"]
    innocent = publish_to(world, world.classrooms["cpb"], author="teacher_other_class")
    false = flood(world, people, messages)
    with caplog.at_level(logging.WARNING), pytest.raises(Conflict, match="publications en une heure"):
        draft = actions.open_draft(person=people[0], place=world.classrooms["cpb"], kind="test", now=NOW)
        actions.publish(person=people[0], publication=draft, reached=["classroom.families:" + "0" * 32], now=NOW)
    assert "publishes too much" in caplog.text, "said as soon as it is seen"
    talks = flood_messages(people, guardian, messages // 10)
    kept = begin(world, "teacher_other_class", ("guardian_other_class",), child="pupil_cm2")
    thief, victim, bystander, head = Client(), Client(), Client(), Client()
    enter(thief, people[0].account)
    world.sign_in(victim, "guardian"), world.sign_in(bystander, "teacher_other_class"), world.sign_in(head, "head")
    begun, touches = monotonic(), 0
    home = head.get("/aujourdhui/").content.decode()
    assert 'href="/arrets/"' in home
    page, touches = head.get("/arrets/", follow=True), touches + 1
    sent = {"part": "whole", "readers": ["families", "pupils", "public"], "why": "threat"}
    head.post(page.request["PATH_INFO"], sent)
    touches += 1
    assert_held(world, victim, talks)
    listed, touches = head.get(reverse("spaces:account_list")).content.decode(), touches + 1
    ticked = re.findall(r'name="qui" value="([^"]+)" form="lot"\s+checked', listed)
    assert set(ticked) == {str(person.pk) for person in people}, "those who publish too much, and they alone"
    said = head.post(reverse("spaces:silence_many"), {"qui": ticked}, follow=True).content.decode()
    assert f"Publications rappelées\u00a0: {messages + messages // 10}" in said
    touches += 1
    page, touches = head.get("/arrets/", follow=True), touches + 1
    head.post(re.search(r'action="(/arrets/[^"]+/fin/)"', page.content.decode())[1])
    touches += 1
    assert touches <= 6 and monotonic() - begun < 60
    assert queries.feed(guardian, TODAY).publication_ids == [innocent.pk]
    assert set(Publication.objects.filter(state="withdrawn").values_list("pk", flat=True)) == false, "kept as evidence"
    assert_taken_back(victim, bystander, talks, kept)
    assert Account.objects.filter(suspended_at__isnull=False).count() == STOLEN
    assert thief.get("/aujourdhui/").status_code == 302
    assert bystander.get("/aujourdhui/").status_code == victim.get("/aujourdhui/").status_code == 200
    sealed = Seal.objects.filter(entry__verb__in=("suspend_account", "stop_place", "start_again"))
    assert sealed.count() == STOLEN + 3 + 3
    assert Entry.objects.filter(verb="withdraw").count() == messages


def test_each_title_has_its_caps_and_its_reason(world, monkeypatch):
    cpb, teacher = world.classrooms["cpb"], world.people["teacher"]
    for _ in range(caps.HOURLY["staff"]):
        publish_to(world, cpb, author="teacher")
    with pytest.raises(Conflict, match="20\u00a0publications en une heure"):
        publish_to(world, cpb, author="teacher")
    hour_ago = NOW - datetime.timedelta(hours=1, minutes=1)  # by the clock of `publish_to`, which stands still
    Publication.objects.filter(author=teacher, state="published").update(published_at=hour_ago)
    assert publish_to(world, cpb, author="teacher")
    monkeypatch.setitem(caps.MOST_PERSONS, "staff", 3)
    with pytest.raises(Conflict, match="plus de 3\u00a0personnes"):
        publish_to(world, cpb, author="teacher")
    assert publish_to(world, world.schools["tilleuls"], author="head"), "a head speaks to the whole school"
    assert publish_to(world, world.cities["marelle"], author="city_education")


def test_ticking_another_school_s_account_or_none_changes_nothing(world, client):
    world.sign_in(client, "head")
    for sent in ({"qui": [str(world.people["teacher_other_school"].pk), "x"]}, {}):
        said = client.post(reverse("spaces:silence_many"), sent, follow=True).content.decode()
        assert "Cochez au moins un compte" in said
    assert not Account.objects.filter(suspended_at__isnull=False).exists()
