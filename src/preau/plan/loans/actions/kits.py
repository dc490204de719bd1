"""The city's kits and what they hold."""

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from preau.kit.answers import Conflict, allow
from preau.kit.money import NBSP
from preau.kit.rows import lock
from preau.plan.loans import rules
from preau.plan.loans.actions.writing import hold_kits, journal
from preau.plan.loans.models import AWAY, PART_LINES, BookingSlot, KitPart, SharedKit, State, half_day_number


@transaction.atomic
def add_kit(
    *,
    person,
    city,
    kind,
    name,
    parts,
    now,
    description="",
    transport_half_days=1,
    longest_half_days=20,
    has_access_point=False,
) -> SharedKit:
    """`parts` are (label, quantity) in the order of the check-list, PART_LINES at most. Raises Conflict
    when another kit of the city has this name."""
    allow(rules.can_write_kits, person, city, now=now)
    kit = SharedKit(
        city=city,
        kind=kind,
        name=name,
        description=description,
        transport_half_days=transport_half_days,
        longest_half_days=longest_half_days,
        has_access_point=has_access_point,
    )
    try:
        with transaction.atomic():
            kit.save()
    except IntegrityError:
        raise Conflict(f"Une autre malle porte ce nom{NBSP}: choisissez-en un autre.", "name")
    _write_parts(kit, parts)
    journal(person=person, verb="shared_kit_added", subject=kit, place_id=city.pk, now=now)
    return kit


@transaction.atomic
def change_parts(*, person, kit, parts, now, seen=None, has_access_point=None) -> None:
    """A new check-list; the lines that stay keep their counts, the others are taken off and keep theirs. `seen` is the
    list it was written from: raises Conflict, with what is there now, when a colleague changed it since. None leaves
    `has_access_point`."""
    kit = lock(kit, "city")
    allow(rules.can_write_kits, person, kit.city, now=now)
    held = list(kit.parts.filter(removed_at=None).order_by("position"))
    if seen is not None and [(part.label, part.quantity) for part in held] != list(seen):
        there = ", ".join(f"{part.quantity} {part.label}" for part in held)
        raise Conflict(f"Le contenu a changé entre-temps{NBSP}: {there}. Relisez votre liste, puis gardez-la.")
    if has_access_point is not None:
        kit.has_access_point = has_access_point
        kit.save(update_fields=["has_access_point"])
    wanted = dict(parts)
    for part in held:
        if wanted.get(part.label) != part.quantity:
            part.removed_at = now
            part.save(update_fields=["removed_at"])
        else:
            wanted.pop(part.label)
    _write_parts(kit, [(label, quantity) for label, quantity in parts if label in wanted])
    _number(kit, [label for label, _ in parts])
    journal(person=person, verb="shared_kit_parts_changed", subject=kit, place_id=kit.city_id, now=now)


@transaction.atomic
def retire_kit(*, person, kit, now) -> SharedKit:
    """No longer lent; its past loans stay. Raises Conflict while it is asked for or away."""
    hold_kits(city_id=kit.city_id, kind=kit.kind)
    kit = SharedKit.objects.select_related("city").get(pk=kit.pk)
    allow(rules.can_write_kits, person, kit.city, now=now)
    today = localdate(now)
    ahead = BookingSlot.objects.filter(kit=kit, booking__isnull=False, half_day__gte=half_day_number(today, 0))
    waits = kit.wishes.filter(state=State.WAITING, first_half_day__gte=half_day_number(today, 0))
    if ahead.exists() or waits.exists() or kit.bookings.filter(state__in=AWAY).exists():
        raise Conflict(
            f"{kit.said} est encore demandée ou prêtée{NBSP}: répondez à ces demandes, ou donnez-les à une autre malle "
            f"par «{NBSP}Ne pas prêter quelque temps{NBSP}», puis retirez-la."
        )
    kit.retired_on = today
    kit.save(update_fields=["retired_on"])
    journal(person=person, verb="shared_kit_retired", subject=kit, place_id=kit.city_id, now=now)
    return kit


def _write_parts(kit, parts):
    KitPart.objects.bulk_create(
        [
            KitPart(kit=kit, position=place, label=label, quantity=quantity)
            for place, (label, quantity) in enumerate(parts[:PART_LINES], 1)
        ]
    )


def _number(kit, labels):
    """Lines kept and lines added are in the order that was typed."""
    places = {label: place for place, label in enumerate(labels, 1)}
    parts = list(kit.parts.filter(removed_at=None))
    for part in parts:
        part.position = places[part.label]
    KitPart.objects.bulk_update(parts, ["position"])
