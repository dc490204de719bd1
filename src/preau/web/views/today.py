"""« Aujourd’hui »: each face has its page, made of what the rooms give; no page invents a door."""

from dataclasses import replace
from datetime import timedelta
from functools import lru_cache
from uuid import uuid4

from django.db.models import CharField, DateTimeField
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import deactivate

from preau.ent.agenda import queries as agenda
from preau.ent.agenda.rules import events_for_team
from preau.ent.announcements import queries as announcements
from preau.ent.announcements.rules import schools_served
from preau.ent.attendance import days
from preau.ent.attendance import queries as absences
from preau.ent.attendance.rules import HEADS
from preau.ent.notes import queries as notes
from preau.ent.notes.rules import notes_followed_by
from preau.ent.portal import queries as portal
from preau.ent.portal.views.life import page_after
from preau.ent.posts import queries as posts
from preau.ent.posts import rules
from preau.ent.sites.queries import schools_on_wednesdays
from preau.kit.prepared import Asked, Prepared
from preau.kit.rooms.told import gathered
from preau.kit.spoken import other_language
from preau.kit.views import signed_in
from preau.people.models import CITY_ROLES, SITE_ROLES, STATE_ROLES, Person, Role
from preau.people.prepared import PreparedFor
from preau.people.queries import base, owes_notice, sprays
from preau.people.queries.asks import HELP, SHEETS, asks_line, read_asks
from preau.people.rules import help_asks_visible_to
from preau.people.sheets import title_of
from preau.places.models import City
from preau.plan.desk.queries import heaps_for, heaps_of, union_for
from preau.plan.equipment.rules import WRITERS
from preau.plan.sheets.queries import to_tell
from preau.schools.beginning import awaiting_opening, beginning_of
from preau.schools.faces import GUARDIAN, PUPIL
from preau.schools.rules.asks import sheet_asks_visible_to
from preau.spaces import audiences
from preau.spaces.kinds import Reader
from preau.spaces.queries import select_memberships
from preau.web.context import Roof
from preau.web.faces import last_ended
from preau.web.navigation import VERBS, verbs_of

LATEST = 5
ASKED, ASKED_FOR = 3, timedelta(days=7)  # questions on a family's home, and for how long
UNDECIDED = PreparedFor(
    lambda person, today, recent: posts.to_decide(rules.posts_to_decide(person, today, recent)), DateTimeField
)
# What waits in the plan, the families not reached, who asks for a sheet or for help: a home asks all at once.
HEAD_WAITING = PreparedFor(
    lambda person, today, now, since, *halves: union_for(
        person,
        today,
        now,
        also=[
            *absences.head_lines(HEADS.where(person, today, "school"), schools_on_wednesdays(), today, halves),
            notes.not_reached(notes_followed_by(person, today), since),
            asks_line(SHEETS, sheet_asks_visible_to(person, today).waiting()),
            _help_line(person, today),
            agenda.coming_lines(events_for_team(person, today), today),
            announcements.team_lines(person, schools_served(person, today), today),
        ],
    ),
    DateTimeField,
    DateTimeField,
)
TEAM_WAITING = PreparedFor(
    lambda person, today, now: union_for(
        person,
        today,
        now,
        also=[
            agenda.coming_lines(events_for_team(person, today), today),
            announcements.team_lines(person, schools_served(person, today), today),
        ],
    ),
    DateTimeField,
)
CITY_WAITING = PreparedFor(
    lambda person, today, now: union_for(person, today, now, also=[_help_line(person, today)]), DateTimeField
)
SCHOOL_ROLES = (Role.TEACHER, Role.SUPPLY_TEACHER, Role.SCHOOL_HEAD, Role.AESH, Role.ATSEM, *SITE_ROLES)


@signed_in(is_family=True)
def today(request):
    """The page of the face shown; only a family's speaks another language than French. What is kept of them comes
    first for who has not been shown it."""
    if owes_notice(request.user, localdate()):
        return redirect("family_notice")
    roof = Roof(request)
    if roof.face and roof.face.role != GUARDIAN and other_language():
        deactivate()
        roof = Roof(request)
    face = roof.face
    build, template = PAGES.get(face and face.role, (other, "web/today/other.html"))
    # The roof already read is the one drawn: faces are asked once.
    context = {
        "roof": roof,
        "face": face,
        "today": localdate(),
        "now": now(),
        "links": True,
        "verbs": verbs_of(face)[:VERBS],
    }
    return render(request, template, context | build(request, face))


