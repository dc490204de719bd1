"""Where what waits lies: for each kind of title, lines read in the visible sets of the rooms (plan.md W1 to W10)."""

from datetime import datetime, time, timedelta

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, TextChoices, When
from django.db.models.functions import Cast, Greatest, TruncDate
from django.utils.timezone import make_aware

from preau.people.models import CITY_ROLES, Role
from preau.places.models import School
from preau.plan.applications import rules as applications
from preau.plan.applications.models import EDITABLE, Application, Authority, Call, last_day_in
from preau.plan.desk.queries.gathering import in_one_text, lines, where, word_of
from preau.plan.desk.queries.installing import OWNED, openings, receptions, steps
from preau.plan.desk.queries.ranking import calls_to_list, lists_to_send, lists_to_write_again
from preau.plan.equipment.rules import DISTRICT_READERS, STATE_READERS, WRITERS
from preau.plan.governance import rules as governance
from preau.plan.governance.models import FollowUp, Invitation, Seat
from preau.plan.governance.models import State as SessionState
from preau.plan.inventory import rules as inventory
from preau.plan.loans import rules as loans
from preau.plan.loans.models import Booking, half_day_number
from preau.plan.loans.models import State as BookingState
from preau.plan.loans.queries import late
from preau.plan.priorities import rules as priorities
from preau.plan.priorities.models import ListState, PriorityList, Programme, ProgrammeState, Recommendation
from preau.plan.sheets.models import PlanDraft
from preau.plan.studies import rules as studies
from preau.plan.studies.models import Authority as Side
from preau.plan.wifi import rules as wifi

TEAM = (Role.SCHOOL_HEAD, Role.TEACHER)
DSDEN = priorities.DSDEN_PEN
SECRETARY = (Role.CITY_EDUCATION,)
MEMBERS = (*CITY_ROLES, *STATE_READERS, *DISTRICT_READERS, Role.TRAINER, Role.PARENTS_FEDERATION)
NEWS = timedelta(days=15)  # a message nobody answered stops being news
ANSWERED = timedelta(days=7)  # the answer to a request, sooner


class KitNews(TextChoices):
    """What became of a request for a kit, by the state it is in now."""

    REQUESTED = BookingState.REQUESTED, "une malle est maintenant gardée pour vous"
    WAITING = BookingState.WAITING, "remise sur la liste d’attente"
    CONFIRMED = BookingState.CONFIRMED, "confirmée"
    REFUSED = BookingState.REFUSED, "refusée"


def _files(person, now, today, roles):
    own = applications.schools_taught_by(person, today)
    drafts = Application.objects.filter(school__in=own, state__in=EDITABLE)
    drafts = drafts.filter(Q(call__opens_at__lte=now, call__closes_at__gt=now) | ~Q(state="draft"))
    is_draft = Q(state="draft")  # to be filed before its call closes; given back, it has no day
    day = Case(When(is_draft, then=last_day_in("call__closes_at")), default=TruncDate("state_at"))
    kind = word_of(is_draft, "draft", "rewrite")
    yield lines(drafts, kind, name="school__shown_name", detail="call__title", day=day)
    if Role.SCHOOL_HEAD in roles:
        schools = School.objects.filter(id__in=own, city=OuterRef("city"))
        open_calls = Call.objects.filter(opens_at__lte=now, closes_at__gt=now).filter(Exists(schools))
        open_calls = open_calls.filter(Q(schools=None) | Q(schools__in=own)).distinct()
        untouched = open_calls.exclude(applications__school__in=own)
        yield lines(untouched, "call", name="title", day=last_day_in("closes_at"))


def _opinions(person, now, today, roles):
    """Past its day an opinion is no longer written (AC-24): its authority asks for a delay, unless it gives it."""
    extended, name = applications.opinions_to_extend_by(person, today), "application__school__shown_name"
    asked = applications.opinions_to_give_by(person, today).exclude(pk__in=extended.values("pk"))
    told = {"name": name, "detail": "authority", "day": "due_on"}
    is_late = Q(due_on__lt=today)
    target = Case(When(is_late, then="application_id"), default="pk")
    yield lines(asked, word_of(is_late, "unsaid", "opinion"), target=target, **told)
    if roles & {*applications.PENS[Authority.DSDEN], *applications.PENS[Authority.DAN], Role.CITY_EDUCATION}:
        yield lines(extended, "delay", **told)
    given = {"name": name, "detail": "authority", "day": TruncDate("given_at"), "target": "application_id"}
    yield lines(applications.opinions_to_release_by(person, today), "release", **given)
    yield lines(applications.opinions_to_lift_by(person, today), "lift", **given)


