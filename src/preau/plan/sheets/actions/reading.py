"""A file read into a draft, and its columns said by hand: the same for every kind of table."""

from datetime import timedelta

from django.utils.timezone import localdate

from preau.journal.actions import record
from preau.kit.answers import Conflict
from preau.kit.money import NBSP
from preau.kit.sheets import drafted, keep_titles
from preau.kit.tables.columns import columns_of
from preau.plan.equipment.rules import writer_role
from preau.plan.sheets.models import AssetDraft, ColumnTitle, PlanDraft
from preau.plan.sheets.queries import read_columns, read_file, table_of, titles_of

KEPT = timedelta(days=30)
GONE = f"Ce tableau n’attend plus{NBSP}: il vient d’être retiré ou remplacé par un autre. Rien d’autre n’a changé."
APPLIED = f"Ce tableau vient d’être appliqué{NBSP}: ses colonnes et ses réponses ne changent plus."


def read_into(*, model, kind, person, city, name, data, now):
    """A draft not yet saved. Raises TableRefused."""
    reading = read_file(kind, name, data, localdate(now), titles_of(city, kind), city.name)
    service = writer_role(person, city, localdate(now)) if person is not None else ""
    draft = model(city=city, service=service, **drafted(name=name, data=data, now=now))
    _fill(draft, reading)
    return draft


def keep(*, draft):
    """Saves it in place of the one its service left waiting; that of another service stays."""
    type(draft).objects.filter(city=draft.city, batch=None, service=draft.service).delete()
    draft.save(force_insert=True)
    return draft


def locked(*, draft, waits=True):
    """The draft as it is now, its row locked. Raises Conflict when it is gone, or, if it `waits`, already applied."""
    rows = type(draft).objects.select_for_update(of=("self",)).select_related("city")
    found = rows.filter(pk=draft.pk).first()
    if found is None:
        raise Conflict(GONE)
    if waits and found.batch_id:
        raise Conflict(APPLIED)
    return found


def name_columns(*, kind, person, draft, line: int, columns: dict, now):
    """Reads the draft again with these columns, {field: place}, and keeps what each title means for the city."""
    table = table_of(draft).headed_at(line)
    said = titles_of(draft.city, kind)
    said |= keep_titles(ColumnTitle, city=draft.city, kind=kind.name, table=table, columns=columns, now=now)
    _fill(draft, read_columns(kind, table, columns, localdate(now), said))
    draft.answers = {}  # they spoke of other lines
    draft.save()
    person_id = person.pk if person else None
    record(person_id=person_id, verb="columns_named", subject=draft, now=now, place_id=draft.city_id)
    return draft


def move_header(*, kind, draft, line: int, now):
    """Reads the draft again, its columns named at another line of the file."""
    table, said = table_of(draft).headed_at(line), titles_of(draft.city, kind)
    _fill(draft, read_columns(kind, table, columns_of(table, kind.labels, said), localdate(now), said))
    draft.answers = {}
    draft.save()
    return draft


def _fill(draft, reading):
    draft.lines = [line.as_json() for line in reading.lines]
    draft.problems = [problem.as_json() for problem in reading.problems]
    draft.reading, draft.columns, draft.table = reading.told, reading.columns, reading.table.as_json()


def forget_tables(*, now, dry_run=False) -> int:
    """What no column says of tables that have waited 30 days; the lines read stay."""
    count = 0
    for model in (PlanDraft, AssetDraft):
        due = model.objects.filter(created_at__lte=now - KEPT).exclude(table={})
        count += due.count()
        if not dry_run:
            due.update(table={})
    return count
