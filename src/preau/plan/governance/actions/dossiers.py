"""A dossier is frozen once, with its session, in one transaction."""

import hashlib

from django.db import transaction

from preau.plan.governance import printing, rules
from preau.plan.governance.actions.writing import open_session
from preau.plan.governance.models import Committee, Dossier, State
from preau.plan.governance.queries import bound_digest, dossier_bytes, dossier_data
from preau.plan.studies.actions.writing import seal


@transaction.atomic
def freeze_dossier(*, person, session, now, version=None, figures_of=None) -> list[Dossier]:
    """The members' dossier and, for a COPIL, the redacted one of the parents' federations. `figures_of(city, overview,
    today)`: more rows of the plan on a page, of what this wing does not read."""
    session = open_session(person=person, session=session, rule=rules.can_freeze_dossier, now=now, version=version)
    audiences = [Dossier.Audience.MEMBERS]
    if session.committee.kind == Committee.Kind.COPIL:
        audiences.append(Dossier.Audience.FEDERATION)
    session.state, session.frozen_at = State.PACK_FROZEN, now
    session.save(update_fields=["state", "frozen_at"])
    return [_freeze(person, session, audience, now, figures_of) for audience in audiences]


def _freeze(person, session, audience, now, figures_of):
    data = dossier_data(session, audience, now, figures_of)
    payload = dossier_bytes(data)
    pdf, pages = printing.draw(data, payload, now)
    dossier = Dossier.objects.create(
        session=session,
        audience=audience,
        frozen_at=now,
        data=payload,
        digest=hashlib.sha256(payload).hexdigest(),
        pdf=pdf,
        pdf_digest=hashlib.sha256(pdf).hexdigest(),
        pages_count=pages,
    )
    seal(
        person=person,
        verb="governance.freeze_dossier",
        subject=dossier,
        city=session.committee.city,
        now=now,
        under=rules.KEEPS_SECRETARIAT,
        fields=["digest", "pdf_digest"],
        bound=bound_digest(payload, pdf),
    )
    return dossier
