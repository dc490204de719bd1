"""« Aujourd’hui » of a guardian: one stream for all children, what waits of them, what comes."""

from dataclasses import replace
from datetime import timedelta
from functools import lru_cache
from uuid import uuid4

from django.db.models import CharField
from django.http import Http404
from django.utils.timezone import localdate, now

from preau.ent.agenda import queries as agenda
from preau.ent.announcements import queries as announcements
from preau.ent.attendance import queries as absences
from preau.ent.homework import queries as homework
from preau.ent.homework.rules import readers_of
from preau.ent.mail import queries as mail
from preau.ent.mail.rules import participations_of
from preau.ent.notes import queries as notes
from preau.ent.portal import queries as portal
from preau.ent.portal.views.life import page_after
from preau.ent.portfolio import queries as portfolio
from preau.ent.yearfile import queries as yearfile
from preau.kit.prepared import Asked, Prepared
from preau.kit.rooms.told import gathered
from preau.notify.models import Level
from preau.people.models import Person
from preau.people.rules import WHY_AN_ADDRESS, is_offered_mail
from preau.spaces import audiences
from preau.spaces.kinds import Reader
from preau.spaces.queries import select_memberships

ASKED, ASKED_FOR = 3, timedelta(days=7)  # questions on a family's home, and for how long


def guardian(request, face):
    """One stream for all children, or for one; each thing says which child it is about, but for an only child."""
    child_id = _child_asked(request, face)
    memberships = audiences.memberships_of(request.person, localdate())
    before = page_after(request)
    home = portal.family_stream(reader_of(request), memberships, face.children, child_id=child_id, before=before)
    schools = {tag.enrolment.school_id for tag in home.tags if tag.enrolment}
    tags = {tag.child_id: replace(tag, is_said=len(home.tags) > 1) for tag in home.tags}
    to_answer = notes.waiting_for(request.person, memberships, localdate(), now(), child_id) if before is None else []
    return {
        "home": home,
        **home.shown,
        "child_id": child_id,
        "to_answer": [(tags[line.child_id], line.note) for line in to_answer if line.child_id in tags],
        "to_ask": _to_ask(tags, to_answer, home.entries) if before is None else [],
        "thanks": True,
        "mail_offered": WHY_AN_ADDRESS if before is None and is_offered_mail(request.user, now()) else "",
        "is_first_page": before is None,
        "schools_count": len(schools),
        "classes": _classes(home.tags),
    } | (_family_waiting(request.person, memberships, tags, child_id, bool(home.stopped)) if before is None else {})


def _classes(tags):
    """(school, [(classroom, [(child, what its notebook is called)])]): brothers and sisters share them. Those who are
    at no school that day are under None."""
    schools = {}
    for tag in tags:
        school, classroom = (tag.enrolment.school, tag.enrolment.classroom) if tag.enrolment else (None, None)
        notebook = portfolio.name_of(portfolio.level_of(tag.enrolment))
        schools.setdefault(school, {}).setdefault(classroom, []).append((tag, notebook))
    return [(school, list(classrooms.items())) for school, classrooms in schools.items()]


def _family_waiting(person, memberships, tags, child_id, is_stopped):
    """What the agenda says of the fortnight, what is to be done for the next day, announcements and messages to read,
    what the head answers an elected parent, absences that nobody explained, the dossier de rentrée: one query for all.
    Of announcements and of the dossier nothing while a part is stopped: a line does not say of which."""
    day = localdate()
    chosen = select_memberships(memberships, profiles=(audiences.Profile.FAMILY,), child=child_id)
    mine = agenda.spaces_of(chosen, day)
    if is_stopped:
        read = readers_of(chosen, day)
        parts = [
            agenda.family_lines(person, chosen, day),
            absences.unexplained_lines(tags, day),
            homework.family_lines([m.audience for m in read], [m.place_id for m in read], day),
        ]
        rows = gathered([*parts, mail.unread_line(person, participations_of(person, day))])
    else:
        keys, places = [m.audience for m in mine], [m.place_id for m in mine]
        own = [m.audience for m in chosen if m.kind == audiences.CHILD and m.is_current(day)]
        rows = _family_lines(day, len(mine), len(tags), len(own)).rows(*keys, *places, person.pk, *tags, *own)
    coming, rows = agenda.read_family_lines(rows, chosen, day, tags)
    tomorrow, rows = homework.read_lines(rows, day, chosen, tags)
    told, rows = announcements.read_lines(rows)
    refused, rows = announcements.read_refused(rows)
    unread, rows = mail.read_unread(rows)
    year_files, rows = yearfile.read_lines(rows, tags)
    notebooks, rows = portfolio.read_lines(rows, tags)
    explain = [(tags[each.child_id], each) for each in map(absences.Unexplained.of, rows)]
    return {
        "coming": coming,
        "homework": tomorrow,
        "announcements": [one for one in told if one.level != Level.INFO],
        "informing": [one for one in told if one.level == Level.INFO],
        "refused": refused,
        "unread": unread,
        "year_files": year_files,
        "notebooks": notebooks,
        "to_explain": explain,
        "is_missing_today": any(each.day == day for _, each in explain),
    }


@lru_cache(maxsize=32)
def _family_lines(day, spaces_count, children_count, own_count):
    """Asked with the audiences of a guardian, their places, the guardian, their children, the children's own audiences:
    nothing else of them is in the SQL (kit/prepared.py)."""
    invented = [uuid4() for _ in range(spaces_count + 1 + children_count)]
    person, children = Person(pk=invented[spaces_count]), invented[spaces_count + 1 :]
    mine = [
        audiences.Membership(Asked(rank, CharField), audiences.Profile.FAMILY, None, day, None, audiences.SCHOOL, place)
        for rank, place in enumerate(invented[:spaces_count])
    ]
    places, first_own = invented[:spaces_count], spaces_count + len(invented)
    own = [Asked(first_own + rank, CharField) for rank in range(own_count)]
    parts = [
        agenda.family_lines(person, mine, day),
        homework.family_lines([*(m.audience for m in mine), *own], places, day),
        absences.unexplained_lines(children, day),
        announcements.family_lines(person, children, day),
        announcements.refused_lines(person, day),
        mail.unread_line(person, participations_of(person, day)),
        yearfile.home_lines(person, children, day),
        portfolio.home_lines(person, children, day),
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


def _child_asked(request, face):
    asked = request.GET.get("enfant")
    if not asked:
        return None
    mine = {str(child.pk): child.pk for child in face.children}
    if asked not in mine:
        raise Http404
    return mine[asked]


def reader_of(request) -> Reader:
    """Who reads, today, now."""
    return Reader(request.person, localdate(), now())
