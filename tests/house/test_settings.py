"""The environment is read in config/settings only, and docs/operations.md says every variable and command."""

import pkgutil
import re

from django.apps import apps

from tests.house.source import ROOT, modules

OPERATIONS = (ROOT / "docs" / "operations.md").read_text()
# Hands the environment on to a program it starts; reads nothing from it.
PASS_ON = {"kit.base_copy", "__main__"}


def variables_read():
    text = "".join(path.read_text() for path in (ROOT / "config").rglob("*.py"))
    return set(re.findall(r"PREAU_[A-Z_]+", text))


def test_every_variable_is_documented_and_nothing_else():
    documented = set(re.findall(r"^\| `(PREAU_[A-Z_]+)`", OPERATIONS, re.MULTILINE))
    assert documented == variables_read()


def test_variables_that_production_needs_are_marked():
    production = (ROOT / "config" / "settings" / "prod.py").read_text()
    needed = set(re.findall(r'"(PREAU_[A-Z_]+)"', production)) | {"PREAU_HTTPS"}
    assert set(re.findall(r"^\| `(PREAU_[A-Z_]+)` ●", OPERATIONS, re.MULTILINE)) == needed


def test_nothing_else_reads_the_environment():
    wrong = [
        dotted
        for dotted, (path, _) in modules().items()
        if dotted not in PASS_ON and re.search(r"os\.environ|getenv", path.read_text())
    ]
    assert wrong == []


def test_every_command_is_documented():
    missing = []
    for config in apps.get_app_configs():
        if not config.name.startswith("preau."):
            continue
        for _, name, _ in pkgutil.iter_modules([f"{config.path}/management/commands"]):
            if not name.startswith("_") and f"preau {name.replace('_', '-')}" not in OPERATIONS:
                missing.append(name)
    assert missing == []
