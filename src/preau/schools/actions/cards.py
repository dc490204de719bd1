"""Signs, pictures and cards of a class: prepared, changed, printed, refused."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from preau.journal.actions import record
from preau.kit.answers import Conflict, allow
from preau.kit.rows import lock
from preau.people import actions as people
from preau.people.models import Badge, Person, PupilSign
from preau.places.models import Classroom
from preau.schools.queries.cards import CardLine, card_lines
from preau.schools.rules.cards import can_keep_cards, can_print_home_cards

GONE = "Cet élève n’est plus dans la classe."
NOBODY = "Il n’y a pas d’élève dans cette classe."
TAKEN = "Un autre élève de la classe a ce dessin dans cette couleur\u00a0: choisissez autre chose."
NURSERY = "En maternelle, un élève entre sans images secrètes."


@transaction.atomic
def prepare_cards(*, person: Person, classroom: Classroom, now: datetime) -> None:
    """A sign to each who has none; four pictures to each from CP."""
    _prepared(person, classroom, now)


@transaction.atomic
def print_cards(
    *, person: Person, classroom: Classroom, kind: Badge.Kind, now: datetime, pupil: Person | None = None
) -> list[tuple[CardLine, str]]:
    """(line, token) of each pupil of the class, or of one: what their card is to say, this once. The former ones of
    that kind open nothing any more. Raises Refused, or Conflict when there is nobody."""
    if kind == Badge.Kind.HOME:
        allow(can_print_home_cards, person, classroom, now=now)
    lines = _prepared(person, classroom, now)
    if pupil:
        lines = [_line_of(lines, pupil)]
    if not lines:
        raise Conflict(NOBODY)
    tokens = people.make_badges(pupils=[line.pupil for line in lines], kind=kind, person=person, now=now)
    record(person_id=person.pk, verb=f"cards.print_{kind}", subject=pupil or classroom, now=now, place_id=classroom.pk)
    return [(line, tokens[line.pupil.pk]) for line in lines]


@transaction.atomic
def refuse_card(*, person: Person, classroom: Classroom, pupil: Person, kind: Badge.Kind, now: datetime) -> int:
    """« Ne plus accepter cette carte »: it opens nothing from now on. Returns how many served."""
    _line_of(_lines(person, classroom, now), pupil)
    return people.end_badges(pupils=[pupil], kind=kind, person=person, now=now)


@transaction.atomic
def change_sign(
    *, person: Person, classroom: Classroom, pupil: Person, picture: str, colour: str, now: datetime
) -> PupilSign:
    """Unlike those of the class; the cards already printed show the former one."""
    lock(classroom)
    lines = _lines(person, classroom, now)
    _line_of(lines, pupil)
    others = {(line.sign.picture, line.sign.colour) for line in lines if line.sign and line.pupil != pupil}
    if (picture, colour) in others:
        raise Conflict(TAKEN, "picture")
    return people.set_sign(pupil=pupil, picture=picture, colour=colour, person=person, now=now)


@transaction.atomic
def draw_pictures(*, person: Person, classroom: Classroom, pupil: Person, now: datetime) -> None:
    """Four others: the former ones, perhaps seen by a classmate, open nothing any more."""
    if not _line_of(_lines(person, classroom, now), pupil).has_pictures:
        raise Conflict(NURSERY)
    people.give_codes(pupils=[pupil], person=person, now=now, again=True)


def _lines(person, classroom, now):
    allow(can_keep_cards, person, classroom, now=now)
    return card_lines(classroom, localdate(now))


def _prepared(person, classroom, now):
    lines = _lines(person, classroom, now)
    if all(line.is_ready for line in lines):
        return lines
    people.give_signs(pupils=[line.pupil for line in lines], now=now)
    people.give_codes(pupils=[line.pupil for line in lines if line.has_pictures], person=person, now=now)
    return card_lines(classroom, localdate(now))


def _line_of(lines, pupil):
    found = next((line for line in lines if line.pupil == pupil), None)
    if found is None:
        raise Conflict(GONE)
    return found
