"""Which service of the national measure a page belongs to, by the room of its view. The list is a file."""

import csv
from functools import cache
from importlib.resources import files


@cache
def by_room() -> dict[str, str]:
    """{« ent.posts »: « production_collaborative »}"""
    return {row["room"]: row["key"] for row in _rows()}


@cache
def labels() -> dict[str, str]:
    """{« production_collaborative »: « Production collaborative »}, in the order of the file."""
    return {row["key"]: row["label"] for row in _rows()}


def service_of(module: str) -> str:
    """The service of a view's module, by its room else by its wing; empty when the page is none (libraries)."""
    parts = module.removeprefix("preau.").split(".")
    for length in (2, 1):
        found = by_room().get(".".join(parts[:length]))
        if found:
            return found
    return ""


def _rows():
    text = files("preau.insight.usage").joinpath("data/dnma_services.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))
