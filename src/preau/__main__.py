"""The `preau` command: every management command of every room, under its hyphens, with its help in French."""

import argparse
import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import ManagementUtility, get_commands
from django.core.management.base import OutputWrapper
from django.db import DatabaseError

from preau.kit import durability, pauses
from preau.kit.refusals import REASONS, reason_of

PREFIX = "CommandError: "
# What argparse says of itself; a sentence it adds one day stays in English until it is written here.
ARGPARSE = {
    "usage: ": "usage\u00a0: ",
    "positional arguments": "à donner",
    "options": "options",
    "%(heading)s:": "%(heading)s\u00a0:",
    "show this help message and exit": "afficher cette aide",
    "%(prog)s: error: %(message)s\n": "%(prog)s\u00a0: %(message)s\n",
    "the following arguments are required: %s": "il manque\u00a0: %s",
    "one of the arguments %s is required": "il manque l’un de\u00a0: %s",
    "unrecognized arguments: %s": "mots non reconnus\u00a0: %s",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s\u00a0: %(message)s",
    "expected one argument": "une valeur est attendue",
    "invalid choice: %(value)r (choose from %(choices)s)": "%(value)r n’est pas l’un de\u00a0: %(choices)s",
    "invalid %(type)s value: %(value)r": "%(value)r ne peut pas se lire",
}


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    argparse._ = lambda text: ARGPARSE.get(text, text)
    try:
        _ = settings.INSTALLED_APPS  # read here first: what is wrong with a setting is a sentence
    except ImproperlyConfigured as failure:
        sys.exit(str(failure))
    try:
        Preau(["preau", *sys.argv[1:]]).execute()
    except BrokenPipeError:  # who reads has read enough: « | head »
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as failure:  # a path that was typed: anything else keeps its traceback
        if not failure.filename or failure.errno not in REASONS or "--traceback" in sys.argv:
            raise
        sys.exit(f"{failure.filename}\u00a0: {reason_of(failure)}.")
    except DatabaseError as failure:
        fault = f"{settings.HOME}\u00a0: le disque est plein." if pauses.is_full(failure) else base_fault()
        if not fault or "--traceback" in sys.argv:
            raise
        sys.exit(fault)


def base_fault() -> str:
    """Why the base cannot answer any command; nothing when it can."""
    try:
        if durability.is_up_to_date():
            return ""
    except DatabaseError:
        return "La base ne répond pas. Vérifiez PREAU_DATABASE_URL et son serveur\u00a0; --traceback en dit plus."
    return f"{settings.HOME}\u00a0: la base n’est pas à jour. Vérifiez PREAU_HOME, ou lancez\u00a0: bin/preau migrate"


class Preau(ManagementUtility):
    """Django's utility, which knows its commands by their hyphens and speaks to operators."""

    def main_help_text(self, commands_only=False):
        named = {each.replace("_", "-"): app for each, app in sorted(get_commands().items()) if is_ours(app)}
        if commands_only:
            return "\n".join(named)
        width = max(map(len, named))
        lines = [f"  {name:<{width}}  {self.fetch_command(name).help}" for name in named]
        return "\n".join(
            [
                "Préau\u00a0: bin/preau COMMANDE. Le détail d’une commande\u00a0: bin/preau help COMMANDE",
                "",
                *lines,
                "",
                "Celles de Django répondent aussi, en anglais\u00a0: migrate met la base à jour.",
            ]
        )

    def fetch_command(self, subcommand):
        name = in_python(subcommand)
        if name not in get_commands():
            sys.exit(f"La commande «\u00a0{subcommand}\u00a0» n’existe pas. La liste\u00a0: bin/preau help")
        command = super().fetch_command(name)
        if is_ours(get_commands()[name]):
            hide_base_arguments(command)
            command.stderr = PlainErrors(sys.stderr)
            # `serve` runs Django's checks for all: they load every page, half the time that a command takes to start.
            if name != "serve":
                command.requires_system_checks = []
        return command


class PlainErrors(OutputWrapper):
    """A refusal is a sentence, without the name of its class."""

    def write(self, msg="", style_func=None, ending=None):
        super().write(msg.removeprefix(PREFIX), style_func, ending)


def hide_base_arguments(command):
    """Django's own options still answer; an operator's help shows what this command is for."""
    make = command.create_parser

    def create_parser(*words, **options):
        parser = make(*words, **options)
        for action in parser._actions:
            if BASE_ARGUMENTS & {*action.option_strings}:
                action.help = argparse.SUPPRESS
        return parser

    command.create_parser = create_parser


def is_ours(app) -> bool:
    return str(getattr(app, "__module__", app)).startswith("preau.")


def in_python(word) -> str:
    """« import-onde » → the name as Python writes it."""
    return word.replace("-", "_")


BASE_ARGUMENTS = {
    "--version", "--verbosity", "--settings", "--pythonpath", "--traceback", "--no-color", "--force-color",
    "--skip-checks",
}  # fmt: skip

if __name__ == "__main__":
    main()
