"""What every write of the room shares: the row locked, its edition compared, its state moved, the journal line."""

from django.utils.timezone import localtime

from preau.journal.actions import record
from preau.kit.answers import Conflict
from preau.kit.dates import hour_text
from preau.kit.money import NBSP
from preau.kit.rows import lock
from preau.plan.priorities.models import ADOPTED, SETTLED, ListState, PriorityList, Programme

CHANGED = "Quelqu’un d’autre a changé cette page depuis que vous l’avez ouverte. Relisez-la, puis recommencez."


def locked_list(*, priority_list, edition=None) -> PriorityList:
    """The version as it is now, kept from others. Raises Conflict when it is no longer the edition that was read."""
    return _same_edition(lock(priority_list, "city", "call"), edition, _last_move)


def locked_programme(*, programme, edition=None) -> Programme:
    """The programme as it is now, kept from others. Raises Conflict when it is no longer the edition that was read."""
    return _same_edition(lock(programme, "city", "priority_list"), edition)


def check_reasons(*, view, mend):
    """A school taken off, or a list put in another order, makes another pass before it: it says why too. Raises
    Conflict with `mend`, what is to be done."""
    silent = [line.entry.school.shown_name for line in view.lines if line.lacks_reason]
    if silent:
        verb = "passe" if len(silent) == 1 else "passent"
        raise Conflict(f"{', '.join(silent)} {verb} avant une école mieux classée, sans raison{NBSP}: {mend}.")


def check_alone(*, priority_list):
    """Raises Conflict when another version of the list is before the COPIL or adopted: a call has one at most."""
    others = PriorityList.objects.filter(call=priority_list.call_id, state__in=(ListState.BEFORE_COPIL, *ADOPTED))
    if other := others.exclude(pk=priority_list.pk).first():
        raise Conflict(
            f"La version {other.version} de cette liste est {other.get_state_display()}{NBSP}: il n’y en a qu’une."
        )


def check_unsettled(*, programme):
    """Raises Conflict when the COPIL settled another version of the year: there is one programme a year."""
    others = Programme.objects.filter(city=programme.city_id, school_year=programme.school_year, state__in=SETTLED)
    if other := others.exclude(pk=programme.pk).first():
        raise Conflict(f"Le {other} est déjà arrêté par le COPIL, dans sa version {other.version}.")


def _same_edition(row, edition, said=None):
    if edition is not None and edition != row.edition:
        raise Conflict(CHANGED + (said(row) if said else ""))
    return row


def _last_move(priority_list):
    """What the other did, as far as a move tells it."""
    move = priority_list.moves.select_related("application__school").order_by("-moved_at", "-id").first()
    if move is None:
        return ""
    to = f"au rang {move.to_rank}" if move.to_rank else "hors de la liste"
    at = hour_text(localtime(move.moved_at))
    school = move.application.school.shown_name
    return f" Dernier déplacement, à {at}{NBSP}: {school}, du rang {move.from_rank} {to}. Raison{NBSP}: {move.reason}"


def move(*, row, table, to, **values):
    """Writes the next state and what goes with it. Raises Conflict when the table does not lead there (W2, W3)."""
    if to not in table[row.state]:
        raise Conflict(CHANGED)
    touch(row=row, state=to, **values)


def touch(*, row, **values):
    """Writes these fields and raises the edition."""
    values["edition"] = row.edition + 1
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))


def journal(*, person, verb, subject, city_id, now, fields=(), role="", is_sealed=False, bound=""):
    """One line; acts that bind both authorities are sealed in the city's chain, with the digest of what they lock."""
    return record(
        person_id=person.pk if person else None,
        verb=verb,
        subject=subject,
        now=now,
        place_id=city_id,
        fields=fields,
        chain=city_id if is_sealed else None,
        role=role,
        bound=bound,
    )
