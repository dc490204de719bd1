"""The year's programme, the city's own act and money (W3)."""

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from preau.kit.answers import Conflict, allow
from preau.kit.money import NBSP, amount
from preau.plan.equipment.rules import NOT_ITS_KIT
from preau.plan.priorities import queries, rules
from preau.plan.priorities.actions.writing import (
    check_reasons,
    check_unsettled,
    journal,
    locked_programme,
    move,
    touch,
)
from preau.plan.priorities.models import PROGRAMME_NEXT, Programme, ProgrammeEntry, ProgrammeState
from preau.plan.priorities.queries.programmes import application_for

IN_TABLE = "écrivez pourquoi dans le tableau"


@transaction.atomic
def open_programme(*, person, city, school_year, now, envelope_cents=None, regime="ttc", priority_list=None):
    """A version for the year; several may be simulated, the COPIL settles one, after the list it follows: the last
    adopted one unless told."""
    allow(rules.can_write_programme, person, city, now=now)
    last = Programme.objects.filter(city=city, school_year=school_year).aggregate(last=Max("version"))["last"] or 0
    programme = Programme(
        city=city,
        school_year=school_year,
        version=last + 1,
        envelope_cents=envelope_cents,
        regime=regime,
        priority_list=priority_list or queries.latest_adopted(city),
        opened_at=now,
    )
    programme.save(force_insert=True)
    journal(person=person, verb="programme_opened", subject=programme, city_id=city.pk, now=now)
    return programme


@transaction.atomic
def add_school(*, person, programme, school, kit, cost_cents: int, now, reason="", edition=None) -> ProgrammeEntry:
    """At the end of a simulated programme; a school that passes before a better rank of the list, or that has no
    candidature on it, says why."""
    row = _simulated(person, programme, now, edition)
    entry = ProgrammeEntry(
        programme=row,
        school=school,
        application=application_for(row, school),
        kit=kit,
        cost_cents=cost_cents,
        position=(row.entries.aggregate(last=Max("position"))["last"] or 0) + 1,
        reason=reason,
    )
    if row.entries.filter(school=school).exists():
        raise Conflict(f"{school.shown_name} est déjà au programme.")
    if (school.city_id, kit.city_id, kit.school_kind) != (row.city_id, row.city_id, school.kind):
        raise Conflict(NOT_ITS_KIT.format(school.shown_name))
    allow(rules.can_put_on_programme, person, entry, now=now)
    if not entry.application_id and not reason.strip():
        raise Conflict(f"{school.shown_name} n’a pas de candidature sur la liste suivie{NBSP}: écrivez le motif.")
    entry.save(force_insert=True)
    if not reason.strip() and any(line.entry.pk == entry.pk for line in queries.departures(row)):
        raise Conflict(f"{school.shown_name} passe avant une école mieux classée{NBSP}: écrivez pourquoi.")
    touch(row=row)
    journal(person=person, verb="programme_school_added", subject=entry, city_id=row.city_id, now=now)
    return entry


@transaction.atomic
def remove_school(*, person, programme, school, now, edition=None):
    """Off a simulated programme."""
    row = _simulated(person, programme, now, edition)
    entry = row.entries.filter(school=school).first()
    if entry is None:
        raise Conflict("Cette école n’est plus au programme.")
    entry.delete()
    touch(row=row)
    journal(person=person, verb="programme_school_removed", subject=row, city_id=row.city_id, now=now)


@transaction.atomic
def explain_school(*, person, programme, school, reason, now, edition=None) -> ProgrammeEntry:
    """Why a school passes before a better ranked one, until the programme is submitted. `school` may be its id."""
    row = _written(person, programme, now, edition)
    if not row.is_explained_here:
        raise Conflict(f"Ce programme est {row.get_state_display()}{NBSP}: il ne se modifie plus.")
    entry = row.entries.filter(school=school).first()
    if entry is None:
        raise Conflict("Cette école n’est plus au programme.")
    if not reason.strip():
        raise Conflict(f"La raison est vide{NBSP}: écrivez pourquoi cette école passe avant.")
    entry.reason = reason
    entry.save(update_fields=["reason"])
    touch(row=row)
    journal(
        person=person,
        verb="programme_school_explained",
        subject=entry,
        city_id=row.city_id,
        now=now,
        fields=["reason"],
    )
    return entry


@transaction.atomic
def arbitrate(*, person, programme, now, edition=None) -> Programme:
    """The city's budget holds it: never above its envelope, and each departure from the list has its reason."""
    row = _written(person, programme, now, edition)
    view = queries.programme_view(row)
    if not view.lines:
        raise Conflict(f"Le programme est vide{NBSP}: ajoutez au moins une école.")
    if row.envelope_cents is None:
        raise Conflict(f"L’enveloppe n’est pas écrite{NBSP}: dites ce que la Ville y met.")
    if view.is_over:
        raise Conflict(f"Le programme dépasse l’enveloppe de {amount(-view.left_cents)}{NBSP}: retirez une école.")
    check_reasons(view=view, mend=IN_TABLE)
    return _step(person, row, ProgrammeState.ARBITRATED, "programme_arbitrated", now)


@transaction.atomic
def submit_programme(*, person, programme, now, edition=None) -> Programme:
    """Put before the COPIL: no longer written in. The order of the list may have changed since it was arbitrated."""
    row = _written(person, programme, now, edition)
    check_reasons(view=queries.programme_view(row), mend=IN_TABLE)
    check_unsettled(programme=row)
    return _step(person, row, ProgrammeState.SUBMITTED_COPIL, "programme_submitted", now, is_sealed=True)


@transaction.atomic
def record_vote(*, person, programme, reference, voted_on, now, edition=None) -> Programme:
    """The council's vote, when one is needed."""
    row = _written(person, programme, now, edition)
    if voted_on > localdate(now):
        raise Conflict(f"Le conseil n’a pas encore voté ce jour-là{NBSP}: corrigez la date.")
    return _step(
        person,
        row,
        ProgrammeState.VOTED,
        "programme_voted",
        now,
        is_sealed=True,
        vote_reference=reference,
        voted_on=voted_on,
    )


@transaction.atomic
def start_programme(*, person, programme, now, edition=None) -> Programme:
    """Work begins: roll-outs may be opened for its schools."""
    return _step(person, _written(person, programme, now, edition), ProgrammeState.RUNNING, "programme_started", now)


@transaction.atomic
def close_programme(*, person, programme, review, now, edition=None) -> Programme:
    """The year is over; its review says what was done."""
    row = _written(person, programme, now, edition)
    return _step(person, row, ProgrammeState.CLOSED, "programme_closed", now, is_sealed=True, review=review)


def _written(person, programme, now, edition):
    row = locked_programme(programme=programme, edition=edition)
    allow(rules.can_write_programme, person, row.city, now=now)
    return row


def _simulated(person, programme, now, edition):
    row = _written(person, programme, now, edition)
    if not row.is_written:
        raise Conflict(f"Ce programme est {row.get_state_display()}{NBSP}: il ne se modifie plus.")
    return row


def _step(person, row, to, verb, now, is_sealed=False, **values):
    move(row=row, table=PROGRAMME_NEXT, to=to, **values)
    journal(person=person, verb=verb, subject=row, city_id=row.city_id, now=now, fields=["state"], is_sealed=is_sealed)
    return row
