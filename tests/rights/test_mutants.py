"""The matrix falls when a filter of the product is dropped (trust.md T2)."""

import pytest

from tests.house.source import ROOT
from tests.rights.elsewhere import fill_around
from tests.rights.hunt import BREAKS, hunt, judge, meet, written_lines
from tests.rights.matrix import own_routes
from tests.rights.mutants import WHOLE, filters, watched
from tests.rights.samples import fill
from tests.rights.survivors import SURVIVORS
from tests.standing import standing
from tests.tally import MUTANTS, count
from tests.world import build_world

pytestmark = pytest.mark.matrix
CASES = {(method, name): (method, name, path) for path, name, methods in own_routes() for method in methods}
# A few in the ordinary run, each with an address known to see it.
SAMPLE = (
    ("people.models.persons.MandateQuerySet.current", "starts_on__lte", ("GET", "schools:classroom")),
    ("schools.rules.pupils_visible_to", WHOLE, ("GET", "schools:pupil")),
    ("schools.models.register.GuardianshipQuerySet.unrestricted", WHOLE, ("GET", "portal:classroom_home")),
    ("spaces.rules.publications_visible_to", WHOLE, ("GET", "media:picture")),
    ("arrivals.rules.schools_importable_by", WHOLE, ("GET", "arrivals:files")),
    ("plan.priorities.rules.lists_visible_to", WHOLE, ("GET", "priorities:list_detail")),
    ("plan.applications.rules.sight.opinions_visible_to", WHOLE, ("GET", "applications:application_detail")),
    ("plan.inventory.rules.assets_visible_to", WHOLE, ("GET", "inventory:asset_list")),
)  # fmt: skip


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker):
    """The world of the matrix, every filter watched."""
    with standing(django_db_blocker), pytest.MonkeyPatch.context() as patch:
        # As in the matrix: of whom a visit is counted is asked once a day.
        patch.setattr("preau.insight.usage.queries.standing_of", lambda person, face, today: None)
        world = build_world()
        fill(world)
        fill_around(world)
        with watched():
            yield world


@pytest.mark.parametrize("name, how, case", SAMPLE, ids=[f"{name} {how}" for name, how, _ in SAMPLE])
def test_the_matrix_falls_without_this_filter(name, how, case, filled, db):
    assert judge(filled, (name, how), CASES[case], written_lines())
    count(MUTANTS)


def test_the_matrix_stands_with_every_filter(filled, db):
    assert judge(filled, ("none", WHOLE), CASES["GET", "schools:pupil"], written_lines()) == ""


def test_each_survivor_names_a_test_that_is_there():
    named = {file for _, file in SURVIVORS.values()}
    assert {file for file in named if not (ROOT / "tests" / f"{file}.py").exists()} == set()


@pytest.mark.corpora
def test_the_matrix_misses_every_filter(filled, db, capsys):
    """Every filter dropped whole, one after the other. Survivors are named, here and in SURVIVORS."""
    met, lines = meet(filled, CASES.values()), written_lines()
    mutants = sorted(name for name, how in met.pairs if how == WHOLE)
    fallen = {name: hunt(filled, met, (name, WHOLE), lines) for name in mutants}
    survivors = {name for name, fell in fallen.items() if not fell}
    caught = [fell for fell in fallen.values() if fell]
    count(MUTANTS, len(caught))
    broken = sum(fell.startswith(BREAKS) for fell in caught)
    with capsys.disabled():
        print(f"\n{len(caught)} of {len(mutants)} dropped filters caught, {broken} of them by a page that breaks.")
        print(*(f"survives: {name}: {SURVIVORS.get(name, 'not explained')}" for name in sorted(survivors)), sep="\n")
        print("refuses nobody in the matrix:", ", ".join(sorted(set(filters()) - set(mutants))))
    assert survivors == set(SURVIVORS)
    assert len(caught) >= 180, "an enumeration that shrinks would pass for nothing"
