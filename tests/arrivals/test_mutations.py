"""Files spoiled at random: never an uncaught failure, never half an import (trust.md T8)."""

import random

import pytest
from django.db import transaction

from preau.kit.digest import business_digest
from preau.schools.models import Enrolment
from tests.arrivals.onde_files import Family, Style, guardians_file, pupils_file

pytestmark = pytest.mark.apart

FAMILY = Family.sample()


def spoil(data, draw):
    """One to four of the accidents that files meet on their way."""
    for _ in range(draw.randint(1, 4)):
        data = accident(data, draw)
    return data


def accident(data, draw):
    lines = data.split(b"\n")
    at = draw.randrange(len(lines))
    place = draw.randrange(max(1, len(data)))
    accidents = [
        lambda: data[:place] + bytes([draw.randrange(256)]) + data[place + 1 :],
        lambda: data[:place],
        lambda: data[:place] + data[place + draw.randint(1, 30) :],
        lambda: b"\n".join(lines[:at] + lines[at + 1 :]),
        lambda: b"\n".join(lines[: at + 1] + lines[at:]),
        lambda: b"\n".join([*lines[:at], b";".join(reversed(lines[at].split(b";"))), *lines[at + 1 :]]),
        lambda: data.replace(b";", draw.choice([b",", b"\t", b";;"]), draw.choice([1, -1])),
        lambda: data.replace(b'"', b"", draw.choice([1, -1])),
        lambda: data[:place] + draw.choice([b"\x00", b"=1+1;", b"\xe9", "é".encode(), b"\r\n\r\n"]) + data[place:],
    ]  # fmt: skip
    return draw.choice(accidents)()


def spoil_many(bring, count, seed):
    draw = random.Random(seed)
    refused = 0
    for _ in range(count):
        style = {"encoding": draw.choice(["utf-8", "cp1252", "twice"]), "quoted": draw.random() < 0.5}
        pupils = pupils_file(FAMILY.children, Style(draw.choice(["20", "22", "late"]), **style))
        guardians = guardians_file(FAMILY.adults, Style(draw.choice(["24", "25", "pairs"]), **style))
        if draw.random() < 0.5:
            pupils = spoil(pupils, draw)
        else:
            guardians = spoil(guardians, draw)
        with transaction.atomic():
            before = business_digest()
            result = bring(pupils, guardians)
            if result.refused:
                refused += 1
                assert business_digest() == before
                assert all(problem.reason for problem in result.problems)
            else:
                created = result.counts["pupils"]["created"]
                assert Enrolment.objects.count() == created
            transaction.set_rollback(True)
    return refused


@pytest.mark.long
@pytest.mark.once  # what is refused is read from the file
def test_spoiled_files_are_refused_or_read_whole(bring):
    assert spoil_many(bring, 40, seed=7) > 5


@pytest.mark.corpora
def test_six_thousand_spoiled_files(bring):
    assert spoil_many(bring, 6_000, seed=None) > 500