def _filed(person, now, today, roles):
    """A school without circonscription has no IEN to ask: its file stays where it was filed."""
    filed = applications.applications_to_send_on_by(person, today)
    word = word_of(Q(school__district=None), "district", "inspect")
    yield lines(filed, word, name="school__shown_name", detail="call__title", day=TruncDate("state_at"))


def _messages(person, now, today, roles):
    """The last word of a file, said by the other side and not answered."""
    since = make_aware(datetime.combine(today - NEWS, time()))
    told = applications.last_messages_for(person, today).filter(sent_at__gte=since)
    yield lines(
        told,
        "message",
        name="application__school__shown_name",
        detail="voice",
        day=TruncDate("sent_at"),
        target="application_id",
    )


def _ranking(person, now, today, roles):
    cities = priorities.cities_ranked_by(person, today)
    name, day = "call__title", TruncDate("opened_at")
    yield lines(calls_to_list(cities, today), "list", name="title", day=TruncDate("reviewed_at"))
    yield lines(lists_to_write_again(cities), "again", name=name, day="decided_on")
    drafts = PriorityList.objects.filter(city__in=cities, state=ListState.DRAFT)
    yield lines(drafts, "rank", name=name, day=day)
    yield lines(lists_to_send(cities), "send", name=name, day=TruncDate("dan_signed_at"))
    if Role.DAN in roles:
        proposed = PriorityList.objects.filter(where(person, today, (Role.DAN,), "city"), state=ListState.PROPOSED)
        yield lines(proposed, "cosign", name=name, day=TruncDate("dsden_signed_at"))
    unsigned = Q(where(person, today, DSDEN, "city"), dsden_signed_at=None)
    unsigned |= Q(where(person, today, (Role.DAN,), "city"), dan_signed_at=None)
    advice = Recommendation.objects.filter(unsigned)
    version, day = Cast("version", CharField()), TruncDate("written_at")
    yield lines(advice, "advice", name="city__name", detail="school_kind", more=version, day=day)


def _programmes(person, now, today, roles):
    cities = priorities.cities_programmed_by(person, today)
    open_ones = Programme.objects.filter(city__in=cities).exclude(
        state__in=(ProgrammeState.CLOSED, ProgrammeState.SUBMITTED_COPIL, ProgrammeState.RUNNING)
    )
    yield lines(open_ones, "programme", name="school_year", detail="state", day=TruncDate("opened_at"))


def _answers(person, now, today, roles):
    asked = priorities.recommendations_to_answer_by(person, today)
    signed_on = TruncDate(Greatest("dsden_signed_at", "dan_signed_at"))
    # A new kit has the former advice to answer again: the wait begins with the last of the two.
    day = Case(When(kit_published_on__gt=today, then=signed_on), default=Greatest(signed_on, "kit_published_on"))
    told = ("version", signed_on, "kit_version", "kit_published_on")
    yield lines(asked, "answer", name="city__name", detail="school_kind", more=in_one_text(told), day=day)


def _marks(person, now, today, roles):
    yield lines(studies.comparisons_to_mark_by(person, today), "mark", name="title", day="opened_on")


def _wifi(person, now, today, roles):
    lit = wifi.windows_lit_by(person, now)
    yield lines(
        lit, "lit", name="school__shown_name", detail="room__name", day=TruncDate("opened_at"), target="school_id"
    )
    alone = wifi.points_lit_alone_for(person, today)
    yield lines(
        alone,
        "alone",
        name="point__school__shown_name",
        detail="point__label",
        day=TruncDate("at"),
        target="point__school_id",
    )


def _bookings(person, now, today, roles):
    name, day = "school__shown_name", TruncDate("asked_at")
    term = Cast("last_half_day", CharField())
    away = {"name": name, "detail": "kit__name", "more": term, "day": TruncDate("changed_at")}
    if roles & set(loans.LENDERS):
        asked = loans.bookings_lent_by(person, today, loans.LENDERS).filter(state=BookingState.REQUESTED)
        yield lines(asked, "booking", name=name, detail="activity", day=day)
    if roles & set(loans.CARRIERS):
        lent = loans.bookings_lent_by(person, today, loans.CARRIERS)
        carried = lent.filter(state__in=(BookingState.CONFIRMED, BookingState.RETURNED))
        yield lines(carried, "carry", name=name, detail="state", day=TruncDate("changed_at"))
        yield lines(lent.filter(late(today)), "late", **away)
    if roles & set(loans.TEAM):
        own = Booking.objects.filter(school__in=loans.schools_bookable_by(person, today))
        arriving = own.filter(state=BookingState.OUT)
        yield lines(arriving, "arrival", name=name, detail="kit__name", day=TruncDate("changed_at"))
        yield lines(own.filter(late(today)), "give_back", **away)
        yield lines(_kit_news(own, person, today), "kit_news", name=name, detail="state", day=TruncDate("changed_at"))


