"""From a page seen to the week's table: nothing written by a GET, nothing lost or doubled by a kill, no name."""

import datetime
import json
import os
import signal
import subprocess
import sys
from types import SimpleNamespace

import pytest
import time_machine
from django.urls import get_resolver

from preau.insight.usage import actions, dnma, middleware, queries, rules, spool
from preau.insight.usage.models import ClosedWeek, Profile, RawHit, SpoolFile, WeekUse
from preau.kit import digest
from preau.places.models import City, School
from tests.house.source import ROOT
from tests.insight.weeks import LATER, MONDAY, fill_week, line
from tests.world import TODAY


@pytest.fixture(autouse=True)
def spool_root(settings, tmp_path):
    settings.SPOOL_ROOT = tmp_path / "spool"
    return settings.SPOOL_ROOT


def spooled(root):
    return [line for path in sorted(root.glob("*.jsonl")) for line in spool.read(path)]


def test_a_page_seen_is_a_line_outside_the_base(world, client, spool_root):
    world.sign_in(client, "teacher")
    before = digest.take(files=False)
    assert client.get("/aujourdhui/").status_code == 200
    assert digest.take(files=False) == before
    (seen,) = spooled(spool_root)
    assert seen["s"] == str(world.schools["tilleuls"].pk)
    assert (seen["f"], seen["v"]) == ("enseignant", "accueil")
    text = json.dumps(seen)
    assert str(world.people["teacher"].pk) not in text and str(world.account("teacher").pk) not in text


@pytest.mark.parametrize("path", ["/", "/sante", "/n-existe-pas/"])
def test_an_anonymous_or_missing_page_counts_nothing(world, client, spool_root, path):
    client.get(path)
    assert spooled(spool_root) == []


@pytest.mark.parametrize(
    "actor, profile, schools",
    [
        ("teacher", Profile.TEACHER, ["tilleuls"]),
        ("head", Profile.STAFF, ["tilleuls"]),
        ("atsem", Profile.STAFF, ["tilleuls"]),
        ("canteen", None, []),
        ("pupil_cm2", Profile.PUPIL, ["tilleuls"]),
        ("guardian", Profile.GUARDIAN, ["tilleuls"]),
        ("guardian_two_schools", Profile.GUARDIAN, ["saules", "tilleuls"]),
        ("city_education", None, []),
        ("ien", None, []),
        ("former_teacher", None, []),
        ("guardian_restricted", None, []),
    ],
)
def test_as_what_and_where_a_visit_counts(world, actor, profile, schools):
    found = queries.standing_of(world.people[actor], None, TODAY)
    assert (found.profile if found else None) == profile
    names = {school.pk: name for name, school in world.schools.items()}
    assert sorted(names[key] for _, key in (found.schools if found else ())) == schools


@pytest.mark.parametrize(
    "changed, counted",
    [
        ({}, True),
        ({"method": "POST"}, False),
        ({"person": None}, False),
        ({"status": 403}, False),
        ({"kind": "image/webp"}, False),
        ({"meta": {"HTTP_HX_REQUEST": "true"}}, False),
    ],
)
def test_only_whole_pages_shown_to_someone_count(changed, counted):
    said = {"method": "GET", "person": "x", "status": 200, "kind": "text/html; charset=utf-8", "meta": {}} | changed
    request = SimpleNamespace(method=said["method"], _person=said["person"], META=said["meta"], resolver_match="x")
    response = SimpleNamespace(status_code=said["status"], headers={"Content-Type": said["kind"]})
    assert middleware.is_counted(request, response) is counted


def test_where_a_visit_counts_is_asked_once(world, client, django_assert_max_num_queries):
    counter = middleware.CountVisits(lambda request: None)
    request = type("Request", (), {"user": world.account("guardian"), "person": world.people["guardian"]})()
    request.session = {}
    with django_assert_max_num_queries(2):
        first = counter.standing(request, TODAY)
    with django_assert_max_num_queries(0):
        assert counter.standing(request, TODAY) == first


