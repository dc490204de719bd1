"""The appel: who makes it, until when, what two hands at once do, and the guardians called about who nobody told of."""

import datetime
import re

import pytest
from django.core import mail as django_mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from preau.ent.attendance import days
from preau.ent.attendance.actions.calling import CORRECTIONS_MOST
from preau.ent.attendance.days import halves_on
from preau.ent.attendance.models import Half, Missing, RollCall
from preau.journal.models import Entry
from preau.kit.answers import Conflict, Refused
from preau.kit.mail import send_due
from preau.kit.models import Outgoing
from preau.kit.outbound import texting
from preau.notify.models import PushDevice
from preau.people.models import Account, Person
from preau.places.models import School
from preau.schools.models import Enrolment, Guardianship
from preau.spaces import actions as spaces
from tests.ent.attendance.acts import ONE, a_class_day, at, call, missing, open_on_wednesdays, tell
from tests.kit.test_push import Browser
from tests.world import TODAY, add_child

pytestmark = pytest.mark.django_db
MAILED = ("guardian", "guardian_coparent", "guardian_restricted", "guardian_other_family", "head")


@pytest.fixture
def mailed(world):
    for name in MAILED:
        known = {"email": f"{name}@famille.example", "email_confirmed_at": at(6)}
        Account.objects.filter(person=world.people[name]).update(**known)
    return world


@pytest.fixture
def relay(monkeypatch):
    """What the outbox queues leaves when the test says."""
    monkeypatch.setattr("preau.kit.tasks.enqueue", lambda *words: None)


def told():
    return sorted(letter.to[0].split("@")[0] for letter in django_mail.outbox)


def url_of(world, room="cpb", **asked):
    page = reverse("attendance:classroom_roll", args=[world.classrooms[room].pk])
    return page + "?" + "&".join(f"{name}={value}" for name, value in asked.items())


def test_all_are_there_but_those_told_and_one_save_says_the_rest(world, client):
    tell(world, reason="illness")
    page = world.sign_in(client, "teacher").get(url_of(world)).content.decode()
    adam, lina = (str(world.people[name].pk) for name in ("child_adam", "child_lina"))
    assert page.count(" checked") == 1 and "checked" in page.partition(adam)[2][:90] and "Appel fait" in page
    assert client.post(url_of(world), {"absent": [adam], "late": [lina], "version": 0}).status_code == 302
    made = RollCall.objects.get()
    assert (made.taken_by, made.pupils_count, made.missing.count()) == (world.people["teacher"], 2, 2)
    page = client.get(url_of(world)).content.decode()
    assert "1\xa0présent" in page and "Corriger l’appel" in page and "pas annoncé" in page
    assert missing(world, "child_lina").kind == Missing.Kind.LATE  # in both columns, who came late came
    assert client.post(url_of(world), {"absent": [adam, lina], "late": [lina], "version": 1}).status_code == 302
    assert RollCall.objects.get().version == 1  # nothing changed


def test_a_supply_teacher_and_the_head_make_it_and_nobody_else(world):
    assert call(world, who="supply").taken_by == world.people["supply"]
    assert call(world, "child_lina", who="head", version=1).changed_by == world.people["head"]
    for who in ("aesh", "teacher_other_class", "guardian", "city_education", "ien", "canteen"):
        with pytest.raises(Refused):
            call(world, who=who)
    assert Entry.objects.filter(verb__in=("roll.take", "roll.correct")).count() == 2


def test_two_hands_at_once_are_told_and_lose_nothing(world, client):
    call(world, "child_adam")
    lina = str(world.people["child_lina"].pk)
    answer = world.sign_in(client, "supply").post(url_of(world), {"absent": [lina], "version": 0})
    page = answer.content.decode()
    assert answer.status_code == 422 and "vient d’être enregistré" in page
    assert "checked" in page.partition(lina)[2][:90] and 'name="version" value="1"' in page
    said = " ".join(re.sub("<[^>]*>", "", page).split())
    assert "absent dans l’appel enregistré, présent dans le vôtre" in said
    assert "présent dans l’appel enregistré, absent dans le vôtre" in said
    assert missing(world).pupil == world.people["child_adam"] and Missing.objects.count() == 1
    assert client.post(url_of(world), {"absent": [lina], "version": 1}).status_code == 302


def test_who_is_no_longer_in_the_class_is_not_left_out_in_silence(world, client):
    adam, gone = (str(world.people[name].pk) for name in ("child_adam", "pupil_cm2"))
    answer = world.sign_in(client, "teacher").post(url_of(world), {"absent": [adam, gone], "version": 0})
    page = answer.content.decode()
    assert answer.status_code == 422 and "La liste de la classe a changé" in page and not RollCall.objects.exists()
    assert "checked" in page.partition(adam)[2][:90]


