"""Fixtures that every room's tests share."""

import atexit
import contextlib
import datetime
import fcntl
import gc
import os
import pickle
import shutil
from pathlib import Path
from pkgutil import resolve_name

import pytest
from django.core.cache import cache as shared
from django.db import connection
from django.db.models.signals import post_migrate
from hypothesis import HealthCheck, settings

from preau.kit.spoken import catalogues
from tests import apart, clients, clock, postgres, tally
from tests.home import Home
from tests.kept import GROUND, WORLDS
from tests.sharing import Sharing, is_for_both_bases
from tests.stack import roomy
from tests.standing import may_share, settle, standing
from tests.world import World, build_world

clock.hold_the_day()  # before pytest reads the conftest.py of a folder that it is given by name, and its NOW

# No test is timed: what is tried at random takes the time that a busy machine gives it.
settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
settings.load_profile("untimed")
MOST_FOUND = 40  # lines of a list that a law finds, where all the house would break it


def pytest_configure(config):
    if hasattr(config, "workerinput"):  # what it told is told by then; Python would undo what it holds, for seconds
        atexit.register(os._exit, 0)
    clients.share()
    catalogues.build()
    if connection.vendor == "postgresql":
        postgres.keep_prepared()
    # Django writes four rows per model after each test that commits; Préau reads none of its permissions.
    post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")


def pytest_assertrepr_compare(op, left, right):
    """Of « found == [] »: all that was found, one a line, as what is missing is written after one reading."""
    if op != "==" or right or not left or not isinstance(left, list | set | dict):
        return None
    lines = [f"{key}: {value}" for key, value in left.items()] if isinstance(left, dict) else list(map(str, left))
    more = [f"and {len(lines) - MOST_FOUND} more"] if len(lines) > MOST_FOUND else []
    return ["found, where nothing may be:", *lines[:MOST_FOUND], *more]


def pytest_addoption(parser):
    parser.addoption("--corpora", action="store_true", help="run the long tests on large or hostile inputs")
    parser.addoption("--update-rights", action="store_true", help="write docs/rights.md anew")
    parser.addoption(
        "--whole", choices=sorted(tally.FLOORS), help="fail when the run proves less than tests/tally.py says"
    )
    parser.addoption("--day", default=str(datetime.date.today()), help="ask again the actors drawn on that day")


@pytest.fixture(scope="session")
def day(pytestconfig):
    """The day whose actors are drawn (tests/rights/turns.py)."""
    return datetime.date.fromisoformat(pytestconfig.getoption("--day"))


SLOW = ("browser", "processes", "matrix")
PAGES = {"cost", "languages", "pages", "views", "weight"}  # files that ask whole pages


def pytest_collection_modifyitems(config, items):
    """The files that take minutes first, so that neither process ends alone; the long tests only when asked.

    In each file, the tests that stand on a world made once come last: the others may not see it.
    """
    slow = {item.path for item in items if any(mark in item.keywords for mark in SLOW)}
    slow |= {item.path for item in items if "played_once" in item.fixturenames}
    items.sort(key=lambda item: (item.path not in slow, "world" in item.fixturenames))
    for item in items:
        if "played_once" in item.fixturenames or PAGES & set(item.path.stem.split("_")):
            item.add_marker("long")
        if is_for_both_bases(item):
            item.add_marker("base")
    if config.getoption("--corpora"):
        return
    skip = pytest.mark.skip(reason="long: run with --corpora")
    for item in items:
        if "corpora" in item.keywords:
            item.add_marker(skip)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Asked for by `--dist loadfile`; another way of sharing is xdist's own."""
    return Sharing(config, log) if config.getoption("dist") == "loadfile" else None


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node, error):
    tally.join(getattr(node, "workeroutput", {}).get("tally", {}))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session, exitstatus):
    """In each process of the run, then where they are joined."""
    gc.collect()
    gc.freeze()  # pytest looks for garbage ten times more before it ends
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["tally"] = dict(tally.COUNTS)
    elif exitstatus == 0 and tally.missing(session.config.getoption("--whole")):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter, config):
    terminalreporter.write_line(f"\n{tally.told()}")
    for line in tally.missing(config.getoption("--whole")):
        terminalreporter.write_line(line, red=True)


def pytest_collection_finish(session):
    """What is loaded by now stays to the end: looking through it again and again for garbage is a tenth of the run."""
    tally.COUNTS[tally.COLLECTED] = len(session.items)
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def chromium():
    """Where Debian's Chromium is, first without windows: the same engine draws a page for half the work."""
    return shutil.which("chromium-headless-shell") or shutil.which("chromium")


