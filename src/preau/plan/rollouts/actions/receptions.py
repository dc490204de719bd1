"""A procès-verbal is written, signed by the city then by the school; taken back, its classes no longer count."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from preau.kit.answers import Conflict, allow
from preau.kit.contents import digest_now
from preau.kit.dates import day_text
from preau.kit.money import NBSP
from preau.kit.names import in_sentence, name_key
from preau.kit.rows import lock
from preau.people.models import Role
from preau.places.models import City
from preau.plan.equipment.models import KitLine, Quality
from preau.plan.rollouts.actions.acceptances import remove_acceptance
from preau.plan.rollouts.actions.reservations import accept_line
from preau.plan.rollouts.actions.writing import journal, locked, progress_now
from preau.plan.rollouts.models import Reception, ReceptionLine, Reservation, StepKind
from preau.plan.rollouts.queries import RECEPTION, SIGNS, breach_of, dates_of, labels_held_back
from preau.plan.rollouts.rules import can_receive, can_sign_receipt

COMMON_LABEL = "Parties communes"


@transaction.atomic
def open_reception(
    *, person, rollout, held_on: date, labels, has_common: bool, now, quality=Quality.MEASURED
) -> Reception:
    """The paper of a visit, with a line per class seen, to be signed. Raises Conflict."""
    rollout = locked(rollout_id=rollout.pk)
    allow(can_receive, person, rollout, now=now)
    progress = progress_now(rollout=rollout, now=now)
    _check_visit(rollout, progress, held_on, labels, has_common, now)
    try:
        with transaction.atomic():
            reception = Reception.objects.create(
                rollout=rollout, city=rollout.school.city, held_on=held_on, quality=quality
            )
    except IntegrityError:
        raise Conflict(
            f"Un procès-verbal est déjà en cours d’écriture pour cette école{NBSP}: signez-le ou supprimez-le."
        )
    for label in labels:
        ReceptionLine.objects.create(reception=reception, label=label)
    if has_common:
        ReceptionLine.objects.create(reception=reception, scope=ReceptionLine.Scope.COMMON, label=COMMON_LABEL)
    journal(person=person, verb="reception_opened", subject=reception, city_id=reception.city_id, now=now)
    return reception


def _check_visit(rollout, progress, held_on, labels, has_common, now):
    if held_on > localdate(now):
        raise Conflict(f"Cette date n’est pas encore passée{NBSP}: écrivez le jour de la visite.")
    if not labels and not has_common:
        raise Conflict(f"Rien n’est à recevoir{NBSP}: choisissez au moins une classe.")
    keys = [name_key(label) for label in labels]
    if len(set(keys)) < len(keys) or "" in keys:
        raise Conflict("Deux classes portent le même nom, ou une n’en a pas.")
    held = set(keys) & labels_held_back(rollout)
    if held:
        raise Conflict(f"Une réserve reste à lever sur {_named(labels, held)}{NBSP}: levez-la, la classe sera reçue.")
    if has_common and progress.common_on:
        raise Conflict("Les parties communes sont déjà reçues.")
    dates = dates_of(rollout.steps.all(), held_on, None)
    breach = breach_of(dates, StepKind.ACCEPTED)
    if breach:
        raise Conflict(breach)


def _named(labels, keys):
    return in_sentence([label for label in labels if name_key(label) in keys])


@transaction.atomic
def add_reservation(*, person, line, kit_line, text, due_on: date, now) -> Reservation:
    """A réserve on a paper not yet signed."""
    line, rollout = _draft_line(line)
    allow(can_receive, person, rollout, now=now)
    if due_on < line.reception.held_on:
        raise Conflict("Une réserve se lève après la visite.")
    if line.is_class != (kit_line.rule == KitLine.Rule.PER_CLASS):
        raise Conflict(f"Cet élément ne se reçoit pas là{NBSP}: choisissez-en un autre, ou un autre lieu.")
    reservation = Reservation.objects.create(line=line, kit_line=kit_line, text=text, due_on=due_on)
    journal(person=person, verb="reservation_added", subject=reservation, city_id=line.reception.city_id, now=now)
    return reservation


@transaction.atomic
def remove_reservation(*, person, reservation, now):
    """Written by mistake, before the signature."""
    line, rollout = _draft_line(reservation.line)
    allow(can_receive, person, rollout, now=now)
    journal(person=person, verb="reservation_removed", subject=reservation, city_id=line.reception.city_id, now=now)
    line.reservations.filter(pk=reservation.pk).delete()


@transaction.atomic
def discard_reception(*, person, reception, now, seen=None):
    """A paper never signed leaves no trace but the journal's. `seen`: as in `sign_reception`."""
    rollout = locked(rollout_id=reception.rollout_id)
    allow(can_receive, person, rollout, now=now)
    draft = Reception.objects.filter(pk=reception.pk).first()
    if draft is None:
        return
    if draft.signed_at:
        raise Conflict(
            f"Ce procès-verbal est signé, n°{NBSP}{draft.number}{NBSP}: il se retire, il ne se supprime plus."
        )
    _as_read(draft, seen)
    journal(person=person, verb="reception_discarded", subject=draft, city_id=draft.city_id, now=now)
    draft.delete()


