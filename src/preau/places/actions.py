"""The only writes about places: what opens, what closes."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.timezone import localdate

from preau.journal.actions import record
from preau.kit.answers import Conflict
from preau.kit.rows import lock
from preau.places.models import Building, City, Department, District, Room, School
from preau.places.namesakes import told_apart

TAKEN = "Ce nom est déjà pris\u00a0: choisissez-en un autre."


@transaction.atomic
def add_department(*, person, code, name, academy, now) -> Department:
    """A département by its code, with the holidays written for its academy; the one already known is given back
    unchanged."""
    near = Department.objects.filter(academy=academy).exclude(holidays="").values("holidays", "holidays_source").first()
    facts = {"name": name, "academy": academy, **(near or {})}
    department, made = Department.objects.get_or_create(code=code, defaults=facts)
    if made:
        _journal(person, "department_added", department, now)
    return department


@transaction.atomic
def write_holidays(*, person, department, holidays, source, now) -> Department:
    """The school holidays of a département, which are its academy's: of each other of that academy too. `holidays` as
    `queries.written_holidays` reads them, empty to take them back."""
    locked = Department.objects.select_for_update(no_key=True).filter(academy=department.academy)
    for one in locked.order_by("pk"):
        one.holidays, one.holidays_source = holidays, source if holidays else ""
        one.save(update_fields=["holidays", "holidays_source"])
        _journal(person, "holidays_written", one, now, fields=["holidays", "holidays_source"])
    department.refresh_from_db(fields=["holidays", "holidays_source"])
    return department


@transaction.atomic
def add_city(*, person, name, department, now, slug="", host="", is_fictitious=False) -> City:
    """A commune of a département."""
    city = City.objects.create(
        name=name, slug=slug or slugify(name), department=department, host=host, is_fictitious=is_fictitious
    )
    _journal(person, "city_added", city, now)
    return city


@transaction.atomic
def add_district(*, person, name, department, now) -> District:
    """A circonscription of a département."""
    district = District.objects.create(name=name, department=department)
    _journal(person, "district_added", district, now)
    return district


@transaction.atomic
def add_school(*, person, city, name, kind, now, slug="", **facts) -> School:
    """A school of a city, made up as its city is; `facts` are any of its other fields, empty when not published."""
    school = School.objects.create(
        city=city,
        name=name,
        kind=kind,
        slug=slug or free_slug(city=city, name=name, kind=kind),
        is_fictitious=city.is_fictitious,
        **facts,
    )
    _journal(person, "school_added", school, now)
    tell_schools_apart(city=city)
    school.refresh_from_db(fields=["shown_name"])
    return school


@transaction.atomic
def tell_schools_apart(*, city):
    """Writes how each school of a city reads among the others; for whoever adds, removes, names or moves one.

    Closed schools count: lists of past years name them beside the open ones. Derived, so that the journal says nothing.
    """
    _lock_city(city.pk)
    schools = list(School.objects.filter(city=city).order_by("id"))
    told = told_apart(schools, School.TOLD_BY)
    changed = [school for school in schools if school.shown_name != told[school.pk]]
    for school in changed:
        school.shown_name = told[school.pk]
    School.objects.bulk_update(changed, ["shown_name"], batch_size=100)


@transaction.atomic
def attach_to_district(*, person, school, district, now) -> School:
    """Says which circonscription follows the school; its IEN sees it from then on."""
    school = lock(school)
    school.district = district
    school.save(update_fields=["district"])
    _journal(person, "school_attached_to_district", school, now, fields=["district"])
    return school


@transaction.atomic
def close_school(*, person, school, last_day: date, now) -> School:
    """Writes the last day a school is open. Raises Conflict."""
    school = lock(school)
    if school.closed_on:
        raise Conflict("Cette école a déjà une date de fermeture. Annulez-la d’abord.")
    school.closed_on = last_day
    school.save(update_fields=["closed_on"])
    _journal(person, "school_closed", school, now, fields=["closed_on"])
    return school


@transaction.atomic
def write_opening(*, person, school, first_day: date | None, now) -> School:
    """Writes the first day a school is open, None when it is not known. Raises Conflict."""
    school = lock(school)
    if first_day and school.closed_on and first_day > school.closed_on:
        raise Conflict("L’école a fermé avant ce jour. Écrivez une date moins tardive.")
    school.opened_on = first_day
    school.save(update_fields=["opened_on"])
    _journal(person, "school_opening_written", school, now, fields=["opened_on"])
    return school


@transaction.atomic
def reopen_school(*, person, school, now) -> School:
    """Takes the last day back: closing was a mistake."""
    school = lock(school)
    school.closed_on = None
    school.save(update_fields=["closed_on"])
    _journal(person, "school_reopened", school, now, fields=["closed_on"])
    return school


@transaction.atomic
def edit_school_contact(*, person, school, now, source="", **contact) -> School:
    """Changes the address, telephone or e-mail a school publishes, and says from where and when they are known.

    The journal keeps what they were. Raises KeyError for any other fact.
    """
    if unknown := set(contact) - set(School.CONTACT):
        raise KeyError(f"not a contact of a school: {sorted(unknown)}")
    if "address" in contact:  # before the school, as an import does
        _lock_city(school.city_id)
    locked = lock(school)
    changed = [name for name, value in contact.items() if getattr(locked, name) != value]
    if changed:
        former = {name: getattr(locked, name) for name in (*changed, "contact_source", "contact_as_of")}
        for name in changed:
            setattr(locked, name, contact[name])
        locked.contact_source, locked.contact_as_of = source, localdate(now)
        locked.save(update_fields=[*changed, "contact_source", "contact_as_of"])
        _journal(person, "school_contact_edited", locked, now, values=former)
        if "address" in changed:
            tell_schools_apart(city=locked.city)
            locked.refresh_from_db(fields=["shown_name"])
    return locked


@transaction.atomic
def locate_school(*, person, school, latitude, longitude, source, now) -> School:
    """Where the school is: WGS 84 decimal degrees and who says so; None twice when it is no longer known."""
    locked = lock(school)
    locked.latitude, locked.longitude = latitude, longitude
    locked.location_source = "" if latitude is None else source
    fields = ["latitude", "location_source", "longitude"]
    locked.save(update_fields=fields)
    _journal(person, "school_located", locked, now, fields=fields)
    return locked


@transaction.atomic
def add_building(*, person, school, name, now) -> Building:
    """A building of a school. Raises Conflict when the name is taken."""
    return _kept(person, Building(school=school, name=name), "building_added", now)


@transaction.atomic
def rename_building(*, person, building, name, now) -> Building:
    """Another name for a building. Raises Conflict when the name is taken."""
    building = lock(building)
    building.name = name
    return _kept(person, building, "building_renamed", now, fields=["name"])


@transaction.atomic
def add_room(*, person, building, name, now, **facts) -> Room:
    """A room of a building; `facts` are its floor, kind and power. Raises Conflict when the name is taken."""
    return _kept(person, Room(building=building, name=name, **facts), "room_added", now)


@transaction.atomic
def edit_room(*, person, room, now, **facts) -> Room:
    """Any of a room's facts; a day in `closed_on` takes it out of use, None brings it back. Raises Conflict when the
    name is taken."""
    room = lock(room)
    changed = [name for name, value in facts.items() if getattr(room, name) != value]
    for name in changed:
        setattr(room, name, facts[name])
    return _kept(person, room, "room_edited", now, fields=changed) if changed else room


def _kept(person, place, verb, now, fields=()):
    try:
        with transaction.atomic():
            place.save()
    except IntegrityError:
        raise Conflict(TAKEN, "name")
    _journal(person, verb, place, now, fields=fields)
    return place


def _lock_city(city_id):
    """One writer of a city's names at a time; rows that point at the city are still added meanwhile."""
    City.objects.select_for_update(no_key=True).get(pk=city_id)


def free_slug(*, city, name, kind, taken=()) -> str:
    """An address not yet used: the name, then with the kind, then with the city, then a number.

    Two cities of one base may share a host name, where an address opens one school: it is free of both.
    """
    used = {*School.objects.values_list("slug", flat=True), *taken}
    base = slugify(name)[:50] or "ecole"
    for candidate in (base, f"{base}-{slugify(School.Kind(kind).label)}", f"{base}-{city.slug[:20]}"):
        if candidate not in used:
            return candidate
    number = 2
    while f"{base}-{number}" in used:
        number += 1
    return f"{base}-{number}"


def _journal(person, verb, subject, now, fields=(), values=None):
    record(
        person_id=person.pk if person else None,
        verb=verb,
        subject=subject,
        now=now,
        place_id=subject.pk,
        fields=fields,
        values=values,
    )
