"""The five domains of the nursery programme (data/README.md)."""

import csv
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources

from preau.kit.money import NBSP


@cache
def labels() -> dict[str, str]:
    """{code: label}, in the order of the programme."""
    with resources.files("preau.ent.portfolio").joinpath("data/domains.csv").open(encoding="utf-8") as lines:
        return {row["code"]: row["label"] for row in csv.DictReader(lines)}


def lines_of(codes: Iterable[str], observed: Mapping[str, str]) -> list[str]:
    """Those of a page, each with what was observed; a code that the list has no more is left out."""
    known = labels()
    said = {code: f"{NBSP}: {words}" for code, words in observed.items()}
    return [f"{known[code]}{said.get(code, '')}" for code in codes if code in known]
