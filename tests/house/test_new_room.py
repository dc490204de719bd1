"""A room is added by the list of docs/architecture.md alone: done in a copy of the tree, which house laws accept."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.new_room import BY_HAND, FILES, IN_TESTS, OWN_TEST, ROOM
from tests.house.source import ROOT

COPIED = ("src", "config", "docs", "tests", "bin", "requirements", "README.md", "CHANGELOG.md", "pyproject.toml",
          ".importlinter")  # fmt: skip
MOST = 12
LAWS = ("rooms", "doors", "pages", "looks", "privacy", "clocks", "words", "writes", "acts", "sizes")
LIST = (ROOT / "docs" / "architecture.md").read_text().partition("## To add a room")[2].partition("\n## ")[0]


def files_listed(column):
    """The files of one of the two tables of « To add a room »: by hand, written by a command."""
    table = LIST.split("| file | ")[column]
    rows = re.findall(r"^\| (`[^|]+) \|", table, re.MULTILINE)
    return [name for row in rows for name in re.findall("`([^`]+)`", row)]


@pytest.fixture
def copy(tmp_path):
    """The tree, with what is built beside it; of `src` what Python compiled too, which bears the time of its source."""
    for name in COPIED:
        there = ROOT / name
        if there.is_dir():
            compiled = "*.pyc.*" if name == "src" else "__pycache__"  # but what is being written
            shutil.copytree(there, tmp_path / name, ignore=shutil.ignore_patterns(compiled))
        else:
            shutil.copy(there, tmp_path / name)
    (tmp_path / "build").symlink_to(ROOT / "build")
    return tmp_path


def run(copy, *command):
    env = os.environ | {"PYTHONPATH": "src:.", "PREAU_HOME": str(copy / "home")}
    env.pop("PYTEST_XDIST_WORKER", None)
    done = subprocess.run([sys.executable, *command], cwd=copy, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
    return done.stdout


def write(copy):
    for name, text in FILES.items():
        path = copy / ROOM / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    for name, (before, after) in (BY_HAND | IN_TESTS).items():
        text = (copy / name).read_text()
        assert before in text, name
        (copy / name).write_text(text.replace(before, after, 1))
    (copy / "tests/ent/test_trial.py").write_text(OWN_TEST)


def changed(copy):
    """Files of the tree, but those of tests, that the room changed."""
    names = [path.relative_to(ROOT) for top in COPIED if top != "tests" for path in files_under(ROOT / top)]
    return [str(name) for name in names if (ROOT / name).read_bytes() != (copy / name).read_bytes()]


def files_under(path):
    found = path.rglob("*") if path.is_dir() else [path]
    return [each for each in found if each.is_file() and "__pycache__" not in each.parts]


def test_the_list_is_short_and_names_files_that_exist():
    by_hand, written = files_listed(1), files_listed(2)
    assert len(by_hand) <= MOST and set(BY_HAND) <= set(by_hand)
    assert [name for name in by_hand + written if not (ROOT / name).exists()] == []


@pytest.mark.long
def test_a_room_is_added_by_the_list_alone(copy):
    write(copy)
    run(copy, "-m", "config.rooms")
    run(copy, "-m", "preau", "makemigrations", "trial", "--name", "initial")
    run(copy, str(Path(sys.executable).parent / "lint-imports"))
    laws = [f"tests/house/test_{name}.py" for name in LAWS]
    run(copy, "-m", "pytest", "-q", "--nomigrations", "-p", "no:cacheprovider", *laws, "tests/ent/test_trial.py")
    assert set(changed(copy)) <= {*files_listed(1), *files_listed(2)}
