"""Every way to a public page: a text that names three pupils, or tells a plan of safety, waits to be confirmed."""

import pytest
from django.urls import reverse
from django.utils.timezone import localdate, now

from preau.ent.agenda.models import Event
from preau.ent.announcements import actions
from preau.ent.announcements.models import Announcement
from preau.ent.posts.models import Post, Scope
from preau.ent.sites.middleware import SHELF
from preau.people.models import Person
from tests.ent.agenda.acts import SOON, add
from tests.ent.announcements.acts import MINUTE, confirm
from tests.ent.posts.test_actions import picture, publish

THREE = "Bravo à Zoé, Timéo et Maïwenn."
PLAN = "Le point de rassemblement est au préau."
PUBLIC = ("school_home", "school_life", "school_calendar", "school_contact", "school_news", "school_enrolment")
TOLD = ("Bravo", "rassemblement")


@pytest.fixture
def named(world):
    for child, name in (("child_adam", "Zoé"), ("child_lina", "Timéo"), ("pupil_cm2", "Maïwenn")):
        Person.objects.filter(pk=world.people[child].pk).update(first_name=name)
    return world


def event_page(world):
    return reverse("agenda:school_event", args=[world.schools["tilleuls"].pk])


def event_edit_page(world):
    return reverse("agenda:event_edit", args=[add(world, "head", "tilleuls", scope="public", title="Fête").pk])


def banner_page(world):
    return reverse("sites:banner_show", args=[world.schools["tilleuls"].pk])


def words_page(world):
    return reverse("sites:manage_school_edit", args=[world.schools["tilleuls"].pk])


def announcement_page(world):
    return reverse("announcements:announcement_create", args=[world.cities["marelle"].pk])


ANNOUNCED = {"title": "À savoir", "level": "sign", "readers": "families", "shown_until": str(SOON)}
WAYS = [
    (event_page, "head", {"title": "Fête", "first_on": SOON, "scope": "public"}, "text"),
    (event_page, "head", {"title": "Fête", "first_on": SOON, "scope": "public"}, "where"),
    (event_edit_page, "head", {"title": "Fête", "first_on": SOON, "version": 1}, "text"),
    (banner_page, "head", {"text": "Attention", "last_day": SOON}, "detail"),
    (words_page, "head", {}, "enrolment_words"),
    (words_page, "head", {}, "absence_words"),
    (announcement_page, "city_education", ANNOUNCED, "text"),
]


def site_says(world, client):
    """What anyone reads of the school, on all its pages."""
    SHELF.clear()  # what the city says is there within a minute
    pages = (client.get(reverse(f"sites:{name}", args=[world.schools["tilleuls"].slug])) for name in PUBLIC)
    return "".join(page.content.decode() for page in pages if page.status_code == 200)


@pytest.mark.parametrize(("page", "who", "sent", "field"), WAYS, ids=[f"{way[0].__name__} {way[3]}" for way in WAYS])
@pytest.mark.parametrize("text", [THREE, PLAN])
def test_it_is_on_no_public_page_until_somebody_has_read_it_again(named, client, page, who, sent, field, text):
    address = page(named)
    named.sign_in(client, who)
    held = client.post(address, sent | {field: text})
    assert (
        held.status_code == 422 and 'type="checkbox" name="is_sure"' in held.text and "Rien n’est publié" in held.text
    )
    assert not any(word in site_says(named, client) for word in TOLD)
    assert client.post(address, sent | {field: text, "is_sure": "on"}).status_code == 302
    for announcement in Announcement.objects.all():
        confirm_and_leave(named, announcement)
    assert any(word in site_says(named, client) for word in TOLD)


def confirm_and_leave(world, announcement):
    confirm(world, announcement, at=now() - MINUTE)
    actions.publish_due(now=now())


def test_what_stays_in_the_school_is_not_held_nor_a_day_that_changes(named, client):
    named.sign_in(client, "head")
    sent = {"title": THREE, "first_on": SOON, "scope": "families"}
    assert client.post(event_page(named), sent).status_code == 302
    assert client.post(event_page(named), sent | {"scope": "public", "is_sure": "on"}).status_code == 302
    event = Event.objects.get(scope="public")
    again = {"title": THREE, "first_on": localdate(), "version": 1}  # sure once of these words
    assert client.post(reverse("agenda:event_edit", args=[event.pk]), again).status_code == 302


def test_the_city_is_told_no_name_of_a_pupil(named, client):
    page = named.sign_in(client, "city_education").post(announcement_page(named), ANNOUNCED | {"text": "zoé, Lou, Max"})
    assert page.status_code == 302
    held = client.post(announcement_page(named), ANNOUNCED | {"text": THREE})
    assert "nomme plusieurs élèves" in held.text and held.text.count("Timéo") == 1  # what was typed, kept


def test_the_words_of_a_public_picture_are_read_too(named, client):
    """Already published, its text unchanged: a picture's own words become a list."""
    post = publish(named, "head", Scope.PUBLIC, text="Les radis.", pictures=[picture()])
    address = reverse("posts:post_edit", args=[post.pk])
    kept = post.publication.pictures.get()
    named.sign_in(client, "head")
    sent = {"text": "Les radis.", f"alt_{kept.pk.hex}": THREE}
    page = client.post(address, sent)
    assert page.status_code == 422 and "nomme 3" in page.text
    assert Post.objects.get().publication.pictures.get().alt == kept.alt
