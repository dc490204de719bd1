"""What a process that stays holds in memory: libraries of documents are loaded where one is made, and the supervisor
loads nothing (docs/bench.md gives the weights that `python -m bench.memory` measured)."""

import subprocess
import sys

from tests.house.source import ROOT

# Of tables, PDF, pictures, codes to scan, and of tests: 2 to 33 MB each.
HEAVY = {
    "PIL", "fontTools", "fpdf", "lxml", "odfdo", "openpyxl", "pikepdf", "python_calamine", "qrcode", "segno",
    "uharfbuzz", "unittest", "xlsxwriter",
}  # fmt: skip
WEB_AND_WORKER = """
import config.asgi
import preau.kit.management.commands.worker
from django.urls import get_resolver
from preau.kit import schedule
assert get_resolver().url_patterns and schedule.entries()
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


def test_the_supervisor_loads_neither_django_nor_a_room():
    loaded = loaded_by("import preau.kit.serving.supervisor", {"PYTHONPATH": str(ROOT / "src")})
    ours = {name for name in loaded if name.startswith("preau.")}
    assert ours == {"preau.kit", "preau.kit.serving", "preau.kit.serving.orphans", "preau.kit.serving.supervisor"}
    assert not loaded & {"django", "granian", "asyncio", "config"}
