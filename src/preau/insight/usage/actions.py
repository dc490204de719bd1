"""The writes of the room: hits read from the spool, weeks closed, a person's hits forgotten."""

import datetime
from itertools import islice
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from preau.insight.usage import counting, spool
from preau.insight.usage.models import ClosedWeek, RawHit, SpoolFile, WeekUse
from preau.insight.usage.pseudonyms import pseudonym
from preau.kit.answers import Conflict
from preau.kit.dates import week_label
from preau.places.models import City, School

CHUNK = 400
LATE = datetime.timedelta(days=1)  # left to a worker that was stopped before a week is closed


def flush(*, now: datetime.datetime) -> int:
    """Moves the finished spool files into the base, each once. Returns the number of hits read."""
    return sum(_flush_file(path, now) for path in spool.finished_files(now))


def _flush_file(path, now):
    """Rows and the file's name are committed together; a kill before or after leaves nothing half read."""
    count = 0
    with transaction.atomic():
        _, is_new = SpoolFile.objects.get_or_create(name=path.name, defaults={"flushed_at": now})
        lines, closed = spool.read(path) if is_new else iter(()), set(ClosedWeek.objects.values_list("week", flat=True))
        while some := [*islice(lines, CHUNK)]:  # the minute of a whole département is not held at once
            count += len(RawHit.objects.bulk_create(_hits(some, closed)))
    path.unlink(missing_ok=True)
    return count


def _hits(lines, closed):
    places = {line["s"] for line in lines}
    cities = {str(key): city for key, city in School.objects.filter(pk__in=places).values_list("pk", "city_id")}
    hits = []
    for line in lines:
        at = datetime.datetime.fromtimestamp(line["t"], tz=datetime.UTC)
        week = week_label(timezone.localtime(at).date())
        if line["s"] in cities and week not in closed:
            hits.append(
                RawHit(
                    city_id=cities[line["s"]],
                    school_id=UUID(line["s"]),
                    week=week,
                    at=at,
                    pseudonym=line["p"],
                    profile=line["f"],
                    service=line["v"],
                )
            )
    return hits


def close_weeks(*, now: datetime.datetime) -> list[str]:
    """Closes every week that ended a day ago or more. Returns their labels."""
    flush(now=now)
    current = week_label(timezone.localtime(now - LATE).date())
    open_weeks = RawHit.objects.filter(week__lt=current).values_list("week", flat=True).distinct().order_by("week")
    weeks = list(open_weeks)
    for week in weeks:
        close_week(week=week, now=now)
    SpoolFile.objects.filter(flushed_at__lt=now - datetime.timedelta(days=30)).delete()
    return weeks


@transaction.atomic
def close_week(*, week: str, now: datetime.datetime, force: bool = False) -> int:
    """Counts the week for good and forgets its hits. Returns the number of cells; a closed week stays as it is.

    Conflict before its end, unless `force` says that what is still to come may be lost.
    """
    if not force and week >= week_label(timezone.localdate(now)):
        raise Conflict(
            f"La semaine {week} n’est pas finie\u00a0: close maintenant, elle oublierait ses derniers jours."
        )
    _, is_new = ClosedWeek.objects.get_or_create(week=week, defaults={"closed_at": now})
    made = 0
    if is_new:
        for city in City.objects.filter(pk__in=RawHit.objects.filter(week=week).values("city")):
            made += _close_city(city, week)
    RawHit.objects.filter(week=week).delete()
    return made


def _close_city(city, week):
    hits = RawHit.objects.filter(week=week, city=city).order_by("pseudonym", "at", "profile", "service", "school_id")
    cells = counting.count(hits.iterator(chunk_size=2000))
    counting.mask(cells)
    rows = [_row(city, week, key, cell) for key, cell in cells.items()]
    WeekUse.objects.bulk_create(rows, batch_size=50)
    return len(rows)


def _row(city, week, key, cell):
    school_id, profile, service = key
    shown = (
        {}
        if cell.is_masked
        else {"visits_count": cell.visits, "users_count": cell.users, "duration_seconds": cell.seconds}
    )
    return WeekUse(
        city=city, school_id=school_id, week=week, profile=profile, service=service, is_masked=cell.is_masked, **shown
    )


def forget_account(*, account_id: UUID) -> int:
    """Removes an erased person's hits of the weeks still open. Those on their way in the spool hold a pseudonym
    whose account is gone."""
    found = 0
    for city_id, at in set(RawHit.objects.values_list("city_id", "at__date").distinct()):
        found += RawHit.objects.filter(city_id=city_id, pseudonym=pseudonym(account_id, city_id, at)).delete()[0]
    return found


def forget_old_hits(*, now: datetime.datetime, dry_run: bool = False) -> int:
    """Hits that no closing took (a worker stopped for long) do not outlive a fortnight."""
    old = RawHit.objects.filter(at__lt=now - datetime.timedelta(days=15))
    return old.count() if dry_run else old.delete()[0]
