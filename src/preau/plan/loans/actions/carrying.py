"""A kit goes out and comes back, counted at each hand-over."""

import secrets

from django.db import transaction
from django.utils.timezone import localdate

from preau.kit.answers import Conflict, allow
from preau.kit.stored import store, with_its_files
from preau.plan.loans import queries, rules
from preau.plan.loans.actions.giving import free_the_rest
from preau.plan.loans.actions.writing import hold_kits, locked, move
from preau.plan.loans.models import Booking, HandOver, PartCount, State


@with_its_files()
@transaction.atomic
def prepare_booking(*, person, booking, found, now, note="", photo=None) -> Booking:
    """The kit is charged and counted before it leaves. `found` is {part id: how many}. Raises Conflict, also while the
    kit is away for another school or its Wi-Fi may not go there."""
    turn = queries.why_not_prepared
    booking = _step(rules.can_carry_booking, person, booking, State.PREPARED, "booking_prepared", now, turn=turn)
    _count(booking, HandOver.Moment.PREPARED, person, found, note, photo, now)
    return booking


@transaction.atomic
def send_booking(*, person, booking, now, transport="") -> Booking:
    """The kit leaves for the school; `transport` says who carries it. Raises Conflict, also while the kit is away for
    another school or kept for one that comes first."""
    fields = {"transport": transport} if transport else {}
    turn = queries.why_not_sent
    return _step(rules.can_carry_booking, person, booking, State.OUT, "booking_sent", now, turn=turn, **fields)


@with_its_files()
@transaction.atomic
def receive_booking(*, person, booking, found, now, note="", photo=None) -> Booking:
    """The school counts what arrived."""
    booking = _step(rules.can_receive_booking, person, booking, State.IN_USE, "booking_received", now)
    _count(booking, HandOver.Moment.ARRIVED, person, found, note, photo, now)
    return booking


@with_its_files()
@transaction.atomic
def return_booking(*, person, booking, now, found=None, note="", photo=None) -> Booking:
    """The kit leaves the school, which may count it (`found`), write a word, take a photo; the city counts it again."""
    booking = _step(rules.can_receive_booking, person, booking, State.RETURNED, "booking_returned", now)
    if found is not None or note or photo:
        _count(booking, HandOver.Moment.RETURNED, person, found, note, photo, now)
    return booking


@with_its_files()
@transaction.atomic
def check_booking(*, person, booking, found, now, note="", photo=None) -> Booking:
    """Counted on its return: what is missing is told to the next school until the kit is whole again. Back before its
    last day, it is lent from tomorrow."""
    hold_kits(city_id=booking.city_id, kind=booking.kind)
    booking = _step(rules.can_carry_booking, person, booking, State.CHECKED, "booking_checked", now)
    _count(booking, HandOver.Moment.CHECKED, person, found, note, photo, now)
    free_the_rest(booking=booking, person=person, now=now)
    return booking


@transaction.atomic
def close_booking(*, person, booking, now) -> Booking:
    """Nothing more to do for this loan."""
    return _step(rules.can_carry_booking, person, booking, State.CLOSED, "booking_closed", now)


def _step(rule, person, booking, to, verb, now, *, turn=None, **fields):
    """`turn` says why the kit cannot be taken now: its kind is held first, so that two loans of it never both can."""
    if turn is not None:
        hold_kits(city_id=booking.city_id, kind=booking.kind)
    booking = locked(booking=booking)
    allow(rule, person, booking, now=now)
    reason = turn(booking, localdate(now)) if turn is not None else ""
    if reason:
        raise Conflict(reason)
    return move(booking=booking, to=to, person=person, now=now, verb=verb, **fields)


def _count(booking, moment, person, found, note, photo, now):
    """`photo` is a `media.images.Drawn`, never what the telephone sent. A part left out counts as not there; nothing
    was counted when `found` is None."""
    name = secrets.token_hex(16) if photo else ""
    hand_over = HandOver(booking=booking, moment=moment, at=now, by=person, note=note, photo_name=name)
    if photo:
        store(hand_over.photo_path, photo.picture)
    hand_over.save(force_insert=True)
    if found is None:
        return
    parts = booking.kit.parts.filter(removed_at=None).order_by("position")
    PartCount.objects.bulk_create(
        [
            PartCount(hand_over=hand_over, part=p, expected_count=p.quantity, found_count=found.get(p.pk, 0))
            for p in parts
        ]
    )
