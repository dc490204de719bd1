"""What is told here waits for its hour, whatever the hour of the run: between 7 and 20 on a day of class it would leave
at once, and a mail to who has no address is forgotten."""

import datetime

import pytest


@pytest.fixture(autouse=True)
def mails_wait(monkeypatch):
    later = datetime.timedelta(hours=1)
    monkeypatch.setattr("preau.ent.agenda.actions.telling.leaves_at", lambda place, now: now + later)
