"""The city's file: read, applied once, undone, given up."""

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from preau.ent.afterschool import queries, reading, rules
from preau.ent.afterschool.models import ServiceFile, ServiceLine, ServiceWord
from preau.journal.actions import record
from preau.kit import batches
from preau.kit.answers import Conflict, allow
from preau.kit.models import Batch
from preau.kit.rows import lock
from preau.kit.tables.columns import titles_named
from preau.people.models import Person
from preau.places.models import City
from preau.schools.models import ActivityEnrolment

KIND = "services"
MOVED = "Les écoles ont changé depuis votre lecture. Relisez ce qui change, puis appliquez."
EMPTY = "Aucune ligne de ce fichier n’a pu être lue\u00a0: il n’y a rien à appliquer."
APPLIED = "Ce fichier est appliqué\u00a0: il s’annule, il ne s’abandonne plus."
OVER = "Ce fichier ne sert plus. Déposez-le à nouveau."


def read_services(*, city: City, name: str, data: bytes, person: Person, now: datetime) -> ServiceFile:
    """Reads the file and keeps its lines, not the file; one that waited is given up. Raises TableRefused."""
    read = reading.read_services(name, data, queries.known_of(city), localdate(now))
    return _keep(city, name, data, read, person, now)


@transaction.atomic
def _keep(city, name, data, read, person, now):
    lock(city)
    allow(rules.can_keep_sites, person, city, now=now)
    for other in ServiceFile.objects.filter(city=city, applied_at=None):
        drop_file(file=other, person=person, now=now)
    digest = hashlib.sha256(data).hexdigest()
    file = ServiceFile(
        city=city, file_name=name[:200], file_digest=digest, person_id=person.pk, received_at=now, **_told(read)
    )
    file.save(force_insert=True)
    _keep_lines(file, read)
    _journal("services_read", file, person, now)
    return file


def _told(read):
    return {
        "problems": [problem.as_json() for problem in read.problems],
        "unread": [label[:80] for label in read.unread],
        "passed": read.passed,
        "columns": read.columns,
        "table": read.table.as_json(),
    }


def _keep_lines(file, read):
    ServiceLine.objects.bulk_create((ServiceLine(file=file, **line) for line in read.lines), batch_size=100)


@transaction.atomic
def say_columns(
    *, file: ServiceFile, header_line: int, columns: dict, services: dict, person: Person, now: datetime, schools=None
) -> ServiceFile:
    """Reads a file that waits again with these columns, {field: place}, these services and these schools of one name,
    {key of a word: means}; all are kept for the city's next files. Raises Conflict."""
    city = lock(file.city)
    file = lock(file)
    allow(rules.can_keep_sites, person, city, now=now)
    table = queries.table_of(file).headed_at(header_line)
    said = {(ServiceWord.Kind.TITLE, key): means for key, (_, means) in titles_named(table, columns).items()}
    said |= {(ServiceWord.Kind.SERVICE, key): means for key, means in services.items()}
    said |= {(ServiceWord.Kind.SCHOOL, key): means for key, means in (schools or {}).items() if means}
    unsaid = [key for key, means in (schools or {}).items() if not means]
    ServiceWord.objects.filter(city=city, kind=ServiceWord.Kind.SCHOOL, word_key__in=unsaid).delete()
    for (kind, key), means in said.items():
        ServiceWord.objects.update_or_create(
            city=city, kind=kind, word_key=key, defaults={"means": means, "said_at": now}
        )
    read = reading.read_columns(table, columns, queries.known_of(city), localdate(now))
    for name, value in _told(read).items():
        setattr(file, name, value)
    file.save(update_fields=list(_told(read)))
    file.lines.all().delete()
    _keep_lines(file, read)
    _journal("columns_named", file, person, now)
    return file


@transaction.atomic
def apply_services(
    *, file: ServiceFile, seen: str | None, complete: bool = False, person: Person, now: datetime
) -> ServiceFile:
    """Applies what `queries.plan_of` shows, compared again under the lock; twice is once. Raises Conflict."""
    city = lock(file.city)
    file = lock(file, "city")
    allow(rules.can_keep_sites, person, city, now=now)
    if file.undone_at:
        raise Conflict(OVER)
    if file.applied_at:
        return file
    plan = queries.plan_of(file, localdate(now), complete=complete)
    if not plan.lines:
        raise Conflict(EMPTY)
    if seen not in (None, plan.fingerprint):
        raise Conflict(MOVED)
    batch = batches.apply(
        kind=KIND,
        scope=f"services:{city.pk}",
        person_id=person.pk,
        now=now,
        writes=plan.writes,
        files=[{"name": file.file_name, "sha256": file.file_digest}],
        counts=plan.counts,
    )
    for line in plan.lines:
        line.child_id = plan.found.get(line.pk)
        line.decided_at = now if line.pk in plan.decided else None
        line.set_aside_at = now if line.pk in plan.aside else None
    ServiceLine.objects.bulk_update(plan.lines, ["child", "decided_at", "set_aside_at"], batch_size=100)
    file.applied_at, file.batch_id = now, batch.pk
    file.table = {}  # its other columns were kept until they were said
    file.problems += [problem.as_json() for problem in plan.problems]
    file.save(update_fields=["applied_at", "batch_id", "table", "problems"])
    _journal("services_applied", file, person, now)
    return file


@transaction.atomic
def undo_services(*, file: ServiceFile, person: Person, now: datetime) -> ServiceFile:
    """Everything as before this file, what schools matched of it too. Raises kit.batches.CannotUndo."""
    city = lock(file.city)
    file = lock(file, "city")
    allow(rules.can_keep_sites, person, city, now=now)
    if file.undone_at or not file.applied_at:
        return file
    made = file.lines.exclude(enrolment_id=None).values("enrolment_id")
    ActivityEnrolment.objects.filter(pk__in=made).delete()
    batches.undo(batch=Batch.objects.get(pk=file.batch_id), person_id=person.pk, now=now)
    file.undone_at = now
    file.save(update_fields=["undone_at"])
    _journal("services_undone", file, person, now)
    return file


@transaction.atomic
def drop_file(*, file: ServiceFile, person: Person, now: datetime) -> None:
    """A file that waited is given up, its lines with it. Raises Conflict once it is applied."""
    city = lock(file.city)
    file = lock(file)
    allow(rules.can_keep_sites, person, city, now=now)
    if file.applied_at:
        raise Conflict(APPLIED)
    _journal("services_dropped", file, person, now)
    file.delete()


def _journal(verb, file, person, now):
    record(person_id=person.pk, verb=verb, subject=file, now=now, place_id=file.city_id)
