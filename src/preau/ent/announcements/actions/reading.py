"""What comes back: read on a screen, a coupon printed, a coupon returned."""

import datetime

from django.db import transaction
from django.utils.timezone import localdate

from preau.ent.announcements import queries, rules
from preau.ent.announcements.models import Announcement
from preau.ent.announcements.queries import FollowUp
from preau.kit.answers import Conflict, allow
from preau.notify import actions as notify
from preau.notify.models import Expected, Notice
from preau.people.models import Person
from preau.spaces.models import Publication

NOT_YET = "La liste des familles se fait encore\u00a0: recommencez dans une minute."
NOBODY = "Il n’y a pas de coupon à imprimer\u00a0: tous les responsables notés sont joints."


@transaction.atomic
def acknowledge(*, person: Person, announcement: Announcement, now: datetime.datetime) -> None:
    """« J’ai lu », of the other half too, on the same page; for each child of this person. Raises Refused."""
    publication = announcement.publication
    if publication.state != Publication.State.PUBLISHED:
        return
    allow(rules.can_acknowledge, person, announcement, now=now)
    notify.mark_seen(publication=publication, person=person, now=now)
    visible = rules.announcements_visible_to(person, localdate(now)).select_related("publication")
    found = visible.filter(queries.one_and_halves(announcement.pk)) if announcement.is_joint else ()
    for half in queries.halves_beside(announcement, found):
        notify.mark_seen(publication=half.publication, person=person, now=now)


@transaction.atomic
def print_coupons(*, person: Person, announcement: Announcement, now: datetime.datetime) -> FollowUp:
    """Notes that a coupon is out for each guardian not reached of the classes the person follows, and gives them.
    Raises Refused, Conflict."""
    today = localdate(now)
    allow(rules.can_print_coupons, person, announcement, now=now)
    notice = Notice.objects.filter(publication=announcement.publication).first()
    follow = queries.follow_up(notice, rules.enrolments_followed_by(person, today), today, person)
    if not follow.is_frozen:
        raise Conflict(NOT_YET)
    if not follow.coupons:
        raise Conflict(NOBODY)
    rows = Expected.objects.filter(pk__in=[line.expected_id for _, line in follow.coupons])
    notify.note_paper_out(expected=rows, person=person, now=now)
    return follow


@transaction.atomic
def return_coupon(*, person: Person, expected: Expected, now: datetime.datetime) -> Expected:
    """The coupon is back: this family is reached. Scanned twice, it counts once. Raises Refused."""
    allow(rules.can_note_coupon, person, expected, now=now)
    return notify.note_paper_back(expected=expected, person=person, now=now)
