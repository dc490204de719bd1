"""What pupils make on a device: each part is kept by itself, as soon as it is made. Nothing of it is in the journal:
what a pupil does is not watched (trust.md P8; only what an adult decides is written there)."""

import datetime
import secrets
import uuid

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from preau.ent.lessons import rules
from preau.ent.lessons.actions.entering import NOT_HERE, OVER
from preau.ent.lessons.actions.opening import bump
from preau.ent.lessons.models import (
    MOST_PARTS,
    MOST_PICTURES,
    MOST_SIGNERS,
    MOST_VOICES,
    Device,
    Work,
    WorkPart,
    WorkSigner,
)
from preau.ent.lessons.queries import seat_of
from preau.ent.lessons.queries.works import answer_of, goal_of
from preau.kit.answers import Conflict
from preau.kit.rows import lock
from preau.kit.stored import store, with_its_files
from preau.media import actions as media
from preau.media.documents import Document
from preau.media.images import Drawn
from preau.people.models import Person

State, Sort = Work.State, WorkPart.Sort
TASK = "preau.ent.lessons.tasks.settle_part"
NOT_YOURS = "Cette page n’est pas la tienne."
FULL = "Ta page est pleine. Touche «\u00a0J’ai fini\u00a0», puis fais-en une autre."
NO_PLACE = "Il n’y a plus de place. Appelle un adulte de la classe."
NOTHING = "Il n’y a encore rien sur ta page."
READ_ALREADY = "Ta maîtresse ou ton maître a déjà gardé cette page."
TOO_MANY = "Vous êtes déjà sept sur cette page."
REPLACED = (Sort.DRAWING, Sort.TEXT)  # what is made little by little


@with_its_files()
@transaction.atomic
def keep_part(
    *,
    device: Device,
    work_id: uuid.UUID,
    part_id: uuid.UUID,
    sort: str,
    made: Drawn | Document | str,
    now: datetime.datetime,
    turn: int = 1,
    by: uuid.UUID | None = None,
    goal: str = "",
) -> WorkPart:
    """A part of a page, which is begun when the device's id of it is new. Sent again, it is there once; a later `turn`
    of a drawing or of a text replaces it. When two keep theirs at once, both are there. `by`: who held the page, where
    several share this device. On a page that an adult has already kept, it begins the next one: nothing is lost.
    Raises Conflict."""
    _require_in(device, now)
    return put_on_page(
        device=device, work_id=work_id, part_id=part_id, sort=sort, made=made, now=now, turn=turn, by=by, goal=goal
    )


def put_on_page(*, device, work_id, part_id, sort, made, now, turn, by, goal) -> WorkPart:
    """Within a transaction; `device` says who makes it and in which session. Raises Conflict."""
    work = _open_page(device, work_id, goal, now)
    held = WorkPart.objects.select_for_update()
    part = held.filter(pk=part_id).first()
    if part and part.work_id == work.pk and part.by_id and _signer(work, device, part.by_id).pk != part.by_id:
        part_id = uuid.uuid5(part_id, str(device.pupil_id))  # who made it is in elsewhere: one's own, beside it
        part = held.filter(pk=part_id).first()
    if part and part.work_id != work.pk:
        raise Conflict(NOT_YOURS)
    said = {"part_id": part_id, "sort": sort, "made": made, "now": now, "turn": turn}
    return place(work=work, part=part, by=_signer(work, device, by), **said)


def place(*, work: Work, part: WorkPart | None, part_id, sort: str, made, now, turn: int, by: Person) -> WorkPart:
    """On a locked page: a part that is new, or a later turn of `part`, itself locked."""
    if part and (part.turn >= turn or part.sort not in REPLACED or part.sort != sort):
        return part
    if part:
        media.forget_files_of(joined=part)
    else:
        part = _new_part(work, part_id, sort, by)
    part.turn = turn
    _fill(part, made, now)
    _touch(work)
    return part


