"""Receive files, decide likenesses, answer of a birth date, give files up."""

from dataclasses import dataclass

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.timezone import localtime

from preau.arrivals import queries, rules
from preau.arrivals.comparing import Question
from preau.arrivals.comparing.births import read_birth_key
from preau.arrivals.models import UPLOADS, Decision, FileTitle, Upload
from preau.arrivals.reading import Named
from preau.journal import actions as journal
from preau.kit.answers import Conflict, allow
from preau.kit.dates import school_year_label
from preau.kit.rows import lock
from preau.kit.sheets import keep_titles
from preau.kit.stored import store, with_its_files

NO_MORE = "Cette question ne se pose plus."
GONE = "Ces fichiers ne sont plus gardés. Déposez-les à nouveau."


@dataclass(frozen=True)
class IncomingFile:
    """A file as it came. `kind`: what the person said it is (reading.PUPILS…), or empty to recognise it."""

    name: str
    data: bytes
    kind: str = ""


@with_its_files()
@transaction.atomic
def receive_files(*, school, files, person, now, school_year="") -> Upload:
    """Keeps files privately until they are applied or 24 hours old; an earlier upload of the school is dropped."""
    for other in Upload.objects.filter(school=school, state=Upload.State.RECEIVED):
        drop_upload(upload=other, person=person, now=now)
    upload = Upload(
        school=school,
        school_year=school_year or school_year_label(localtime(now).date()),
        person_id=person.pk if person else None,
        received_at=now,
    )
    said = queries.titles_of(school)
    for place, file in enumerate(files):
        path = store(f"{UPLOADS}/{upload.pk}/{place}", file.data)
        upload.files.append({"name": file.name, "path": path, "kind": file.kind, "said": said})
    upload.save()
    journal.record(
        person_id=upload.person_id,
        verb="arrivals.receive",
        subject=upload,
        now=now,
        place_id=school.pk,
        fields=["files"],
    )
    return upload


@transaction.atomic
def decide(*, school, question: Question, same: bool, person, now) -> Decision:
    """Remembers the answer to a question of a comparison, both ways. Answering again replaces the answer.

    `question` comes from `Comparison.question(key)`: nobody answers what was not asked.
    """
    first, second = sorted(question.key.split("~"))
    verdict = Decision.Verdict.SAME if same else Decision.Verdict.DIFFERENT
    decision, _ = Decision.objects.update_or_create(
        school=school,
        first_key=first,
        second_key=second,
        defaults={
            "verdict": verdict,
            "candidate_id": question.candidate_id or None,
            "decided_by_id": person.pk if person else None,
            "decided_at": now,
        },
    )
    journal.record(
        person_id=decision.decided_by_id,
        verb="arrivals.decide",
        subject=decision,
        now=now,
        place_id=school.pk,
        fields=["verdict"],
    )
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
        person_id=person.pk,
        verb="arrivals.answer_birth",
        subject=upload,
        now=now,
        place_id=upload.school_id,
        fields=["files"],
    )


@transaction.atomic
def name_columns(*, upload, place: int, table, named: Named, person, now) -> None:
    """Keeps with the file of that place what a head says that its columns are, and each title for the school's next
    files. Raises Conflict where the files wait no more."""
    upload = lock(upload, "school")
    allow(rules.can_import_files, person, upload.school, now=now)
    if upload.state != Upload.State.RECEIVED or place >= len(upload.files):
        raise Conflict(GONE)
    upload.files[place]["named"] = named.as_json()
    upload.save(update_fields=["files"])
    titles = {"table": table, "columns": named.columns, "now": now}
    keep_titles(FileTitle, school=upload.school, kind=named.kind, **titles)
    journal.record(
        person_id=person.pk,
        verb="arrivals.name_columns",
        subject=upload,
        now=now,
        place_id=upload.school_id,
        fields=["files"],
    )


@transaction.atomic
def ask_again(*, decision, person, now) -> None:
    """Takes an answer back: the question is asked again."""
    journal.record(
        person_id=person.pk,
        verb="arrivals.ask_again",
        subject=decision,
        now=now,
        place_id=decision.school_id,
        fields=["verdict"],
    )
    decision.delete()


@transaction.atomic
def drop_upload(*, upload, person, now) -> None:
    """Gives the files up and deletes them."""
    upload.state = Upload.State.DROPPED
    forget_files(upload=upload)
    journal.record(
        person_id=person.pk if person else None,
        verb="arrivals.drop",
        subject=upload,
        now=now,
        place_id=upload.school_id,
        fields=["state"],
    )


def purge_uploads(*, now, dry_run=False) -> int:
    """Deletes the files of uploads older than 24 hours. Returns how many uploads."""
    old = Upload.objects.filter(state=Upload.State.RECEIVED, received_at__lte=now - queries.KEPT)
    if dry_run:
        return old.count()
    found = list(old)
    for upload in found:
        drop_upload(upload=upload, person=None, now=now)
    return len(found)


def forget_files(*, upload) -> None:
    """The rows first, the files once the rows are sure."""
    paths = upload.paths
    upload.files = [{**file, "path": "", "births": {}} for file in upload.files]
    upload.save()

    def delete():
        for path in paths:
            default_storage.delete(path)

    transaction.on_commit(delete)
