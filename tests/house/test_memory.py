"""What a process that stays holds in memory: libraries of documents are loaded where one is made, and what is loaded
before the fork is shared (docs/bench.md gives the weights that `python -m bench.memory` measured)."""

import subprocess
import sys

import pytest

from tests.house.source import ROOT

# Of tables, PDF, pictures, codes to scan, and of tests: 2 to 33 MB each.
HEAVY = {
    "PIL", "fontTools", "fpdf", "lxml", "odfdo", "openpyxl", "pikepdf", "pypdfium2", "python_calamine", "qrcode",
    "uharfbuzz", "unittest", "xlsxwriter",
}  # fmt: skip
WEB_AND_WORKER = """
import config.asgi
import preau.kit.management.commands.worker
from django.urls import get_resolver
from preau.kit import schedule
assert get_resolver().url_patterns and schedule.entries()
"""
LOADED_BY_THE_SUPERVISOR = """
import sys
from config import web
web.load()
from django.urls import get_resolver
from preau.ent.posts.models import Post
from preau.kit.serving.sharing import IMMORTAL
view = get_resolver().resolve("/entrer/").func
code = web.serve.__code__
for one in (Post, web.serve, code, code.co_consts, code.co_names, code.co_linetable, get_resolver().reverse_dict, view):
    assert sys.getrefcount(one) >= IMMORTAL, one
assert sys.getrefcount(object()) < IMMORTAL
import gc
assert gc.get_freeze_count() > 100_000
"""


def loaded_by(code, env):
    """The names of the modules that are there once this code has run in a process of its own."""
    words = [sys.executable, "-c", f"{code}\nimport sys\nprint(*sys.modules)"]
    done = subprocess.run(words, env=env, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_pages_and_jobs_start_without_the_libraries_of_documents(tmp_path):
    env = {"PREAU_HOME": str(tmp_path), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    loaded = loaded_by(WEB_AND_WORKER, env)
    assert "preau.kit.serving.front" in loaded and sorted(loaded & HEAVY) == []


@pytest.mark.skipif(sys.version_info < (3, 13), reason="Python counts them all")
def test_what_is_loaded_before_the_fork_is_no_longer_counted(tmp_path):
    """A count that is written copies the page it lies on: 16 MB of each process (docs/bench.md)."""
    env = {"PREAU_HOME": str(tmp_path), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    loaded = loaded_by(LOADED_BY_THE_SUPERVISOR, env)
    assert {"config.web", "preau.ent.posts.doors", "preau.ent.notes.stream"} <= loaded and not loaded & HEAVY
    assert "config.asgi" not in loaded  # each web process reads it, and ends with its parent from then on
