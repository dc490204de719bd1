"""What waits for the committees: sessions to prepare, relevés to approve, what a decision asks."""

from django.db.models import CharField, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import TruncDate

from preau.kit.rooms.told import lines
from preau.kit.rooms.waiting import Act, Wait
from preau.people.queries.grounds import Grounds
from preau.plan.governance import rules
from preau.plan.governance.models import AgendaItem, Committee, FollowUp, Invitation, ObjectKind, Seat, State
from preau.plan.priorities.models import ListState, PriorityList, Programme, ProgrammeState
from preau.plan.studies.models import Authority, Cohort, Comparison

PREPARES = Grounds("city", city=(*rules.CITY_VOICES, *rules.SECRETARY), department=rules.STATE_VOICES)
VOICES = {Authority.STATE: rules.STATE_VOICES, Authority.CITY: rules.CITY_VOICES}
CITY = "committee__city"  # from a session
OVER = (State.CANCELLED, State.MINUTES_APPROVED, State.PUBLISHED)


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
        kept = sessions.filter(rules.KEEPS_SECRETARIAT.where(person, today, CITY))
        yield lines(kept.filter(state=State.HELD), "relate", day="held_on", **told)
        approved = kept.filter(state=State.MINUTES_APPROVED)
        yield lines(approved, "publish", day=TruncDate("approved_at"), **told)


def _before_copil(person, now, today, roles):
    """A list or a programme that the COPIL must decide, on the agenda of no session: nothing else calls for one."""
    kept = rules.KEEPS_SECRETARIAT.where(person, today, "city")
    lists = PriorityList.objects.filter(kept, state=ListState.BEFORE_COPIL)
    years = Programme.objects.filter(kept, state=ProgrammeState.SUBMITTED_COPIL)
    copil = Committee.objects.filter(city=OuterRef("city"), kind=Committee.Kind.COPIL)
    for kind, rows, name, day in (
        (ObjectKind.PRIORITY_LIST, lists, "call__title", "dan_signed_at"),
        (ObjectKind.PROGRAMME, years, "school_year", "opened_at"),
    ):
        on_agenda = AgendaItem.objects.filter(object_kind=kind, object_id=OuterRef("pk"))
        rows = rows.exclude(Exists(on_agenda.exclude(session__state__in=OVER)))
        told = {"name": name, "detail": Value(kind.value, CharField()), "day": TruncDate(day)}
        sat = Subquery(copil.values("pk")[:1])
        yield lines(rows.filter(Exists(copil)), "agenda", target=sat, **told)
        yield lines(rows.exclude(Exists(copil)), "install", target="city", **told)


def _studied(person, now, today, roles):
    """What was studied and goes before a committee: a laboratory before both, options once the COTECH was heard."""
    kept = rules.KEEPS_SECRETARIAT.where(person, today, "city")
    cohorts, options = Cohort.objects.filter(kept), Comparison.objects.filter(kept, state=Comparison.State.HEARD)
    copil, cotech = Committee.Kind.COPIL, Committee.Kind.COTECH
    for committee, kind, rows, name, day in (
        (cotech, ObjectKind.COHORT, cohorts.filter(state=Cohort.State.REVIEWED), "name", "ends_on"),
        (copil, ObjectKind.COHORT, cohorts.filter(state=Cohort.State.HEARD), "name", "opinion_on"),
        (copil, ObjectKind.COMPARISON, options, "title", "opinion_on"),
    ):
        on_agenda = AgendaItem.objects.filter(object_kind=kind, object_id=OuterRef("pk"))
        on_agenda = on_agenda.filter(session__committee__kind=committee).exclude(session__state__in=OVER)
        sits = Committee.objects.filter(city=OuterRef("city"), kind=committee)
        told = {"name": name, "detail": Value(kind.value, CharField()), "day": day}
        sat, rows = Subquery(sits.values("pk")[:1]), rows.exclude(Exists(on_agenda))
        yield lines(rows.filter(Exists(sits)), f"to_{committee}", target=sat, **told)
        if committee == cotech:  # both are installed together
            yield lines(rows.exclude(Exists(sits)), "install_cotech", target="city", **told)


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
    "relate": Act("Noter les décisions, écrire le relevé", "governance:session_detail", tells=_committee),
    "publish": Act("Publier le relevé", "governance:minutes_detail", tells=_committee),
    "letters": Act("Remettre les lettres de convocation", "governance:invitation_list", is_due=True, tells=_committee),
}  # fmt: skip
OF_OBJECTS = {
    "agenda": Act("Mettre à l’ordre du jour du COPIL", "governance:session_list", details=ObjectKind),
    "install": Act(
        "Installer le COPIL, qui doit décider", "governance:committee_home", details=ObjectKind, anchor="copil"
    ),
}
OF_STUDIES = {
    "install_cotech": Act(
        "Installer le COTECH, qui doit donner son avis", "governance:committee_home", details=ObjectKind, anchor="copil"
    ),
    "to_cotech": Act("Mettre à l’ordre du jour du COTECH", "governance:session_list", details=ObjectKind),
    "to_copil": Act("Mettre à l’ordre du jour du COPIL", "governance:session_list", details=ObjectKind),
}
OF_FOLLOW_UPS = {
    "follow_up": Act("Suivre une décision", "governance:follow_up_closing", is_due=True),
    "asked": Act("Faire ce qu’une décision vous demande", "governance:follow_up_closing", is_due=True),
}

WAITING = (
    Wait(rules.MEMBERS, _sessions, OF_SESSIONS),
    Wait(rules.MEMBERS, _follow_ups, OF_FOLLOW_UPS),
    Wait(rules.SECRETARY, _before_copil, OF_OBJECTS),
    Wait(rules.SECRETARY, _studied, OF_STUDIES),
)
