"""How the tests are shared between the processes of a run, and which are played on both bases.

Whole files go together, as what a file's tests share is made once. Four exceptions. The tests on the demo's world go
together, because playing it takes half a minute. The matrix is asked in two halves, and each room that axe reads is a
part of its own: whole, these two files would take most of one process. So is each test that kills or stops something
and waits for it to come back.
"""

from django.conf import settings
from xdist.scheduler import LoadScopeScheduling

TOGETHER = ("tests/demo/played/",)
APART = (
    "tests/look/test_every_page.py", "tests/arrivals/test_kills.py", "tests/web/test_standing_up.py",
    "tests/ent/notes/test_web_kills.py",
)  # fmt: skip
MATRIX = "tests/rights/test_matrix.py"


class Sharing(LoadScopeScheduling):
    def _split_scope(self, nodeid):
        return part_of(nodeid, halve=not self.config.getoption("--update-rights"))


def part_of(nodeid, *, halve=True):
    """The part of the run that a test goes with: tests of one part are run by one process, one after the other.

    What is noted of the pages that answered is read after GET alone, so all of GET stays in one part; `docs/rights.md`
    is written by one process.
    """
    file = nodeid.split("::")[0]
    for folder in TOGETHER:
        if file.startswith(folder):
            return folder
    if file.startswith(APART):
        return nodeid
    if file == MATRIX and halve and "as_written[" in nodeid and "[GET " not in nodeid:
        return f"{file} without GET"
    return file


ASKING = {"db", "transactional_db", "live_server", "postgres_address"}


def is_for_both_bases(item):
    """Whether a test is played on both bases: it may ask the base, which pytest-django refuses to the others."""
    if item.get_closest_marker("once"):
        return False
    if ASKING & set(item.fixturenames) or "django_db" in item.keywords:
        return True
    made = (fixture for fixtures in item._fixtureinfo.name2fixturedefs.values() for fixture in fixtures)
    return any(
        "django_db_blocker" in fixture.argnames and not fixture.func.__module__.startswith("pytest_django")
        for fixture in made
    )


def walks(count):
    """How many walks a property is tried on: a fifth of them on PostgreSQL, where their statements are asked of it; the
    rules that they try are the same code on both."""
    is_postgresql = "postgresql" in settings.DATABASES["default"]["ENGINE"]
    return max(count // 5, 5) if is_postgresql else count
