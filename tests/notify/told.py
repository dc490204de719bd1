"""Notices as tests publish them, at hours of a week to come."""

import datetime
from zoneinfo import ZoneInfo

from django.utils.timezone import localdate

from preau.notify import actions
from preau.spaces import actions as spaces
from preau.spaces import audiences

PARIS = ZoneInfo("Europe/Paris")
FAMILIES = [audiences.Readers.FAMILIES]
BY_MAIL = ("guardian", "guardian_coparent", "guardian_other_family")


def at(day, hour, minute=0):
    """In the week that begins on the second Monday to come: no job, which reads the clock, runs after it."""
    monday = localdate() + datetime.timedelta(days=14 - localdate().weekday() + day)
    return datetime.datetime.combine(monday, datetime.time(hour, minute), PARIS)


def said(world, now, *, place=None, who="teacher", is_told=True, **more):
    """Published to the families of a class, announced, its list frozen and its mails queued."""
    place, person = place or world.classrooms["cpb"], world.people[who]
    draft = spaces.open_draft(person=person, place=place, kind="test", now=now)
    publication = spaces.publish(person=person, publication=draft, reached=audiences.keys(place, FAMILIES), now=now)
    notice = actions.announce(publication=publication, person=person, now=now, **more)
    actions.freeze(notice_id=notice.pk, now=now)
    if is_told:
        actions.tell(notice_id=notice.pk, now=now)
    notice.refresh_from_db()
    return notice
