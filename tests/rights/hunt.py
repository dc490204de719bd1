"""Which address sees that a filter is dropped: those that meet it are asked again, then the matrix judges."""

import copy
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.canaries import leaks
from tests.house.source import ROOT
from tests.rights.matrix import as_line, ask_everyone, outcome, whole_body
from tests.rights.mutants import DROPS, forget
from tests.rights.samples import sample_kwargs
from tests.texts import text_of

REFUSED = ("403", "404")
BREAKS = "breaks"  # the page fails where it answered: red, and told apart
MOST_ADDRESSES = 60  # asked again for one mutant


def written_lines():
    """{(method, name): line} of docs/rights.md."""
    lines = [line for line in (ROOT / "docs" / "rights.md").read_text().splitlines() if line.startswith("| `")]
    return {(method, name.strip("| `")): line for line in lines for name, method in [line.split(" | ")[:2]]}


@dataclass
class Met:
    """What each address said to each actor, and which filters it met on the way."""

    pairs: dict = field(default_factory=lambda: defaultdict(list))  # {(filter, how): [(case, actor)]}
    before: dict = field(default_factory=dict)  # {(case, actor): (outcome, canaries astray)}
    called: set = field(default_factory=set)


@contextmanager
def undone():
    """What is written inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def meet(filled, cases):
    """Asks each case (method, name, path) as each actor, every filter in its place."""
    met = Met()
    for case in cases:
        with undone():
            world, address = _asked(filled, case)
            for actor in world.actors():
                forget()
                DROPS.seen, DROPS.called = set(), set()
                met.before[case, actor] = _answer(world, actor, case, address)
                met.called |= DROPS.called
                for mutant in DROPS.seen:
                    met.pairs[mutant].append((case, actor))
    return met


def _asked(filled, case):
    method, name, path = case
    world = copy.deepcopy(filled)
    return world, reverse(name, kwargs=sample_kwargs(world, path))


def _answer(world, actor, case, address):
    """(outcome, canaries astray); taken back, so that each is asked of the same base."""
    with undone():
        client = world.sign_in(Client(), actor)
        response = client.generic(case[0], address)
        text = text_of(whole_body(response))
        return outcome(response), frozenset(leaks(text, actor, case[1]))


def hunt(filled, met, mutant, lines):
    """What fell at the first address that sees it, or else breaks there; None for a survivor."""
    broken = None
    for case, actors in _by_address(met, mutant)[:MOST_ADDRESSES]:
        if not _differs(filled, met, mutant, case, actors):
            continue
        fallen = judge(filled, mutant, case, lines)
        if fallen and not fallen.startswith(BREAKS):
            return f"{case[0]} {case[1]}: {fallen}"
        broken = broken or (fallen and f"{BREAKS} {case[0]} {case[1]} {fallen}")
    return broken


def _by_address(met, mutant):
    """Those that refuse somebody first: there a filter opens something; then those of the filter's own room."""
    cases = defaultdict(list)
    for case, actor in met.pairs[mutant]:
        cases[case].append(actor)

    def rank(item):
        (_, name, _), actors = item
        refused = sum(met.before[item[0], actor][0] in REFUSED for actor in actors)
        return refused == 0, name.split(":")[0] not in mutant[0], -refused

    return sorted(cases.items(), key=rank)


def _differs(filled, met, mutant, case, actors):
    """Whether somebody who met the filter is answered otherwise without it."""
    with undone():
        world, address = _asked(filled, case)
        with DROPS.one(*mutant):
            for actor in sorted(actors, key=lambda a: met.before[case, a][0] not in REFUSED):
                try:
                    if _answer(world, actor, case, address) != met.before[case, actor]:
                        return True
                except Exception:  # whatever a page breaks with: the matrix judges
                    return True
    return False


def judge(filled, mutant, case, lines):
    """What the matrix says of this address without the filter: its line, canaries astray; nothing when as written."""
    with undone(), DROPS.one(*mutant):
        try:
            found, leaked, _, _ = ask_everyone(copy.deepcopy(filled), Client, *case)
        except Exception as error:
            return f"{BREAKS} with {type(error).__name__}"
    if leaked:
        return leaked[0]
    line = as_line(*case[:2], found)
    return "" if line == lines.get(case[:2]) else f"now {line}"
