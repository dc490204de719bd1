"""`docs/walks.yml`: each walk's address resolves, its person may go that way, and each stop exists, with the arguments
it is said to take."""

import importlib
import inspect
import re

import pytest
import yaml
from django.urls import reverse

from tests.house.source import ROOT
from tests.house.test_pages import routes
from tests.rights.samples import sample_kwargs

WALKS = yaml.safe_load((ROOT / "docs" / "walks.yml").read_text())


def load(dotted):
    """The function at « ent.posts.actions.publish_post »."""
    module, _, name = f"preau.{dotted}".rpartition(".")
    return getattr(importlib.import_module(module), name)


@pytest.mark.parametrize("walk", WALKS, ids=[walk["walk"] for walk in WALKS])
def test_a_walk_can_be_followed(walk, world):
    method, name = walk["url"].split()
    paths = {full: (path, view) for path, full, view in routes()}
    path, view = paths[name]
    assert method in view.methods
    assert reverse(name, kwargs=sample_kwargs(world, path))
    for stop in walk["stops"]:
        ((dotted, arguments),) = stop.items()
        taken = inspect.signature(inspect.unwrap(load(dotted))).parameters
        assert [name for name in arguments if name not in taken] == [], dotted


@pytest.mark.parametrize("walk", WALKS, ids=[walk["walk"] for walk in WALKS])
def test_a_walk_is_of_somebody_who_may(walk):
    method, name = walk["url"].split()
    rights = (ROOT / "docs" / "rights.md").read_text()
    line = re.search(rf"^\| `{name}` \| {method} \| (.*) \|$", rights, re.MULTILINE)
    assert line, f"{name} is not in docs/rights.md yet: --update-rights (docs/architecture.md, « To add a room »)"
    reached = re.search(r"reaches: ([^·]*)", line[1])
    # Nobody reaches some pages of the samples: what they show is not yet at that step.
    assert not reached or {walk["person"], "everyone signed in"} & set(reached[1].strip().split(", "))
