"""The `preau` command: every management command of every room, under its hyphens."""

import os
import sys

from django.core.management import execute_from_command_line


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    execute_from_command_line(in_python(sys.argv))


def in_python(words):
    """« preau import-onde … », « preau help import-onde » → names as Python writes them; the rest as it is."""
    last = 2 if words[1:2] == ["help"] else 1
    named = [word if word.startswith("-") else word.replace("-", "_") for word in words[1 : last + 1]]
    return [*words[:1], *named, *words[last + 1 :]]


if __name__ == "__main__":
    main()
