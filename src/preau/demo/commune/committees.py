"""COPIL and COTECH of the commune: who sits, and a session from its planning to its published relevé."""

import datetime
from dataclasses import dataclass, field

from django.utils.timezone import localdate

from preau.demo.commune.calendar import at, days, working
from preau.insight.hours.queries import figures_of
from preau.people.models import CITY_ROLES, STATE_ROLES
from preau.plan.governance import actions
from preau.plan.governance.models import Attendance, College, Committee, ObjectKind
from preau.plan.priorities.models import PriorityList, Programme
from preau.plan.studies.models import Cohort, Comparison

KINDS = {
    Comparison: ObjectKind.COMPARISON, Cohort: ObjectKind.COHORT, PriorityList: ObjectKind.PRIORITY_LIST,
    Programme: ObjectKind.PROGRAMME,
}  # fmt: skip
# Titles that follow-ups are given to here: their holders find them among what waits for them.
ROLES = {role.label.casefold(): role for role in (*CITY_ROLES, *STATE_ROLES)}
HOUR = datetime.time(17, 30)
PLACE = "Salle du conseil, mairie de Sainte-Marelle (lieu fictif)"
# (college, title, pen of the scene or none)
COPIL_SEATS = (
    (College.MAJORITY, "Adjointe à l’éducation", "majority"), (College.OPPOSITION, "Élu de la minorité", "opposition"),
    (College.EDUCATION, "Adjoint de l’IA-DASEN", "deputy"), (College.EDUCATION, "IEN de la circonscription", "ien"),
    (College.EDUCATION, "Déléguée académique au numérique", "dan"),
    (College.CANOPE, "Formateur Canopé", "trainer"), (College.CITY, "Directrice de l’Éducation", "education"),
    (College.CITY, "Responsable de l’informatique des écoles", "it"),
    (College.PARENTS, "Fédération de parents d’élèves", "federation"),
)  # fmt: skip
COTECH_SEATS = (
    (College.DASEN_DEPUTY, "Adjoint de l’IA-DASEN", "deputy"), (College.IEN, "IEN de la circonscription", "ien"),
    (College.TICE, "Conseiller numérique de la DSDEN", "dsden"), (College.CANOPE, "Formateur Canopé", "trainer"),
    (College.CITY_EDUCATION, "Directrice de l’Éducation", "education"),
    (College.CITY_IT, "Responsable de l’informatique des écoles", "it"),
)  # fmt: skip


@dataclass
class Point:
    """A point of the agenda, what is decided on it, who follows it up, and what the decision changes."""

    title: str
    text: str = ""
    aim: str = "decision"
    by: str = "city"
    about: object = None  # what the decision changes: a list, a programme, a comparison, a laboratory
    is_reserved: bool = False
    decision: object = None  # text, result, votes… or what gives them once the session is held; none: nothing decided
    follow_ups: tuple = ()  # (text, owner, days after the session, words when done or none)


@dataclass
class Meeting:
    """A session that is told: its committee, its day, its points once they are known."""

    committee: Committee
    day: datetime.date
    points: object  # called when the agenda is written
    opening: str
    absent: tuple = ()  # pens whose seats are excused
    waits: tuple = ()  # authorities that have not agreed yet: « state », « city »
    planned_before: int = 60
    session: object = None
    told: list = field(default_factory=list)  # [(point, item, decision)]

    def __post_init__(self):
        self.day = working(self.day)


def open_committees(scene):
    """Both, with every college seated since the eve of the plan."""
    secretary, now = scene.pens["education"], at(scene.eve, 30)
    scene.copil, scene.cotech = actions.open_committees(person=secretary, city=scene.city, now=now)
    for committee, seats in ((scene.copil, COPIL_SEATS), (scene.cotech, COTECH_SEATS)):
        for college, title, pen in seats:
            actions.add_seat(
                person=secretary,
                committee=committee,
                college=college,
                title=title,
                starts_on=localdate(now),
                holder=scene.pens[pen],
                now=now,
            )