def test_a_full_disk_never_spoils_a_page(world, client, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(spool, "write", full)
    world.sign_in(client, "teacher")
    assert client.get("/aujourdhui/").status_code == 200


def test_a_file_still_written_to_waits(world):
    spool.write(line(world.schools["tilleuls"]), now=MONDAY)
    assert actions.flush(now=MONDAY + datetime.timedelta(seconds=50)) == 0
    assert actions.flush(now=MONDAY + datetime.timedelta(seconds=70)) == 1
    assert actions.flush(now=MONDAY + datetime.timedelta(seconds=80)) == 0
    assert RawHit.objects.get().week == "2026-W47"


def test_a_clock_set_back_writes_to_a_file_that_will_be_read(world):
    spool.write(line(world.schools["tilleuls"]), now=LATER)
    spool.write(line(world.schools["tilleuls"], "b" * 32), now=MONDAY)
    assert actions.flush(now=MONDAY + datetime.timedelta(minutes=2)) == 1
    assert actions.flush(now=LATER + datetime.timedelta(minutes=2)) == 1


def test_a_line_cut_in_its_middle_is_left_out(world, spool_root):
    spool.write(line(world.schools["tilleuls"]), now=MONDAY)
    (path,) = spool_root.glob("*.jsonl")
    path.write_text(path.read_text() + '{"t":17632')
    assert actions.flush(now=LATER) == 1


def test_a_file_read_but_not_yet_removed_is_not_counted_twice(world, spool_root, monkeypatch):
    spool.write(line(world.schools["tilleuls"]), now=MONDAY)
    (path,) = spool_root.glob("*.jsonl")
    kept = path.read_bytes()
    assert actions.flush(now=LATER) == 1
    path.write_bytes(kept)  # the worker was killed between its commit and the removal
    assert actions.flush(now=LATER) == 0
    assert RawHit.objects.count() == 1 and not path.exists()


def test_a_long_file_is_read_a_few_lines_at_a_time(world, spool_root, monkeypatch):
    monkeypatch.setattr(actions, "CHUNK", 2)
    for _ in range(5):
        spool.write(line(world.schools["tilleuls"]), now=MONDAY)
    held, make = [], actions._hits
    monkeypatch.setattr(actions, "_hits", lambda lines, closed: held.append(len(lines)) or make(lines, closed))
    assert actions.flush(now=LATER) == RawHit.objects.count() == 5 and held == [2, 2, 1]


def test_a_file_whose_rows_were_refused_stays_for_later(world, spool_root, monkeypatch):
    spool.write(line(world.schools["tilleuls"]), now=MONDAY)
    monkeypatch.setattr(actions, "_hits", lambda lines, closed: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        actions.flush(now=LATER)
    assert SpoolFile.objects.count() == 0 and len(spooled(spool_root)) == 1


KILLED = """
import datetime, os, sys, django
django.setup()
from preau.insight.usage import spool
now = datetime.datetime.now(datetime.UTC)
print(int(now.timestamp()), flush=True)
number = 0
while True:
    hit = {"t": int(now.timestamp()), "p": f"{number:032}", "s": sys.argv[1], "f": "parent", "v": "accueil"}
    spool.write(hit, now=now)
    number += 1
    print(number, flush=True)
"""


@pytest.mark.long
def test_kill_minus_nine_loses_nothing_that_was_written(world, spool_root):
    school = world.schools["tilleuls"]
    env = {**os.environ, "PREAU_HOME": str(spool_root.parent), "PYTHONPATH": f"{ROOT}/src:{ROOT}"}
    env.pop("PYTEST_XDIST_WORKER", None)
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(school.pk)], env=env, stdout=subprocess.PIPE, text=True
    )
    with process.stdout:
        begun = datetime.datetime.fromtimestamp(int(process.stdout.readline()), datetime.UTC)  # its own clock
        for _ in range(200):
            acknowledged = int(process.stdout.readline())
        process.send_signal(signal.SIGKILL)
        acknowledged = max([acknowledged, *map(int, process.stdout.read().split())])
        process.wait()
    actions.flush(now=begun + datetime.timedelta(minutes=3))
    found = RawHit.objects.count()
    assert acknowledged <= found <= acknowledged + 1
    assert RawHit.objects.values("pseudonym").distinct().count() == found


