"""« Aujourd’hui »: each face has its page, made of what the rooms give; no page invents a door."""

from dataclasses import replace
from datetime import timedelta

from django.shortcuts import redirect, render
from django.utils.timezone import localdate, localtime, now
from django.utils.translation import deactivate

from preau.ent.afterschool import queries as afterschool
from preau.ent.agenda import queries as agenda
from preau.ent.announcements import queries as announcements
from preau.ent.attendance import days
from preau.ent.attendance import queries as absences
from preau.ent.comments import queries as comments
from preau.ent.homework import queries as homework
from preau.ent.lessons.queries import open_now, works
from preau.ent.mail import queries as mail
from preau.ent.notes import queries as notes
from preau.ent.portal import queries as portal
from preau.ent.portfolio import queries as notebooks
from preau.ent.posts import rules
from preau.ent.sites.queries import read_wednesdays
from preau.ent.writings import queries as writings
from preau.kit.spoken import other_language
from preau.kit.views import signed_in
from preau.people.models import CITY_ROLES, SITE_ROLES, STATE_ROLES, Role
from preau.people.queries import base, owes_charter, owes_notice, sprays
from preau.people.queries.asks import read_asks
from preau.people.sheets import title_of
from preau.places.models import City
from preau.places.queries import academy_without_holidays
from preau.plan.applications.queries import unheld_opinions
from preau.plan.applications.rules import HOLDS_PEN
from preau.plan.desk.queries import heaps_for, heaps_of
from preau.plan.equipment.rules import WRITERS
from preau.plan.sheets.queries import to_tell
from preau.schools.beginning import awaiting_opening, beginning_of, read_alone, read_awaiting, read_without_class
from preau.schools.faces import GUARDIAN, PUPIL
from preau.spaces import audiences
from preau.spaces.models import Publication
from preau.web.context import Roof
from preau.web.days_off import pause_of
from preau.web.faces import last_ended
from preau.web.views.family import guardian, reader_of
from preau.web.views.pupil import pupil
from preau.web.views.waiting import CITY_WAITING, HEAD_WAITING, STATE_WAITING, TEAM_WAITING, UNDECIDED, help_line

LATEST = 5
# What a face is not told, said all the same: a template looks long for a name that it was not given.
NOT_ASKED = {"to_match_count": 0, "alone_count": 0} | dict.fromkeys(
    ("asked", "asks", "homework", "not_reached", "notebook_pages", "or_nothing")
    + ("pause", "presence", "presses", "to_verify")
)
SCHOOL_ROLES = (Role.TEACHER, Role.SUPPLY_TEACHER, Role.SCHOOL_HEAD, Role.AESH, Role.ATSEM, *SITE_ROLES)


@signed_in(is_family=True)
def today(request):
    """The page of the face shown; only a family's speaks another language than French. What is kept of them comes
    first for who has not been shown it."""
    moment = localtime()
    if owes_notice(request.user, moment.date()):
        return redirect("family_notice")
    if owes_charter(request.user, moment.date()):
        return redirect("pupil_charter")
    roof = Roof(request)
    if roof.face and roof.face.role != GUARDIAN and other_language():
        deactivate()
        roof = Roof(request)
    face = roof.face
    build, template = PAGES.get(face and face.role, (other, "web/today/other.html"))
    # The roof already read is the one drawn: faces are asked once.
    context = {
        "roof": roof,
        "csrf_token": roof.token,
        "face": face,
        "today": moment.date(),
        "now": moment,
        "links": True,
    } | build(request, face)
    roof.pause = context.get("pause")
    context |= {"verbs": roof.verbs, "may_publish": any(verb.label == "Publier" for verb in roof.verbs)}
    return render(request, template, context)


def school_adult(request, face):
    """Teachers, AESH, ATSEM, head, the team of a périscolaire site: what waits for them, then what was said."""
    day, person = localdate(), request.person
    memberships = audiences.memberships_of(person, day)
    heads = face.role == Role.SCHOOL_HEAD
    profile = audiences.Profile.HEAD if heads or face.role == Role.SITE_MANAGER else audiences.Profile.STAFF
    home = portal.stream(reader_of(request), memberships, profiles=(profile,), limit=LATEST)
    in_hand = UNDECIDED.rows(person, day, now() - rules.RECOVER_WITHIN)
    waiting = [post for post in in_hand if rules.can_confirm_post(person, post, day)]
    # What the school published already says that it began: nothing is asked then.
    is_quiet = all(isinstance(entry.item.publication.place, City) for entry in home.entries)
    begins = beginning_of(face.school, day) if heads and is_quiet else None
    shown = [post for post in in_hand if post.publication.state == Publication.State.PUBLISHED]
    mine = [post for post in in_hand if post.publication.author_id == person.pk and post not in (*waiting, *shown)]
    found = {
        "waiting": waiting,
        "looks": [post for post in shown if not post.lost_video],
        "lost_videos": [post for post in shown if post.lost_video],
        "begins": None if begins is None or begins.is_over else begins,
        "drafts": mine,
    } | _school_waiting(person, face, heads, is_stopped=bool(home.stopped))
    pause = found.pop("pause")
    return {**home.shown, **found, "has_to_do": any(found.values()), "pause": pause}