def school_adult(request, face):
    """Teachers, AESH, ATSEM, head, the team of a périscolaire site: what waits for them, then what was said."""
    day, person = localdate(), request.person
    memberships = audiences.memberships_of(person, day)
    heads = face.role == Role.SCHOOL_HEAD
    profile = audiences.Profile.HEAD if heads or face.role == Role.SITE_MANAGER else audiences.Profile.STAFF
    home = portal.stream(_reader(request), memberships, profiles=(profile,), limit=LATEST)
    in_hand = UNDECIDED.rows(person, day, now() - rules.RECOVER_WITHIN)
    waiting = [post for post in in_hand if rules.can_confirm_post(person, post, day)]
    # What the school published already says that it began: nothing is asked then.
    is_quiet = all(isinstance(entry.item.publication.place, City) for entry in home.entries)
    begins = beginning_of(face.school, day) if heads and is_quiet else None
    return {
        **home.shown,
        "waiting": waiting,
        "begins": None if begins is None or begins.is_over else begins,
        "drafts": [post for post in in_hand if post.publication.author_id == person.pk and post not in waiting],
    } | _school_waiting(person, face.school, heads, is_stopped=bool(home.stopped))


def guardian(request, face):
    """One stream for all children, or for one; each thing says which child it is about."""
    child_id = _child_asked(request, face)
    memberships = audiences.memberships_of(request.person, localdate())
    before = page_after(request)
    home = portal.family_stream(_reader(request), memberships, face.children, child_id=child_id, before=before)
    schools = {tag.enrolment.school_id for tag in home.tags if tag.enrolment}
    tags = {tag.child_id: tag for tag in home.tags}
    to_answer = notes.waiting_for(request.person, memberships, localdate(), now(), child_id) if before is None else []
    return {
        "home": home,
        **home.shown,
        "child_id": child_id,
        "to_answer": [(tags[line.child_id], line.note) for line in to_answer if line.child_id in tags],
        "to_ask": _to_ask(tags, to_answer, home.entries) if before is None else [],
        "thanks": True,
        "is_first_page": before is None,
        "schools_count": len(schools),
    } | (_family_waiting(request.person, memberships, tags, child_id, bool(home.stopped)) if before is None else {})


def _family_waiting(person, memberships, tags, child_id, is_stopped):
    """What the agenda says of the fortnight, announcements to read, absences that nobody explained: one query for
    all. Of announcements nothing while a part is stopped: a line does not say of which."""
    day = localdate()
    chosen = select_memberships(memberships, profiles=(audiences.Profile.FAMILY,), child=child_id)
    mine = agenda.spaces_of(chosen, day)
    if is_stopped:
        rows = gathered([agenda.family_lines(person, chosen, day), absences.unexplained_lines(tags, day)])
    else:
        keys, places = [m.audience for m in mine], [m.place_id for m in mine]
        rows = _family_lines(day, len(mine), len(tags)).rows(*keys, *places, person.pk, *tags)
    coming, rows = agenda.read_family_lines(rows, chosen, day, tags)
    told, rows = announcements.read_lines(rows)
    found = [absences.Unexplained.of(row) for row in rows]
    explain = [(tags[each.child_id], each) for each in found]
    return {"coming": coming, "announcements": told, "to_explain": explain}


@lru_cache(maxsize=32)
def _family_lines(day, spaces_count, children_count):
    """Asked with the audiences of a guardian, their places, the guardian, their children: nothing else of them is in
    the SQL (kit/prepared.py)."""
    invented = [uuid4() for _ in range(spaces_count + 1 + children_count)]
    person, children = Person(pk=invented[spaces_count]), invented[spaces_count + 1 :]
    mine = [
        audiences.Membership(Asked(rank, CharField), audiences.Profile.FAMILY, None, day, None, audiences.SCHOOL, place)
        for rank, place in enumerate(invented[:spaces_count])
    ]
    parts = [
        agenda.family_lines(person, mine, day),
        absences.unexplained_lines(children, day),
        announcements.family_lines(person, children, day),
    ]
    return Prepared(gathered(parts), {one: spaces_count + rank for rank, one in enumerate(invented)})


def _to_ask(tags, to_answer, entries):
    """(name tags, the publication, its post or its note) of the newest questions to ask at home: of the mots that wait
    and of the posts of this page, which are read already."""
    found: dict = {}
    for line in to_answer:
        if line.child_id in tags:
            found.setdefault(line.note.publication, ([], None, line.note))[0].append(tags[line.child_id])
    for entry in (each for each in entries if each.item.publication.question):
        found[entry.item.publication] = (entry.tags, entry.item.post, None)
    recent = [one for one in found if one.question and one.published_at >= now() - ASKED_FOR]
    return [(one, *found[one]) for one in sorted(recent, key=lambda one: one.published_at, reverse=True)[:ASKED]]