@transaction.atomic
def remove_part(*, device: Device, part: WorkPart, now: datetime.datetime) -> None:
    """One's own, while the page is not finished. Raises Conflict."""
    _require_in(device, now)
    work = lock(part.work)
    require_signer(work=work, pupil=device.pupil)
    if not work.is_open or _signer(work, device, part.by_id).pk != part.by_id:
        raise Conflict(NOT_YOURS)
    media.forget_joined(joined=lock(part))
    _touch(work)


@transaction.atomic
def say_finished(*, device: Device, work: Work, is_done: bool, now: datetime.datetime) -> Work:
    """« J’ai fini »: it waits to be read over; or goes on, as long as nobody has kept it. Raises Conflict."""
    _require_in(device, now)
    work = lock(work)
    finish(work=work, pupil=device.pupil, is_done=is_done, now=now)
    Device.objects.filter(pk=device.pk).update(done_at=now if is_done else None)
    return work


@transaction.atomic
def say_done(*, device: Device, is_done: bool, now: datetime.datetime) -> None:
    """« J’ai fini », on the pupil's first page: so is the one they made for this activity, as by its own button, or
    they go on with it. Raises Conflict."""
    _require_in(device, now)
    work = answer_of(rules.works_signed_by(device.pupil), device.lesson)
    if work and work.is_open == is_done:
        work = lock(work)
        if not is_done or _is_begun(work):
            finish(work=work, pupil=device.pupil, is_done=is_done, now=now)
    bump(lesson_id=device.lesson_id)
    Device.objects.filter(pk=device.pk).update(done_at=now if is_done else None)


def finish(*, work: Work, pupil: Person, is_done: bool, now: datetime.datetime) -> None:
    """A locked page, by one of those who make it. Raises Conflict."""
    require_signer(work=work, pupil=pupil)
    if work.state == State.KEPT:
        raise Conflict(READ_ALREADY)
    if is_done and not _is_begun(work):
        raise Conflict(NOTHING)
    work.state = State.FINISHED if is_done else State.MAKING
    work.finished_at, work.returned_at, work.remark = (now if is_done else None), None, ""
    work.save(update_fields=["state", "finished_at", "returned_at", "remark"])
    _touch(work)


def _is_begun(work):
    """Something was made on it."""
    return work.parts.exclude(sort=Sort.REMARK).exists()


@transaction.atomic
def choose_goal(*, device: Device, work_id: uuid.UUID, goal: str, now: datetime.datetime) -> Work:
    """Where the page is for. Raises Conflict."""
    _require_in(device, now)
    work = _open_page(device, work_id, goal, now)
    work.goal = goal
    work.save(update_fields=["goal"])
    _touch(work)
    return work


@transaction.atomic
def invite(*, device: Device, work_id: uuid.UUID, pupil_id: uuid.UUID, now: datetime.datetime) -> Work:
    """A pupil of the session makes the page too; up to seven. Raises Conflict."""
    _require_in(device, now)
    work = _open_page(device, work_id, "", now)
    seat = seat_of(device.lesson, pupil_id, localdate(now))
    if seat is None:
        raise Conflict(NOT_HERE)
    if not work.signers.filter(pupil=seat.pupil).exists():
        if work.signers.count() >= MOST_SIGNERS:
            raise Conflict(TOO_MANY)
        WorkSigner.objects.create(work=work, pupil=seat.pupil, joined_at=now)
        _touch(work)
    return work


@transaction.atomic
def pass_page(*, device: Device, work: Work, pupil_id: uuid.UUID, now: datetime.datetime) -> Work:
    """Who holds the page from now on, chosen by any of those who make it. Raises Conflict."""
    _require_in(device, now)
    work = lock(work)
    require_signer(work=work, pupil=device.pupil)
    if not work.signers.filter(pupil=pupil_id).exists():
        raise Conflict(NOT_HERE)
    work.holder_id = pupil_id
    work.save(update_fields=["holder"])
    _touch(work)
    return work


def settle_part(*, part: WorkPart, now: datetime.datetime) -> bool:
    """Makes one voice ready, or refuses it: its page then says why."""
    return media.settle_found(joined=part, settle=media.settle_joined, now=now)


def settle_parts(*, now: datetime.datetime) -> int:
    """Voices whose job ended half-way, and those that the antivirus had not answered for. Returns how many."""
    return media.settle_waiting(tables=[WorkPart], settle=lambda file, now: settle_part(part=file, now=now), now=now)