def story(scene, meeting):
    """Each step on its day; the story stops where today finds it."""
    secretary = scene.pens["education"]
    now = yield at(meeting.day - days(meeting.planned_before))
    meeting.session = actions.plan_session(
        person=secretary, committee=meeting.committee, planned_on=meeting.day, starts_at=HOUR, place=PLACE, now=now
    )
    now = yield at(meeting.day - days(18), 40)
    _write_agenda(scene, meeting, now)
    actions.convene_session(person=secretary, session=meeting.session, now=now)
    now = yield at(meeting.day - days(15))
    seats = list(meeting.session.invitations.filter(told_at=None).values_list("seat", flat=True))
    actions.hand_letters(person=secretary, session=meeting.session, seats=seats, now=now)
    now = yield at(meeting.day - days(8), 40)
    actions.freeze_dossier(person=secretary, session=meeting.session, figures_of=figures_of, now=now)
    now = yield at(meeting.day, 600)
    _hold(scene, meeting, now)
    now = yield at(meeting.day + days(2))
    _write_minutes(scene, meeting, now)
    yield from _agree(scene, meeting)
    now = yield at(meeting.day + days(25))
    actions.publish_minutes(person=secretary, session=meeting.session, now=now)
    for point, _, decision in meeting.told:
        yield from _follow_up(scene, meeting, point, decision)


def _write_agenda(scene, meeting, now):
    for point in meeting.points():
        about = {}
        if point.about is not None:
            about = {"object_kind": KINDS[type(point.about)], "object_id": point.about.pk}
        item = actions.add_item(
            person=scene.pens["education"],
            session=meeting.session,
            title=point.title,
            text=point.text,
            aim=point.aim,
            presented_by=point.by,
            is_reserved=point.is_reserved,
            now=now,
            **about,
        )
        meeting.told.append((point, item, None))


def _hold(scene, meeting, now):
    secretary, session = scene.pens["education"], meeting.session
    actions.hold_session(person=secretary, session=session, held_on=localdate(now), now=now)
    rows = {}
    for seat in session.committee.seats.held(localdate(now)).select_related("holder"):
        is_absent = seat.holder in [scene.pens[name] for name in meeting.absent]
        presence = Attendance.Presence.EXCUSED if is_absent else Attendance.Presence.PRESENT
        rows[seat.pk] = (presence, "" if is_absent else seat.holder.full_name)
    actions.record_attendance(person=secretary, session=session, rows=rows, now=now)


def _write_minutes(scene, meeting, now):
    secretary, lines = scene.pens["education"], [meeting.opening]
    for place, (point, item, _) in enumerate(meeting.told):
        decision = None
        words = point.decision() if callable(point.decision) else point.decision
        if words:
            decision = actions.decide(
                person=secretary,
                session=meeting.session,
                item=item,
                ambitions=scene.ambitions[:2],
                now=now,
                **words,
            )
            for text, owner, due, _ in point.follow_ups:
                actions.add_follow_up(
                    person=secretary,
                    decision=decision,
                    text=text,
                    owner=owner,
                    due_on=working(meeting.day + days(due)),
                    owner_role=ROLES.get(owner.casefold(), ""),
                    now=now,
                )
            stop = "" if point.title.endswith("?") else "."
            lines.append(f"{point.title}{stop} {words['text']}")
        meeting.told[place] = (point, item, decision)
    actions.draft_minutes(person=secretary, session=meeting.session, text="\n\n".join(lines), now=now)


def _agree(scene, meeting):
    """The State first, then an elected member where the relevé needs one; decisions take effect with the last."""
    voices = {"state": scene.pens["deputy"], "city": scene.pens["majority"]}
    meeting.session.refresh_from_db()
    for order, authority in enumerate(sorted(meeting.session.must_agree, reverse=True)):
        now = yield at(meeting.day + days(7 + 2 * order))
        if authority in meeting.waits:
            return
        meeting.session.refresh_from_db()
        actions.approve_minutes(
            person=voices[authority], session=meeting.session, version=meeting.session.version, now=now
        )


def _follow_up(scene, meeting, point, decision):
    found = {follow_up.text: follow_up for follow_up in decision.follow_ups.all()} if decision else {}
    for text, _, due, done in point.follow_ups:
        if done:
            now = yield at(meeting.day + days(due - 3))
            actions.close_follow_up(
                person=scene.pens["education"], follow_up=found[text], done_on=localdate(now), done_note=done, now=now
            )
