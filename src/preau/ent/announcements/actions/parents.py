"""Elected parents are noted by the head of their school; what they write waits for that head, who sends or refuses."""

import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop as _

from preau.ent.announcements import queries
from preau.ent.announcements.actions.writing import keep, words
from preau.ent.announcements.models import Announcement, ElectedParent, Readers
from preau.ent.announcements.rules import parents as rules
from preau.journal.actions import record
from preau.kit import mail
from preau.kit.answers import Conflict, allow
from preau.kit.rows import lock
from preau.notify.models import Level
from preau.notify.queries import leaves_at
from preau.people.models import Person
from preau.places.models import School

NOT_A_PARENT = "Cette personne ne répond d’aucun élève de l’école\u00a0: cherchez un autre nom."
MOST_WAITING = 3
ENOUGH = _("Trois de vos textes attendent déjà la direction\u00a0: attendez sa réponse.")
REFUSED = "announcements.refused"  # the mail to who wrote it
NO_REASON = "Dites en une phrase pourquoi\u00a0: les parents élus la liront."


@transaction.atomic
def name_elected(*, person: Person, school: School, parent: Person, now: datetime.datetime) -> ElectedParent:
    """Noted twice, it is the same. Raises Refused, Conflict for who is no parent there."""
    school, today = lock(school), localdate(now)
    allow(rules.can_name_elected, person, school, now=now)
    if not queries.guardians_in(school, today).filter(pk=parent.pk).exists():
        raise Conflict(NOT_A_PARENT)
    if known := ElectedParent.objects.current(today).filter(school=school, person=parent).first():
        return known
    elected = ElectedParent.objects.create(school=school, person=parent, starts_on=today)
    _record(person, "announcement.name_elected", elected, school.pk, now)
    return elected


@transaction.atomic
def end_elected(*, person: Person, elected: ElectedParent, now: datetime.datetime) -> None:
    """From now on: yesterday is the last day, and who was noted today never was. Raises Refused, Conflict."""
    elected = lock(elected, "school")
    allow(rules.can_end_elected, person, elected, now=now)
    _record(person, "announcement.end_elected", elected, elected.school_id, now)
    last_day = localdate(now) - datetime.timedelta(days=1)
    if last_day < elected.starts_on:
        elected.delete()
        return
    elected.ends_on = last_day
    elected.save(update_fields=["ends_on"])


@transaction.atomic
def propose_words(
    *,
    person: Person,
    school: School,
    title: str,
    text: str,
    now: datetime.datetime,
    announcement: Announcement | None = None,
) -> Announcement:
    """To the families of the school, by its head. `announcement`: one that was refused, written again. Raises Refused,
    Conflict."""
    school = lock(school)  # two texts of one parent are counted in turn
    allow(rules.can_propose, person, school, now=now)
    waiting = rules.proposals_visible_to(person, localdate(now)).filter(queries.WAITS_FOR_HEAD)
    if waiting.count() >= MOST_WAITING:
        raise Conflict(ENOUGH)
    said = words(title=title, text=text, level=Level.INFO) | {"readers": Readers.FAMILIES}
    said |= {"proposed_at": now, "proposed_by": person, "refused_at": None, "refused_reason": ""}
    by = {"person": person, "place": school, "places": [school], "now": now, "may": rules.can_propose_again}
    return keep(announcement=announcement, said=said, **by)


@transaction.atomic
def refuse_words(*, person: Person, announcement: Announcement, reason: str, now: datetime.datetime) -> Announcement:
    """Its reason is read by who wrote it, told by a mail, who may write it otherwise. Raises Refused, Conflict."""
    announcement = lock(announcement, "publication__school__city")
    allow(rules.can_refuse, person, announcement, now=now)
    if not reason.strip():
        raise Conflict(NO_REASON, "reason")
    announcement.refused_at, announcement.refused_reason = now, reason.strip()
    announcement.save(update_fields=["refused_at", "refused_reason"])
    if announcement.proposed_by_id:
        school, key = announcement.publication.school, f"{announcement.pk.hex}:{now.isoformat()}"
        told = (announcement.proposed_by_id, announcement.pk)
        mail.put(REFUSED, *told, key=key, now=now, due_at=leaves_at(school, now))
    _record(person, "announcement.refuse", announcement, announcement.publication.school_id, now)
    return announcement


def _record(person, verb, subject, place_id, now):
    record(person_id=person.pk, verb=verb, subject=subject, now=now, place_id=place_id)