def add_part(*, work: Work, part_id: uuid.UUID, sort: str, made, by: Person | None, now: datetime.datetime) -> WorkPart:
    """A part of a locked page, within what a page takes."""
    part = _new_part(work, part_id, sort, by)
    _fill(part, made, now)
    return part


def _open_page(device, work_id, goal, now):
    """The page of this id, locked: begun now when there is none; the one that follows it when an adult kept it."""
    lesson, pupil, (task_number, title) = device.lesson, device.pupil, device.answers
    work, is_new = Work.objects.get_or_create(
        pk=work_id,
        defaults={
            "lesson": lesson,
            "school_id": lesson.school_id,
            "classroom_id": lesson.classroom_id,
            "group_id": lesson.group_id,
            "goal": goal or goal_of(lesson),
            "task_number": task_number,
            "title": title,
            "holder": pupil,
            "begun_at": now,
        },
    )
    if is_new:
        WorkSigner.objects.create(work=work, pupil=pupil, joined_at=now)
    work = lock(work)
    require_signer(work=work, pupil=pupil)
    if work.state == State.KEPT:
        return _open_page(device, uuid.uuid5(work.pk, work.kept_at.isoformat()), work.goal, now)
    if work.lesson_id != lesson.pk and work.place_id == lesson.place_id and lesson.is_open(now):
        work.lesson, work.task_number = lesson, 0  # its board and its projection show it
        work.save(update_fields=["lesson", "task_number"])
    return work


def _signer(work, device, by):
    """Who signs a part: the pupil who is in on this device, or the one who held the page on it, and is on no other."""
    if by is None or by == device.pupil_id or not work.signers.filter(pupil=by).exists():
        return device.pupil
    is_elsewhere = Device.objects.filter(lesson=device.lesson_id, pupil=by).exists()
    return device.pupil if is_elsewhere else Person.objects.get(pk=by)


def _new_part(work, part_id, sort, by):
    held = list(work.parts.exclude(sort=Sort.REMARK).values_list("sort", flat=True))
    pictures, voices = sum(each in WorkPart.PICTURES for each in held), held.count(Sort.VOICE)
    is_full = sort in WorkPart.PICTURES and pictures >= MOST_PICTURES or sort == Sort.VOICE and voices >= MOST_VOICES
    if sort != Sort.REMARK and (is_full or len(held) >= MOST_PARTS):
        raise Conflict(FULL)
    rank = (work.parts.aggregate(last=Max("rank"))["last"] or 0) + 1
    part = WorkPart(pk=part_id, work=work, school_id=work.school_id, sort=sort, by=by, rank=rank)
    part.label = part.get_sort_display()
    return part


def _fill(part, made, now):
    """Its file, or its words. Raises Conflict."""
    try:
        _put(part, made, now)
    except Conflict as conflict:
        raise Conflict(NO_PLACE if conflict.reason == media.FULL else conflict.reason) from None


def _put(part, made, now):
    if isinstance(made, str):
        part.text, part.weight = made, len(made.encode())
        part.name = part.name or secrets.token_hex(16)
        part.sent_at = part.cleared_at = part.ready_at = now
        part.save()
    elif isinstance(made, Drawn):
        part.width, part.height = made.width, made.height
        media.keep_joined(joined=part, document=Document("webp", made.picture), now=now)
        store(part.small_path, made.thumbnail)
    else:
        media.keep_joined(joined=part, document=made, now=now)
        media.settle_soon(joined=part, task=TASK)


def _touch(work):
    """The page, and the board, are another than those that were read."""
    Work.objects.filter(pk=work.pk).update(version=work.version + 1)
    work.version += 1
    if work.lesson_id:
        bump(lesson_id=work.lesson_id)


def _require_in(device, now):
    if device.pupil_id is None or not device.lesson.is_open(now):
        raise Conflict(OVER)


def require_signer(*, work: Work, pupil: Person) -> None:
    """Raises Conflict."""
    if not work.signers.filter(pupil=pupil).exists():
        raise Conflict(NOT_YOURS)
