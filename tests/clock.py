"""A run that might meet midnight is told that it is earlier: many files read the day once, when they are imported.

Only the tests' process: what a test starts in another has the machine's clock, and reads the day there.
"""

import datetime

import time_machine
from django.utils import timezone

EVENING, HOURS_BACK = 21, 4  # the longest run takes under three hours


def hold_the_day():
    """What holds it, or None by day."""
    now = timezone.localtime()
    if now.hour < EVENING:
        return None
    held = time_machine.travel(now - datetime.timedelta(hours=HOURS_BACK), tick=True)
    held.start()
    return held
