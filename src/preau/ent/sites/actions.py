"""What a head and a city change on their public pages. Each raises the generation: kept pages are renewed at once."""

import datetime
import uuid

from django.db import transaction
from django.utils.timezone import localdate

from preau.ent.sites.models import CitySite, SchoolSite, UrgentBanner
from preau.journal.actions import record
from preau.people.models import Person
from preau.places.actions import edit_school_contact
from preau.places.models import City, School
from preau.schools.actions import refuse_unread
from preau.schools.queries.named import why_held
from preau.spaces.actions import raise_generation

WORDS = ("head_days", "absence_words", "enrolment_words")  # of a school's pages, in its own words
ALL_CITIES = uuid.UUID(int=0)  # the place of pages that show every city of the base


@transaction.atomic
def edit_school_site(
    *, person: Person, school: School, now: datetime.datetime, is_sure: bool = False, **facts
) -> SchoolSite:
    """Changes hours, words and contact of a school's pages. Raises Held, unless who writes is sure of the words."""
    contact = {name: facts.pop(name) for name in School.CONTACT if name in facts}
    edit_school_contact(person=person, school=school, source="écrit par l’école", now=now, **contact)
    site, _ = SchoolSite.objects.select_for_update().get_or_create(school=school)
    changed = _change(site, facts)
    _refuse_unread(school, (facts[name] for name in changed if name in WORDS), is_sure, now)
    if changed:
        record(person_id=person.pk, verb="edit_school_site", subject=site, now=now, place_id=school.pk, fields=changed)
    raise_generation(place_id=school.pk)
    return site


@transaction.atomic
def edit_city_site(*, person: Person, city: City, now: datetime.datetime, **facts) -> CitySite:
    """Changes the legal words of a city's pages."""
    site, _ = CitySite.objects.select_for_update().get_or_create(city=city)
    changed = _change(site, facts)
    if changed:
        record(person_id=person.pk, verb="edit_city_site", subject=site, now=now, place_id=city.pk, fields=changed)
    raise_generation(place_id=city.pk)
    raise_generation(place_id=ALL_CITIES)
    return site


def _change(row, facts) -> list[str]:
    """Sets and saves the fields that differ; returns their names."""
    changed = [name for name, value in facts.items() if getattr(row, name) != value]
    if changed:
        for name in changed:
            setattr(row, name, facts[name])
        row.save(update_fields=changed)
    return changed


@transaction.atomic
def show_banner(
    *,
    person: Person,
    school: School,
    text: str,
    detail: str,
    ends_at: datetime.datetime,
    now: datetime.datetime,
    is_sure: bool = False,
) -> UrgentBanner:
    """Puts an urgent message on a school's pages, in place of the one before. Raises Held, unless the head is sure."""
    _refuse_unread(school, (text, detail), is_sure, now)
    _take_down(person, school, now)
    banner = UrgentBanner.objects.create(
        school=school, text=text, detail=detail, author=person, starts_at=now, ends_at=ends_at
    )
    record(person_id=person.pk, verb="show_banner", subject=banner, now=now, place_id=school.pk, fields=["text"])
    raise_generation(place_id=school.pk)
    return banner


@transaction.atomic
def remove_banner(*, person: Person, school: School, now: datetime.datetime) -> int:
    """Takes the urgent message down; 0 when there was none left."""
    removed = _take_down(person, school, now)
    raise_generation(place_id=school.pk)
    return removed


def _refuse_unread(school, words, is_sure, now):
    refuse_unread(why=why_held("\n".join(words), school, localdate(now)), is_sure=is_sure)


def _take_down(person, school, now):
    shown = UrgentBanner.objects.select_for_update().filter(school=school, removed_at=None, ends_at__gt=now)
    for banner in shown:
        banner.removed_at = now
        banner.save(update_fields=["removed_at"])
        record(person_id=person.pk, verb="remove_banner", subject=banner, now=now, place_id=school.pk)
    return len(shown)