def test_its_day_over_the_head_alone_puts_it_right_and_nobody_is_called(mailed, relay, client):
    yesterday = TODAY - ONE
    with pytest.raises(Conflict, match="la direction de l’école corrige"):
        call(mailed, "child_adam", day=yesterday, now=at(8, 45))
    call(mailed, "child_adam", who="head", day=yesterday, now=at(8, 45))
    assert not Outgoing.objects.exists() and missing(mailed).called_count is None
    adam = str(mailed.people["child_adam"].pk)
    write = reverse("mail:write", args=[mailed.schools["tilleuls"].pk, mailed.people["head"].pk])
    assert write in mailed.sign_in(client, "teacher").get(url_of(mailed, jour=yesterday, demi="am")).text
    assert client.get(write).status_code == 200
    assert write not in mailed.sign_in(client, "head").get(url_of(mailed, jour=yesterday, demi="am")).text
    answer = mailed.sign_in(client, "teacher").post(url_of(mailed, jour=yesterday), {"absent": [adam], "version": 0})
    assert answer.status_code == 422 and "checked" in answer.content.decode().partition(adam)[2][:90]
    with pytest.raises(Conflict, match="Plus d’un mois"):
        call(mailed, who="head", day=TODAY - 40 * ONE, now=at(9))


def test_days_without_class_and_hours_to_come_refuse(world, monkeypatch):
    monkeypatch.setattr(days, "halves_on", halves_on)
    school = School.objects.select_related("city__department").get(slug="tilleuls")
    monday, wednesday, sunday = (datetime.date(2026, 11, day) for day in (23, 25, 29))
    assert halves_on(school, monday, False) == tuple(Half) and halves_on(school, sunday, True) == ()
    assert halves_on(school, wednesday, False) == () and halves_on(school, wednesday, True) == (Half.MORNING,)
    assert halves_on(school, datetime.date(2026, 12, 25), False) == ()  # zone A
    said = {"has_wednesday": False, "heads": False}
    why = days.why_closed(school, datetime.date(2026, 12, 25), Half.MORNING, at(9, day=monday), **said)
    assert "pas classe" in why and "Noël" in why
    assert "se fera" in days.why_closed(school, monday, Half.AFTERNOON, at(9, day=monday), **said)
    assert days.why_closed(school, monday, Half.AFTERNOON, at(14, day=monday), **said) == ""
    assert days.class_days(school, datetime.date(2026, 12, 18), 2, False)[-1] == datetime.date(2027, 1, 4)


def test_guardians_are_called_at_once_and_once_without_a_name(mailed, relay):
    call(mailed, "child_adam")
    call(mailed, "child_adam")  # saved twice
    longest = Outgoing._meta.get_field("key").max_length
    assert all(len(row.key) <= longest - len("corrected") for row in Outgoing.objects.all())  # SQLite keeps any length
    assert missing(mailed).called_count == 2
    assert send_due(now=at(8, 42)) == 3 and told() == ["guardian", "guardian_coparent", "head"]
    assert missing(mailed).told_at == at(8, 42)
    for letter in django_mail.outbox:
        for unsaid in ("Canari", "Child", "Adam", "Tilleuls", "cpb"):
            assert unsaid not in letter.subject + letter.body
    assert "/absences/" in django_mail.outbox[0].body
    call(mailed, "child_adam", "child_lina", version=1, now=at(8, 50))
    send_due(now=at(8, 51))
    assert told() == ["guardian", "guardian_coparent", "guardian_other_family", "head"]  # the head once a half-day


def test_the_page_says_whose_guardians_are_called(mailed, relay, client):
    adam, school = mailed.people["child_adam"], mailed.schools["tilleuls"]
    Person.objects.filter(pk=adam.pk).update(first_name="Adam")
    page = mailed.sign_in(client, "teacher").post(url_of(mailed), {"absent": [adam.pk], "version": 0}, follow=True)
    assert "L’appel est fait" in page.text and "Les responsables d’Adam sont prévenus" in page.text
    lina = mailed.people["child_lina"]
    Person.objects.filter(pk=lina.pk).update(first_name="Adam", last_name="Zinc")
    Account.objects.filter(person=mailed.people["guardian_other_family"]).update(email_confirmed_at=None)
    page = client.post(url_of(mailed), {"absent": [adam.pk, lina.pk], "version": 1}, follow=True)
    assert "L’appel est corrigé" in page.text
    assert "personne n’est joignable autrement\u00a0: Adam Z.</" in "".join(page.text.split("\n"))
    read = mailed.sign_in(client, "head").get(reverse("attendance:school_absences", args=[school.pk])).text
    assert 'Noter la raison<span class="only-heard"> d’Adam' in read
    past = a_class_day()
    call(mailed, "child_adam", who="head", day=past, now=at(15, day=past))
    read = mailed.sign_in(client, "teacher").get(url_of(mailed, jour=past, demi="am")).text
    assert re.search('Noter la raison<span\\s+class="only-heard"> d’Adam', read)