def _kit_news(own, person, today):
    """Requests that became something since they were made: for who asked, and for the head, before the kit comes."""
    since = make_aware(datetime.combine(today - ANSWERED, time()))
    told = own.filter(state__in=KitNews.values, changed_at__gt=F("asked_at"), changed_at__gte=since)
    told = told.filter(last_half_day__gte=half_day_number(today, 0))
    return told.filter(Q(asked_by=person) | where(person, today, (Role.SCHOOL_HEAD,), "city", "school"))


def _counts(person, now, today, roles):
    unsettled = inventory.counts_to_settle_by(person, today)
    yield lines(unsettled, "count", name="school__shown_name", day=TruncDate("counted_at"))


def _tables(person, now, today, roles):
    """A table that receives classes, given by who does not, waits for the city's IT (decision 0017)."""
    given = PlanDraft.objects.filter(where(person, today, (Role.CITY_IT,), "city"), batch=None, held_at__isnull=False)
    yield lines(given, "table", name="city__name", detail="file_name", day=TruncDate("held_at"))


def _committees(person, now, today, roles):
    sessions, city = governance.sessions_visible_to(person, today), "committee__city"
    name = f"{city}__name"
    coming = sessions.filter(state__in=(SessionState.PLANNED, SessionState.CONVENED, SessionState.PACK_FROZEN))
    steering = (*governance.STATE_VOICES, *governance.CITY_VOICES, Role.CITY_EDUCATION)
    own, seated = where(person, today, steering, city), Seat.objects.held(today).filter(holder=person)
    coming = coming.filter(own | Q(committee__in=seated.values("committee")))
    yield lines(coming, "session", name=name, detail="state", more="committee__kind", day="planned_on")
    for side, voices in ((Side.STATE, governance.STATE_VOICES), (Side.CITY, governance.CITY_VOICES)):
        if not roles & set(voices):
            continue
        written = sessions.filter(where(person, today, voices, city), state=SessionState.MINUTES_DRAFT)
        written = written.exclude(approvals__authority=side)
        if side == Side.CITY:
            written = written.filter(committee__kind="copil")
        yield lines(written, "minutes", name=name, more="committee__kind", day=TruncDate("drafted_at"))
    if Role.CITY_EDUCATION in roles:
        told = Invitation.objects.filter(session=OuterRef("pk"), told_at=None, way=Invitation.Way.PAPER)
        letters = sessions.filter(state__in=(SessionState.CONVENED, SessionState.PACK_FROZEN))
        letters = letters.filter(where(person, today, SECRETARY, city), Exists(told))
        yield lines(letters, "letters", name=name, more="committee__kind", day="planned_on")


def _follow_ups(person, now, today, roles):
    """The secretariat follows every one of its city; each other title does those it was given."""
    kept = where(person, today, SECRETARY, "decision__city")
    told = {"name": "text", "detail": "owner", "day": "due_on"}
    if Role.CITY_EDUCATION in roles:
        yield lines(FollowUp.objects.filter(kept, done_on=None), "follow_up", **told)
    if roles - set(SECRETARY):
        yield lines(governance.follow_ups_asked_of(person, today).exclude(kept), "asked", **told)


SOURCES = (
    (TEAM, _files),
    (tuple(role for pens in applications.PENS.values() for role in pens), _opinions),
    ((*TEAM, *STATE_READERS, *DISTRICT_READERS, Role.CITY_EDUCATION), _messages),
    (priorities.STATE_PEN, _filed),
    (priorities.STATE_PEN, _ranking),
    ((Role.CITY_EDUCATION, Role.CITY_IT), _answers),
    ((*studies.CITY_EXPERTS, *studies.STATE_EXPERTS), _marks),
    ((*wifi.OPENERS, Role.CITY_IT), _wifi),
    ((Role.CITY_EDUCATION,), _programmes),
    ((*loans.LENDERS, *loans.CARRIERS, *loans.TEAM), _bookings),
    (WRITERS, openings),
    (tuple(OWNED), steps),
    ((Role.CITY_IT, Role.SCHOOL_HEAD), receptions),
    ((Role.CITY_IT,), _counts),
    ((Role.CITY_IT,), _tables),
    (MEMBERS, _committees),
    (MEMBERS, _follow_ups),
)
