"""Which service of the national measure a page belongs to: each room says its own in `apps.py`, as `service`; their
names are a file."""

import csv
from functools import cache
from importlib.resources import files

from django.apps import apps

OF_THE_PLAN = "service_collectivite"  # every room of that wing


@cache
def labels() -> dict[str, str]:
    """{« production_collaborative »: « Production collaborative »}, in the order of the file."""
    text = files("preau.insight.usage").joinpath("data/dnma_services.csv").read_text("utf-8")
    return {row["key"]: row["label"] for row in csv.DictReader(text.splitlines())}


@cache
def service_of(module: str) -> str:
    """The service of a view's module; empty when the page is none (libraries)."""
    if module.startswith("preau.plan."):
        return OF_THE_PLAN
    return getattr(apps.get_containing_app_config(module), "service", "")
