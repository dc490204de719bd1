"""What a person finds of announcements: those that wait, those they received."""

import datetime
import uuid
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet, prefetch_related_objects

from preau.ent.announcements.models import Announcement, AnnouncementTarget
from preau.ent.announcements.queries.counts import TEAM
from preau.kit.rows import in_any
from preau.notify.models import Expected
from preau.people.models import Person
from preau.places.models import School
from preau.spaces.audiences import Profile
from preau.spaces.models import Publication, Reach, Stop
from preau.spaces.queries import published_to, select_memberships

LATEST = 20
SHOWN = (
    "publication__author", "publication__city", "publication__district", "publication__department",
    "publication__school", "proposed_by",
)  # fmt: skip
FAMILY = (Profile.FAMILY,)


def received(memberships: Iterable, today: datetime.date) -> list[uuid.UUID]:
    """Ids of all that reached these memberships, the newest first: a page then reads its own twenty. By the index of
    audiences, then asked again as any publication is; one query."""
    mine = select_memberships(memberships, profiles=FAMILY + TEAM)
    if not mine:
        return []
    near = Reach.objects.filter(audience__in={m.audience for m in mine}).values("publication")
    readable = Publication.objects.filter(published_to(mine, today, also_public=False), pk=OuterRef("publication"))
    rows = Announcement.objects.filter(Exists(readable), publication__in=near)
    return list(rows.order_by("-publication__published_at", "id").values_list("pk", flat=True))


def with_receipts(person: Person, *lists: Iterable[uuid.UUID]) -> list[list[Announcement]]:
    """Of each list of ids the announcements, in its order, with `is_seen` by this person; one query for all."""
    rows = Announcement.objects.filter(pk__in={pk for each in lists for pk in each})
    found = rows.annotate(is_seen=Exists(seen_by(person))).select_related(*SHOWN).in_bulk()
    return [[found[pk] for pk in each] for each in lists]


def read_together(found: list[Announcement]) -> list[Announcement]:
    """Of `with_receipts`: « Ville + École » once, as one page shows it and one press reads it; a half that left after
    the other was read stands alone."""
    seen = {each.pk: each.is_seen for each in found}
    return [each for each in found if seen.get(each.joined_to_id) != each.is_seen]


def seen_by(person) -> QuerySet[Expected]:
    """Of an announcement: this person's (or their id's) own receipt, on a screen or on paper."""
    back = Q(seen_at__isnull=False) | Q(paper_back_at__isnull=False)
    return Expected.objects.filter(back, person=person, notice__publication=OuterRef("publication"))


def addressed_by(memberships: Iterable, today: datetime.date) -> list[str]:
    """The audiences by which an announcement reaches who holds these memberships."""
    mine = select_memberships(memberships, profiles=FAMILY + TEAM)
    return list(dict.fromkeys(m.audience for m in mine if m.is_current(today)))


def as_read_by(announcements: QuerySet[Announcement], person: Person, mine: list) -> QuerySet[Announcement]:
    """Each with `is_seen`, and `is_for_reader`: whether it reaches this person by `mine`, audiences or expressions of
    them."""
    reached = Reach.objects.filter(publication=OuterRef("publication"), audience__in=mine)
    found = announcements.annotate(is_seen=Exists(seen_by(person)), is_for_reader=Exists(reached))
    return found.select_related(*SHOWN)


def is_awaited(announcement: Announcement, person: Person) -> bool:
    """Of one `as_read_by` this person: whether they still have to say that they have read it."""
    publication = announcement.publication
    is_theirs = announcement.is_for_reader and publication.author_id != person.pk
    return is_theirs and not announcement.is_seen and publication.state == Publication.State.PUBLISHED


def one_and_halves(announcement_id: uuid.UUID) -> Q:
    """An announcement, and what may be the others of « Ville + École »."""
    city = Announcement.objects.filter(pk=announcement_id).values("joined_to")
    return Q(pk=announcement_id) | Q(joined_to=announcement_id) | Q(pk__in=city)


def halves_beside(announcement: Announcement, found: Iterable[Announcement]) -> list[Announcement]:
    """Of « Ville + École », what the others say: the city's half, or those of the schools, among those found."""
    others = [
        each
        for each in found
        if announcement.pk == each.joined_to_id or announcement.joined_to_id == each.pk
        if each.publication.state == Publication.State.PUBLISHED
    ]
    return sorted(others, key=lambda each: (each.publication.published_at, each.pk))


def latest_with(announcements: QuerySet[Announcement], condition: Q) -> QuerySet:
    """(id, whether it meets this condition) of the last twenty, the newest first."""
    meets = Exists(Announcement.objects.filter(condition, pk=OuterRef("pk")))
    return announcements.order_by("-publication__created_at", "id").values_list("pk", meets)[:LATEST]


def halves_asked(asked: list[Announcement], schools: Iterable) -> list[tuple]:
    """(what the city asks, one of these schools that it is for, its last half or None); two queries at most."""
    if not asked or not schools:
        return []
    prefetch_related_objects(asked, "targets")
    halves = Announcement.objects.filter(joined_to__in=asked).select_related("publication")
    halves = halves.order_by("publication__created_at")
    written = {(half.joined_to_id, half.publication.school_id): half for half in halves}
    return [
        (each, school, written.get((each.pk, school.pk)))
        for each in asked
        for school in schools
        if {target.place_id for target in each.targets.all()} & {school.pk, school.city_id}
    ]


def half_begun(announcement: Announcement, school: School) -> dict[str, str]:
    """What the half of this school begins with: the city's title, or the words of the one that it took back."""
    former = announcement.halves.filter(publication__school=school).order_by("-publication__created_at").first()
    return {"title": former.title, "text": former.text} if former else {"title": announcement.title}


def sent_from(place) -> QuerySet[Announcement]:
    """All that a place said or prepares, the newest first."""
    here = {f"publication__{place._meta.model_name}": place}
    return Announcement.objects.filter(**here).select_related(*SHOWN).order_by("-publication__created_at", "id")


def shown_on_site(school: School, today: datetime.date) -> list[Announcement]:
    """What the city shows on the public site of this school until a day, the newest first; none while it is stopped.
    One query."""
    stops = Stop.objects.open().filter(readers=Stop.Readers.PUBLIC)
    stops = stops.filter(Q(school=school, part=Stop.Part.WHOLE) | Q(city=school.city_id))
    ways = (("school", school), ("city", school.city_id), ("activity__afterschool__school", school))
    here = in_any("pk", *(AnnouncementTarget.objects.filter(way).values("announcement") for way in ways))
    rows = Announcement.objects.filter(here, ~Exists(stops), shown_until__gte=today)
    rows = rows.filter(publication__state=Publication.State.PUBLISHED).select_related(*SHOWN)
    return list(rows.order_by("-publication__published_at", "id"))
