"""An announcement is written: a draft that nobody reads but its service, until it is confirmed."""

import datetime
import re
from collections.abc import Iterable

from django.db import transaction
from django.utils.timezone import localdate

from preau.ent.announcements import queries, rules
from preau.ent.announcements.models import KIND, Announcement, AnnouncementTarget, Readers
from preau.journal.actions import record
from preau.kit import rich
from preau.kit.answers import Conflict, allow
from preau.kit.dates import PAST_DAY
from preau.kit.names import named_in
from preau.kit.rows import lock
from preau.notify.models import Level
from preau.people.models import Person
from preau.places.models import City, School, kind_of
from preau.schools.actions import refuse_unread
from preau.schools.queries.named import why_held_by
from preau.spaces import actions as spaces

STRIKE = re.compile(r"\bgrèv", re.I)
STRIKER = "Une annonce de grève ne nomme personne\u00a0: retirez le nom {}."
NOT_OURS = "Une de ces écoles n’est pas, ou n’est plus, de celles où vous écrivez\u00a0: choisissez-en d’autres."
NOT_SERVED = "Aucune de ces écoles n’a ce service, d’après vos sites périscolaires\u00a0: choisissez-en d’autres."
ONLY_ITS_FAMILIES = "Une annonce à un service est pour ses familles\u00a0: choisissez «\u00a0les familles\u00a0»."
NO_LEVELS = "Choisissez un service ou des niveaux, pas les deux\u00a0: un service est pour tous les niveaux."
NO_HALF = (
    "Une annonce «\u00a0Ville + École\u00a0» est pour toutes les familles\u00a0: retirez le service, ou cette case."
)
NO_SITE = "Seule la Ville montre une annonce sur le site des écoles."


@transaction.atomic
def write_announcement(
    *,
    person: Person,
    place,
    title: str,
    text: str,
    level: str,
    readers: str,
    now: datetime.datetime,
    schools: Iterable[School] = (),
    levels: Iterable[str] = (),
    service: str = "",
    urgent_reason: str = "",
    shown_until: datetime.date | None = None,
    asks_schools: bool = False,
    announcement: Announcement | None = None,
    is_sure: bool = False,
) -> Announcement:
    """A draft of a city, a circonscription or a département, for some of its schools, or for all when none is named;
    for the families of one `service` there (`Activity.Kind`). `announcement`, one of its drafts, is written again.
    Nothing leaves before `confirm_sending`. Raises Refused, Conflict with its field, Held for sites if not sure."""
    _allow_addressing(person, place, readers, now)
    schools, today = list(schools), localdate(now)
    if len(schools) != queries.schools_of(place, today).filter(pk__in=[each.pk for each in schools]).count():
        raise Conflict(NOT_OURS, "schools")
    if shown_until and not isinstance(place, City):
        raise Conflict(NO_SITE, "shown_until")
    if shown_until and shown_until < today:
        raise Conflict(PAST_DAY, "shown_until")
    if shown_until:
        shown_by = schools or queries.schools_of(place, today)
        refuse_unread(why=why_held_by(f"{title}\n{text}", shown_by, today), is_sure=is_sure)
    said = {"readers": readers, "levels": list(levels), "shown_until": shown_until, "asks_schools": asks_schools}
    said |= {"service": service} | words(title=title, text=text, level=level, urgent_reason=urgent_reason)
    places = _services(place, said, schools, today) if service else schools or [place]
    return keep(person=person, place=place, announcement=announcement, said=said, places=places, now=now)


def _services(place, said, schools, today):
    """Those that it is for; each of them whole, as a class of several levels is."""
    for refused, sentence, field in (
        (said["readers"] != Readers.FAMILIES, ONLY_ITS_FAMILIES, "readers"),
        (said["levels"], NO_LEVELS, "levels"),
        (said["asks_schools"], NO_HALF, "asks_schools"),
    ):
        if refused:
            raise Conflict(sentence, field)
    found = queries.services_of(place, said["service"], schools, today) if isinstance(place, City) else []
    if not found:
        raise Conflict(NOT_SERVED, "service")
    return found