@transaction.atomic
def sign_reception(*, person, reception, now, seen=None) -> Reception:
    """The city signs: classes without a réserve are received, in the plan, at once. `seen`: the ids of the réserves
    that were read. Raises Conflict, when they are others now too."""
    rollout = locked(rollout_id=reception.rollout_id)
    allow(can_receive, person, rollout, now=now)
    reception = Reception.objects.get(pk=reception.pk)
    if reception.signed_at:
        raise Conflict(f"Ce procès-verbal est déjà signé, sous le n°{NBSP}{reception.number}.")
    _as_read(reception, seen)
    breach = breach_of(dates_of(rollout.steps.all(), reception.held_on, None), StepKind.ACCEPTED)
    if breach:
        raise Conflict(breach)
    reception.number, reception.signed_at = _next_number(reception), now
    reception.save(update_fields=["number", "signed_at"])
    for line in reception.lines.order_by("scope", "label_key", "id").prefetch_related("reservations"):
        if not line.reservations.all():
            accept_line(person=person, rollout=rollout, reception=reception, line=line, on=reception.held_on, now=now)
    _seal(person, "reception_signed", reception, now, SIGNS)
    return reception


def _as_read(reception, seen):
    """Raises Conflict when a colleague added or took away a réserve since the paper was read."""
    rows = Reservation.objects.filter(line__reception=reception).values_list("pk", flat=True)
    if seen is not None and set(seen) != {str(pk) for pk in rows}:
        raise Conflict(
            f"Les réserves de ce procès-verbal ont changé depuis que vous l’avez ouvert{NBSP}: relisez-les, puis "
            f"recommencez."
        )


@transaction.atomic
def sign_receipt(*, person, reception, now) -> Reception:
    """The school says it received what the paper says. Raises Conflict when it did already."""
    locked(rollout_id=reception.rollout_id)
    reception = Reception.objects.select_related("rollout", "receipt_by").get(pk=reception.pk)
    allow(can_sign_receipt, person, reception, now=now)
    if reception.receipt_at:
        raise Conflict(f"L’école a déjà signé, le {day_text(localdate(reception.receipt_at))}.")
    reception.receipt_at, reception.receipt_by = now, person
    reception.save(update_fields=["receipt_at", "receipt_by"])
    _seal(person, "reception_receipt_signed", reception, now, ["receipt_at"], role=Role.SCHOOL_HEAD)
    return reception


@transaction.atomic
def withdraw_reception(*, person, reception, reason, now) -> Reception:
    """A signed paper no longer counts, nor do its classes: the plan's figures change at once (AC-30)."""
    rollout = locked(rollout_id=reception.rollout_id)
    allow(can_receive, person, rollout, now=now)
    reception = Reception.objects.get(pk=reception.pk)
    if reception.withdrawn_at or not reception.signed_at:
        return reception
    for line in reception.lines.exclude(acceptance=None).select_related("acceptance"):
        why = f"Procès-verbal n°{NBSP}{reception.number} retiré{NBSP}: {reason}"
        remove_acceptance(person=person, acceptance=line.acceptance, reason=why, now=now)
    reception.withdrawn_at, reception.withdrawn_reason = now, reason
    reception.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    _seal(person, "reception_withdrawn", reception, now, ["withdrawn_at", "withdrawn_reason"])
    return reception


def _seal(person, verb, reception, now, fields, role=Role.CITY_IT):
    journal(
        person=person,
        verb=verb,
        subject=reception,
        city_id=reception.city_id,
        now=now,
        fields=fields,
        seals=True,
        role=role,
        bound=digest_now(RECEPTION, reception.pk),
    )


def _draft_line(line):
    rollout = locked(rollout_id=line.reception.rollout_id)
    line = ReceptionLine.objects.select_related("reception").get(pk=line.pk)
    if line.reception.signed_at:
        raise Conflict(f"Ce procès-verbal est signé, n°{NBSP}{line.reception.number}{NBSP}: on n’y écrit plus.")
    return line, rollout


def _next_number(reception) -> str:
    """« 2026-07 »: the city's next of the year of the visit."""
    lock(City(pk=reception.city_id))
    year = f"{reception.held_on.year}-"
    numbers = Reception.objects.filter(city=reception.city_id, number__startswith=year).values_list("number", flat=True)
    last = max((int(number.removeprefix(year)) for number in numbers), default=0)
    return f"{year}{last + 1:02d}"
