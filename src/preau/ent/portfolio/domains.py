"""The five domains of the nursery programme (data/README.md)."""

import csv
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources


@cache
def labels() -> dict[str, str]:
    """{code: label}, in the order of the programme."""
    with resources.files("preau.ent.portfolio").joinpath("data/domains.csv").open(encoding="utf-8") as lines:
        return {row["code"]: row["label"] for row in csv.DictReader(lines)}


def pairs_of(codes: Iterable[str], observed: Mapping[str, str]) -> list[tuple[str, str]]:
    """[(label, what was observed there or "")] of a page; a code that the list has no more is left out."""
    known = labels()
    return [(known[code], observed.get(code, "")) for code in codes if code in known]
