"""« Aujourd’hui » of a pupil who reads: what is to do, six pictures, then what the class said."""

from functools import lru_cache
from uuid import uuid4

from django.db.models import CharField
from django.utils.timezone import localdate

from preau.ent.agenda import queries as agenda
from preau.ent.homework import queries as homework
from preau.ent.mail import queries as mail
from preau.ent.mail.rules import participations_of
from preau.ent.portal import queries as portal
from preau.ent.portal.views.life import page_after
from preau.kit.prepared import Asked, Prepared
from preau.kit.rooms.doors import read_tile_lines
from preau.kit.rooms.told import gathered
from preau.people.models import Person
from preau.schools.queries.displays import arrangement_of
from preau.spaces import audiences
from preau.spaces.queries import select_memberships
from preau.web.navigation import SAID, TILES, lines_of_tiles, tiles_of
from preau.web.views.family import reader_of


def pupil(request, face):
    """In large letters, without a way out."""
    memberships = audiences.memberships_of(request.person, localdate())
    profiles, before = (audiences.Profile.PUPIL,), page_after(request)
    home = portal.stream(reader_of(request), memberships, profiles=profiles, before=before)
    return {**home.shown, "after": home.after, "links": False} | ({} if before else _tiled(request, face, memberships))


def _tiled(request, face, memberships):
    """The top of a pupil's home; older things have a page of their own. What comes, what is to be done for the next
    day and messages to read are one query."""
    person, day = request.person, localdate()
    chosen = select_memberships(memberships, profiles=(audiences.Profile.PUPIL,))
    mine = agenda.spaces_of(chosen, day)
    own = [m.audience for m in chosen if m.kind == audiences.CHILD and m.is_current(day) and not m.stop_id]
    keys, places = [m.audience for m in mine], [m.place_id for m in mine]
    rows = _lines(day, len(mine), len(own)).rows(*keys, *places, person.pk, *own)
    coming, rows = agenda.read_coming(rows)
    next_day, rows = homework.read_lines(rows, day)
    unread, rows = mail.read_unread(rows)
    to_do, news, _ = read_tile_lines(rows)
    return {
        "tiles": arrangement_of(face.enrolment.pupil).few(tiles_of(face)[:TILES]),
        "to_do": to_do[:SAID],
        "news": news[:SAID],
        "coming": coming,
        "homework": next_day,
        "unread": unread,
    }


@lru_cache(maxsize=32)
def _lines(day, spaces_count, own_count):
    """Asked with the audiences of a pupil, their places, the pupil, the pupil's own audiences: nothing else of them is
    in the SQL (kit/prepared.py)."""
    invented = [uuid4() for _ in range(spaces_count + 1)]
    *places, pupil_id = invented
    person, first_own = Person(pk=pupil_id), spaces_count + len(invented)
    own = [Asked(first_own + rank, CharField) for rank in range(own_count)]
    mine = [
        audiences.Membership(Asked(rank, CharField), audiences.Profile.PUPIL, None, day, None, audiences.SCHOOL, place)
        for rank, place in enumerate(places)
    ]
    parts = [
        agenda.reaching_lines(mine, day),
        homework.pupil_lines([*(m.audience for m in mine), *own], places, person, day),
        mail.unread_line(person, participations_of(person, day)),
        *lines_of_tiles(person, day),
    ]
    return Prepared(gathered(parts), {one: spaces_count + rank for rank, one in enumerate(invented)})