def test_who_may_read_no_more_of_the_child_as_it_leaves_is_told_neither_the_absence_nor_the_mistake(mailed, relay):
    """A judge's decision noted between the appel and the mail."""

    def restrict(who):
        links = Guardianship.objects.filter(guardian=mailed.people[who])
        links.update(restricted_on=TODAY, restriction_reference="JAF 1")

    call(mailed, "child_adam")
    restrict("guardian_coparent")
    assert send_due(now=at(8, 42)) == 2 and told() == ["guardian", "head"]
    call(mailed, version=1, now=at(8, 50))
    restrict("guardian")
    assert Outgoing.objects.filter(kind="attendance.corrected.mail", state="waiting").count() == 1
    assert send_due(now=at(8, 51)) == 0 and told() == ["guardian", "head"]


def test_who_told_is_not_called_and_a_night_or_a_stop_holds_nothing(mailed, relay):
    tell(mailed)
    cpb, head = mailed.classrooms["cpb"], mailed.people["head"]
    spaces.stop_place(person=head, place=cpb, readers=["families"], why="check", now=at(7))
    call(mailed, "child_adam", "child_lina", half=Half.AFTERNOON, now=at(21))
    assert missing(mailed).called_count is None and missing(mailed, "child_lina").called_count == 1
    assert send_due(now=at(21, 1)) == 2 and told() == ["guardian_other_family", "head"]


def test_put_right_before_it_leaves_it_tells_nobody_and_after_it_tells_the_mistake(mailed, relay):
    call(mailed, "child_adam")
    call(mailed, version=1, now=at(8, 41))
    assert send_due(now=at(8, 42)) == 0 and set(Outgoing.objects.values_list("state", flat=True)) == {"dropped"}
    call(mailed, "child_adam", version=2, now=at(8, 43))
    call(mailed, version=3, now=at(8, 43))
    call(mailed, "child_adam", version=4, now=at(8, 44))  # what the first one queued says nothing more
    assert send_due(now=at(8, 44)) == 2
    django_mail.outbox.clear()
    call(mailed, late=["child_adam"], version=5, now=at(8, 55))
    assert send_due(now=at(8, 56)) == 2 and "corrigé" in django_mail.outbox[0].subject


def test_a_stolen_account_calls_a_class_so_many_times_and_what_it_said_is_put_right(mailed, relay, client):
    """T13 of trust.md: caps, silence, and each family told of the mistake."""
    teacher, head = mailed.people["teacher"], mailed.people["head"]
    for version in range(CORRECTIONS_MOST + 1):
        call(mailed, *["child_adam", "child_lina"][: version % 2 + 1], version=version, now=at(8, version))
    roll = RollCall.objects.get()
    with pytest.raises(Conflict, match="la direction de l’école le corrige"):
        call(mailed, version=roll.version)
    adam, lina = (str(mailed.people[name].pk) for name in ("child_adam", "child_lina"))
    page = mailed.sign_in(client, "teacher").post(
        url_of(mailed), {"absent": [], "late": [lina], "version": roll.version}
    )
    assert page.status_code == 422 and "corrigé quinze fois" in page.text and page.text.count(" checked") == 1
    send_due(now=at(8, 40))
    assert len(told()) == 4  # one to each guardian and to the head: what was put right before it left says nothing
    spaces.silence(person=head, accounts=[teacher.account], since=at(8), now=at(9))
    assert client.get(url_of(mailed)).status_code == 302  # the door
    django_mail.outbox.clear()
    call(mailed, who="head", version=roll.version, now=at(9, 1))
    assert send_due(now=at(9, 2)) == 3 and {
        letter.subject for letter in django_mail.outbox if "corrigé" in letter.subject
    }
    assert told() == ["guardian", "guardian_coparent", "guardian_other_family"]


def test_a_telephone_rings_without_a_name_and_who_has_no_way_is_to_be_telephoned(
    world, relay, client, settings, tmp_path
):
    settings.SMS_FILE_PATH = tmp_path
    assert texting.leaves()
    browser = Browser()
    given = {"endpoint": "https://push.example/1", "endpoint_digest": "1", "asked_at": at(6)}
    PushDevice.objects.create(person=world.people["guardian"], p256dh=browser.p256dh, auth=browser.auth, **given)
    call(world, "child_adam", "child_lina")
    row = Outgoing.objects.get()
    assert row.kind == "attendance.missing.push" and missing(world).called_count == 1
    assert missing(world, "child_lina").called_count == 0
    page = world.sign_in(client, "teacher").get(url_of(world)).content.decode()
    assert page.count("à téléphoner") == 1


