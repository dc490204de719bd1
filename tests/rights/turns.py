"""Whom the tests too long to ask everyone ask today: one of each kind, another each day, so that all are met
within five weeks.

`pytest --day 2026-11-27` asks again those of that day.
"""

from tests.world import audience_of

AUTHORITIES = ("city", "state", "operator")
KINDS = (("family",), ("pupil",), ("school",), AUTHORITIES)


def drawn(actors, day, *audiences):
    """The one of the day among the actors of these audiences."""
    among = [actor for actor in actors if audience_of(actor) in audiences]
    actor = among[day.toordinal() % len(among)]
    print(f"asked as {actor}: --day {day} asks again")
    return actor