def test_a_closed_week_keeps_counts_and_forgets_hits(world):
    fill_week(world)
    assert actions.close_weeks(now=MONDAY + datetime.timedelta(days=7, hours=1)) == []  # Monday: a day is left
    assert actions.close_weeks(now=LATER) == ["2026-W47"]
    assert RawHit.objects.count() == 0
    use = WeekUse.objects.get(school=world.schools["tilleuls"], profile="", service="")
    assert (use.visits_count, use.users_count, use.duration_seconds) == (12, 6, 3600)
    city = WeekUse.objects.get(school=None, profile="parent", service="")
    assert city.is_masked  # one teacher would be the city's total less its parents


def test_small_cells_hold_no_number_at_all(world):
    fill_week(world)
    actions.close_weeks(now=LATER)
    small = WeekUse.objects.get(school=world.schools["saules"], profile="enseignant", service="")
    assert small.is_masked
    assert (small.visits_count, small.users_count, small.duration_seconds) == (None, None, None)


def test_a_closed_week_stays_as_it_is(world):
    fill_week(world)
    actions.close_weeks(now=LATER)
    before = digest.business_digest()
    spool.write(line(world.schools["tilleuls"], "late".ljust(32, "x")), now=MONDAY)
    actions.flush(now=LATER)
    assert actions.close_week(week="2026-W47", now=LATER) == 0
    assert digest.business_digest() == before and RawHit.objects.count() == 0


def test_an_erased_person_leaves_no_hit(world):
    from preau.insight.usage.pseudonyms import pseudonym

    school, account = world.schools["tilleuls"], world.account("guardian")
    spool.write(line(school, pseudonym(account.pk, school.city_id, MONDAY.date())), now=MONDAY)
    spool.write(line(school), now=MONDAY)
    actions.flush(now=LATER)
    assert actions.forget_account(account_id=account.pk) == 1
    assert RawHit.objects.count() == 1


def test_a_pseudonym_changes_with_the_city_and_the_school_year(world):
    from preau.insight.usage.pseudonyms import pseudonym

    account, (one, two) = world.account("guardian").pk, (city.pk for city in world.cities.values())
    day, next_year = datetime.date(2026, 11, 16), datetime.date(2027, 9, 1)
    assert pseudonym(account, one, day) == pseudonym(account, one, datetime.date(2027, 8, 31))
    assert len({pseudonym(account, one, day), pseudonym(account, two, day), pseudonym(account, one, next_year)}) == 3


CAN_READ = {
    "head": ["tilleuls"], "head_other_school": ["saules"], "head_far": ["loin"],
    "city_education": ["saules", "tilleuls"], "elected": ["saules", "tilleuls"], "city_education_far": ["loin"],
    "ien": ["tilleuls"], "ien_other": ["loin"], "dsden": ["saules", "tilleuls"], "dan": ["saules", "tilleuls"],
}  # fmt: skip


def test_each_reads_its_own_schools_and_nobody_else_reads(world, client):
    fill_week(world)
    spool.write(line(world.schools["loin"]), now=MONDAY)
    actions.close_weeks(now=LATER)
    ClosedWeek.objects.get()
    for actor in ("teacher", "guardian", "pupil_cm2", "operator", "parents_federation"):
        client.logout()
        world.sign_in(client, actor)
        assert client.get("/usages/").status_code == 403, actor
        assert client.get("/usages/semaine.csv").status_code == 403, actor
        assert client.get("/usages/detail.csv").status_code == 403, actor
    names = {name: School.objects.get(pk=school.pk).uai for name, school in world.schools.items()}
    for actor, schools in CAN_READ.items():
        client.logout()
        world.sign_in(client, actor)
        assert client.get("/usages/").status_code == 200, actor
        text = client.get("/usages/semaine.csv?semaine=2026-W47").content.decode()
        assert sorted(name for name, uai in names.items() if uai in text) == schools, actor
    client.logout()
    assert client.get("/usages/").status_code == 302


