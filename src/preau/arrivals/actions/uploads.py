"""Receive files, decide likenesses, apply, undo. One school at a time, whole or not at all."""

from dataclasses import dataclass
from uuid import UUID

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.timezone import localtime

from preau.arrivals import queries, rules
from preau.arrivals.actions.sheets import drop_sheets_since
from preau.arrivals.comparing import Comparison, Question
from preau.arrivals.comparing.births import read_birth_key
from preau.arrivals.comparing.identity import person_key
from preau.arrivals.models import UPLOADS, Decision, Upload
from preau.arrivals.reading import read_file
from preau.journal import actions as journal
from preau.kit import batches
from preau.kit.answers import Conflict, allow
from preau.kit.dates import school_year_label
from preau.kit.models import Batch
from preau.kit.rows import lock
from preau.kit.stored import store, with_its_files
from preau.places.models import School

MOVED = "L’école a changé depuis votre lecture. Relisez les changements avant d’appliquer."
MANY = "Plus de la moitié de l’école partirait. Rien n’a changé\u00a0: cochez la case qui le confirme, ou gardez-les."
NO_MORE = "Cette question ne se pose plus."


@dataclass(frozen=True)
class IncomingFile:
    """A file as it came. `kind`: what the person said it is (reading.PUPILS…), or empty to recognise it."""

    name: str
    data: bytes
    kind: str = ""


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
    read = [read_file(file.name, file.data, expected=file.kind) for file in files]
    return _apply_read(
        school=school, read=read, now=now, person=person, school_year=school_year, complete=complete,
        even_if_many=even_if_many, set_aside=set_aside, dry_run=dry_run,
    )  # fmt: skip


@with_its_files()
@transaction.atomic
def receive_files(*, school, files, person, now, school_year="") -> Upload:
    """Keeps files privately until they are applied or 24 hours old; an earlier upload of the school is dropped."""
    for other in Upload.objects.filter(school=school, state=Upload.State.RECEIVED):
        drop_upload(upload=other, person=person, now=now)
    upload = Upload(
        school=school, school_year=school_year or school_year_label(localtime(now).date()),
        person_id=person.pk if person else None, received_at=now,
    )  # fmt: skip
    for place, file in enumerate(files):
        path = store(f"{UPLOADS}/{upload.pk}/{place}", file.data)
        upload.files.append({"name": file.name, "path": path, "kind": file.kind})
    upload.save()
    journal.record(
        person_id=upload.person_id, verb="arrivals.receive", subject=upload, now=now, place_id=school.pk,
        fields=["files"],
    )  # fmt: skip
    return upload


@transaction.atomic
def decide(*, school, question: Question, same: bool, person, now) -> Decision:
    """Remembers the answer to a question of a comparison, both ways. Answering again replaces the answer.

    `question` comes from `Comparison.question(key)`: nobody answers what was not asked.
    """
    first, second = sorted(question.key.split("~"))
    verdict = Decision.Verdict.SAME if same else Decision.Verdict.DIFFERENT
    decision, _ = Decision.objects.update_or_create(
        school=school, first_key=first, second_key=second,
        defaults={
            "verdict": verdict, "candidate_id": question.candidate_id or None,
            "decided_by_id": person.pk if person else None, "decided_at": now,
        },
    )  # fmt: skip
    journal.record(
        person_id=decision.decided_by_id, verb="arrivals.decide", subject=decision, now=now, place_id=school.pk,
        fields=["verdict"],
    )  # fmt: skip
    return decision


@transaction.atomic
def answer_birth(*, upload, key: str, answer: str, person, now) -> None:
    """Keeps with the file what a person says of a birth date that is no pupil's: "keep", "aside", the ISO date put
    right, or nothing to be asked again. Raises Conflict when there is no such line any more."""
    upload = lock(upload)
    found = read_birth_key(key)
    if found is None or upload.state != Upload.State.RECEIVED or found[0] >= len(upload.files):
        raise Conflict(NO_MORE)
    place, line = found
    births = {**upload.files[place].get("births", {}), line: answer}
    upload.files[place]["births"] = {each: said for each, said in births.items() if said}
    upload.save(update_fields=["files"])
    journal.record(
        person_id=person.pk, verb="arrivals.answer_birth", subject=upload, now=now, place_id=upload.school_id,
        fields=["files"],
    )  # fmt: skip


@transaction.atomic
def ask_again(*, decision, person, now) -> None:
    """Takes an answer back: the question is asked again."""
    journal.record(
        person_id=person.pk, verb="arrivals.ask_again", subject=decision, now=now, place_id=decision.school_id,
        fields=["verdict"],
    )  # fmt: skip
    decision.delete()


