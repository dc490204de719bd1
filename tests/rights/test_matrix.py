"""House laws 2 to 4 over every address and every actor: rights as written, no canary astray, GET writes nothing."""

import pytest
from django.test import Client

from tests.house.source import ROOT
from tests.rights.matrix import HEADER, as_line, ask_everyone, own_routes
from tests.rights.samples import fill

RIGHTS = ROOT / "docs" / "rights.md"
CASES = [(method, name, path) for path, name, methods in own_routes() for method in methods]


@pytest.fixture(scope="session")
def rights(request):
    """The lines of docs/rights.md; `--update-rights` writes them anew when the session ends."""
    update = request.config.getoption("--update-rights")
    lines = {} if update else {tuple(line.split(" | ")[:2]): line for line in RIGHTS.read_text().splitlines()}
    yield lines
    if update:
        RIGHTS.write_text(HEADER + "\n".join(lines[key] for key in sorted(lines)) + "\n")


@pytest.mark.parametrize("method, name, path", CASES, ids=[f"{m} {n}" for m, n, _ in CASES])
def test_each_address_answers_each_actor_as_written(method, name, path, world, rights, request):
    fill(world)
    found, leaked, written = ask_everyone(world, Client, method, name, path)
    line = as_line(method, name, found)
    if request.config.getoption("--update-rights"):
        rights[tuple(line.split(" | ")[:2])] = line
    assert leaked == []
    assert written == []
    assert [label for label in found if label.isdigit() and label.startswith("5")] == []
    assert rights.get(tuple(line.split(" | ")[:2])) == line


def test_every_line_of_the_rights_is_an_address(rights):
    known = {as_line(method, name, {}).split(" | ")[0:2][0] for method, name, _ in CASES}
    assert {key[0] for key in rights if key[0].startswith("| `")} <= known
