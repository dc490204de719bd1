"""A pupil enters on an accepted device, asks for help, has finished, gives the device to another."""

import datetime

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from preau.ent.lessons import rules
from preau.ent.lessons.actions.opening import say_all_sent
from preau.ent.lessons.models import TRIES, Device, Entrant, Lesson
from preau.ent.lessons.queries import WITH_PLACE, Seat, seat_of, taken_elsewhere
from preau.kit.answers import Conflict, allow
from preau.kit.rows import lock
from preau.people import actions as people
from preau.people.models import Badge, Person, PupilEntry
from preau.people.queries.cards import badge_of, is_code_of, is_open

OVER = "La séance est finie."
NOT_ACCEPTED = "Ta maîtresse ou ton maître n’a pas encore accepté cette tablette."
NOT_HERE = "Cet élève n’est pas de cette séance."
NOT_YOURS = "Ce ne sont pas tes images. Essaie encore."
SHOW_PICTURES = "Montre d’abord tes quatre images."
STILL_IN = "Tu es encore sur une autre tablette. Appelle un adulte de la classe."
ANOTHER = "Un autre élève attend maintenant sur cette tablette\u00a0: regardez qui, puis laissez entrer."
NO_BADGE = "Cette carte ne marche plus. Touche ton image."


@transaction.atomic
def show_pictures(
    *, device: Device, pupil_id, pictures: list[str], now: datetime.datetime
) -> tuple[Device, str] | None:
    """The four pictures of a pupil, in order: (the device, the entry's key), or None when they are wrong, which is
    counted for the device, whoever's they are, and for the pupil, whatever the device: after three, with nobody in
    meanwhile, or five, an adult lets in the last who tried. Raises Conflict."""
    device = _ready(device, now)
    seat = _seat(device, pupil_id, now)
    is_heard = device.wrong_count < TRIES and _is_heard(seat.pupil, now)
    if is_heard and is_code_of(seat.pupil, pictures):
        return _opened(device, seat.pupil, now)
    if not device.lets_in(seat.pupil.pk, now):  # the adult let another in, or long ago
        device.trying, device.let_in_at = seat.pupil, None
    device.wrong_count = device.wrong_count + 1 if is_heard else TRIES
    device.save(update_fields=["trying", "wrong_count", "let_in_at"])
    if device.is_stuck:
        _bump(device)
    return None


@transaction.atomic
def enter(*, device: Device, pupil_id, now: datetime.datetime) -> tuple[Device, str]:
    """By one's own picture alone: in nursery levels, while nobody gave the pupil four pictures, or once an adult let
    them in, who alone moves one of these from another device. (the device, the entry's key). Raises Conflict."""
    device = _ready(device, now)
    seat = _seat(device, pupil_id, now)
    if not device.lets_in(seat.pupil.pk, now):
        if seat.needs_pictures:
            raise Conflict(SHOW_PICTURES)
        if seat.pupil.pk in taken_elsewhere(device, now):  # since this page was drawn
            raise Conflict(STILL_IN)
    return _opened(device, seat.pupil, now)


@transaction.atomic
def enter_with_badge(*, device: Device, token: str, now: datetime.datetime) -> tuple[Device, str]:
    """By the card of the class held to the camera; useless outside a session (trust.md P3). Raises Conflict."""
    badge = badge_of(token, Badge.Kind.CLASS, localdate(now))
    badge = badge and lock(badge)  # before the device, as who ends a card
    if badge is None or not is_open(badge, localdate(now)):
        raise Conflict(NO_BADGE)
    device = _ready(device, now)
    return _opened(device, _seat(device, badge.pupil_id, now).pupil, now, badge=badge)


@transaction.atomic
def call_adult(*, device: Device, pupil_id, now: datetime.datetime) -> None:
    """A pupil who shows no pictures is still in on another device: an adult says that it is they. Raises Conflict."""
    device = _ready(device, now)
    device.trying, device.wrong_count, device.let_in_at = _seat(device, pupil_id, now).pupil, TRIES, None
    device.save(update_fields=["trying", "wrong_count", "let_in_at"])
    _bump(device)


@transaction.atomic
def let_in(*, person: Person, device: Device, now: datetime.datetime, pupil_id: str = "") -> Device:
    """An adult of the class lets in the pupil who called, `pupil_id` as the board named them: the device enters at its
    next question. Raises Refused, Conflict."""
    device = hold(device=device, beside=("trying",))
    allow(rules.can_help_in_lesson, person, device.lesson, now=now)
    if device.trying is None:
        raise Conflict("Plus personne n’attend sur cette tablette.")
    if pupil_id and str(device.trying_id) != pupil_id:
        raise Conflict(ANOTHER)
    device.let_in_at = now
    device.save(update_fields=["let_in_at"])
    _bump(device)
    return device


