"""Signs, pictures and cards of pupils: given, changed, printed, ended."""

import hashlib
import secrets
from collections import Counter
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop as _

from preau.journal import actions as journal
from preau.kit.answers import Conflict
from preau.kit.dates import school_year_label
from preau.kit.seals import key_digest, seal
from preau.people.actions.entries import open_pupil_entry
from preau.people.actions.throttle import count_try, forgive
from preau.people.models import Badge, Person, PictureCode, PupilEntry, PupilSign
from preau.people.queries.cards import (
    CODE_LENGTH,
    CODE_PICTURES,
    COLOURS,
    PICTURES,
    codes_of,
    has_code,
    is_code_of,
    is_open,
    signs_of,
)

HOME_LASTS = timedelta(hours=8)  # trust.md 23
REFUSED = _("Cette carte n’est plus acceptée. Demande une nouvelle carte à l’école.")
WRONG = "Ce ne sont pas tes images. Essaie encore."


@transaction.atomic
def give_signs(*, pupils: list[Person], now: datetime) -> dict:
    """A sign to each who has none, unlike the others' of the same list: another picture as far as there are some, else
    the same in another colour. Returns those of all, {pupil id: PupilSign}."""
    known = signs_of(pupils)
    taken = Counter((sign.picture, sign.colour) for sign in known.values())
    given = []
    for pupil in pupils:
        if pupil.pk not in known:
            picture, colour = _least_taken(taken, pupil)
            taken[picture, colour] += 1
            given.append(PupilSign(pupil=pupil, picture=picture, colour=colour))
    if not given:
        return known
    # Two teachers may open the same class at once: the first sign stays.
    PupilSign.objects.bulk_create(given, ignore_conflicts=True)
    journal.record_many(
        person_id=None, verb="give_sign", subjects=[pupil for pupil in pupils if pupil.pk not in known], now=now
    )
    return signs_of(pupils)


def _least_taken(taken, pupil):
    """The picture and colour that fewest bear; among equals, drawn by the pupil's own id, so that classes differ."""
    pictures, colours = Counter(), Counter()
    for (picture, colour), count in taken.items():
        pictures[picture] += count
        colours[colour] += count

    def rank(pair):
        drawn = hashlib.sha256(f"{pupil.pk} {pair}".encode()).digest()
        return taken[pair], pictures[pair[0]], colours[pair[1]], drawn

    return min(((picture, colour) for picture in PICTURES for colour in COLOURS), key=rank)


@transaction.atomic
def set_sign(*, pupil: Person, picture: str, colour: str, person: Person, now: datetime) -> PupilSign:
    """Chosen with the child, or by who teaches them."""
    sign, _ = PupilSign.objects.update_or_create(pupil=pupil, defaults={"picture": picture, "colour": colour})
    journal.record(person_id=person.id, verb="set_sign", subject=pupil, now=now, fields=("picture", "colour"))
    return sign


@transaction.atomic
def give_codes(*, pupils: list[Person], person: Person, now: datetime, again: bool = False) -> dict:
    """Four pictures drawn for each who has none, or for all `again`. Returns those of all, {pupil id: pictures}."""
    pupils = _locked(pupils)
    known = {} if again else codes_of(pupils)
    asked = [pupil for pupil in pupils if not known.get(pupil.pk)]
    if asked:
        PictureCode.objects.filter(pupil__in=asked).delete()
        PictureCode.objects.bulk_create(
            PictureCode(pupil=pupil, pictures_sealed=seal(" ".join(_draw())), made_at=now, made_by=person)
            for pupil in asked
        )
        journal.record_many(person_id=person.id, verb="give_picture_code", subjects=asked, now=now)
    return codes_of(pupils)


def _locked(pupils):
    """Two who print at once: the last one's serve. With `no_key`, a pupil who enters meanwhile is not waited for."""
    return list(
        Person.objects.select_for_update(no_key=True).filter(pk__in=[pupil.pk for pupil in pupils]).order_by("pk")
    )


def _draw():
    return [secrets.choice(CODE_PICTURES) for _ in range(CODE_LENGTH)]


@transaction.atomic
def make_badges(*, pupils: list[Person], kind: str, person: Person, now: datetime) -> dict:
    """A new card of that kind for each, {pupil id: token}: shown now and never again. Their former one ends."""
    pupils = _locked(pupils)
    _end(Badge.objects.filter(pupil__in=pupils, kind=kind, ended_at=None), now)
    tokens = {pupil.pk: secrets.token_urlsafe(16) for pupil in pupils}
    made = Badge.objects.bulk_create(
        Badge(
            pupil=pupil,
            kind=kind,
            token_hash=key_digest(tokens[pupil.pk]),
            school_year=school_year_label(localdate(now)),
            made_at=now,
            made_by=person,
        )
        for pupil in pupils
    )
    journal.record_many(person_id=person.id, verb="make_badge", subjects=made, now=now)
    return tokens


@transaction.atomic
def end_badges(*, pupils: list[Person], person: Person, now: datetime, kind: str = "") -> int:
    """Their cards open nothing any more: those of one kind, else all. Returns how many."""
    found = Badge.objects.filter(pupil__in=pupils, ended_at=None)
    ended = _end(found.filter(kind=kind) if kind else found, now)
    journal.record_many(person_id=person.id, verb="end_badge", subjects=ended, now=now)
    return len(ended)


def _end(badges, now):
    """Whoever is in with one of them, at home or on a tablet, is out at once. Returns those that ended."""
    ended = list(badges.select_for_update())
    Badge.objects.filter(pk__in=[badge.pk for badge in ended]).update(ended_at=now)
    PupilEntry.objects.filter(badge__in=ended).delete()
    return ended


def enter_at_home(*, badge: Badge, pictures: list[str], network: str | None, now: datetime) -> tuple[PupilEntry, str]:
    """(the entry, its key) of whoever holds a card of home and, when the pupil has four pictures, shows them. Raises
    Conflict, or Locked when too many were wrong."""
    asks = has_code(badge.pupil)
    guessed = f"pictures {badge.pupil_id}"
    if asks:
        count_try(what=guessed, network=network, now=now)
    return _entered(badge, pictures, asks, guessed, network, now)


@transaction.atomic
def _entered(badge, pictures, asks, guessed, network, now):
    badge = Badge.objects.select_for_update(of=("self",)).select_related("pupil").filter(pk=badge.pk).first()
    if badge is None or not is_open(badge, localdate(now)):
        raise Conflict(REFUSED)
    if asks and not is_code_of(badge.pupil, pictures):
        raise Conflict(WRONG)
    if asks:
        forgive(what=guessed, network=network)
    ends_at = now + HOME_LASTS
    journal.record(person_id=badge.pupil_id, verb="enter_at_home", subject=badge, now=now)
    return open_pupil_entry(pupil=badge.pupil, way=PupilEntry.Way.HOME, ends_at=ends_at, now=now, badge=badge)
