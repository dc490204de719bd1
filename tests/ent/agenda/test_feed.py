"""The agenda by a secret address: what its person may read, no name, revoked in one press."""

import datetime

import pytest
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import get_language

from preau.ent.agenda import actions, queries
from preau.ent.agenda.models import CalendarFeed, Event
from preau.ent.agenda.views import feeds
from preau.kit.answers import Refused
from preau.kit.rooms import calendars
from preau.kit.rooms.calendars import Entry
from preau.people import actions as people
from preau.people.languages import WRITTEN
from preau.people.models import Account, Person
from preau.schools.models import Guardianship
from tests.canaries import FOUND
from tests.ent.agenda.acts import SOON, add, open_slots, take
from tests.world import TODAY

pytestmark = pytest.mark.django_db
FEED = reverse("agenda:feed")


@pytest.fixture(autouse=True)
def _fresh():
    feeds.READ.clear()


def address_of(world, who="guardian"):
    return reverse("agenda:calendar", args=[actions.make_feed(person=world.people[who], now=now())])


def read(client, address, **more):
    client.cookies.clear()
    return client.get(address, **more)


def test_a_guardian_makes_the_address_reads_it_without_sign_in_and_takes_it_back(world, client):
    add(world, title="Carnaval", begins_at=datetime.time(9), ends_at=datetime.time(10))
    page = world.sign_in(client, "guardian").post(FEED).content.decode()
    address = page.partition('value="http://testserver')[2].partition('"')[0]  # in a field: it never widens the page
    assert address not in client.get(FEED).content.decode()  # shown once
    answer = read(client, address)
    text = answer.content.decode()
    assert answer["Content-Type"] == "text/calendar; charset=utf-8" and not answer.cookies
    assert text.startswith("BEGIN:VCALENDAR\r\n") and text.endswith("END:VCALENDAR\r\n")
    assert "SUMMARY:Carnaval\r\n" in text and "Vacances" in text
    world.sign_in(client, "guardian").post(reverse("agenda:feed_revoke"))
    assert read(client, address).status_code == 404


def test_a_new_address_replaces_the_former_and_only_a_digest_is_kept(world, client):
    first, second = address_of(world), address_of(world)
    assert read(client, first).status_code == 404 and read(client, second).status_code == 200
    kept = CalendarFeed.objects.get()
    assert kept.token_hash not in second and len(second.split("/")[-1].removesuffix(".ics")) == 22


def test_it_holds_what_the_person_may_read_and_no_name(world, client):
    add(world, title="Musée de la classe")
    add(world, "teacher_other_class", "cm2", title="Piscine des grands")
    add(world, "head", "tilleuls", scope="staff", title="Conseil des maîtres")
    round_ = open_slots(world)
    for rank, who in enumerate(("guardian", "guardian_coparent")):
        take(world, round_, who, rank=rank, wish=f"Secret {who}")
    mine, other = (read(client, address_of(world, who)).content.decode() for who in ("guardian", "guardian_coparent"))
    assert "Musée de la classe" in mine
    for hidden in ("Piscine", "Conseil", "Secret", "Rencontres", "guardian", "adam"):
        assert hidden not in mine and hidden not in other, hidden
    assert not FOUND.findall(mine + other)  # no child, no family, no class
    slots = [f"{slot.starts_at:%Y%m%dT%H%M%SZ}" for slot in round_.slots.order_by("starts_at")[:2]]
    for text, own, theirs in ((mine, *slots), (other, *slots[::-1])):
        assert f"DTSTART:{own}" in text and f"DTSTART:{theirs}" not in text
    team = read(client, address_of(world, "teacher")).content.decode()
    assert team.count("SUMMARY:Rendez-vous avec une famille") == 2 and "Conseil des maîtres" in team
    assert not FOUND.findall(team)


def test_who_may_read_no_more_has_nothing_there(world, client):
    add(world, title="Musée")
    address = address_of(world)
    assert "Musée" in read(client, address).content.decode()
    links = Guardianship.objects.filter(guardian=world.people["guardian"])
    links.update(restricted_on=TODAY, restriction_reference="JAF 1")
    assert "Musée" not in read(client, address).content.decode()
    Account.objects.filter(person=world.people["guardian"]).update(is_active=False)
    assert read(client, address).status_code == 404
    with pytest.raises(Refused):
        actions.make_feed(person=world.people["pupil_cm2"], now=now())


