"""A morning of class, whatever the day and the hour of the run; test_days.py asks the calendar itself."""

import pytest

from preau.ent.attendance.models import Half
from tests.ent.attendance.acts import at


@pytest.fixture(autouse=True)
def on_a_morning_of_class(monkeypatch):
    monkeypatch.setattr("preau.ent.attendance.days.halves_on", lambda school, day, has_wednesday: tuple(Half))
    for page in ("family", "roll", "school"):
        monkeypatch.setattr(f"preau.ent.attendance.views.{page}.now", lambda: at(8, 45))