# What some tests need from the system: the marker, whether it is there, the Debian package.
NEEDS = (
    ("browser", chromium, "chromium-headless-shell"),
    ("postgres", postgres.is_installed, "postgresql"),
    ("clamd", lambda: shutil.which("clamd"), "clamav-daemon"),
    ("ffmpeg", lambda: shutil.which("ffmpeg"), "ffmpeg"),
    ("exiftool", lambda: shutil.which("exiftool"), "libimage-exiftool-perl"),
)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item, nextitem):
    """Pytest's own, with room below it."""
    return roomy(item.config.pluginmanager.getplugin("runner").pytest_runtest_protocol, item, nextitem)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Not run without its system package; with CI=true nothing may stay unseen."""
    for marker, is_there, package in NEEDS:
        if marker in item.keywords and not is_there():
            answer = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
            answer(f"not run: apt-get install {package}")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """The base of this process is made after that, from the one where migrations are played."""
    postgres.await_migrations()


@pytest.fixture(scope="session")
def postgres_address():
    """A PostgreSQL server for the tests that need one whatever the base of the run."""
    with postgres.server() as address:
        yield address


@contextlib.contextmanager
def once_a_run(tmp_path_factory, name):
    """A path that all processes of the run share, each in its turn; the runs of .ci/run too."""
    folder = tmp_path_factory.getbasetemp()
    if postgres.KEPT in os.environ:
        folder = Path(os.environ[postgres.KEPT])
    elif "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # each process of the run has its own below
    with open(folder / f"{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder / name


@pytest.fixture(scope="session")
def migrated(tmp_path_factory):
    """An SQLite base to copy, whose migrations were played once for the whole run."""
    with once_a_run(tmp_path_factory, "migrated") as folder:
        home = Home(folder)
        base = home.path / "preau.sqlite3"
        if not base.exists():
            assert home.run("migrate", "-v0")[0] == 0
    return base


@pytest.fixture(scope="session")
def migrate(tmp_path_factory):
    """migrate(home): gives their tables to homes on PostgreSQL; migrations are played there once for the whole run."""

    def migrate(home):
        address = home.env["PREAU_DATABASE_URL"]
        with once_a_run(tmp_path_factory, postgres.TABLES) as kept:
            if kept.exists():
                postgres.ask("psql", address, "-q", "-v", "ON_ERROR_STOP=1", "-f", kept)
            else:
                assert home.run("migrate", "-v0")[0] == 0
                postgres.ask("pg_dump", address, "--no-owner", "-f", kept.with_suffix(".part"))
                kept.with_suffix(".part").rename(kept)

    return migrate


@pytest.fixture
def no_holidays(monkeypatch):
    """Kits are lent next Monday whatever the day these tests run; days without class have tests of their own."""
    monkeypatch.setattr("preau.places.queries.break_on", lambda zone, day: None)


@pytest.fixture
def kept_as_in_use(monkeypatch):
    """For `preau verify` here, which would tell that the tests’ base waits for no disk and played no migration."""
    monkeypatch.setattr("preau.kit.durability.is_up_to_date", lambda: True)
    monkeypatch.setattr("preau.kit.durability.find_faults", list)


@pytest.fixture(scope="module")
def world_made_once(request, django_db_setup, django_db_blocker):
    """None in a file where it may not stand from one test to the next."""
    if not may_share(request.session.items, request.path):
        yield None
        return
    with standing(django_db_blocker):
        yield WORLDS.put(build_world)


@pytest.fixture
def world(world_made_once, db, request, monkeypatch) -> World:
    """Two cities, five schools and one person of each kind: the actors of every rights test."""
    if world_made_once is None:
        shared.clear()  # a telephone's code that the test before used, by a person of the same id
        yield pickle.loads(WORLDS.put(build_world)[0])
        return
    made, kept = world_made_once
    with GROUND.of(kept, monkeypatch, str(request.path)):
        # A copy: what a test remembers of a person is not another's. From bytes, an eighth of what `deepcopy` takes.
        yield pickle.loads(made)


@pytest.fixture(scope="module")
def plan_made_once(django_db_setup, django_db_blocker):
    """The world's own city with a whole plan beside its two schools. Not with `world` in one file: nobody is twice."""
    with standing(django_db_blocker):
        made = WORLDS.put(build_plan)
        settle()
        yield made


def build_plan():
    from preau.people.models import Person
    from tests.commune import build_commune
    from tests.plan.conftest import NOW

    world = build_world()
    build_commune(city=world.cities["marelle"], person=Person.objects.get(pk=world.people["city_it"].pk), now=NOW)
    return world


@pytest.fixture
def plan(plan_made_once, db, request, monkeypatch):
    made, kept = plan_made_once
    with GROUND.of(kept, monkeypatch, str(request.path)):
        yield pickle.loads(made)  # what a test remembers of a person is not another's


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """Debian's Chromium, kept from talking to anyone."""
    args = [
        "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
        # A page lives for a second: its scripts are not worth compiling twice.
        "--js-flags=--no-opt --no-maglev --single-threaded-gc",
    ]  # fmt: skip
    if os.geteuid() == 0:
        args.append("--no-sandbox")
    return {"executable_path": chromium(), "args": args}


@pytest.fixture(autouse=True)
def pages_closed(request):
    """What a test opened in the browser is closed after it: each page left open holds a connection to the base."""
    yield
    if "browser" in request.fixturenames:
        for context in request.getfixturevalue("browser").contexts:
            context.close()


@pytest.fixture(scope="session", autouse=True)
def made_here():
    """Documents, pictures and tables are made and read in this process; gives what does it in use (tests/apart.py)."""
    in_use = {name: resolve_name(name) for name in apart.HERE}
    with pytest.MonkeyPatch.context() as patch:
        for name, here in apart.HERE.items():
            patch.setattr(name, here)
        yield in_use


@pytest.fixture(autouse=True)
def made_apart(request, made_here):
    """As in use, for the tests marked `apart`."""
    with pytest.MonkeyPatch.context() as patch:
        for name, in_use in made_here.items() if "apart" in request.keywords else ():
            patch.setattr(name, in_use)
        yield


@pytest.fixture(autouse=True)
def nothing_kept():
    """Public pages, overviews and verdicts kept by one test are not another's."""
    from preau.ent.sites.middleware import SHELF
    from preau.insight.steering.journal import VERDICTS
    from preau.plan.equipment.queries.remembered import KEPT

    SHELF.clear()
    KEPT.clear()
    VERDICTS.clear()
