"""The environment is read in config/settings only, and docs/operations.md says every variable and command."""

import pkgutil
import re

from django.apps import apps
from django.core.management import get_commands

from preau.__main__ import in_python
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


def own_commands():
    """Names, with hyphens, of the commands of every room."""
    for config in apps.get_app_configs():
        if config.name.startswith("preau."):
            for _, name, _ in pkgutil.iter_modules([f"{config.path}/management/commands"]):
                if not name.startswith("_"):
                    yield name.replace("_", "-")


def test_every_command_is_documented():
    assert [name for name in own_commands() if f"preau {name}" not in OPERATIONS] == []


def test_every_command_answers_to_its_documented_name():
    documented = set(re.findall(r"`preau ([a-z-]+)", OPERATIONS)) - {"help"}
    assert documented >= set(own_commands())
    known = get_commands()
    for name in documented:
        assert in_python(["preau", name, "--x-y", "a-b"]) == ["preau", name.replace("-", "_"), "--x-y", "a-b"]
        assert in_python(["preau", "help", name])[2] in known, name
