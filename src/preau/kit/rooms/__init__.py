"""What each room gives in a file of the same name (`tasks.py`, `doors.py`, …), read by who composes it."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps


def given_by_rooms(file: str, name: str) -> list:
    """The lines of the tuple `name` in each room's `file`, from the ground floor up."""
    found = []
    for config in apps.get_app_configs():
        if config.name.startswith("preau.") and find_spec(f"{config.name}.{file}"):
            found += getattr(import_module(f"{config.name}.{file}"), name, ())
    return found
