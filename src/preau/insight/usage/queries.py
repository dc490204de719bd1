"""Named reads: where a person's visit counts, and the table of a week."""

import datetime
from dataclasses import dataclass

from django.db.models import QuerySet

from preau.insight.usage import dnma
from preau.insight.usage.models import ClosedWeek, Profile, WeekUse
from preau.kit.dates import day_text
from preau.kit.money import NBSP, group
from preau.people.models import CLASS_ROLES, Person, Role
from preau.people.queries import current_mandates
from preau.places.models import School
from preau.schools.models import Enrolment, Guardianship

PROFILES = {
    Role.TEACHER: Profile.TEACHER,
    Role.SUPPLY_TEACHER: Profile.TEACHER,
    Role.SCHOOL_HEAD: Profile.STAFF,
    Role.AESH: Profile.STAFF,
    Role.ATSEM: Profile.STAFF,
}


@dataclass(frozen=True)
class Standing:
    """As what, and in which schools of which cities, a person's visit counts."""

    profile: str
    schools: tuple  # ((city id, school id), …)


def standing_of(person: Person, face: str | None, today: datetime.date) -> Standing | None:
    """None for those who stand in no school: the city's and the State's own visits are not a school's use.

    `face` is the key chosen at the top of the page: a mandate's id, « guardian », « pupil » or nothing.
    """
    held = [m for m in current_mandates(person, today) if m.role in (Role.SCHOOL_HEAD, *CLASS_ROLES)]
    chosen = next((m for m in held if str(m.pk) == face), None)
    if chosen is None and held and face != "guardian":
        chosen = held[0]
    if chosen is not None:
        school = chosen.school or chosen.classroom.school
        return Standing(PROFILES[chosen.role], ((school.city_id, school.pk),))
    if current_mandates(person, today) and face != "guardian":
        return None
    return _family_standing(person, today)


def _family_standing(person, today):
    """One read: the person's own enrolment, or those of the children they answer for."""
    children = Guardianship.objects.reached(today).filter(guardian=person).values("child")
    rows = Enrolment.objects.current(today).filter(pupil__in=[person.pk]) | Enrolment.objects.current(today).filter(
        pupil__in=children
    )
    found = sorted(set(rows.values_list("school__city_id", "school_id", "pupil_id")))
    own = tuple((city, school) for city, school, pupil in found if pupil == person.pk)
    if own:
        return Standing(Profile.PUPIL, own[:1])
    schools = tuple(sorted({(city, school) for city, school, _ in found}))
    return Standing(Profile.GUARDIAN, schools) if schools else None


def closed_weeks() -> list[str]:
    """Newest first."""
    return list(ClosedWeek.objects.order_by("-week").values_list("week", flat=True)[:60])


@dataclass(frozen=True)
class Line:
    """One line of the page: a label and its cell."""

    label: str
    use: WeekUse

    @property
    def duration_text(self) -> str:
        """« 14 min », « 12 h 05 », rounded to the minute."""
        hours, minutes = divmod((self.use.duration_seconds + 30) // 60, 60)
        return f"{group(hours)}{NBSP}h{NBSP}{minutes:02d}" if hours else f"{minutes}{NBSP}min"


def lines_by_profile(uses: list[WeekUse]) -> list[Line]:
    """All profiles together, then each, for every service together."""
    names = {"": "Tous les profils", **{value: label.capitalize() for value, label in Profile.choices}}
    cells = {use.profile: use for use in uses if use.service == ""}
    return [Line(label, cells[key]) for key, label in names.items() if key in cells]


def lines_by_service(uses: list[WeekUse]) -> list[Line]:
    cells = {use.service: use for use in uses if use.profile == "" and use.service}
    return [Line(label, cells[key]) for key, label in dnma.labels().items() if key in cells]


def lines_by_school(uses: QuerySet) -> list[Line]:
    """Each school, every profile and service together."""
    rows = uses.filter(profile="", service="", school__isnull=False).select_related("school")
    return [Line(use.school.shown_name, use) for use in rows.order_by("school__sort_key", "school_id")]


def use_told_of(school: School) -> str:
    """« 41 personnes et 132 visites, la semaine du 16 novembre 2026 », the last closed one, masked under five; nothing
    when none was measured. One read."""
    cell = WeekUse.objects.filter(school=school, profile="", service="").order_by("-week").first()
    if cell is None:
        return ""
    year, number = cell.week.split("-W")
    monday = f"la semaine du {day_text(datetime.date.fromisocalendar(int(year), int(number), 1))}"
    if cell.is_masked:
        return f"moins de 5 personnes, nombre masqué, {monday}"
    users = f"{cell.users_count} personne{'s' if cell.users_count > 1 else ''}"
    return f"{users} et {cell.visits_count} visite{'s' if cell.visits_count > 1 else ''}, {monday}"


def cells_of(uses: QuerySet, *, school: School | None, city_id) -> list[WeekUse]:
    """The cells of one school, or of the whole city."""
    place = {"school": school} if school else {"school": None, "city_id": city_id}
    return list(uses.filter(**place).order_by("profile", "service"))
