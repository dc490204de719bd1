"""A draft that its service no longer wants is thrown away; one taken back is written again."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.announcements import actions
from preau.ent.announcements.models import Announcement
from preau.journal.models import Entry
from preau.kit.answers import Refused
from preau.places.models import School
from preau.schools.models import Activity
from preau.spaces.models import Publication
from tests.ent.announcements.acts import SAID, confirm, gone, send, write
from tests.world import TODAY

pytestmark = pytest.mark.django_db


def at(name, announcement):
    return reverse(f"announcements:{name}", args=[announcement.pk])


@pytest.mark.parametrize("who", ["city_education", "ien", "dsden"])
def test_who_may_correct_a_draft_throws_it_away(world, client, who):
    draft = write(world, who)
    shown = world.sign_in(client, who).get(at("announcement_detail", draft)).text
    assert "<summary" in shown and "Jeter ce brouillon" in shown and "effacé pour de bon" in shown
    place = draft.publication.place
    thrown = client.post(at("discard_create", draft))
    assert thrown.headers["Location"] == reverse("announcements:sent", args=[place.pk])
    assert "Le brouillon est effacé pour de bon." in client.get(thrown.headers["Location"]).text
    assert not Announcement.objects.exists() and not Publication.objects.filter(kind="announcement").exists()
    line = Entry.objects.get(verb="announcement.discard")
    assert (line.object_id, line.actor_id, line.place_id) == (draft.pk, world.people[who].pk, place.pk)
    assert client.post(at("discard_create", draft)).status_code == 404, "pressed twice"


def test_nobody_else_throws_it_away(world, client):
    draft = write(world, asks_schools=True, schools=["tilleuls"])
    expected = {"head": 403, "head_other_school": 404, "ien": 404, "guardian": 404, "teacher": 404}
    for who, status in expected.items():
        assert world.sign_in(client, who).post(at("discard_create", draft)).status_code == status, who
        with pytest.raises(Refused):
            actions.discard_draft(person=world.people[who], announcement=draft, now=now())
    assert "Jeter" not in world.sign_in(client, "head").get(at("announcement_detail", draft)).text
    assert Announcement.objects.get() == draft


@pytest.mark.parametrize("act", [confirm, None])
def test_one_that_left_or_is_about_to_is_never_thrown_away(world, client, act):
    announcement = confirm(world, write(world)) if act else send(world)
    world.sign_in(client, "city_education")
    assert "Jeter" not in client.get(at("announcement_detail", announcement)).text
    assert client.post(at("discard_create", announcement)).status_code == 403
    if not act:
        client.post(at("withdrawal_create", announcement))
        assert client.post(at("discard_create", announcement)).status_code == 403
    assert Announcement.objects.get() == announcement


def test_the_half_of_a_school_is_not_taken_away_with_that_of_the_city(world, client):
    ville, tilleuls = write(world, asks_schools=True, schools=["tilleuls"]), world.schools["tilleuls"]
    said = {"title": "Jeudi", "text": "La classe de CP est ouverte."}
    head = world.people["head"]
    half = actions.write_half(person=head, joined_to=ville, school=tilleuls, now=now(), **said)
    world.sign_in(client, "city_education")
    assert "Jeter" not in client.get(at("announcement_detail", ville)).text
    refused = client.post(at("discard_create", ville))
    assert refused.status_code == 403 and "a déjà écrit sa moitié" in refused.text
    world.sign_in(client, "head")
    assert "Jeter ce brouillon" in client.get(at("announcement_detail", half)).text
    assert client.post(at("discard_create", half)).headers["Location"] == reverse("announcements:mine")
    assert Announcement.objects.get() == ville
    assert actions.write_half(person=head, joined_to=ville, school=tilleuls, now=now(), **said)


def taken_back(world, who="city_education", schools=(), **more):
    announcement = send(world, who, schools, **more)
    return actions.withdraw_announcement(person=world.people[who], announcement=announcement, now=now())


def checked(text, value):
    return re.search(rf'value="{value}"[^>]*checked', text) is not None


@pytest.mark.parametrize("who", ["city_education", "ien", "dsden"])
def test_the_words_of_one_taken_back_open_a_new_draft(world, client, who):
    tilleuls, saules = (world.schools[name].pk for name in ("tilleuls", "saules"))
    old = taken_back(world, who, ["tilleuls"], level="info")
    url = at("announcement_again", old)
    assert f'href="{url}">Reprendre le texte</a>' in world.sign_in(client, who).get(at("announcement_detail", old)).text
    opened = client.get(url).text
    assert "Texte repris de l’annonce retirée le" in opened and "ne vous est plus proposé" not in opened
    assert f'value="{SAID["title"]}"' in opened and SAID["text"] in opened
    assert checked(opened, "info") and checked(opened, tilleuls) and not checked(opened, saules)
    said = SAID | {"readers": old.readers, "level": "info", "schools": [str(tilleuls)], "text": "Ce sera vendredi."}
    assert client.post(url, said | {"title": ""}).status_code == 422
    sent = client.post(url, said)
    new = Announcement.objects.exclude(pk=old.pk).get()
    assert sent.headers["Location"] == at("sending_create", new)
    assert new.publication.state == "draft" and new.text == "Ce sera vendredi." and not new.confirmed_at
    old = Announcement.objects.get(pk=old.pk)
    assert old.publication.state == "withdrawn" and old.text == SAID["text"], "the first stays as it was"


def test_only_its_service_takes_up_the_words_and_only_once_taken_back(world, client):
    old = taken_back(world, schools=["tilleuls"])
    expected = {"head": 403, "teacher": 403, "head_other_school": 404, "ien": 404, "guardian": 404}
    for who, status in expected.items():
        answer = world.sign_in(client, who).get(at("announcement_again", old))
        assert answer.status_code == status and SAID["text"] not in answer.text, who
    assert "Reprendre le texte" not in world.sign_in(client, "head").get(at("announcement_detail", old)).text
    world.sign_in(client, "city_education")
    for other in (write(world), send(world)):
        assert client.get(at("announcement_again", other)).status_code == 403
        assert "Reprendre le texte" not in client.get(at("announcement_detail", other)).text


def test_an_urgency_is_said_again_and_no_day_is_past(world, client):
    shown = TODAY + datetime.timedelta(days=3)
    old = taken_back(world, level="urgent", urgent_reason="Canari-neige", shown_until=shown)
    world.sign_in(client, "city_education")
    opened = client.get(at("announcement_again", old)).text
    assert checked(opened, "urgent") and "Canari-neige" not in opened and shown.isoformat() in opened
    Announcement.objects.filter(pk=old.pk).update(shown_until=TODAY - datetime.timedelta(days=1))
    assert (TODAY - datetime.timedelta(days=1)).isoformat() not in client.get(at("announcement_again", old)).text


def test_a_school_that_is_not_offered_any_more_is_told(world, client):
    old = taken_back(world, schools=["tilleuls", "saules"])
    School.objects.filter(pk=world.schools["saules"].pk).update(closed_on=TODAY - datetime.timedelta(days=1))
    opened = world.sign_in(client, "city_education").get(at("announcement_again", old)).text
    assert "ne vous est plus proposé" in opened and checked(opened, world.schools["tilleuls"].pk)


def test_a_service_that_no_site_renders_any_more_is_told(world, client):
    old = taken_back(world, service="canteen")
    world.sign_in(client, "city_education")
    opened = client.get(at("announcement_again", old)).text
    assert "ne vous est plus proposé" not in opened and checked(opened, "canteen")
    Activity.objects.filter(kind="canteen").update(kind="study")
    assert "ne vous est plus proposé" in client.get(at("announcement_again", old)).text


def test_a_half_taken_back_is_written_again_from_its_words(world, client):
    def shown(who, one):
        return world.sign_in(client, who).get(reverse("announcements:announcement_detail", args=[one.pk])).text

    ville, tilleuls = write(world, asks_schools=True, schools=["tilleuls"]), world.schools["tilleuls"]
    url = reverse("announcements:half_create", args=[ville.pk, tilleuls.pk])
    world.sign_in(client, "head").post(url, {"title": "Grève jeudi", "text": "La classe de CP est ouverte."})
    half, city = gone(world, Announcement.objects.get(joined_to=ville), "head"), gone(world, ville)
    assert url not in shown("head", city)
    actions.withdraw_announcement(person=world.people["head"], announcement=half, now=now())
    assert "retirée" in client.get(reverse("announcements:mine")).text
    for page in (half, city):
        assert f'href="{url}"' in shown("head", page)
    assert "La classe de CP est ouverte." in client.get(url).text
    client.post(url, {"title": "Grève jeudi", "text": "La classe de CE1 est ouverte."})
    again = gone(world, Announcement.objects.exclude(pk=half.pk).get(joined_to=ville), "head")
    assert client.post(url, {"title": "x", "text": "y"}).status_code == 403
    assert url not in shown("head", again)
    told = shown("guardian", city)
    assert "La classe de CE1" in told and "La classe de CP" not in told
