"""Apply the files of a school, as they were read; undo. One school at a time, whole or not at all."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localtime

from preau.arrivals import queries, rules
from preau.arrivals.actions.sheets import drop_sheets_since
from preau.arrivals.actions.uploads import forget_files
from preau.arrivals.comparing import Comparison
from preau.arrivals.comparing.identity import person_key
from preau.arrivals.models import Decision, Upload
from preau.arrivals.reading import read_file
from preau.journal import actions as journal
from preau.kit import batches
from preau.kit.answers import Conflict, allow
from preau.kit.models import Batch
from preau.kit.rows import lock
from preau.places.models import School
from preau.schools.models import Enrolment
from preau.schools.queries.enrolled import services_of_leavers

MOVED = "L’école a changé depuis votre lecture. Relisez les changements avant d’appliquer."
MANY = "Plus de la moitié de l’école partirait. Rien n’a changé\u00a0: cochez la case qui le confirme, ou gardez-les."


@dataclass(frozen=True)
class Result:
    """`batch` is None when the files were refused or when nothing was to be written on purpose (dry run)."""

    batch: Batch | None
    comparison: Comparison
    unconfirmed: bool = False  # many would leave, and nobody said that it is meant

    @property
    def counts(self):
        return self.comparison.counts

    @property
    def to_decide(self):
        return self.comparison.questions

    @property
    def missing(self):
        return self.comparison.missing

    @property
    def problems(self):
        return self.comparison.problems

    @property
    def refused(self):
        return self.comparison.refused


def apply_arrivals(
    *,
    school,
    files,
    now,
    person=None,
    school_year="",
    complete=False,
    even_if_many=False,
    set_aside=False,
    dry_run=False,
) -> Result:
    """Reads `files` (IncomingFile), compares them with the school and applies, in one transaction.

    Refused files give a Result without batch, and change nothing. `complete`: pupils the file does not name leave,
    more than half of the school only with `even_if_many`. `set_aside`: lines with a problem do not block the others.
    """
    said = queries.titles_of(school)
    read = [read_file(file.name, file.data, expected=file.kind, said=said) for file in files]
    return _apply_read(
        school=school,
        read=read,
        now=now,
        person=person,
        school_year=school_year,
        complete=complete,
        even_if_many=even_if_many,
        set_aside=set_aside,
        dry_run=dry_run,
    )


def apply_upload(*, upload, person, now, seen=None, complete=False, even_if_many=False, set_aside=False) -> Batch:
    """Applies what `queries.compare_upload` shows, compared again under the lock, then deletes the files.

    `seen`: `queries.print_of` the comparison that was read, None when nobody reads. Raises Conflict, having changed
    nothing. The files are read first: the lock lasts while the base is written.
    """
    return _apply_read_upload(
        upload=upload,
        read=queries.read_upload(upload),
        person=person,
        now=now,
        seen=seen,
        complete=complete,
        even_if_many=even_if_many,
        set_aside=set_aside,
    )


@transaction.atomic
def _apply_read_upload(*, upload, read, person, now, seen, **options):
    upload = lock(upload, "school")
    allow(rules.can_import_files, person, upload.school, now=now)
    if upload.state == Upload.State.APPLIED:
        return Batch.objects.get(pk=upload.batch_id)
    result = _apply_read(
        school=upload.school,
        read=read,
        now=now,
        person=person,
        school_year=upload.school_year,
        dry_run=False,
        seen=seen,
        **options,
    )
    if result.refused:
        raise Conflict(MOVED)
    if result.unconfirmed:
        raise Conflict(MANY)
    upload.state, upload.batch_id = Upload.State.APPLIED, result.batch.pk
    forget_files(upload=upload)
    return result.batch


@transaction.atomic
def undo_batch(*, batch_id: UUID, person=None, now) -> Batch:
    """Puts the school back as it was before its last batch. Raises kit.batches.CannotUndo, having changed nothing."""
    batch = Batch.objects.get(pk=batch_id, kind="onde")
    school = lock(School(pk=batch.scope.partition(":")[2]))
    allow(rules.can_undo_batch, person, school, now=now)
    drop_sheets_since(school=school, since=batch.applied_at, person=person, now=now)
    batch = batches.undo(batch=batch, person_id=person.pk if person else None, now=now)
    journal.record(
        person_id=batch.undone_by_id,
        verb="arrivals.undo",
        subject=batch,
        now=now,
        place_id=school.pk,
        fields=["undone_at"],
    )
    return batch


@transaction.atomic
def _apply_read(*, school, read, now, person, school_year, complete, even_if_many, set_aside, dry_run, seen=None):
    """The comparison and the writes see the same school: its row is locked from before the reading to the end."""
    school = lock(school)
    comparison = queries.compare_files(
        school=school,
        files=read,
        school_year=school_year,
        today=localtime(now).date(),
        complete=complete,
        set_aside=set_aside,
    )
    if seen not in (None, queries.print_of(comparison)):
        raise Conflict(MOVED)
    if comparison.refused or dry_run:
        return Result(None, comparison)
    if comparison.many_leave and not even_if_many:
        return Result(None, comparison, unconfirmed=True)
    person_id = person.pk if person else None
    writes = [*comparison.writes, *_ends_of_services(comparison.writes)]
    batch = batches.apply(
        kind="onde",
        scope=queries.scope_of(school),
        person_id=person_id,
        now=now,
        writes=writes,
        files=[{"name": file.name, "kind": file.kind, "sha256": file.sha256} for file in read],
        counts=comparison.counts | {"aside": queries.aside_of(comparison)},
    )
    _bind(school, comparison.bound, person_id, now)
    journal.record(
        person_id=person_id,
        verb="arrivals.apply",
        subject=batch,
        now=now,
        place_id=school.pk,
        fields=sorted({type(write.row)._meta.label for write in writes}),
    )
    return Result(batch, comparison)


def _ends_of_services(writes):
    """Of who leaves and is enrolled nowhere else, the services of the city end too, as by hand; one query at most."""
    ended = {
        write.row.pupil_id: write
        for write in writes
        if isinstance(write, batches.Update) and isinstance(write.row, Enrolment) and write.values.get("ends_on")
    }
    for write in writes:  # who changes class stays
        if isinstance(write, batches.Create) and isinstance(write.row, Enrolment):
            ended.pop(write.row.pupil_id, None)
    if not ended:
        return []
    open_ones = services_of_leavers(write.row for write in ended.values()).filter(ends_on=None)
    return [
        batches.Update(one, {"ends_on": max(one.starts_on, ended[one.child_id].values["ends_on"])}) for one in open_ones
    ]


def _bind(school, bound, person_id, now):
    """Which new person each of two lines became: the same files again ask nothing. Undone with them."""
    for key, made in bound:
        first, second = sorted((key, person_key(made.pk)))
        Decision.objects.create(
            school=school,
            first_key=first,
            second_key=second,
            candidate=made,
            verdict=Decision.Verdict.BECAME,
            decided_by_id=person_id,
            decided_at=now,
        )