@transaction.atomic
def write_half(
    *,
    person: Person,
    joined_to: Announcement,
    school: School,
    title: str,
    text: str,
    now: datetime.datetime,
) -> Announcement:
    """« Ville + École »: what the school says, to the same readers and as strongly as the city. It leaves alone, when
    its head signs. Raises Refused, Conflict."""
    joined_to = lock(joined_to, "publication")  # two heads of one school write one half
    allow(rules.can_write_half, person, joined_to, school, now=now)
    said = {"readers": joined_to.readers, "levels": joined_to.levels, "joined_to": joined_to}
    said |= words(title=title, text=text, level=joined_to.level, urgent_reason=joined_to.urgent_reason)
    return keep(person=person, place=school, announcement=None, said=said, places=[school], now=now)


@transaction.atomic
def correct_half(
    *, person: Person, announcement: Announcement, title: str, text: str, now: datetime.datetime
) -> Announcement:
    """Writes the half of a school again, before it leaves."""
    school = announcement.publication.place
    said = words(title=title, text=text, level=announcement.level, urgent_reason=announcement.urgent_reason)
    return keep(person=person, place=school, announcement=announcement, said=said, places=[school], now=now)


@transaction.atomic
def discard_draft(*, person: Person, announcement: Announcement, now: datetime.datetime) -> None:
    """Forgets a draft for good. Raises Refused once it left, or is about to."""
    announcement = lock(announcement, "publication")
    allow(rules.can_discard, person, announcement, now=now)
    place_id = announcement.publication.place_id
    record(person_id=person.pk, verb="announcement.discard", subject=announcement, now=now, place_id=place_id)
    spaces.discard(publication=announcement.publication)


def _allow_addressing(person, place, readers, now):
    """A wrong choice of readers keeps what was typed."""
    allow(rules.can_announce_from, person, place, now=now)
    may = rules.can_address(person, place, readers, localdate(now))
    if not may:
        raise Conflict(may.reason, "readers")


def words(*, title, text, level, urgent_reason=""):
    """The fields of what was typed."""
    reason = urgent_reason.strip() if level == Level.URGENT else ""
    text = rich.tidy(text)
    return {"title": title.strip(), "text": text, "html": rich.from_text(text), "level": level, "urgent_reason": reason}


def keep(*, person, place, announcement, said, places, now, may=rules.can_change):
    """A new draft of a place, or this one written again, for these places."""
    verb = "announcement.rewrite" if announcement else "announcement.write"
    if announcement:
        announcement = lock(announcement, "publication")
        allow(may, person, announcement, now=now)
        announcement.targets.all().delete()
    else:
        announcement = Announcement()
    for name, value in said.items():
        setattr(announcement, name, value)
    if announcement._state.adding:
        announcement.publication = spaces.open_draft(person=person, place=place, kind=KIND, now=now)
    announcement.save()
    spaces.make_searchable(publication=announcement.publication, title=announcement.title, text=announcement.text)
    AnnouncementTarget.objects.bulk_create(
        AnnouncementTarget(announcement=announcement, **{kind_of(each): each}) for each in places
    )
    refuse_names(announcement=announcement, now=now)
    record(person_id=person.pk, verb=verb, subject=announcement, now=now, place_id=place.pk, fields=["title", "text"])
    return announcement


def refuse_names(*, announcement: Announcement, now: datetime.datetime) -> None:
    """A strike names nobody; nor does what a city and a school say together. Raises Conflict."""
    text = f"{announcement.title}\n{announcement.text}"
    if not (announcement.is_joint or STRIKE.search(text)):
        return
    today = localdate(now)
    names = queries.adults_named(queries.schools_reached(announcement, today), today)
    if named := named_in(text, names):
        raise Conflict(STRIKER.format(named), "text")
