"""« Signaler »: to whom a report goes, what it keeps, and that who is reported never meets it."""

import datetime
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from preau.ent.mail import actions, rules
from preau.ent.mail.clocks import CLOCKS
from preau.ent.mail.models import Report
from preau.ent.mail.queries import receivers_of
from preau.ent.mail.views import reports
from preau.kit.answers import Conflict, Refused
from preau.media.documents import Document
from preau.people.models import Mandate, Role
from preau.privacy.exports import read_tables
from preau.schools.models import Guardianship
from tests.ent.mail.acts import answer, begin
from tests.media.test_documents import plain
from tests.world import TODAY

pytestmark = pytest.mark.django_db
SECRET = "Zibeline, tu vas voir"
SEES = {
    "class": {"head", "teacher_other_class"},
    "head": {"head"},
    "ien": {"ien"},
    "dsden": {"dsden", "ia_dasen", "ia_dasen_deputy"},
}
# (who writes, to whom, about which child, to whom the report goes)
ROADS = (
    ("pupil_cm2", "teacher_other_class", None, "class"),
    ("guardian", "head", "child_adam", "head"),
    ("teacher", "guardian", "child_adam", "ien"),
    ("head", "guardian", "child_adam", "ien"),
    ("aesh", "atsem", None, "ien"),
    ("city_education", "head", None, "head"),
    ("ien", "head", None, "dsden"),
    ("dsden", "head", None, "ien"),
)


def report(world, who, message, **more):
    said = {"reason": "harassment", "words": "Chaque soir.", "now": now()} | more
    return actions.report_message(person=world.people[who], message=message, **said)


def reported(world, author="teacher", reader="guardian", child="child_adam"):
    message = begin(world, author, (reader,), child=child, text=SECRET).messages.get()
    return report(world, reader, message)


@pytest.mark.parametrize("author, reader, child, to", ROADS)
def test_it_goes_to_who_must_know_and_never_to_who_is_reported(world, author, reader, child, to):
    made = reported(world, author, reader, child)
    assert made.to == to and made.about == world.people[author]
    names = {person.pk: name for name, person in world.people.items()}
    sees = {
        names[pk]
        for pk in names
        if rules.reports_visible_to(world.people[names[pk]], TODAY).filter(pk=made.pk).exists()
    }
    assert sees == (SEES[to] | {reader}) - {author}
    assert {names[person.pk] for person in receivers_of(made, TODAY)} == SEES[to] - {author}
    opened = {names[pk] for pk in names if reports.REPORTS.rows(world.people[names[pk]], TODAY, made.pk)}
    assert opened == sees, "what its page reads is what is seen"
    handled = {names[pk] for pk in names if rules.can_handle_report(world.people[names[pk]], made, TODAY)}
    assert handled == SEES[to] - {author}


def test_who_receives_it_opens_what_is_joined_to_that_message_alone(world, client):
    """Though they read others; who reported it reads its names here, and the file where it was sent."""
    files = [[(Document("pdf", plain(), 1), name)] for name in ("Plan", "Menu")]
    message = begin(world, "guardian", ("teacher",), text=SECRET, files=files[0]).messages.get()
    other = begin(world, "guardian", ("head",), files=files[1]).messages.get()
    page = reverse("mail:report", args=[report(world, "teacher", message).pk])
    joined, beside = (reverse("mail:message_file", args=[one.files.get().pk]) for one in (message, other))
    shown = {who: world.sign_in(client, who).get(page).text for who in ("head", "teacher")}
    assert joined in shown["head"] and "Plan" in shown["teacher"]
    assert joined not in shown["teacher"] and beside not in shown["head"]


def test_nobody_reports_a_message_that_they_do_not_read(world, client):
    message = begin(world, "teacher", ("guardian",), child="child_adam", text=SECRET).messages.get()
    address = reverse("mail:report_create", args=[message.pk])
    for name in ("guardian_coparent", "head", "aesh", "guardian_far", "pupil_cm2", "ien", "city_education", "operator"):
        client = world.sign_in(client, name)
        for given in (client.get(address), client.post(address, {"reason": "harassment", "words": "Lu."})):
            assert given.status_code in (403, 404) and SECRET not in given.text, name
        with pytest.raises(Refused):
            report(world, name, message)
    assert not Report.objects.exists() and SECRET in world.sign_in(client, "guardian").get(address).text


def test_pages_of_a_report_ask_eight_queries_at_most(world, client, django_assert_max_num_queries):
    message = begin(world, "teacher", ("guardian",), child="child_adam", text=SECRET).messages.get()
    begun = reverse("mail:report_create", args=[message.pk])
    made = reported(world, "guardian", "head")
    for who, address in (("guardian", begun), ("head", reverse("mail:report", args=[made.pk]))):
        world.sign_in(client, who)
        with django_assert_max_num_queries(8):
            assert client.get(address).status_code == 200, address


def test_a_parent_who_also_heads_the_school_is_reported_to_the_ien(world):
    as_parent = begin(world, "guardian", ("teacher",), text=SECRET).messages.get()
    Mandate.objects.create(
        person=world.people["guardian"], role=Role.AESH, classroom=world.classrooms["gs"], starts_on=world.before
    )
    assert reported(world, "guardian", "teacher").to == "ien"
    assert report(world, "teacher", as_parent).to == "ien", "written as a parent, who serves in the school by now"
    Mandate.objects.filter(role=Role.IEN).delete()
    assert reported(world, "guardian", "supply").to == "dsden", "nobody reads it in an empty office"
    made = reported(world, "dsden", "head", None)
    for who, sees in (("dsden", False), ("ia_dasen", True)):
        assert rules.reports_visible_to(world.people[who], TODAY).filter(pk=made.pk).exists() is sees, who


