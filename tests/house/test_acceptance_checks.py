"""The deck's figures as acceptance checks (plan.md, part d): each one of the plan's rooms has a test of its name."""

import re

from tests.house.source import ROOT

# What the rooms from the call to the roll-out must show; the others belong to money, uses and scenarios.
ASKED = [*range(1, 8), *range(9, 13), *range(14, 27), 30]


def test_each_check_has_a_test_of_its_name():
    named = set()
    for path in (ROOT / "tests").rglob("test_*.py"):
        named |= {int(number) for number in re.findall(r"^def test_ac_(\d\d)_", path.read_text(), re.M)}
    assert [number for number in ASKED if number not in named] == []
