"""A week of visits, as the pages would have written it."""

import datetime

from preau.insight.usage import spool

MONDAY = datetime.datetime(2026, 11, 16, 8, 0, tzinfo=datetime.UTC)  # 2026-W47
LATER = MONDAY + datetime.timedelta(days=8)


def line(school, who="a" * 32, at=MONDAY, profile="parent", service="accueil"):
    return {"t": int(at.timestamp()), "p": who, "s": str(school.pk), "f": profile, "v": service}


def fill_week(world, users=6):
    school, other = world.schools["tilleuls"], world.schools["saules"]
    for number in range(users):
        for minutes in (0, 10, 100):
            at = MONDAY + datetime.timedelta(minutes=minutes)
            spool.write(line(school, f"{number:032}", at), now=MONDAY)
    for number in range(users + 1):
        spool.write(line(other, f"{100 + number:032}"), now=MONDAY)
    spool.write(line(other, "f" * 32, profile="enseignant"), now=MONDAY)
