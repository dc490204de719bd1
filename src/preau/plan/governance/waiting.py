"""What waits for the committees: sessions to prepare, relevés to approve, what a decision asks."""

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import TruncDate

from preau.kit.rooms.told import lines
from preau.kit.rooms.waiting import Act, Wait
from preau.people.queries.grounds import Grounds
from preau.plan.governance import rules
from preau.plan.governance.models import Committee, FollowUp, Invitation, Seat, State
from preau.plan.studies.models import Authority

PREPARES = Grounds("city", city=(*rules.CITY_VOICES, *rules.SECRETARY), department=rules.STATE_VOICES)
VOICES = {Authority.STATE: rules.STATE_VOICES, Authority.CITY: rules.CITY_VOICES}
CITY = "committee__city"  # from a session


def _sessions(person, now, today, roles):
    sessions = rules.sessions_visible_to(person, today)
    told = {"name": f"{CITY}__name", "more": "committee__kind"}
    own, seated = PREPARES.where(person, today, CITY), Seat.objects.held(today).filter(holder=person)
    coming = sessions.filter(state__in=(State.PLANNED, State.CONVENED, State.PACK_FROZEN))
    coming = coming.filter(own | Q(committee__in=seated.values("committee")))
    yield lines(coming, "session", detail="state", day="planned_on", **told)
    for side in (side for side, voices in VOICES.items() if roles & set(voices)):
        written = sessions.filter(rules.SPEAKS_FOR[side].where(person, today, CITY), state=State.MINUTES_DRAFT)
        written = written.exclude(approvals__authority=side)
        if side == Authority.CITY:
            written = written.filter(committee__kind="copil")
        yield lines(written, "minutes", day=TruncDate("drafted_at"), **told)
    if roles & set(rules.SECRETARY):
        by_hand = Invitation.objects.filter(session=OuterRef("pk"), told_at=None, way=Invitation.Way.PAPER)
        letters = sessions.filter(state__in=(State.CONVENED, State.PACK_FROZEN))
        letters = letters.filter(rules.KEEPS_SECRETARIAT.where(person, today, CITY), Exists(by_hand))
        yield lines(letters, "letters", day="planned_on", **told)


def _follow_ups(person, now, today, roles):
    """The secretariat follows every one of its city; each other title does those it was given."""
    kept = rules.KEEPS_SECRETARIAT.where(person, today, "decision__city")
    told = {"name": "text", "detail": "owner", "day": "due_on"}
    if roles & set(rules.SECRETARY):
        yield lines(FollowUp.objects.filter(kept, done_on=None), "follow_up", **told)
    if roles - set(rules.SECRETARY):
        yield lines(rules.follow_ups_asked_of(person, today).exclude(kept), "asked", **told)


def _committee(words: str, kind: str) -> str:
    """« COPIL, convoquée »"""
    return ", ".join(filter(None, (Committee.Kind(kind).label, words)))


OF_SESSIONS = {
    "session": Act("Préparer ou suivre la séance", "governance:session_detail", is_due=True, details=State,
                   tells=_committee),
    "minutes": Act("Approuver le relevé", "governance:minutes_detail", tells=_committee, part="accords"),
    "letters": Act("Remettre les lettres de convocation", "governance:invitation_list", is_due=True, tells=_committee),
}  # fmt: skip
OF_FOLLOW_UPS = {
    "follow_up": Act("Suivre une décision", "governance:follow_up_closing", is_due=True),
    "asked": Act("Faire ce qu’une décision vous demande", "governance:follow_up_closing", is_due=True),
}

WAITING = (Wait(rules.MEMBERS, _sessions, OF_SESSIONS), Wait(rules.MEMBERS, _follow_ups, OF_FOLLOW_UPS))
