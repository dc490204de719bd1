"""The lines of the journal for what is decided at several."""

from django.utils.timezone import localdate

from preau.journal.actions import record


def seal(*, person, verb, subject, city, now, under=None, fields=(), bound=""):
    """A line of the city's chain: an act that binds (plan.md, tamper-evident log). `under`: the table of
    those who may, whose role is written (people.queries.grounds). `bound`: the digest of what it locks."""
    mandate = under and under.mandate(person, city, localdate(now))
    role = mandate.role if mandate else ""
    return _line(person, verb, subject, city, now, fields, chain=city.pk, role=role, bound=bound)


def note(*, person, verb, subject, city, now, fields=()):
    """A plain line of the journal."""
    return _line(person, verb, subject, city, now, fields)


def _line(person, verb, subject, city, now, fields, **sealed):
    return record(person_id=person.pk, verb=verb, subject=subject, now=now, place_id=city.pk, fields=fields, **sealed)


def opinion_fields(*, ref) -> dict:
    """The columns of a COTECH's opinion, from a DecisionRef."""
    return {
        "opinion_id": ref.id,
        "opinion_number": ref.number,
        "opinion_on": ref.held_on,
        "opinion_text": ref.reason,
    }


def decision_fields(*, ref) -> dict:
    """The columns of a COPIL's decision, from a DecisionRef."""
    return {
        "decision_id": ref.id,
        "decision_number": ref.number,
        "decided_on": ref.held_on,
        "decision_reason": ref.reason,
    }
