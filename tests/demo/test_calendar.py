"""The demo's stories are told whatever the day it is played."""

import datetime

from preau.demo.commune.calendar import at, tell


def test_a_story_never_goes_back():
    """A Saturday and the Monday after it are one morning: what comes second stays second."""
    told = []

    def story():
        told.append((yield at(datetime.date(2025, 11, 8), 40)))
        told.append((yield at(datetime.date(2025, 11, 10))))

    tell([story()], until=at(datetime.date(2025, 12, 1)))
    assert told == [at(datetime.date(2025, 11, 10), 40), at(datetime.date(2025, 11, 10), 41)]
