"""The ways to the agenda: one's own, and that of each space."""

from preau.kit.rooms.doors import Door, Tab
from preau.people.models import CLASS_ROLES, SITE_WRITERS, Role
from preau.schools.faces import GUARDIAN

READERS = (*CLASS_ROLES, *SITE_WRITERS, Role.SCHOOL_HEAD, GUARDIAN)

DOORS = (
    Door(35, "Agenda", "agenda:mine", READERS, covers="/agenda/", icon="calendar-days"),
    Door(36, "Conseils d’école", "agenda:council_list", (Role.IEN, Role.ELECTED, Role.CITY_EDUCATION)),
    Tab(25, "Agenda", "agenda:{kind}_agenda", ("classroom", "group", "afterschool", "school", "city")),
)
