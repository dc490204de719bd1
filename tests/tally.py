"""What a whole run proves, counted while it runs, printed at its end, and never less than before.

`bin/test` asks for the comparison when it runs everything: a test that vanishes, an actor left out of the matrix or a
page that axe no longer reads fails the run. Who takes one away on purpose lowers its figure here and says why.
"""

from collections import Counter

COLLECTED, CHECKS, MUTANTS, PAGES = "tests collected", "route × actor checks", "mutants caught", "pages under axe"
ASKED_TWICE = "pages asked twice"  # by a browser, for want of an answer (tests/browser.py)
# What each kind of run counted when it was last looked at, rounded down: 1,045 addresses and methods by 46 actors, each
# line of tests/look at two widths and what the journeys read. --pg leaves out what does not ask the base.
FLOORS = {
    "all": {COLLECTED: 8200, CHECKS: 48_000, MUTANTS: 8, PAGES: 1880},
    "pg": {COLLECTED: 6500, CHECKS: 48_000, MUTANTS: 8},
}
COUNTS = Counter()


def count(what, number=1):
    COUNTS[what] += number


def join(counts):
    """Adds what another process of the run counted; all of them collect the same tests."""
    collected = max(COUNTS[COLLECTED], counts.get(COLLECTED, 0))
    COUNTS.update(counts)
    COUNTS[COLLECTED] = collected


def told():
    """« 5400 tests collected · … »"""
    return " · ".join(f"{COUNTS[what]} {what}" for what in (COLLECTED, CHECKS, MUTANTS, PAGES, ASKED_TWICE))


def missing(kind):
    """One line for each figure below its floor."""
    return [
        f"{COUNTS[what]} {what}, and there were {floor}: see tests/tally.py"
        for what, floor in FLOORS.get(kind, {}).items()
        if COUNTS[what] < floor
    ]
