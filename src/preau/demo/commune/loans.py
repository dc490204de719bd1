"""Shared kits of the commune, and bookings in every state (plan.md W7)."""

import datetime
import itertools
from dataclasses import dataclass

from preau.demo.commune.calendar import at, days, working
from preau.plan.loans import actions
from preau.plan.loans.models import Booking, Half, SharedKit, State, half_day_number
from preau.plan.loans.queries import is_lent_day

KITS = (
    (SharedKit.Kind.CONNECTED_OBJECTS, "Malle d’objets connectés, bleue"),
    (SharedKit.Kind.CONNECTED_OBJECTS, "Malle d’objets connectés, verte"),
    (SharedKit.Kind.ULIS, "Chariot des dispositifs ULIS"),
    (SharedKit.Kind.HEARING, "Chariot des élèves malentendants"),
    (SharedKit.Kind.OTHER, "Malle de webradio"),
)
OBJECTS = (("Robot de sol", 6), ("Carte programmable", 12), ("Capteur de température", 6), ("Chargeur", 2))
RADIO = (("Micro", 4), ("Enregistreur", 1), ("Casque", 6))
CART = (("Tablette", 8), ("Casque", 8), ("Micro", 2), ("Chargeur", 1))
ULIS_CART = (*CART, ("Borne Wi-Fi", 1))  # a cart of the plan has its own (mission D9, D11)
TRUCK = "Navette fictive du magasin"


@dataclass
class Loan:
    """A school asks for a kind of kit from a day to another, `weeks` from this one; it goes as far as `state`."""

    school: str
    kind: str
    weeks: int
    first: int  # 0 for Monday
    last: int
    state: State
    activity: str = "Programmer un parcours, mesurer, comparer"
    missing: str = ""  # a part that does not come back
    booking: Booking | None = None


CONNECTED, ULIS, HEARING = SharedKit.Kind.CONNECTED_OBJECTS, SharedKit.Kind.ULIS, SharedKit.Kind.HEARING
OTHER = SharedKit.Kind.OTHER  # the only kit of this nature: its name is asked for
# Weeks of class do not always follow one another: what is away or made ready ahead is a kit that no other loan holds.
LOANS = (
    Loan("Les Quilles", CONNECTED, -9, 0, 3, State.CLOSED),
    Loan("Cache-Cache", CONNECTED, -7, 0, 4, State.CLOSED),
    Loan("Le Doudou", CONNECTED, -6, 0, 4, State.CLOSED, "Un robot suit le chemin que nous dessinons"),
    Loan("La Poupée", CONNECTED, -5, 1, 3, State.CLOSED, "Un robot suit le chemin du conte"),
    Loan("Le Mikado", CONNECTED, -2, 1, 2, State.CHECKED, missing="Capteur de température"),
    Loan("Le Yoyo", CONNECTED, -1, 1, 3, State.RETURNED),
    Loan("Les Dominos", CONNECTED, 0, 0, 4, State.IN_USE),
    Loan("Les Osselets", ULIS, 0, 0, 4, State.IN_USE, "Lire avec un casque"),
    Loan("La Poupée", CONNECTED, 1, 0, 2, State.CONFIRMED, "Dessiner un parcours pour un robot"),
    Loan("Le Loup glacé", CONNECTED, 1, 1, 2, State.CONFIRMED),
    Loan("Saute-Mouton", CONNECTED, 1, 1, 2, State.WAITING),
    Loan("Le Cerceau", CONNECTED, 3, 0, 1, State.REQUESTED),
    Loan("Colin-Maillard", HEARING, 1, 0, 2, State.OUT, "Écouter une histoire à plusieurs"),
    Loan("Le Bilboquet", OTHER, 1, 0, 3, State.PREPARED, "Enregistrer le journal de l’école"),
    Loan("Les Cubes", HEARING, 2, 0, 4, State.REFUSED, "Écouter une histoire à plusieurs"),
    Loan("La Ronde", HEARING, 2, 0, 4, State.CANCELLED, "Écouter une histoire à plusieurs"),
)
# The states that a loan goes through, in order.
ORDER = (
    State.CONFIRMED, State.PREPARED, State.OUT, State.IN_USE, State.RETURNED, State.CHECKED, State.CLOSED,
)  # fmt: skip


