"""Three weeks of use, written as the pages would have counted it, then closed: the page of uses has what to show."""

import datetime
import random

from django.utils import timezone

from preau.demo import cast
from preau.demo.families import first_september
from preau.insight.usage import actions as usage
from preau.insight.usage import dnma, queries, spool
from preau.insight.usage.pseudonyms import pseudonym
from preau.people.models import Account

WEEKS = 3
# Chance of coming on a school day, by profile; a visit is two to five pages.
CHANCES = {"enseignant": 0.8, "parent": 0.35, "admin_vie_scol_tech": 0.6, "eleve": 0.3}
MODULES = ("preau.web.views.today", "preau.ent.posts.views.life", "preau.ent.posts.views.writing")


def count_weeks(stage):
    """Writes to the spool, as pages do, then lets the worker's own action read it and close the weeks."""
    draw = random.Random("visits")
    services = [service for module in MODULES if (service := dnma.service_of(module))]
    days = _school_days(stage.today)
    written = stage.now - datetime.timedelta(minutes=5)
    schools = {stage.school(name).pk for name in cast.LABORATORY}
    for account in Account.objects.select_related("person").order_by("identifier"):
        standing = queries.standing_of(account.person, None, stage.today)
        for city_id, school_id in standing.schools if standing else ():
            if school_id in schools:
                for line in _lines(draw, account, city_id, school_id, standing.profile, services, days):
                    spool.write(line, now=written)
    usage.close_weeks(now=stage.now)


def _lines(draw, account, city_id, school_id, profile, services, days):
    for day in days:
        if draw.random() >= CHANCES.get(profile, 0.2):
            continue
        start = datetime.datetime.combine(day, datetime.time(draw.randint(8, 19), draw.randint(0, 59)))
        at = timezone.make_aware(start)
        for _ in range(draw.randint(2, 5)):
            yield {
                "t": int(at.timestamp()),
                "p": pseudonym(account.pk, city_id, day),
                "s": str(school_id),
                "f": profile,
                "v": draw.choice(services),
            }
            at += datetime.timedelta(seconds=draw.randint(20, 240))


def _school_days(today):
    """School days of the last closed weeks, since September at most."""
    monday = today - datetime.timedelta(days=today.weekday() + 7 * WEEKS)
    found = [monday + datetime.timedelta(days=rank) for rank in range(7 * WEEKS)]
    return [day for day in found if day.isoweekday() in (1, 2, 4, 5) and day > first_september(today)]
