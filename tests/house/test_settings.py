"""The environment is read in config/settings only, and docs/operations.md says every variable and command."""

import argparse
import pkgutil
import re
import subprocess
import sys

import django
import pytest
from django.apps import apps
from django.core.management import get_commands

from preau.__main__ import Preau, in_python, main
from tests.house.source import ROOT, modules

OPERATIONS = (ROOT / "docs" / "operations.md").read_text()
# Hands the environment on to a program it starts; reads nothing from it.
PASS_ON = {"kit.base_copy", "kit.serving.supervisor", "__main__"}


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
        assert in_python(name) in known, name


ENGLISH = re.compile(r"\b(the|and|of|with|where|show|this|that|its|says|skip)\b", re.I)


@pytest.fixture
def preau(monkeypatch):
    """preau(words…): the command in this process; what it changes for good (argparse's words, where logs go) is put
    back."""
    monkeypatch.setattr(argparse, "_", argparse._)
    monkeypatch.setattr(django, "setup", lambda: None)

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["bin/preau", *words])
        main()

    return run


@pytest.mark.parametrize("words", [["help"], *(["help", name] for name in own_commands())], ids=" ".join)
def test_help_is_in_french_and_names_commands_as_they_are_typed(words, capsys, preau):
    preau(*words)
    told = capsys.readouterr().out
    assert not ENGLISH.findall(told), told
    assert f"preau {words[-1]}" in told if words[1:] else all(f"  {name} " in told for name in own_commands())


def test_a_wrong_command_is_told_in_a_sentence(capsys, preau):
    for words, sentence in (
        (["import-ondes"], "La commande «\u00a0import-ondes\u00a0» n’existe pas."),
        (["import-onde"], "preau import-onde\u00a0: il manque\u00a0: --school, --pupils"),
        (["purge", "--all"], "mots non reconnus\u00a0: --all"),
    ):
        with pytest.raises(SystemExit) as stop:
            preau(*words)
        assert sentence in capsys.readouterr().err + str(stop.value)


@pytest.mark.processes
def test_a_command_whose_reader_has_read_enough_stops_without_a_word():
    asked = subprocess.Popen([ROOT / "bin" / "preau", "help"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    asked.stdout.close()  # « | head »
    assert asked.communicate()[1] == b"" and asked.returncode == 1


def test_only_serve_checks_every_page_before_it_starts():
    """Django's checks load all of them, half the time that a command takes to start; the tests run them as well."""
    commands = Preau(["preau"])
    assert commands.fetch_command("verify").requires_system_checks == []
    assert commands.fetch_command("serve").requires_system_checks != []
