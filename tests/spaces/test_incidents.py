"""A taken account: suspended in one act, what it published recalled in one act, both undone."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from preau.journal.models import Entry, Seal
from preau.kit.answers import Conflict, Refused
from preau.people import actions as people
from preau.people.models import RefusedEntry
from preau.spaces import actions, queries, rules
from preau.spaces.models import Publication
from tests.ent.posts.test_actions import picture, publish
from tests.people.door import give_password, give_totp, sign_in
from tests.spaces.places import NOW, publish_to, sees
from tests.world import TODAY, enter

HOUR = datetime.timedelta(hours=1)


def page(world, name):
    return reverse("spaces:account_detail", args=[world.people[name].pk])


def test_a_head_suspends_in_one_act_and_the_session_dies_at_once(world, client, django_user_model):
    account = give_password(world.account("teacher"))
    enter(client, account)
    assert client.get("/aujourdhui/").status_code == 200
    head = type(client)()
    world.sign_in(head, "head")
    said = head.post(reverse("spaces:suspension_create", args=[account.person_id]), follow=True).content.decode()
    assert "Ses appareils sont déconnectés" in said and "Rouvrir ce compte" in said
    assert client.get("/aujourdhui/").status_code == 302
    refused = sign_in(client, account.identifier)
    assert refused.url == "/entrer/compte-ferme/" and "parlez-lui" in client.get(refused.url).content.decode()
    assert RefusedEntry.objects.get(account=account).why == "closed"
    head.post(reverse("spaces:suspension_end", args=[account.person_id]))
    assert sign_in(client, account.identifier).url != "/entrer/compte-ferme/"
    lines = Entry.objects.filter(verb__in=("suspend_account", "reinstate_account"), object_id=account.pk)
    assert lines.count() == Seal.objects.filter(entry__in=lines).count() == 2


WHO = (
    ("head", "teacher", 200), ("head", "guardian", 200), ("head", "pupil_cm2", 200), ("head", "city_education", 404),
    ("head", "teacher_other_school", 404), ("teacher", "supply", 404), ("operator", "ien", 200),
    ("city_education", "teacher", 404), ("head_other_school", "teacher", 404),
)  # fmt: skip


@pytest.mark.parametrize(("who", "whom", "answer"), WHO)
def test_whose_accounts_one_may_suspend(world, client, who, whom, answer):
    assert world.sign_in(client, who).get(page(world, whom)).status_code == answer
    client.post(reverse("spaces:suspension_create", args=[world.people[whom].pk]))
    assert world.account(whom).__class__.objects.get(pk=world.account(whom).pk).is_active == (answer == 404)


def test_nobody_suspends_an_authority_nor_oneself_nor_twice(world):
    head, now = world.people["head"], timezone.now()
    assert not rules.can_suspend(head, world.account("head"), TODAY)
    teacher = world.people["teacher"]
    people.give_mandate(
        holder=teacher, role="city_it", place=world.cities["marelle"], starts_on=TODAY, person=None, now=now
    )
    assert "une autre fonction" in rules.can_suspend(head, world.account("teacher"), TODAY).reason
    people.suspend_account(account=world.account("supply"), person=head, now=now)
    with pytest.raises(Conflict):
        people.suspend_account(account=world.account("supply"), person=head, now=now)
    with pytest.raises(Conflict, match="n’est pas suspendu"):
        people.reinstate_account(account=world.account("suspended"), person=head, now=now)


def test_all_it_published_since_is_recalled_in_one_act(world, client):
    cpb, teacher = world.classrooms["cpb"], world.people["teacher"]
    old = publish_to(world, cpb, author="teacher", days_ago=3)
    new = [publish_to(world, cpb, author="teacher") for _ in range(3)]
    other = publish_to(world, cpb)
    elsewhere = publish_to(world, world.classrooms["saules_cm2"], author="teacher")
    said = world.sign_in(client, "head").post(
        reverse("spaces:recall_all", args=[teacher.pk]), {"hours": 24}, follow=True
    )
    assert "3\u00a0publications rappelées" in said.content.decode()
    read = set(queries.feed(world.people["guardian"], TODAY).publication_ids)
    assert read == {old.pk, other.pk}
    elsewhere.refresh_from_db()
    assert elsewhere.state == Publication.State.PUBLISHED, "another school's is not this head's"
    assert actions.recall_since(person=world.people["operator"], author=teacher, since=NOW - HOUR, now=NOW) == 1
    assert set(Publication.objects.filter(state="withdrawn").values_list("pk", flat=True)) == {
        *(one.pk for one in new),
        elsewhere.pk,
    }


def test_a_recalled_thing_is_gone_with_its_pictures_and_its_reader_is_told(world, client):
    post = publish(world, pictures=[picture()])
    at = reverse("posts:post_detail", args=[post.pk])
    image = post.publication.pictures.get()
    files = [reverse("media:picture", args=[image.pk]), reverse("media:thumbnail", args=[image.pk])]
    alone = reverse("posts:picture_detail", args=[image.pk])
    world.sign_in(client, "guardian")
    assert {client.get(one).status_code for one in (at, alone, *files)} == {200}
    world.sign_in(client, "head").post(reverse("spaces:recall_create", args=[post.publication_id]))
    world.sign_in(client, "guardian")
    for one in (at, alone):
        told = client.get(one)
        assert told.status_code == 403 and "a été retirée" in told.content.decode()
    assert {client.get(one).status_code for one in files} == {404}
    world.sign_in(client, "guardian_other_class")
    assert client.get(at).status_code == 404, "whoever it never reached learns nothing"


def test_a_reader_of_what_is_stopped_is_told(world, client):
    post = publish(world)
    actions.stop_place(
        person=world.people["head"], place=world.classrooms["cpb"], readers=["families"], why="check", now=NOW
    )
    told = world.sign_in(client, "guardian").get(reverse("posts:post_detail", args=[post.pk]))
    assert told.status_code == 403 and "n’est pas montré aux familles" in told.content.decode()
    world.sign_in(client, "guardian_other_class")
    assert client.get(reverse("posts:post_detail", args=[post.pk])).status_code == 404


@pytest.mark.parametrize(("who", "may"), [("teacher", True), ("head", True), ("operator", True), ("aesh", False)])
def test_who_recalls(world, who, may):
    publication = publish_to(world, world.classrooms["cpb"], author="teacher")
    if not may:
        with pytest.raises(Refused):
            actions.recall(person=world.people[who], publication=publication, now=NOW)
    else:
        actions.recall(person=world.people[who], publication=publication, now=NOW)
    assert sees(world.people["guardian"], publication, TODAY) != may


def test_the_search_finds_those_of_the_school_by_three_letters(world, client):
    world.sign_in(client, "head")
    publish_to(world, world.classrooms["cpb"], author="teacher")
    first = client.get("/comptes/").content.decode()
    assert world.people["teacher"].full_name in first and "1\u00a0publication," in first
    found = client.get("/comptes/", {"nom": "canari-guardian"}).context["found"]
    assert world.people["guardian"] in [account.person for account in found] and len(found) <= 20
    assert world.people["guardian_far"] not in [account.person for account in found]
    assert client.get("/comptes/", {"nom": "ca"}).context["found"] == []
    assert world.sign_in(client, "teacher").get("/comptes/").status_code == 403


def test_one_s_own_journal_says_what_was_refused_and_why(world, client):
    account = give_password(world.account("head"))
    give_totp(account)
    sign_in(client, account.identifier, "pas le bon mot de passe", HTTP_USER_AGENT="x")
    sign_in(client, account.identifier)
    client.post("/entrer/code/", {"code": "000000"})
    sign_in(client, "personne.de.ce.nom", "pas le bon mot de passe")
    assert sorted(RefusedEntry.objects.values_list("why", flat=True)) == ["code", "password"]
    read = world.sign_in(client, "head").get("/mon-compte/").content.decode()
    assert read.count("refusée</span>") == 2 and "mot de passe juste, code faux" in read
    assert "refusée</span>" not in world.sign_in(client, "teacher").get("/mon-compte/").content.decode()
