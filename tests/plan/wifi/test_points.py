"""What access points say, over real HTTP: a key, a bound, nothing of anybody; and a bridge that drives them."""

import datetime
import io
import json
import re

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils.timezone import now as clock

from preau.plan.wifi import actions, queries, rules
from preau.plan.wifi.actions.keys import CALLS_A_MINUTE
from preau.plan.wifi.bridge import Bridge, Simulated, ask_over_http
from preau.plan.wifi.models import Ending, HookKey, PointSignal, WifiWindow
from tests.plan.wifi.conftest import TEN, TODAY, WIFI, at
from tests.texts import as_drawn

URL = reverse("wifi:point_reports")


@pytest.fixture
def key(scene):
    return actions.make_key(person=None, city=scene.school.city, now=TEN)


@pytest.fixture
def tell(client, key, morning):
    """tell(point, "on", at(10)): one report, as a controller sends it."""

    def send(*points, key=key, **more):
        body = {"points": [{"point": p.tag, "is": state, "since": since.isoformat()} for p, state, since in points]}
        return client.post(
            URL, json.dumps(body | more), content_type="application/json", headers={"Authorization": f"Bearer {key}"}
        )

    return send


def measured(window):
    return queries.with_measures(WifiWindow.objects.filter(pk=window.pk)).get()


def test_declared_until_its_access_point_says_so(scene, tell):
    window = scene.open(point=scene.carried)
    assert measured(window).origin_text == "déclaré"
    answer = tell((scene.carried, "on", at(10))).json()
    assert answer == {
        "points": [{"point": scene.carried.tag, "be": "on", "until": at(10, 45).isoformat()}],
        "unknown": [],
    }
    assert measured(window).origin_text == "mesuré"


def test_a_report_sent_twice_changes_nothing(scene, tell):
    scene.open(point=scene.carried)
    first = tell((scene.carried, "on", at(10)))
    again = tell((scene.carried, "on", at(10)))
    assert first.json() == again.json() and PointSignal.objects.count() == 1


def test_the_switch_of_the_cart_ends_the_window(scene, tell):
    window = scene.open(point=scene.carried, now=at(9, 30))
    tell((scene.carried, "on", at(9, 31)))
    assert tell((scene.carried, "off", at(9, 50))).json()["points"][0]["be"] == "off"
    window.refresh_from_db()
    assert (window.ended_at, window.ending) == (at(9, 50), Ending.SWITCH)


def test_on_outside_any_window_is_kept_shown_and_put_off(scene, tell):
    assert tell((scene.fixed, "on", at(9, 40))).json()["points"] == [
        {"point": scene.fixed.tag, "be": "off", "until": None}
    ]
    assert queries.on_outside(scene.school, at(0), 50)[0].point == scene.fixed


def test_no_page_says_off_while_an_access_point_says_on(scene, tell, client):
    home, school = reverse("wifi:wifi_home"), reverse("wifi:school_wifi", args=[scene.school.pk])

    def read(*reports):
        tell(*reports)
        scene.world.sign_in(client, "city_it")
        return [as_drawn(client.get(url).text).replace("\u00a0", " ").replace("&nbsp;", " ") for url in (home, school)]

    told, own = read((scene.fixed, "on", at(9, 40)))
    for page in (told, own):
        assert "<h1>1 borne est allumée hors séance</h1>" in page
    assert "1 borne hors séance</span>" in told and "allumée depuis le " in own
    register = client.get(reverse("wifi:register", args=[scene.school.pk])).text
    assert "Aucune séance n’a encore été déclarée" in register and "Wi-Fi est éteint" not in register
    told, own = read((scene.fixed, "off", at(9, 50)))
    assert f"<h1>Aucune séance de {WIFI} en ce moment</h1>" in told and "hors séance</span>" not in told
    assert re.search(rf"<h1>Le {WIFI} est éteint</h1>\s*<p>\s*<span[^>]*>déclaré</span>", own)
    _, own = read((scene.carried, "off", at(9, 50)))
    assert re.search(rf"<h1>Le {WIFI} est éteint</h1>\s*<p>\s*<span[^>]*>mesuré</span>", own)


def test_an_access_point_left_on_after_its_window_is_told_too(scene, tell, client):
    window = scene.open(point=scene.carried, now=at(9, 30))
    tell((scene.carried, "on", at(9, 31)))
    actions.close_window(person=scene.teacher, window=window, now=at(9, 40))
    (line,) = [each for each in queries.wifi_of([scene.school], TEN)]
    assert (line.on_count, line.alone_count) == (0, 1)
    waits = rules.points_lit_alone_for(scene.world.people["city_it"], TODAY)
    assert [said.point for said in waits] == [scene.carried], "and waits for the city's IT"


def test_another_citys_key_never_speaks_of_this_one(scene, tell):
    other = actions.make_key(person=None, city=scene.world.cities["ailleurs"], now=TEN)
    answer = tell((scene.carried, "on", at(10)), key=other).json()
    assert answer == {"points": [], "unknown": [scene.carried.tag]} and not PointSignal.objects.exists()


