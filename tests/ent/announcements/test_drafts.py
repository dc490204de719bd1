"""A draft that its service no longer wants is thrown away; one taken back is written again."""

import pytest
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.announcements import actions
from preau.ent.announcements.models import Announcement
from preau.journal.models import Entry
from preau.kit.answers import Refused
from preau.spaces.models import Publication
from tests.ent.announcements.acts import confirm, send, write

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