def city(request, face):
    """What waits in the plan, then the city's own words; a class's are not its to read."""
    memberships = audiences.memberships_of(request.person, localdate())
    home = portal.stream(reader_of(request), memberships, profiles=(audiences.Profile.CITY,), limit=LATEST)
    tells = to_tell(face.place, localdate()) if face.role in WRITERS else None
    asks, rows = read_asks(CITY_WAITING.rows(request.person, localdate(), now()))
    unread, rows = mail.read_unread(rows)
    councils, rows = agenda.read_councils(rows)
    awaiting, rows = read_awaiting(rows)
    found = {"to_tell": tells, "asks": asks, "unread": unread, "councils": councils, "awaiting_count": awaiting}
    found["holidays_unknown"] = academy_without_holidays(face.place, localdate())
    return {**home.shown, **found} | _heaps(heaps_of(rows, localdate()))


def state(request, face):
    """State roles: what waits in the plan, messages to read, reports to take up, conseils d’école."""
    messages, rows = _read_mail(STATE_WAITING.rows(request.person, localdate(), now()))
    councils, rows = agenda.read_councils(rows)
    return messages | {"councils": councils} | _heaps(heaps_of(rows, localdate()))


def _school_waiting(person, face, heads, is_stopped):
    """Of the agenda and of announcements nothing while a part is stopped: their lines do not say of which."""
    if heads:
        found = _head_waiting(person, face.school)
    else:
        moment = now()
        day = localdate(moment)
        coming, rows = agenda.read_coming(TEAM_WAITING.rows(person, day, moment))
        to_verify, rows = absences.read_verify(rows)
        on_wednesdays, rows = read_wednesdays(rows)
        tomorrow, rows = homework.read_lines(rows, day)
        told, rows = announcements.read_lines(rows)
        messages, rows = _read_mail(rows)
        to_read, rows = _read_pupils(rows)
        pages, rows = notebooks.read_waiting(rows)
        found = {"coming": coming, "homework": tomorrow, "announcements": told, "notebook_pages": pages}
        found["pause"] = pause_of(face, day, on_wednesdays)
        found |= {"to_verify": to_verify} | to_read | messages | _heaps(heaps_of(rows, day))
    return NOT_ASKED | found | ({"coming": [], "homework": None, "announcements": []} if is_stopped else {})


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
    asked, rows = announcements.read_asked(rows)
    to_match_count, rows = afterschool.read_head_line(rows, school)
    alone_count, rows = read_alone(rows, school)
    without_class, rows = read_without_class(rows)
    to_read, rows = _read_pupils(rows)
    messages, rows = _read_mail(rows)
    not_reached, rows = notes.read_not_reached(rows, LATEST)
    found = {"coming": coming, "announcements": told, "not_reached": not_reached, "asks": asks}
    found |= (
        {"to_match_count": to_match_count, "without_class": without_class, "alone_count": alone_count}
        | to_read
        | messages
    )
    found |= _heaps(heaps_of(rows, localdate(moment)))
    return found | {"presence": presence if presence.any else None, "asked": asked}


def _read_pupils(rows):
    """What waits to be read over before a class reads it, and the sessions under way."""
    to_read_count, rows = writings.read_to_read(rows)
    looks, rows = writings.read_look_over(rows)
    comments_count, rows = comments.read_waiting(rows)
    works_count, rows = works.read_to_read(rows)
    lessons, rows = open_now.read_open(rows)
    counts = {"to_read_count": to_read_count, "comments_count": comments_count, "works_count": works_count}
    return counts | {"text_looks": looks, "lessons": lessons}, rows


def _read_mail(rows):
    unread, rows = mail.read_unread(rows)
    reports_count, rows = mail.read_reports(rows)
    return {"unread": unread, "reports_count": reports_count}, rows


def _heaps(heaps):
    return {"heaps": heaps, "heaps_count": sum(heap.count for heap in heaps)}


def operator(request, face):
    """Who tries passwords on many accounts; schools that cannot begin: nobody heads them yet, or their papers wait."""
    headless = base.schools_without_head(localdate())
    shown = list(headless[:LATEST])
    return {
        "headless": shown,
        "headless_count": len(shown) if len(shown) < LATEST else headless.count(),
        "unheld": unheld_opinions(HOLDS_PEN, localdate()),
        "is_empty": not shown and not City.objects.exists(),
        "awaiting_count": awaiting_opening(localdate()).count(),
        "sprays": sprays(now(), timedelta(days=1)),
        "asks": read_asks(help_line(request.person, localdate()))[0],
    }


def other(request, face):
    """All others: what waits in the plan. Who holds nothing any more reads what ended, and when."""
    former = None if face else last_ended(request.person, localdate())
    title = title_of(former) if former else ""
    return {"former": former, "former_title": title, **_heaps(heaps_for(request.person, now()))}


PAGES = {
    **{role: (school_adult, "web/today/school.html") for role in SCHOOL_ROLES},
    GUARDIAN: (guardian, "web/today/guardian.html"),
    PUPIL: (pupil, "web/today/pupil.html"),
    Role.OPERATOR: (operator, "web/today/operator.html"),
    **{role: (city, "web/today/city.html") for role in CITY_ROLES},
    **{role: (state, "web/today/state.html") for role in STATE_ROLES},
}
