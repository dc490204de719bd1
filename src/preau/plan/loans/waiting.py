"""What waits about shared kits: for who lends, for who carries, for the school."""

from datetime import date, datetime, time, timedelta

from django.db.models import CharField, Exists, F, OuterRef, Q, TextChoices
from django.db.models.functions import Cast, TruncDate
from django.utils.timezone import make_aware

from preau.kit.rooms.told import lines
from preau.kit.rooms.waiting import Act, Wait
from preau.people.models import Role
from preau.people.queries.grounds import Grounds
from preau.plan.loans import rules
from preau.plan.loans.models import Booking, SharedKit, State, half_day_number, half_day_of
from preau.plan.loans.queries import late

HEADS = Grounds("school", school=(Role.SCHOOL_HEAD,))
ANSWERED = timedelta(days=7)  # after it, the answer to a request is news no more


class KitNews(TextChoices):
    """What became of a request for a kit, by the state it is in now."""

    REQUESTED = State.REQUESTED, "une malle est maintenant gardée pour vous"
    WAITING = State.WAITING, "remise sur la liste d’attente"
    CONFIRMED = State.CONFIRMED, "confirmée"
    REFUSED = State.REFUSED, "refusée"
    CANCELLED = State.CANCELLED, "annulée"  # by someone who is not of the school


def _asked(person, now, today, roles):
    lent = SharedKit.objects.filter(retired_on=None, city=OuterRef("city"), kind=OuterRef("kind"))
    alone = Q(~Exists(lent), state=State.WAITING, first_half_day__gte=half_day_number(today, 0))  # no such kit is left
    asked = rules.bookings_lent_by(person, today, rules.LENDERS).filter(Q(state=State.REQUESTED) | alone)
    yield lines(asked, "booking", name="school__shown_name", detail="activity", day=TruncDate("asked_at"))


def _carried(person, now, today, roles):
    lent = rules.bookings_lent_by(person, today, rules.CARRIERS)
    carried = lent.filter(state__in=(State.CONFIRMED, State.RETURNED))
    yield lines(carried, "carry", name="school__shown_name", detail="state", day=TruncDate("changed_at"))
    yield _late(lent, today, "late")


def _of_team(person, now, today, roles):
    own = Booking.objects.filter(school__in=rules.schools_bookable_by(person, today))
    name, day = "school__shown_name", TruncDate("changed_at")
    yield lines(own.filter(state=State.OUT), "arrival", name=name, detail="kit__name", day=day)
    yield _late(own, today, "give_back")
    yield lines(_news(own, person, today), "kit_news", name=name, detail="state", day=day)


def _late(bookings, today, kind):
    told = {"detail": "kit__name", "more": Cast("last_half_day", CharField()), "day": TruncDate("changed_at")}
    return lines(bookings.filter(late(today)), kind, name="school__shown_name", **told)


def _news(own, person, today):
    """Requests that became something since they were made: for who asked, and for the head, before the kit comes."""
    since = make_aware(datetime.combine(today - ANSWERED, time()))
    told = own.filter(state__in=KitNews.values, changed_at__gt=F("asked_at"), changed_at__gte=since)
    told = told.filter(last_half_day__gte=half_day_number(today, 0)).exclude(state=State.CANCELLED, reason="")
    return told.filter(Q(asked_by=person) | HEADS.where(person, today, "school"))


def _day(number: str) -> date:
    """Of a half-day's number."""
    return half_day_of(int(number))[0]


PAGE = "loans:booking_detail"
OF_CARRIED = {
    "carry": Act("Préparer ou contrôler une malle", PAGE, details=State),
    "late": Act("Faire revenir une malle en retard", PAGE, is_due=True, ends_on=_day),
}
OF_TEAM = {
    "arrival": Act("Dire que la malle est arrivée", PAGE),
    "give_back": Act("Rendre une malle en retard", PAGE, is_due=True, ends_on=_day),
    "kit_news": Act("Lire ce que devient une demande de malle", PAGE, details=KitNews),
}

WAITING = (
    Wait(rules.LENDERS, _asked, {"booking": Act("Répondre à une demande de malle", PAGE)}),
    Wait(rules.CARRIERS, _carried, OF_CARRIED),
    Wait(rules.TEAM, _of_team, OF_TEAM),
)