def stories(scene):
    """The kits since the second year, then each loan."""
    yield _kits(scene)
    for loan in LOANS:
        yield _story(scene, loan)


def _kits(scene):
    now = yield at(datetime.date(scene.first_year + 1, 10, 5))
    for kind, name in KITS:
        actions.add_kit(
            person=scene.pens["education"],
            city=scene.city,
            kind=kind,
            name=name,
            now=now,
            description="Malle fictive, prêtée à toute école de la commune.",
            parts={CONNECTED: OBJECTS, OTHER: RADIO, ULIS: ULIS_CART}.get(kind, CART),
            has_access_point=kind == ULIS,
        )


def _story(scene, loan):
    monday = school_week(scene.city, scene.today, loan.weeks)
    first, last = monday + days(loan.first), monday + days(loan.last)
    asked_on = min(first, scene.today) - days(15)
    now = yield at(asked_on, LOANS.index(loan))
    loan.booking = actions.ask_for_kit(
        person=scene.heads[loan.school],
        school=scene.schools[loan.school],
        kind=loan.kind,
        activity=loan.activity,
        first=half_day_number(first, Half.MORNING),
        last=half_day_number(last, Half.AFTERNOON),
        now=now,
        wanted=SharedKit.objects.get(city=scene.city, kind=OTHER) if loan.kind == OTHER else None,
    )
    city = scene.pens["education"]
    if loan.state == State.REFUSED:
        now = yield at(asked_on + days(3))
        actions.refuse_booking(
            person=city, booking=loan.booking, reason="Le chariot est en révision cette semaine-là.", now=now
        )
    elif loan.state == State.CANCELLED:
        now = yield at(asked_on + days(5))
        actions.cancel_booking(person=scene.heads[loan.school], booking=loan.booking, now=now)
    elif loan.state in ORDER:
        yield from _carry(scene, loan, asked_on, first, last)


def school_week(city, today, count) -> datetime.date:
    """The Monday of a week with class every day: this one or the last before it, `count` such weeks away."""
    step, here = (7, 1) if count > 0 else (-7, 0)
    mondays = (today - days(today.weekday()) + days(step * n) for n in itertools.count(here))
    whole = (monday for monday in mondays if all(is_lent_day(city, monday + days(n)) for n in range(5)))
    return next(itertools.islice(whole, abs(count) - here, None))


def mondays_of(scene, school) -> list[datetime.date]:
    """Of each week when a kit was in a school, in the past."""
    past = [loan for loan in LOANS if loan.school == school and loan.weeks < 0]
    return [school_week(scene.city, scene.today, loan.weeks) for loan in past]


def _carry(scene, loan, asked_on, first, last):
    """Confirmed, prepared, sent, received, returned, checked, closed: as far as the loan goes."""
    technician, head = scene.pens["it"], scene.heads[loan.school]
    far = ORDER.index(loan.state)
    whole = {part.pk: part.quantity for part in loan.booking.kit.parts.all()}
    back = whole | {part.pk: part.quantity - 1 for part in loan.booking.kit.parts.filter(label=loan.missing)}
    said = {"booking": loan.booking}
    acts = (
        (asked_on + days(4), lambda now: actions.confirm_booking(
            person=scene.pens["education"], transport=TRUCK, now=now, **said)),
        (first - days(1), lambda now: actions.prepare_booking(person=technician, found=whole, now=now, **said)),
        (first - days(1), lambda now: actions.send_booking(person=technician, now=now, **said)),
        (first, lambda now: actions.receive_booking(person=head, found=whole, now=now, **said)),
        (last, lambda now: actions.return_booking(
            person=head, found=whole if loan.missing else None, now=now, **said)),
        (last + days(3), lambda now: actions.check_booking(person=technician, found=back, now=now, **said)),
        (last + days(5), lambda now: actions.close_booking(person=technician, now=now, **said)),
    )  # fmt: skip
    for order, (day, act) in enumerate(acts[: far + 1]):
        ahead = min(day, scene.today - days(far - order))  # what is not for tomorrow is done by today
        now = yield at(working(max(ahead, asked_on + days(3)), step=-1), 10 * order + 1)
        act(now)
