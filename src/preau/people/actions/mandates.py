"""Roles held in places, from a day to a day."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from preau.journal import actions as journal
from preau.kit.answers import Conflict, require
from preau.kit.rows import lock
from preau.people.actions.accounts import create_person
from preau.people.actions.activation import issue_first_sheet, revoke_activation_codes
from preau.people.actions.sessions import end_sessions
from preau.people.models import Account, Mandate, Person, Role
from preau.people.queries import last_day_bounds
from preau.people.queries.base import is_kept_without, operators
from preau.people.rules import LAST_OPERATOR

BAD_LAST_DAY = "Ce dernier jour n’est pas possible\u00a0: il est avant le début, ou trop loin."
ENDED = "Cette fonction a déjà pris fin\u00a0: donnez-la de nouveau."


@transaction.atomic
def give_mandate(
    *,
    holder: Person,
    role: Role,
    place=None,
    starts_on: date,
    ends_on: date | None = None,
    title="",
    person: Person | None,
    now: datetime,
) -> Mandate:
    """`holder` holds `role` in `place` (département, city, district, school or class; None for the operator)."""
    where = {place._meta.model_name: place} if place is not None else {}
    mandate = Mandate.objects.create(
        person=holder, role=role, title=title, starts_on=starts_on, ends_on=ends_on, **where
    )
    holder.__dict__.pop("_mandates_by_day", None)
    journal.record(
        person_id=person and person.id, verb="give_mandate", subject=mandate, now=now, place_id=place and place.pk
    )
    return mandate


@transaction.atomic
def end_mandate(*, mandate: Mandate, ends_on: date, person: Person | None, now: datetime) -> Mandate:
    """`ends_on` is the last day held. One who then holds nothing else goes out that day (trust.md R14), and a sheet not
    used yet opens nothing: once nothing is held nor will be, or by itself the day after a last day still to come.

    A mandate that had not begun is removed: it was never held. Raises Refused for the last who keeps the base.
    """
    if mandate.role == Role.OPERATOR and not is_kept_without(mandate, _locked_operators(now)):
        require(LAST_OPERATOR)
    list(Mandate.objects.select_for_update().filter(pk=mandate.pk))  # before the chain of acts, as everywhere
    holder, place = mandate.person, mandate.place
    journal.record(
        person_id=person and person.id, verb="end_mandate", subject=mandate, now=now, place_id=place and place.pk
    )
    if ends_on < mandate.starts_on:
        mandate.delete()
    else:
        mandate.ends_on = ends_on
        mandate.save(update_fields=["ends_on"])
    holder.__dict__.pop("_mandates_by_day", None)
    today, account = localdate(now), Account.objects.filter(person=holder).first()
    if account and not holder.mandates.current(today).exists():
        end_sessions(account=account, now=now)
    if not holder.mandates.lasting(today).exists():
        revoke_activation_codes(holder=holder, person=person, now=now)
    return mandate


@transaction.atomic
def end_mandates(*, mandates, ends_on: date, person: Person | None, now: datetime) -> None:
    """Somebody leaves: `ends_on` is the last day of each of these. Raises Conflict for a day that cannot be, and
    Refused as `end_mandate`; then nothing is changed."""
    if any(each.role == Role.OPERATOR for each in mandates):
        _locked_operators(now)  # all of them first, in one order: two who end each other wait in turn
    held = list(Mandate.objects.select_for_update().filter(pk__in=[each.pk for each in mandates]).order_by("pk"))
    first, last = last_day_bounds(held, localdate(now))
    if not first <= ends_on <= last:
        raise Conflict(BAD_LAST_DAY, "on")
    for mandate in held:
        end_mandate(mandate=mandate, ends_on=ends_on, person=person, now=now)


def _locked_operators(now):
    """Who keeps the base, read once nobody else can end or name one."""
    list(Mandate.objects.select_for_update().filter(role=Role.OPERATOR).order_by("pk"))
    return operators(localdate(now))


@transaction.atomic
def take_back_end(*, mandate: Mandate, person: Person | None, now: datetime) -> Mandate:
    """« Annuler » an end still to come: the mandate goes on, without an end. Raises Conflict once the day is past."""
    mandate = lock(mandate)
    if mandate.ends_on is None:
        return mandate
    if mandate.ends_on < localdate(now):
        raise Conflict(ENDED)
    mandate.ends_on = None
    mandate.save(update_fields=["ends_on"])
    place = mandate.place
    journal.record(
        person_id=person and person.id, verb="take_back_end", subject=mandate, now=now, place_id=place and place.pk
    )
    return mandate


@transaction.atomic
def name_holder(
    *,
    place,
    role: Role,
    title="",
    civility,
    first_name,
    last_name,
    starts_on: date,
    same_as: Person | None = None,
    gives_sheet=True,
    person: Person | None,
    now: datetime,
) -> tuple[Mandate, str]:
    """A person who holds `role` in `place` (None for the operator), and the secret of their sheet: a new one, or
    `same_as`, whose account goes on with them. Empty for who has already entered, and when not `gives_sheet`: it would
    open what they hold elsewhere. What they hold there already is not given twice."""
    holder = same_as or create_person(
        civility=civility, first_name=first_name, last_name=last_name, person=person, now=now
    )
    mandate = _held_already(same_as, role, title, place, starts_on) or give_mandate(
        holder=holder, role=role, place=place, title=title, starts_on=starts_on, person=person, now=now
    )
    return mandate, issue_first_sheet(holder=holder, person=person, now=now) if gives_sheet else ""


def _held_already(holder, role, title, place, starts_on):
    if holder is None:
        return None
    lock(holder)  # two clicks are one act
    where = {place._meta.model_name: place} if place is not None else {}
    held = Mandate.objects.filter(person=holder, role=role, title=title, ends_on=None, **where)
    return held.filter(starts_on__lte=starts_on).first()
