"""Notifications on a telephone: asked for after the first mot, by adults, once a day for a child, without a name."""

import json

import pytest
from django.urls import reverse

from preau.kit.answers import Conflict, Refused
from preau.kit.mail import send_due
from preau.notify import actions
from preau.notify.models import Expected, PushDevice, Telling
from preau.people.models import Account
from preau.privacy.exports import read_tables
from tests.kit.test_outbound import said as says
from tests.kit.test_outbound import server
from tests.kit.test_push import Browser
from tests.notify.told import at, said

pytestmark = pytest.mark.django_db
PAGE = "/mon-compte/notifications/"
KNOWN = "https://updates.push.services.mozilla.com/wpush/v2/x"


def kept(world, who, endpoint, browser=None):
    given = (browser or Browser()).given(endpoint)
    return actions.keep_device(person=world.people[who], name="Firefox sur Android", now=at(0, 8), **given)


def read(held):
    """Everyone has read what was said to them."""
    Expected.objects.update(seen_at=at(0, 9))


def test_it_is_asked_for_after_the_first_mot_and_never_by_a_child(held):
    with pytest.raises(Refused, match="premier mot"):
        kept(held, "guardian", KNOWN)
    said(held, at(0, 9))
    with pytest.raises(Refused, match="premier mot"):  # received, not read
        kept(held, "guardian", KNOWN)
    read(held)
    kept(held, "guardian", KNOWN)
    with pytest.raises(Refused, match="adultes"):
        kept(held, "pupil_cm2", KNOWN)
    with pytest.raises(Conflict, match="ne connaît pas"):
        kept(held, "guardian", "https://intranet.example/x")
    kept(held, "guardian_coparent", KNOWN)  # one telephone, used by the other parent now
    assert PushDevice.objects.get().person == held.people["guardian_coparent"]
    for number in range(4):
        kept(held, "guardian_coparent", f"{KNOWN}{number}")
    with pytest.raises(Conflict, match="5 appareils"):
        kept(held, "guardian_coparent", f"{KNOWN}9")


def test_one_push_a_day_for_a_child_without_a_name_until_the_pause(held):
    browser = Browser()
    said(held, at(0, 9))
    read(held)
    with server(says(201)) as (url, asked):
        kept(held, "guardian", url, browser)
        said(held, at(1, 10))
        said(held, at(1, 11))
        assert send_due(now=at(1, 11)) == 1
        said(held, at(1, 21), who="head", level="urgent", reason="Fuite de gaz")
        assert send_due(now=at(1, 21)) == 1
        said(held, at(1, 22))
        assert send_due(now=at(2, 6, 59)) == 0 and send_due(now=at(2, 7, 10)) == 1
    (_, headers, body), (_, urgent, _), _ = asked
    words = json.loads(browser.read(body))
    assert words["body"] == "Un message vous attend." and set(words) == {"title", "body", "url"}
    assert headers["TTL"] == str(9 * 3600) and urgent["Urgency"] == "high" and headers["Urgency"] == "normal"
    assert Telling.objects.filter(way="push", end="left").count() == 3


def test_a_telephone_that_takes_no_more_is_forgotten_and_others_are_still_told(mailed):
    said(mailed, at(0, 9))
    read(mailed)
    with server(says(410)) as (url, _):
        kept(mailed, "guardian", url)
        kept(mailed, "guardian_coparent", f"{url}&other")
        Account.objects.filter(person=mailed.people["guardian_coparent"]).update(is_active=False)
        notice = said(mailed, at(1, 9))
        assert send_due(now=at(1, 9)) >= 2
    assert [device.person for device in PushDevice.objects.all()] == [mailed.people["guardian_coparent"]]
    ends = notice.tellings.filter(person=mailed.people["guardian"]).values_list("way", "end")
    assert set(ends) == {("push", "refused"), ("mail", "left")}


def test_the_page_keeps_this_browser_and_takes_it_back(held, client):
    world = held
    world.sign_in(client, "guardian")
    assert client.get(PAGE).status_code == 403 and PAGE not in client.get(reverse("account_home")).text
    said(world, at(0, 9))
    read(world)
    assert PAGE in client.get(reverse("account_home")).text and "Au plus une fois par jour" in client.get(PAGE).text
    refused = client.post(PAGE, {})
    assert refused.status_code == 422 and "n’a rien donné" in refused.text
    refused = client.post(PAGE, Browser().given("https://intranet.example/x"))
    assert refused.status_code == 422 and "ne connaît pas" in refused.text
    assert "sera prévenu" in client.post(PAGE, Browser().given(KNOWN), follow=True).text
    device = PushDevice.objects.get()
    exported = str(read_tables(world.people["guardian"]))
    assert KNOWN not in exported and "appareil à prévenir" in exported
    end = reverse("notify:device_end", args=[device.pk])
    assert world.sign_in(client, "guardian_coparent").post(end).status_code == 404
    world.sign_in(client, "guardian").post(end)
    assert not PushDevice.objects.exists()


def test_the_script_that_shows_them_is_served_at_the_root(client):
    answer = client.get("/service-worker.js")
    assert answer.headers["Content-Type"] == "text/javascript" and "showNotification" in answer.text


def test_who_answers_for_two_children_is_called_for_the_one_not_said_yet(held):
    city, gs = held.cities["marelle"], held.classrooms["gs"]
    said(held, at(0, 9), place=gs)
    read(held)
    with server(says(201)) as (url, asked):
        kept(held, "guardian_two_schools", url)
        for hour, place in ((8, gs), (9, city), (10, city), (11, gs)):
            said(held, at(1, hour), place=place)
            send_due(now=at(1, hour))
    assert len(asked) == 2
