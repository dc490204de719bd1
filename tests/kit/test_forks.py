"""A forked command is another process, in its own home, which ends as one that was started (tests/forks.py)."""

import os
import signal

import pytest

from tests import forks
from tests.home import Home

pytestmark = pytest.mark.processes
WHERE = """
import django, os, sys
django.setup()
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from preau.kit import health
health.of_another = sys.argv[1]
print(os.getpid(), settings.HOME, default_storage.location, connection.settings_dict["NAME"], sys.argv[1])
"""
SEEN = "import django; django.setup()\nfrom preau.kit import health\nprint(hasattr(health, 'of_another'))"


def test_each_has_its_own_home_and_sees_nothing_of_another(tmp_path):
    homes, processes = [Home(tmp_path / name, is_forked=True) for name in ("first", "second")], {os.getpid()}
    for home in (*homes, homes[0]):
        process, *told = home.python(WHERE, home.path.name)
        processes.add(int(process))
        assert told == [str(home.path), f"{home.path}/files", f"{home.path}/preau.sqlite3", home.path.name]
        assert home.python(SEEN) == ["False"]
    assert len(processes) == 4


def test_it_ends_as_a_process_does(tmp_path):
    env = Home(tmp_path / "home").env
    killed = f"import os; print('x', flush=True); os.kill(os.getpid(), {signal.SIGKILL:d})"
    assert forks.run(killed, [], env) == (-signal.SIGKILL, "x\n", "")
    assert forks.run("import sys; sys.exit('Non.')", [], env) == (1, "", "Non.\n")
    ended, said, errors = forks.run("print('x'); None.x", [], env)
    assert (ended, said) == (1, "x\n") and errors.endswith("AttributeError: 'NoneType' object has no attribute 'x'\n")
    assert forks.run(None, ["nothing"], env)[:2] == (1, "")
