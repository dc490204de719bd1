"""Connection sheets: asked by the head, made by a job, private, gone after a day."""

import secrets

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.timezone import localtime

from preau.arrivals import printing, queries
from preau.arrivals.models import SHEETS, SheetJob
from preau.arrivals.sheet_words import said
from preau.journal import actions as journal
from preau.kit.stored import store, with_its_files
from preau.kit.tasks import enqueue
from preau.people import actions as people
from preau.people.actions.activation import LIFE
from preau.people.languages import FRENCH, language_of
from preau.people.models import Person
from preau.people.queries import code_in_groups
from preau.schools.sheets import sheets_withheld


@transaction.atomic
def ask_sheets(*, school, classrooms, layout, with_pupils, renews_active, address, person, now) -> list[SheetJob]:
    """One job per class. The sheets asked before for a class are deleted: their codes are about to die."""
    for former in SheetJob.objects.filter(classroom__in=classrooms).exclude(state=SheetJob.State.DROPPED):
        drop_sheets(job=former, person=person, now=now)
    jobs = []
    for classroom in classrooms:
        job = SheetJob.objects.create(
            school=school,
            classroom=classroom,
            person_id=person.pk,
            asked_at=now,
            layout=layout,
            address=address,
            with_pupils=with_pupils,
            renews_active=renews_active,
        )
        journal.record(
            person_id=person.pk,
            verb="arrivals.ask_sheets",
            subject=job,
            now=now,
            place_id=school.pk,
            fields=["classroom"],
        )
        enqueue("preau.arrivals.tasks.make_sheets", str(job.pk))
        jobs.append(job)
    return jobs


@with_its_files()
def make_sheets(*, job_id, now) -> SheetJob | None:
    """Draws the codes, then the PDF. Run again after a power failure, it draws new codes: the former ones die.

    None when the sheets were made already, or given up meanwhile. Secrets are in the PDF and nowhere else.
    """
    begun = _begin(job_id, now)
    if begun is None:
        return None
    job, sheets = begun

    last_day = localtime(now + LIFE).date()
    data = printing.draw(
        [said(sheet, job.address, last_day) for sheet in sheets],
        layout=job.layout,
        title=f"Fiches de connexion, {job.classroom.name}, {job.school.full_name}",
        now=now,
    )
    path = store(f"{SHEETS}/{secrets.token_urlsafe(24)}.pdf", data)
    kept = _finish(job, path, len(sheets), now)
    if not kept:
        default_storage.delete(path)
    return job if kept else None


@transaction.atomic
def drop_sheets(*, job, person, now) -> None:
    """Deletes the PDF. Codes already printed stay good: they are on paper."""
    path = job.path
    job.state, job.path = SheetJob.State.DROPPED, ""
    job.save(update_fields=["state", "path"])
    journal.record(
        person_id=person and person.pk,
        verb="arrivals.drop_sheets",
        subject=job,
        now=now,
        place_id=job.school_id,
        fields=["state"],
    )
    if path:
        transaction.on_commit(lambda: default_storage.delete(path))


@transaction.atomic
def drop_sheets_since(*, school, since, person, now) -> None:
    """Sheets made since an import that is being undone may name persons who go with it."""
    for job in SheetJob.objects.filter(school=school, asked_at__gte=since).exclude(state=SheetJob.State.DROPPED):
        drop_sheets(job=job, person=person, now=now)


def purge_sheets(*, now, dry_run=False) -> int:
    """Deletes the PDFs asked for more than 24 hours ago. Returns how many jobs."""
    old = SheetJob.objects.filter(asked_at__lte=now - queries.SHEETS_KEPT).exclude(state=SheetJob.State.DROPPED)
    if dry_run:
        return old.count()
    found = list(old)
    for job in found:
        drop_sheets(job=job, person=None, now=now)
    return len(found)


@transaction.atomic
def _begin(job_id, now):
    """The job taken, its codes drawn: (job, sheets)."""
    jobs = SheetJob.objects.select_for_update(of=("self",)).select_related("classroom__school", "school")
    job = jobs.filter(pk=job_id).first()
    if job is None or not job.is_under_way:
        return None
    asker = Person.objects.filter(pk=job.person_id).first()
    if asker is None:
        return None
    day = localtime(now).date()
    found = queries.sheets_of_class(job.classroom, day).recipients(with_pupils=job.with_pupils)
    withheld = sheets_withheld(asker, [each.person for each in found], day)
    recipients = [each for each in found if each.is_open or each.person.pk not in withheld]
    persons = [
        each.person for each in recipients if each.person.pk not in withheld and (job.renews_active or not each.is_open)
    ]
    codes = people.issue_activation_codes(persons=persons, person=asker, now=now)
    job.state, job.total_count, job.done_count = SheetJob.State.MAKING, len(recipients), 0
    job.codes_count = len(codes)
    job.save(update_fields=["state", "total_count", "done_count", "codes_count"])
    return job, [_sheet(each, codes.get(each.person.pk, ""), job) for each in recipients]


def _sheet(recipient, secret, job):
    return printing.Sheet(
        school=job.school.full_name,
        name=recipient.person.full_name if recipient.is_pupil else _called(recipient.person),
        children=recipient.children,
        is_pupil=recipient.is_pupil,
        secret=secret,
        code=code_in_groups(secret) if secret else "",
        identifier=recipient.identifier,
        language=FRENCH if recipient.is_pupil else language_of(recipient.person),
    )


def _called(person):
    """« Mme Rosa Toupie »"""
    return " ".join(filter(None, (person.civility, person.full_name)))


def _finish(job, path, count, now):
    """Whether the file is wanted: the job may have been given up while it was drawn."""
    job.state, job.path, job.done_count, job.ready_at = SheetJob.State.READY, path, count, now
    return SheetJob.objects.filter(pk=job.pk, state=SheetJob.State.MAKING).update(
        state=job.state, path=path, done_count=count, ready_at=now
    )
