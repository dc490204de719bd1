"""The digest of the evening: to who asks for it, when there is something new, once, and without a word of it."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core import mail as django_mail
from django.urls import reverse
from django.utils.timezone import localdate

from preau.kit.answers import Refused
from preau.kit.mail import send_due
from preau.kit.models import Outgoing
from preau.notify import actions, queries
from preau.notify.models import Evening
from preau.people import actions as people
from preau.people.models import Account
from preau.spaces.models import Publication
from tests.ent.posts.test_actions import publish

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")
PAGE = "/mon-compte/courriel-du-soir/"


def at(day, hour, minute=0):
    """In the week that begins on the Monday to come."""
    monday = localdate() + datetime.timedelta(days=7 - localdate().weekday() + day)
    return datetime.datetime.combine(monday, datetime.time(hour, minute), PARIS)


def reached(world, name):
    """Somebody with a confirmed address, who asked for the digest."""
    person = world.people[name]
    Account.objects.filter(person=person).update(email=f"{name}@ecole.example", email_confirmed_at=at(-9, 12))
    person.refresh_from_db()  # as a request finds its account
    actions.choose_evening(person=person, wants=True, now=at(-9, 12))
    return person


def said(post, when):
    Publication.objects.filter(pk=post.publication_id).update(published_at=when)
    post.publication.reaches.update(at=when)


@pytest.mark.parametrize(
    ("now", "since", "until"),
    [
        (at(1, 17, 30), at(0, 17, 30), at(1, 17, 30)), (at(1, 17, 29), at(-3, 17, 30), at(0, 17, 30)),
        (at(0, 18), at(-3, 17, 30), at(0, 17, 30)), (at(5, 23), at(3, 17, 30), at(4, 17, 30)),
    ],
)  # fmt: skip
def test_a_turn_goes_from_one_open_evening_to_the_next(now, since, until):
    assert queries.turn_at(now) == (since, until)


def test_who_asked_is_told_once_how_many_and_not_what(world):
    for name in ("head", "teacher", "dsden"):
        reached(world, name)
    for hour in (9, 11):
        said(publish(world), at(1, hour))
    assert actions.tell_evening(now=at(1, 17, 30)) == 1  # not the author, nor who reads no class
    assert actions.tell_evening(now=at(1, 17, 40)) == 0
    assert send_due(now=at(1, 17, 40)) == 1
    (letter,) = django_mail.outbox
    assert letter.to == ["head@ecole.example"] and "2\u00a0nouvelles" in letter.subject
    post = Publication.objects.first().post
    for unsaid in (post.text[:20], "Canari", world.schools["tilleuls"].name, "classe"):
        assert unsaid not in f"{letter.subject} {letter.body}", unsaid
    assert "/aujourdhui/" in letter.body and PAGE in letter.body
    assert actions.tell_evening(now=at(2, 17, 30)) == 0  # nothing new since


def test_who_asks_for_a_sheet_or_help_is_told_once_then_counted_beside_news(world):
    reached(world, "head")
    people.ask_sheet(holder=world.people["guardian"], now=at(1, 9))
    people.ask_help(
        school=world.schools["tilleuls"], school_typed="", city=None, words="Canari", name="", reach="", now=at(1, 10)
    )
    assert actions.tell_evening(now=at(1, 17, 30)) == 1 and send_due(now=at(1, 17, 40)) == 1
    assert django_mail.outbox[0].subject == "Préau\u00a0: 2\u00a0demandes de codes attendent"
    assert "Canari" not in django_mail.outbox[0].body
    assert actions.tell_evening(now=at(2, 17, 30)) == 0, "not each evening"
    said(publish(world), at(3, 9))
    assert actions.tell_evening(now=at(3, 17, 30)) == 1 and send_due(now=at(3, 17, 40)) == 1
    told = django_mail.outbox[1]
    assert "une nouvelle" in told.subject and "2\u00a0demandes de codes attendent votre réponse" in told.body


def test_what_was_withdrawn_or_is_wanted_no_more_is_not_told(world):
    head = reached(world, "head")
    said(publish(world), at(1, 9))
    assert actions.tell_evening(now=at(1, 17, 30)) == 1
    Publication.objects.update(state="withdrawn", withdrawn_at=at(1, 17, 31))
    assert send_due(now=at(1, 17, 40)) == 0 and Outgoing.objects.get().state == "dropped"
    said(publish(world), at(2, 9))
    assert actions.tell_evening(now=at(2, 17, 30)) == 1
    actions.choose_evening(person=head, wants=False, now=at(2, 17, 31))
    assert send_due(now=at(2, 17, 40)) == 0 and not django_mail.outbox


def test_a_worker_that_was_down_says_the_evening_in_the_morning_and_never_at_night(world):
    reached(world, "head")
    said(publish(world), at(1, 9))
    assert actions.tell_evening(now=at(1, 23)) == 1
    assert send_due(now=at(1, 23, 30)) == 0 and send_due(now=at(2, 7, 10)) == 1
    assert actions.tell_evening(now=at(2, 9)) == 0


def test_the_page_asks_in_one_box_and_stops_in_one(world, client):
    account = world.account("teacher")
    world.sign_in(client, "teacher")
    assert client.get(PAGE).status_code == 403 and PAGE not in client.get(reverse("account_home")).text
    Account.objects.filter(pk=account.pk).update(email="moi@ecole.example", email_confirmed_at=at(-9, 12))
    assert PAGE in client.get(reverse("account_home")).text
    assert "Préau vous écrira le soir" in client.post(PAGE, {"wants": "on"}, follow=True).text
    assert Evening.objects.get().person == world.people["teacher"] and "checked" in client.get(PAGE).text
    client.post(PAGE, {"wants": "on"})
    assert Evening.objects.count() == 1
    Account.objects.filter(pk=account.pk).update(email_confirmed_at=None)
    assert "plus de courriel du soir" in client.post(PAGE, {}, follow=True).text and not Evening.objects.exists()


def test_a_family_without_an_address_is_refused_with_its_reason(world):
    with pytest.raises(Refused):
        actions.choose_evening(person=world.people["guardian"], wants=True, now=at(0, 12))