def test_another_school_is_not_found(world, client):
    fill_week(world)
    actions.close_weeks(now=LATER)
    world.sign_in(client, "head")
    assert client.get(f"/usages/?ecole={world.schools['saules'].pk}").status_code == 404
    assert client.get("/usages/?ecole=tilleuls").status_code == 404
    page = client.get(f"/usages/?ecole={world.schools['tilleuls'].pk}").content.decode()
    assert "École Tilleuls" in page and "Canari" not in page


def test_two_schools_of_one_name_in_two_cities_are_two(world, client):
    fill_week(world)
    actions.close_weeks(now=LATER)
    tilleuls, loin = world.schools["tilleuls"], world.schools["loin"]
    City.objects.filter(pk=loin.city_id).update(department=tilleuls.city.department_id)
    School.objects.filter(pk=loin.pk).update(slug=tilleuls.slug)
    world.sign_in(client, "dsden")
    listed = client.get("/usages/").content.decode()
    assert f"ecole={tilleuls.pk}" in listed
    for school in (tilleuls, loin):
        response = client.get(f"/usages/?ecole={school.pk}")
        assert response.status_code == 200 and response.context["school"] == school


def test_the_page_keeps_its_number_of_queries(world, client, django_assert_max_num_queries):
    fill_week(world)
    actions.close_weeks(now=LATER)
    world.sign_in(client, "city_education")
    client.get("/usages/")
    with django_assert_max_num_queries(10):
        client.get("/usages/")


def test_before_the_first_week_the_page_says_so(world, client):
    world.sign_in(client, "head")
    assert "Aucune semaine" in client.get("/usages/").content.decode()


@time_machine.travel(LATER, tick=False)
def test_the_regular_job_closes_the_week(world):
    from preau.insight.usage.tasks import close_weeks

    fill_week(world)
    close_weeks.enqueue()
    assert ClosedWeek.objects.get().week == "2026-W47"


def test_the_whole_city_is_read_by_its_own_people(world):
    fill_week(world)
    actions.close_weeks(now=LATER)
    city = {"city_education", "city_it", "city_finance", "elected"}
    found = {
        name
        for name, person in world.people.items()
        if rules.uses_visible_to(person, TODAY).filter(school=None, city=world.cities["marelle"]).exists()
    }
    assert found == city


def test_the_last_weeks_of_a_school_are_read_by_who_reads_its_use(world):
    fill_week(world)
    actions.close_weeks(now=LATER)
    city = {"city_education", "city_it", "city_finance", "elected"}
    state = {"ia_dasen", "ia_dasen_deputy", "dsden", "dan", "ien", "pedagogical_adviser", "erun"}
    school = world.schools["tilleuls"]
    found = {n for n, person in world.people.items() if rules.last_weeks_read_by(person, school, TODAY)}
    assert found == city | state | {"head"}
    assert not rules.last_weeks_read_by(world.people["head"], world.schools["saules"], TODAY)


def test_the_page_of_every_room_belongs_to_a_service():
    """A head's hour on an application is use as well: a room that no service names would count for nothing."""
    modules = {pattern.callback.__module__ for pattern in flat(get_resolver().url_patterns)}
    rooms = {module for module in modules if module.startswith("preau.")}
    assert len(rooms) > 50 and {room for room in rooms if dnma.service_of(room) not in dnma.labels()} == set()


def flat(patterns):
    for pattern in patterns:
        yield from flat(pattern.url_patterns) if hasattr(pattern, "url_patterns") else (pattern,)