def apply_upload(*, upload, person, now, seen=None, complete=False, even_if_many=False, set_aside=False) -> Batch:
    """Applies what `queries.compare_upload` shows, compared again under the lock, then deletes the files.

    `seen`: `queries.print_of` the comparison that was read, None when nobody reads. Raises Conflict, having changed
    nothing. The files are read first: the lock lasts while the base is written.
    """
    return _apply_read_upload(
        upload=upload, read=queries.read_upload(upload), person=person, now=now, seen=seen, complete=complete,
        even_if_many=even_if_many, set_aside=set_aside,
    )  # fmt: skip


@transaction.atomic
def _apply_read_upload(*, upload, read, person, now, seen, **options):
    upload = lock(upload, "school")
    allow(rules.can_import_files, person, upload.school, now=now)
    if upload.state == Upload.State.APPLIED:
        return Batch.objects.get(pk=upload.batch_id)
    result = _apply_read(
        school=upload.school, read=read, now=now, person=person, school_year=upload.school_year, dry_run=False,
        seen=seen, **options,
    )  # fmt: skip
    if result.refused:
        raise Conflict(MOVED)
    if result.unconfirmed:
        raise Conflict(MANY)
    upload.state, upload.batch_id = Upload.State.APPLIED, result.batch.pk
    _forget_files(upload)
    return result.batch


@transaction.atomic
def drop_upload(*, upload, person, now) -> None:
    """Gives the files up and deletes them."""
    upload.state = Upload.State.DROPPED
    _forget_files(upload)
    journal.record(
        person_id=person.pk if person else None, verb="arrivals.drop", subject=upload, now=now,
        place_id=upload.school_id, fields=["state"],
    )  # fmt: skip


def purge_uploads(*, now, dry_run=False) -> int:
    """Deletes the files of uploads older than 24 hours. Returns how many uploads."""
    old = Upload.objects.filter(state=Upload.State.RECEIVED, received_at__lte=now - queries.KEPT)
    if dry_run:
        return old.count()
    found = list(old)
    for upload in found:
        drop_upload(upload=upload, person=None, now=now)
    return len(found)


@transaction.atomic
def undo_batch(*, batch_id: UUID, person=None, now) -> Batch:
    """Puts the school back as it was before its last batch. Raises kit.batches.CannotUndo, having changed nothing."""
    batch = Batch.objects.get(pk=batch_id, kind="onde")
    school = lock(School(pk=batch.scope.partition(":")[2]))
    allow(rules.can_undo_batch, person, school, now=now)
    drop_sheets_since(school=school, since=batch.applied_at, person=person, now=now)
    batch = batches.undo(batch=batch, person_id=person.pk if person else None, now=now)
    journal.record(
        person_id=batch.undone_by_id, verb="arrivals.undo", subject=batch, now=now, place_id=school.pk,
        fields=["undone_at"],
    )  # fmt: skip
    return batch


@transaction.atomic
def _apply_read(*, school, read, now, person, school_year, complete, even_if_many, set_aside, dry_run, seen=None):
    """The comparison and the writes see the same school: its row is locked from before the reading to the end."""
    school = lock(school)
    comparison = queries.compare_files(
        school=school, files=read, school_year=school_year, today=localtime(now).date(), complete=complete,
        set_aside=set_aside,
    )  # fmt: skip
    if seen not in (None, queries.print_of(comparison)):
        raise Conflict(MOVED)
    if comparison.refused or dry_run:
        return Result(None, comparison)
    if comparison.many_leave and not even_if_many:
        return Result(None, comparison, unconfirmed=True)
    person_id = person.pk if person else None
    batch = batches.apply(
        kind="onde", scope=queries.scope_of(school), person_id=person_id, now=now, writes=comparison.writes,
        files=[{"name": file.name, "kind": file.kind, "sha256": file.sha256} for file in read],
        counts=comparison.counts,
    )  # fmt: skip
    _bind(school, comparison.bound, person_id, now)
    journal.record(
        person_id=person_id, verb="arrivals.apply", subject=batch, now=now, place_id=school.pk,
        fields=sorted({type(write.row)._meta.label for write in comparison.writes}),
    )  # fmt: skip
    return Result(batch, comparison)


def _bind(school, bound, person_id, now):
    """Which new person each of two lines became: the same files again ask nothing. Undone with them."""
    for key, made in bound:
        first, second = sorted((key, person_key(made.pk)))
        Decision.objects.create(
            school=school, first_key=first, second_key=second, candidate=made, verdict=Decision.Verdict.BECAME,
            decided_by_id=person_id, decided_at=now,
        )  # fmt: skip


def _forget_files(upload):
    """The rows first, the files once the rows are sure."""
    paths = upload.paths
    upload.files = [{**file, "path": "", "births": {}} for file in upload.files]
    upload.save()

    def delete():
        for path in paths:
            default_storage.delete(path)

    transaction.on_commit(delete)
