"""The way on paper: coupons printed for who is not reached, noted when they are back; and the others told again."""

import datetime

from django.db import transaction
from django.utils.timezone import localdate

from preau.ent.notes import queries, rules
from preau.ent.notes.actions.answering import said_to
from preau.ent.notes.models import Answer, Nature, Note
from preau.ent.notes.queries import FollowUp
from preau.kit.answers import Conflict, allow
from preau.kit.rows import lock
from preau.notify import actions as notify
from preau.notify.models import Expected
from preau.people.models import Person

NOT_YET = "La liste des familles se fait encore\u00a0: recommencez dans une minute."
NOT_TOLD = "Les familles ne sont pas encore prévenues une première fois\u00a0: un rappel se fait ensuite."
NOBODY = "Il n’y a pas de coupon à imprimer\u00a0: tous les responsables notés sont joints."
CORRECTED = "Ce coupon est d’avant la correction, et les familles répondent de nouveau\u00a0: imprimez-en un autre."
ANSWERED = "Cette personne a déjà répondu sur son téléphone\u00a0: sa réponse compte, le coupon n’y change rien."


@transaction.atomic
def print_coupons(*, person: Person, note: Note, now: datetime.datetime) -> FollowUp:
    """Notes that a coupon is out for each guardian and child not reached, and gives them. Raises Refused, Conflict."""
    follow = _followed(person, note, now)
    if not follow.is_frozen:
        raise Conflict(NOT_YET)
    if not follow.coupons:
        raise Conflict(NOBODY)
    rows = Expected.objects.filter(pk__in=[one.expected.expected_id for _, one in follow.coupons])
    notify.note_paper_out(expected=rows, person=person, now=now)
    return follow


@transaction.atomic
def remind(*, person: Person, note: Note, now: datetime.datetime) -> int:
    """« Relancer »: tells again, by their own ways, who has an account and has not opened the mot. Returns how many
    will be told. Raises Refused; Conflict while the list is being made, or before the first telling has left."""
    follow = _followed(person, note, now)
    if not follow.is_frozen:
        raise Conflict(NOT_YET)
    if follow.note.publication.notice.leaves_at > now:
        raise Conflict(NOT_TOLD)
    people = Person.objects.filter(pk__in=follow.to_remind)
    return notify.remind(notice=follow.note.publication.notice, people=people, person=person, now=now)


@transaction.atomic
def return_coupon(
    *, person: Person, note: Note, expected: Expected, version: int, now: datetime.datetime, **said
) -> Answer:
    """The coupon of one guardian and child is back, with what they wrote on it. Scanned twice, it counts once.
    `version` is the mot's that it was printed from.

    Raises Refused, or Conflict: printed before the mot asked again, answered on a screen meanwhile, nothing said.
    """
    note = lock(note, "publication")
    allow(rules.can_note_coupon, person, note, expected, now=now)
    if version < note.asked_from:
        raise Conflict(CORRECTED)
    known = Answer.objects.filter(note=note, child=expected.child_id, guardian=expected.person_id).first()
    if known and known.paper_at is None and (known.version or 0) >= note.asked_from:
        raise Conflict(ANSWERED)
    kept = said_to(note=note, today=localdate(now), has_file=note.nature == Nature.FILE, **said)
    notify.note_paper_back(expected=expected, person=person, now=now)
    answer, _ = Answer.objects.update_or_create(
        note=note,
        child_id=expected.child_id,
        guardian_id=expected.person_id,
        defaults=kept | {"version": note.version, "answered_at": now, "paper_at": now},
    )
    return answer


def _followed(person, note, now):
    today = localdate(now)
    allow(rules.can_reach_families, person, note, now=now)
    targets = rules.targets_followed_by(person, today).filter(note=note)
    return queries.follow_up(note, targets, today, reader=person)
