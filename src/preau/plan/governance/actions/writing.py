"""What every write about a session goes through: the session locked, the right asked again."""

from django.db.models import F

from preau.kit.answers import allow
from preau.kit.contents import digest_now
from preau.kit.money import NBSP
from preau.kit.rows import lock
from preau.plan.governance import queries, rules
from preau.plan.governance.models import Session
from preau.plan.studies.actions.writing import seal

CHANGED = (
    f"Cette séance a changé depuis que vous l’avez ouverte{NBSP}: relisez-la, puis recommencez. "
    "Ce que vous avez écrit est encore là."
)


def open_session(*, person, session, rule, now, version=None, changes=True) -> Session:
    """The session locked and read again: raises Refused when the rule says no, Conflict when `version`, what the page
    showed, is not the session's any more. Raises its version when it `changes`."""
    locked = lock(session, "committee__city", version=version, changed=CHANGED)
    allow(rule, person, locked, now=now)
    if changes:
        locked.version += 1
        Session.objects.filter(pk=locked.pk).update(version=F("version") + 1)
    return locked


def seal_step(*, person, verb, session, now, stamp) -> Session:
    """The session in its new state, and the instant or the day it entered it, written and sealed."""
    session.save(update_fields=["state", stamp])
    seal(
        person=person,
        verb=verb,
        subject=session,
        city=session.committee.city,
        now=now,
        under=rules.KEEPS_SECRETARIAT,
        fields=["state", stamp],
        bound=digest_now(queries.MINUTES, session.pk),
    )
    return session