@pytest.mark.parametrize("header", ["", "Bearer ", "Bearer wrong", "Basic {key}"])
def test_without_the_key_nothing_is_read(scene, client, key, header):
    answer = client.post(URL, "{}", content_type="application/json", headers={"Authorization": header.format(key=key)})
    assert answer.status_code == 401 and not answer.cookies


def test_the_key_is_kept_as_a_digest_and_a_new_one_ends_it(scene, tell, key):
    assert key not in str(HookKey.objects.values())
    actions.make_key(person=None, city=scene.school.city, now=TEN)
    assert tell().status_code == 401
    assert HookKey.objects.filter(ended_at=None).count() == 1


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"{}", b"\xff", b"[" * 9000, b'{"points": 3}', b'{"points": [3]}',
        b'{"points": [{"point": "A", "is": "on"}]}',
        b'{"points": [{"point": "A", "is": "on", "since": "2026-11-25T09:00:00+01:00", "device": "aa:bb"}]}',
        b'{"points": [{"point": "A", "is": "maybe", "since": "2026-11-25T09:00:00+01:00"}]}',
        b'{"points": [{"point": "A", "is": "on", "since": "2026-11-25T09:00:00"}]}',
        b'{"points": [{"point": "A", "is": "on", "since": "2026-13-45T09:00:00+01:00"}]}',
        b'{"points": [{"point": "A", "is": "on", "since": "2999-01-01T09:00:00+01:00"}]}',
        b'{"points": [{"point": "A", "is": "on", "since": "0001-01-01T00:00:00+14:00"}]}',
        b'{"points": [{"point": ["A"], "is": "on", "since": 3}]}', b" " * 70_000,
    ],
)  # fmt: skip
def test_what_is_not_asked_for_is_refused(client, key, body):
    answer = client.post(URL, body, content_type="application/json", headers={"Authorization": f"Bearer {key}"})
    assert answer.status_code == 422 and answer.json()["problem"]
    assert not PointSignal.objects.exists()


def test_too_many_calls_wait(scene, tell):
    HookKey.objects.update(minute=TEN, calls_count=CALLS_A_MINUTE)
    answer = tell()
    assert answer.status_code == 429 and answer.headers["Retry-After"] == "60"
    HookKey.objects.update(minute=at(9, 59))
    assert tell().status_code == 200


def test_a_bridge_puts_it_on_and_off_and_the_register_is_measured(scene, key):
    """No network: the bridge asks the actions."""
    window = scene.open(scene.other_room)
    time = [TEN]
    simulated = Simulated([scene.fixed.tag], clock=lambda: time[0])

    def ask(report):
        reports = [
            actions.Report(p["point"], p["is"], datetime.datetime.fromisoformat(p["since"])) for p in report["points"]
        ]
        wanted, _ = actions.receive_reports(city=scene.school.city, reports=reports, now=time[0])
        return {"points": [{"point": w.tag, "until": w.until and w.until.isoformat()} for w in wanted]}

    bridge = Bridge(simulated, ask)
    time[0] = at(10, 1)
    assert bridge.turn(time[0]) and simulated.points()[0].is_on
    time[0] = at(10, 46)
    assert bridge.turn(time[0]) and not simulated.points()[0].is_on
    actions.close_due(now=time[0])
    found = measured(window)
    assert (found.origin_text, found.first_on_at, found.last_off_at) == ("mesuré", at(10, 1), at(10, 46))
    assert (found.ended_at, found.ending) == (at(10, 45), Ending.TIME)


def test_a_bridge_that_hears_nothing_puts_off_at_the_end():
    simulated = Simulated(["ABC234"])
    said = iter([{"points": [{"point": "ABC234", "until": at(10, 45).isoformat()}]}] * 2)
    bridge = Bridge(simulated, lambda report: next(said))
    assert bridge.turn(TEN) and simulated.points()[0].is_on

    def silent(report):
        raise OSError

    bridge.ask = silent
    assert not bridge.turn(at(10, 30)) and simulated.points()[0].is_on
    assert not bridge.turn(at(10, 45)) and not simulated.points()[0].is_on


@pytest.mark.django_db(transaction=True)
def test_the_command_speaks_http_to_the_hook(scene, key, live_server, tmp_path):
    (tmp_path / "key").write_text(key)
    out = io.StringIO()
    call_command(
        "wifi_bridge",
        address=f"{live_server.url}{URL}",
        key_file=tmp_path / "key",
        points=scene.carried.tag,
        turns=1,
        stdout=out,
    )
    assert f"{scene.carried.tag} off" in out.getvalue() and "ne répond pas" not in out.getvalue()
    assert PointSignal.objects.get().state == "off"


@pytest.mark.django_db(transaction=True)
def test_the_hook_puts_a_simulated_access_point_on(scene, key, live_server):
    now = clock()
    window = scene.open(point=scene.carried, now=TEN)
    WifiWindow.objects.filter(pk=window.pk).update(
        opened_at=now - datetime.timedelta(minutes=1), ends_at=now + datetime.timedelta(hours=2)
    )
    simulated = Simulated([scene.carried.tag])
    assert Bridge(simulated, ask_over_http(f"{live_server.url}{URL}", key)).turn(now)
    assert simulated.points()[0].is_on and measured(window).is_measured