def pupil(request, face):
    """A pupil who reads: what the class said, in large letters, without a way out."""
    memberships = audiences.memberships_of(request.person, localdate())
    profiles, before = (audiences.Profile.PUPIL,), page_after(request)
    home = portal.stream(_reader(request), memberships, profiles=profiles, before=before)
    chosen = [] if before else select_memberships(memberships, profiles=profiles)
    coming = agenda.coming_at_home(chosen, localdate()) if chosen else []
    return {**home.shown, "after": home.after, "links": False, "coming": coming}


def city(request, face):
    """What waits in the plan, then the city's own words; a class's are not its to read."""
    memberships = audiences.memberships_of(request.person, localdate())
    home = portal.stream(_reader(request), memberships, profiles=(audiences.Profile.CITY,), limit=LATEST)
    tells = to_tell(face.place, localdate()) if face.role in WRITERS else None
    moment = now()
    asks, rows = read_asks(CITY_WAITING.rows(request.person, localdate(moment), moment))
    return {**home.shown, "to_tell": tells, "asks": asks} | _heaps(heaps_of(rows, localdate(moment)))


def state(request, face):
    """State roles: what waits in the plan."""
    return _waiting(request.person)


def _waiting(person):
    return _heaps(heaps_for(person, now()))


def _school_waiting(person, school, heads, is_stopped):
    """Of the agenda and of announcements nothing while a part is stopped: their lines do not say of which."""
    if heads:
        found = _head_waiting(person, school)
    else:
        moment = now()
        coming, rows = agenda.read_coming(TEAM_WAITING.rows(person, localdate(moment), moment))
        told, rows = announcements.read_lines(rows)
        found = {"coming": coming, "announcements": told} | _heaps(heaps_of(rows, localdate(moment)))
    return found | ({"coming": [], "announcements": []} if is_stopped else {})


def _head_waiting(person, school):
    moment = now()
    halves = tuple(half.value for half in days.halves_begun(moment))
    rows = HEAD_WAITING.rows(person, localdate(moment), moment, moment - notes.RECENT, key=halves)
    presence, rows = absences.read_head_lines(rows)
    if presence.undone_count and not days.halves_on(school, localdate(moment), True):  # holidays: asked only then
        presence = replace(presence, undone_count=0)
    asks, rows = read_asks(rows)
    coming, rows = agenda.read_coming(rows)
    told, rows = announcements.read_lines(rows)
    mots = [row for row in rows if row[0] == notes.NOT_REACHED]
    heaps = heaps_of([row for row in rows if row[0] != notes.NOT_REACHED], localdate(moment))
    found = {"coming": coming, "announcements": told, "not_reached": notes.read_not_reached(mots, LATEST), "asks": asks}
    return found | {"presence": presence} | _heaps(heaps)


def _help_line(person, today):
    return asks_line(HELP, help_asks_visible_to(person, today).filter(answered_at=None))


def _heaps(heaps):
    return {"heaps": heaps, "heaps_count": sum(heap.count for heap in heaps)}


def operator(request, face):
    """Who tries passwords on many accounts; schools that cannot begin: nobody heads them yet, or their papers wait."""
    headless = base.schools_without_head(localdate())
    return {
        "headless": headless[:LATEST],
        "headless_count": headless.count(),
        "is_empty": not City.objects.exists(),
        "awaiting_count": awaiting_opening(localdate()).count(),
        "sprays": sprays(now(), timedelta(days=1)),
        "asks": read_asks(_help_line(request.person, localdate()))[0],
    }


def other(request, face):
    """All others: what waits in the plan. Who holds nothing any more reads what ended, and when."""
    former = None if face else last_ended(request.person, localdate())
    return {"former": former, "former_title": title_of(former) if former else ""} | _waiting(request.person)


def _child_asked(request, face):
    asked = request.GET.get("enfant")
    if not asked:
        return None
    mine = {str(child.pk): child.pk for child in face.children}
    if asked not in mine:
        raise Http404
    return mine[asked]


def _reader(request):
    return Reader(request.person, localdate(), now())


PAGES = {
    **{role: (school_adult, "web/today/school.html") for role in SCHOOL_ROLES},
    GUARDIAN: (guardian, "web/today/guardian.html"),
    PUPIL: (pupil, "web/today/pupil.html"),
    Role.OPERATOR: (operator, "web/today/operator.html"),
    **{role: (city, "web/today/city.html") for role in CITY_ROLES},
    **{role: (state, "web/today/state.html") for role in STATE_ROLES},
}
