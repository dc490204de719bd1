"""Every connection sheet that was asked for, made in one act."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from preau.kit.answers import Conflict, allow
from preau.people import actions as people
from preau.people.models import Person, SheetAsk
from preau.schools.asked import AskLine, sheet_asks_of
from preau.schools.rules.asks import can_answer_sheet_asks

NONE_LEFT = "Aucune fiche n’est plus à faire\u00a0: quelqu’un les a faites, ou elles sont sans suite."


@transaction.atomic
def make_asked_sheets(*, person: Person, now: datetime) -> list[tuple[AskLine, str]]:
    """(line, secret) of each that `person` may make, the oldest first. Of two who press at once, one makes each: the
    former code of a person dies with the next. Raises Conflict when none is left."""
    allow(can_answer_sheet_asks, person, now=now)
    lines = [line for line in sheet_asks_of(person, localdate(now)) if line.answer]
    asks = SheetAsk.objects.waiting().filter(pk__in=[line.ask.pk for line in lines])
    waiting = set(asks.select_for_update().order_by("pk").values_list("pk", flat=True))
    lines = [line for line in lines if line.ask.pk in waiting]
    if not lines:
        raise Conflict(NONE_LEFT)
    secrets = people.renew_sheets(holders=[line.ask.person for line in lines], person=person, now=now)
    return [(line, secrets[line.ask.person_id]) for line in lines]
