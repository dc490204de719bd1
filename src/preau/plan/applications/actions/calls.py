"""Calls: opened and changed by the Direction Éducation."""

from django.db import transaction
from django.utils.timezone import localdate

from preau.journal.actions import record
from preau.kit.answers import Conflict, require
from preau.kit.money import NBSP
from preau.kit.rows import lock
from preau.plan.applications import rules
from preau.plan.applications.models import Call

CHANGED = "Cet appel a été changé depuis que vous l’avez ouvert. Relisez-le avant d’enregistrer."
FILED = f"Des candidatures sont commencées{NBSP}: le formulaire de cet appel ne change plus."


@transaction.atomic
def open_call(
    *,
    person,
    city,
    school_year,
    title,
    opens_at,
    closes_at,
    form_revision,
    criteria,
    now,
    envelope_cents=None,
    schools=(),
    opinion_days_count=21,
) -> Call:
    """A new call. No school named: every school of the city."""
    require(rules.can_manage_calls(person, city, localdate(now)))
    call = Call.objects.create(
        city=city,
        school_year=school_year,
        title=title,
        opens_at=opens_at,
        closes_at=closes_at,
        form_revision=form_revision,
        criteria=criteria,
        envelope_cents=envelope_cents,
        opinion_days_count=opinion_days_count,
    )
    call.schools.set(schools)
    record(person_id=person.pk, verb="call_opened", subject=call, now=now, place_id=city.pk)
    return call


@transaction.atomic
def change_call(*, person, call, version: int, now, schools=None, **values) -> Call:
    """Changes the window, the criteria, the envelope, the schools. Raises Conflict when someone else did first.

    The form stays once a file is begun: its answers would lose their questions.
    """
    call = lock(call, "city")
    require(rules.can_manage_calls(person, call.city, localdate(now)))
    if call.version != version:
        raise Conflict(CHANGED)
    revision = values.get("form_revision", call.form_revision)
    if revision.pk != call.form_revision_id and call.applications.exists():
        raise Conflict(FILED)
    values["version"] = version + 1
    for name, value in values.items():
        setattr(call, name, value)
    call.save(update_fields=list(values))
    if schools is not None:
        call.schools.set(schools)
    record(person_id=person.pk, verb="call_changed", subject=call, now=now, place_id=call.city_id, fields=list(values))
    return call