def test_it_is_made_followed_and_closed_in_the_browser(world, client):
    message = begin(world, "teacher", ("guardian",), text=SECRET).messages.get()
    url = reverse("mail:report_create", args=[message.pk])
    form = world.sign_in(client, "guardian").get(url).content.decode()
    assert "3018" in form and "tel:119" in form and SECRET in form
    said = client.post(url, {"words": "Chaque soir."})
    assert said.status_code == 422 and "Chaque soir." in said.content.decode()
    shown = client.post(url, {"reason": "harassment", "words": "Chaque soir."}, follow=True).content.decode()
    assert "Signalement envoyé" in shown and "3018" in shown and "Reçu" in shown
    made = Report.objects.get()
    actions.recall_message(person=world.people["teacher"], message=message, now=now())
    page = reverse("mail:report", args=[made.pk])
    ien = world.sign_in(Client(), "ien")
    assert "1\u00a0signalement vous attend" in ien.get(reverse("mail:inbox")).content.decode()
    read = ien.get(page).content.decode()
    assert f'<a href="{reverse("mail:inbox")}" aria-current="page">Messages' in read, "behind the door of messages"
    assert SECRET in read and "Chaque soir." in read and world.people["teacher"].formal_name in read
    assert ien.post(page, {"answer": "Fait."}).status_code == 422, "taken up first"
    ien.post(reverse("mail:taking_create", args=[made.pk]))
    assert "Pris en charge" in client.get(page).content.decode()
    ien.post(page, {"answer": "Un rappel a été fait."})
    assert "Un rappel a été fait." in client.get(page).content.decode()
    with pytest.raises(Conflict):
        actions.close_report(person=world.people["ien"], report=made, answer="Encore", now=now())
    for who in ("teacher", "head", "guardian_coparent", "city_education"):
        world.sign_in(client, who)
        assert client.get(page).status_code == client.post(page, {"answer": "x"}).status_code == 404, who
        assert client.post(reverse("mail:taking_create", args=[made.pk])).status_code == 404, who
        assert made.get_reason_display() not in client.get(reverse("mail:reports")).content.decode().lower()


def test_homes_say_to_who_receives_it_that_a_report_waits(world, client):
    def told(who):
        page = world.sign_in(client, who).get("/aujourdhui/").content.decode()
        return re.findall("([0-9]+)\u00a0signalements? vous atten", page)

    of_pupil = reported(world, "pupil_cm2", "teacher_other_class", None)
    reported(world, "head", "guardian")
    found = {who: told(who) for who in ("head", "teacher_other_class", "ien", "teacher", "aesh", "pedagogical_adviser")}
    assert found == dict.fromkeys(("head", "teacher_other_class", "ien"), ["1"]) | dict.fromkeys(
        ("teacher", "aesh", "pedagogical_adviser"), []
    ), "the head is not told of what is about her"
    actions.take_report(person=world.people["head"], report=of_pupil, now=now())
    assert told("head") == told("teacher_other_class") == []


def test_a_reporter_follows_and_does_not_close_and_reports_once(world, client):
    made = reported(world)
    for act in (
        lambda: actions.take_report(person=world.people["guardian"], report=made, now=now()),
        lambda: report(world, "guardian", made.message),
        lambda: report(world, "teacher", made.message),
    ):
        with pytest.raises(Refused):
            act()
    sent = world.sign_in(client, "guardian").post(reverse("mail:report", args=[made.pk]), {"answer": "Rien"})
    assert sent.status_code == 403 and Report.objects.get().closed_at is None


def test_who_is_reported_is_told_nothing_by_an_archive_and_a_report_has_its_end(world):
    made = reported(world)
    assert "Chaque soir." in str(read_tables(world.people["guardian"]))
    assert "Chaque soir." not in str(read_tables(world.people["teacher"]))
    answer(world, made.message.conversation, "guardian")
    assert not CLOCKS[1].rows(now()).exists()
    assert CLOCKS[1].rows(now() + datetime.timedelta(days=3 * 366)).get() == made
    made.message.conversation.delete()
    assert Report.objects.get().text == SECRET, "it outlives the conversation"


def test_a_report_about_one_s_own_child_goes_to_the_others_then_above(world):
    child = world.people["pupil_cm2"]
    for parent, to, others in (("teacher_other_class", "class", {"head"}), ("head", "ien", {"ien"})):
        Guardianship.objects.create(guardian=world.people[parent], child=child, starts_on=world.before)
        made = Report.objects.create(
            school=world.schools["tilleuls"],
            reporter=world.people["guardian"],
            about=child,
            about_part="pupil",
            to=rules.report_goes_to(child, "pupil", world.schools["tilleuls"], TODAY),
            reason="insult",
            text=SECRET,
            sent_at=now(),
            reported_at=now(),
        )
        assert made.to == to
        assert not rules.reports_visible_to(world.people[parent], TODAY).filter(pk=made.pk).exists()
        assert {person.pk for person in receivers_of(made, TODAY)} == {world.people[name].pk for name in others}