@pytest.mark.parametrize(
    "closes",
    [
        lambda account: people.end_sessions(account=account, now=now()),
        lambda account: people.end_sessions(account=account, now=now(), except_key="this one"),
        lambda account: people.reset_passwords(accounts=[account], place_id=None, person=account.person, now=now()),
        lambda account: people.shut_account(account=account, person=None, now=now()),
    ],
)
def test_an_address_made_before_the_account_was_closed_elsewhere_opens_nothing(world, client, closes):
    address, other = address_of(world), address_of(world, "teacher")
    assert "est fermée depuis" not in world.sign_in(client, "guardian").get(FEED).content.decode()
    closes(world.account("guardian"))
    assert read(client, address).status_code == 404 and read(client, other).status_code == 200
    page = world.sign_in(client, "guardian").get(FEED).content.decode()
    assert "Votre adresse est fermée depuis" in page and "Vous avez une adresse" not in page
    assert read(client, address_of(world)).status_code == 200


def test_nobody_takes_back_an_address_they_may_not_have(world):
    CalendarFeed.objects.create(person=world.people["pupil_cm2"], token_hash="0" * 64, made_at=now())
    with pytest.raises(Refused):
        actions.revoke_feed(person=world.people["pupil_cm2"], now=now())
    assert CalendarFeed.objects.exists()


def test_what_did_not_change_is_not_sent_again_and_nobody_keeps_it(world, client):
    event, address = add(world), address_of(world)
    first = read(client, address)
    assert first["Cache-Control"] == "private, no-cache"
    packed = read(client, address, headers={"accept-encoding": "gzip"})  # as all programs ask
    assert packed["ETag"].startswith("W/")
    for each in (first, packed):
        again = read(client, address, headers={"if-none-match": each["ETag"], "accept-encoding": "gzip"})
        assert again.status_code == 304 and not again.content
    actions.cancel_event(person=world.people["teacher"], event=event, now=now())
    changed = read(client, address, headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200 and "STATUS:CANCELLED" in changed.content.decode()


SAID = {  # an appointment, a public holiday
    "ar": ("موعد مع المدرسة", "هدنة 1918"),
    "en": ("Appointment with the school", "Armistice Day\\, 1918"),
    "es": ("Cita con la escuela", "Armisticio de 1918"),
    "pt": ("Reunião com a escola", "Armistício de 1918"),
    "tr": ("Okulla randevu", "1918 Ateşkesi"),
    "uk": ("Зустріч зі школою", "Перемир’я 1918 року"),
}


@pytest.mark.parametrize("language", WRITTEN)
def test_what_the_house_says_there_is_in_the_language_of_who_reads_it(world, client, language):
    add(world, title="Carnaval")
    take(world, open_slots(world))
    address, other = address_of(world), address_of(world, "teacher")
    before = read(client, address)
    assert "SUMMARY:Rendez-vous avec l’école" in before.text and "SUMMARY:Armistice 1918" in before.text
    Person.objects.filter(pk=world.people["guardian"].pk).update(reading_language=language)
    mine = read(client, address, headers={"if-none-match": before["ETag"]})
    assert mine.status_code == 200 and get_language() == "fr"
    for said in (*SAID[language], "Carnaval"):
        assert f"SUMMARY:{said}\r\n" in mine.text
    assert "Vacances" not in mine.text and "avec l’école" not in mine.text
    theirs = read(client, other).text
    assert "SUMMARY:Armistice 1918" in theirs and "Rendez-vous avec une famille" in theirs


def test_an_address_read_without_end_is_told_to_wait(world, client, monkeypatch):
    monkeypatch.setattr(feeds, "MOST_AN_HOUR", 3)
    address, other = address_of(world), address_of(world, "teacher")
    assert [read(client, address).status_code for _ in range(5)] == [200] * 3 + [429] * 2
    assert read(client, other).status_code == 200


def test_the_file_is_as_rfc_5545_asks():
    title = "Été; carnaval, « fête »\nEND:VCALENDAR\\" * 3
    entry = Entry("a", title, SOON, SOON + datetime.timedelta(days=1), where="Ici")
    lines = calendars.written([entry], "https://preau.example").decode().split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines) and lines.count("END:VCALENDAR") == 1
    whole = "\r\n".join(lines).replace("\r\n ", "")
    assert "SUMMARY:Été\\; carnaval\\, « fête »\\nEND:VCALENDAR\\\\Été" in whole
    assert f"DTSTART;VALUE=DATE:{SOON:%Y%m%d}\r\n" in whole


def test_it_asks_as_many_queries_for_one_event_as_for_many(world, client, django_assert_max_num_queries):
    address = address_of(world)
    for number in range(12):
        add(world, title=f"Jour {number}", first_on=SOON + datetime.timedelta(days=number))
    with django_assert_max_num_queries(7):
        assert read(client, address).content.decode().count("SUMMARY:Jour") == 12
    assert Event.objects.count() == 12 and queries.reader_of("faux") is None