@transaction.atomic
def leave(*, device: Device, now: datetime.datetime) -> Device:
    """« À toi ! »: nothing of the pupil stays, the grid is back."""
    device = hold(device=device)
    if device.pupil_id:  # else what was tried in vain stays counted
        take_out(device=device, now=now)
        _bump(device)
    return device


@transaction.atomic
def raise_hand(*, device: Device, is_up: bool, now: datetime.datetime) -> None:
    """The pupil asks for an adult, or needs none any more."""
    _set(device, hand_at=now if is_up else None)


@transaction.atomic
def lower_hand(*, person: Person, device: Device, now: datetime.datetime) -> None:
    """« J’y vais ». Raises Refused."""
    device = hold(device=device)
    allow(rules.can_help_in_lesson, person, device.lesson, now=now)
    _set(device, hand_at=None)


@transaction.atomic
def note_news(*, device: Device, kept_count: int, now: datetime.datetime) -> None:
    """The device is on line, with so many things that have not left yet; the board is read again when that changed."""
    if device.is_silent(now) or device.kept_count != kept_count:
        _bump(device)
    Device.objects.filter(pk=device.pk).update(seen_at=now, kept_count=kept_count, has_script=True)
    if device.known_hash and not kept_count:
        say_all_sent(known_hash=device.known_hash)


def take_out(*, device: Device, now: datetime.datetime) -> None:
    """Ends the entry of a locked device and counts its time."""
    if device.entry_id:
        people.end_pupil_entries(entry_ids=[device.entry_id])
    if device.entered_at:
        seconds = max(int((now - device.entered_at).total_seconds()), 0)
        Lesson.objects.filter(pk=device.lesson_id).update(pupil_seconds=F("pupil_seconds") + seconds)
    for name in ("entry", "pupil", "trying", "entered_at", "hand_at", "done_at", "let_in_at"):
        setattr(device, name, None)
    device.wrong_count = device.kept_count = 0
    device.save()


def hold(*, device: Device, beside: tuple[str, ...] = (), until: datetime.datetime | None = None) -> Device:
    """The device as it is now, locked after its session: who leads or closes that takes them in this order, and two
    who wait for each other would both be stopped. With `until`, raises Conflict when the session is over."""
    lesson = lock(device.lesson, *WITH_PLACE)
    if until and not lesson.is_open(until):
        raise Conflict(OVER)
    device = lock(device, *beside)
    device.lesson = lesson
    return device


def _ready(device, now):
    device = hold(device=device, beside=("trying",), until=now)
    if device.accepted_at is None:
        raise Conflict(NOT_ACCEPTED)
    return device


def _seat(device, pupil_id, now) -> Seat:
    seat = seat_of(device.lesson, pupil_id, localdate(now))
    if seat is None:
        raise Conflict(NOT_HERE)
    return seat


def _is_heard(pupil, now):
    """Counted before they are looked at; five wrong ones of a pupil, and for a while none is (trust.md P6)."""
    try:
        people.count_try(what=_guessed(pupil), now=now)
    except people.Locked:
        return False
    return True


def _guessed(pupil):
    return f"pictures in class {pupil.pk}"


def _opened(device, pupil, now, badge=None):
    """Elsewhere in this session, the pupil leaves that device first."""
    people.forgive(what=_guessed(pupil))
    for other in Device.objects.select_for_update().filter(lesson=device.lesson_id, pupil=pupil).exclude(pk=device.pk):
        take_out(device=other, now=now)
    take_out(device=device, now=now)
    waiting = Device.objects.filter(lesson=device.lesson_id, trying=pupil)  # elsewhere, nobody is let in any more
    waiting.update(trying=None, let_in_at=None)
    said = {"way": PupilEntry.Way.LESSON, "ends_at": device.lesson.ends_at, "now": now, "badge": badge}
    entry, key = people.open_pupil_entry(pupil=pupil, **said)
    device.entry, device.pupil, device.entered_at, device.seen_at = entry, pupil, now, now
    device.save(update_fields=["entry", "pupil", "entered_at", "seen_at"])
    Entrant.objects.get_or_create(lesson_id=device.lesson_id, pupil=pupil)
    _bump(device)
    return device, key


def _set(device, **fields):
    """Of a device whose pupil is in."""
    _bump(device)
    Device.objects.filter(pk=device.pk, pupil__isnull=False).update(**fields)


def _bump(device):
    Lesson.objects.filter(pk=device.lesson_id).update(version=F("version") + 1)