def test_the_page_asks_as_little_for_twenty_seven_as_for_two(world, client):
    def asked():
        world.sign_in(client, "teacher").get(url_of(world))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url_of(world)).status_code == 200
        return len(captured)

    few = asked()
    for number in range(25):
        add_child(world, f"child_{number}", "cpb", "CP", ["guardian"])
        tell(world, child=f"child_{number}")
    assert asked() == few <= 10
    call(world, "child_adam")
    assert asked() <= 10
    assert Enrolment.objects.filter(classroom=world.classrooms["cpb"]).count() == 27


def test_an_absence_told_after_the_appel_is_to_check_until_the_appel_is_put_right(world, client, monkeypatch):
    """The appel alone counts, for the canteen too: whoever made it has to hear what the family said since."""
    monkeypatch.setattr("preau.web.views.today.now", lambda: at(9))
    monkeypatch.setattr("preau.web.views.today.days.halves_begun", lambda moment: (Half.MORNING,))
    open_on_wednesdays(world)
    school_page = reverse("attendance:school_absences", args=[world.schools["tilleuls"].pk])
    roll_page = f"{reverse('attendance:classroom_roll', args=[world.classrooms['cpb'].pk])}?jour={TODAY}&demi=am"
    tell(world, child="child_lina", who="guardian_other_family")  # told before, there all the same: nothing to check
    call(world)

    def pages():
        return [client.get(address).text for address in ("/aujourdhui/", school_page, roll_page)]

    world.sign_in(client, "head")
    assert not any("vérifier" in page or "depuis l’appel" in page for page in pages())
    tell(world, now=at(8, 50))
    home, school, roll = (" ".join(page.split()) for page in pages())
    assert "1 appel à vérifier" in school
    assert "1 appel à vérifier" in home
    assert f"depuis l’appel&nbsp;: {world.people['child_adam'].first_name}" in roll
    call(world, version=1, now=at(9))  # saved as it is: the child came after all
    assert not any("vérifier" in page or "depuis l’appel" in page for page in pages())
    tell(world, child="child_lina", who="guardian_paper", now=at(9, 5))
    assert "vérifier" in pages()[0]
    call(world, "child_lina", version=2, now=at(9, 10))
    assert not any("vérifier" in page or "depuis l’appel" in page for page in pages())


def test_the_home_of_who_makes_the_appel_says_that_it_is_to_verify(world, client):
    call(world)
    home = world.sign_in(client, "teacher").get("/aujourdhui/").text
    assert "appel à vérifier" not in home
    tell(world, now=at(8, 50))
    address = f"{reverse('attendance:classroom_roll', args=[world.classrooms['cpb'].pk])}?jour={TODAY}&amp;demi=am"
    for who, waits in (("teacher", True), ("supply", True), ("aesh", False), ("teacher_other_class", False)):
        home = world.sign_in(client, who).get("/aujourdhui/").text
        assert ("1\u00a0appel à vérifier" in home, address in home) == (waits, waits), who
    call(world, "child_adam", version=1, now=at(9))
    assert "appel à vérifier" not in world.sign_in(client, "teacher").get("/aujourdhui/").text


def test_a_school_without_pupils_is_told_so_and_has_no_register_to_print(world, client):
    Enrolment.objects.all().delete()
    page = world.sign_in(client, "head").get(reverse("attendance:school_absences", args=[world.schools["tilleuls"].pk]))
    assert "Aucun élève dans les classes" in page.text and "Registres" not in page.text


def test_an_absent_nobody_told_of_leads_to_the_telephones_of_the_guardians(world, client):
    adam = world.people["child_adam"]
    world.people["guardian"].contacts.create(kind="mobile", value="06 39 98 00 11", match_key="0639980011")
    world.people["guardian"].contacts.create(kind="email", value="a@essai.example", match_key="a@essai.example")
    call(world, "child_adam")
    record = reverse("schools:pupil", args=[adam.pk])
    school = reverse("attendance:school_absences", args=[world.schools["tilleuls"].pk])
    for who, page in (("teacher", url_of(world)), ("supply", url_of(world)), ("head", school)):
        assert f'href="{record}#guardians"' in world.sign_in(client, who).get(page).text, who
        assert client.get(record).text.count('href="tel:') == 1, who
    assert 'href="tel:0639980011"' in client.get(record).text
    tell(world, now=at(8, 50))
    call(world, "child_adam", version=1, now=at(9))
    assert record not in world.sign_in(client, "teacher").get(url_of(world)).text, "who told is not called"
