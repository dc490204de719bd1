"""« Aide »: asked without an account, answered, or passed on."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from preau.journal import actions as journal
from preau.kit.answers import Conflict
from preau.kit.rows import lock
from preau.people.models import HelpAsk, Person
from preau.people.queries.help import DELAYS, first_level, too_long_at

ANSWERED = "Quelqu’un a déjà répondu à cette demande."
HIGHEST = "Cette demande est déjà chez la personne qui tient la base."


@transaction.atomic
def ask_help(*, school, school_typed: str, city, words: str, name: str, reach: str, now: datetime) -> HelpAsk:
    """It goes to the school when somebody heads it, else to its city, else to who keeps the base."""
    city = school.city if school else city
    ask = HelpAsk.objects.create(
        school=school,
        school_typed=school_typed,
        city=city,
        words=words,
        name=name,
        reach=reach,
        level=first_level(school, city, localdate(now)),
        asked_at=now,
        level_at=now,
    )
    journal.record(person_id=None, verb="ask_help", subject=ask, now=now)
    return ask


@transaction.atomic
def answer_help(*, ask: HelpAsk, person: Person, now: datetime) -> None:
    """« C’est répondu ». Raises Conflict when somebody else did."""
    ask = lock(ask)
    if ask.answered_at:
        raise Conflict(ANSWERED)
    ask.answered_at = now
    ask.save(update_fields=["answered_at"])
    journal.record(person_id=person.id, verb="answer_help", subject=ask, now=now)


@transaction.atomic
def pass_help_on(*, ask: HelpAsk, person: Person | None, now: datetime) -> HelpAsk:
    """To the next who may answer; `person` is None once the delay is over. Raises Conflict."""
    ask = lock(ask)
    if ask.answered_at:
        raise Conflict(ANSWERED)
    if ask.level == HelpAsk.Level.OPERATOR:
        raise Conflict(HIGHEST)
    ask.level, ask.level_at = first_level(ask.school, ask.city, localdate(now), above=ask.level), now
    ask.save(update_fields=["level", "level_at"])
    journal.record(person_id=person and person.id, verb="pass_help_on", subject=ask, now=now)
    return ask


def pass_on_what_waits(*, now: datetime) -> int:
    """What nobody answered within the delay of a level goes to the next. Run twice, nothing rises twice."""
    late = [ask for level in DELAYS for ask in too_long_at(level, now)]
    for ask in late:
        pass_help_on(ask=ask, person=None, now=now)
    return len(late)
