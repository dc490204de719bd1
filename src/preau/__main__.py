"""The `preau` command: every management command of every room."""

import os
import sys

from django.core.management import execute_from_command_line

# Words used on the command line, with hyphens as in the documentation.
COMMANDS = {
    name.replace("_", "-"): name
    for name in (
        "demo_code",
        "import_onde",
        "undo_import",
        "import_plan",
        "export_person",
        "erase_person",
        "build_assets",
    )
}


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    words = sys.argv[:]
    if len(words) > 1:
        words[1] = COMMANDS.get(words[1], words[1])
    execute_from_command_line(words)


if __name__ == "__main__":
    main()
