"""The ways into this room."""

from preau.ent.afterschool.rules import (
    CLASS_TEAM,
    can_name_team,
    can_read_class_day,
    can_read_school_day,
    can_read_site_day,
)
from preau.kit.rooms.doors import Door, Tab, Verb
from preau.people.models import SITE_ROLES, Role
from preau.schools.faces import of_afterschool, of_city, of_classroom, of_school_alone

DOORS = (
    Door(35, "Ce midi, ce soir", "afterschool:classroom_day", CLASS_TEAM, of_classroom),
    Door(35, "Ce midi, ce soir", "afterschool:school_day", (Role.SCHOOL_HEAD,), of_school_alone),
    Door(25, "L’équipe", "afterschool:team", (Role.SITE_MANAGER,), of_afterschool),
    Door(45, "Périscolaire", "afterschool:city_sites", (Role.CITY_EDUCATION,), of_city),
    Verb(5, "Ce midi, ce soir", "afterschool:classroom_day", (Role.ATSEM,), of_classroom,
         icon="list-checks", hint="qui mange, qui reste"),
    Verb(5, "Ce jour", "afterschool:afterschool_day", SITE_ROLES, of_afterschool,
         icon="users", hint="les enfants attendus"),
    Tab(40, "Midi et soir", "afterschool:{kind}_day", ("classroom",), can_read_class_day),
    Tab(40, "Midi et soir", "afterschool:{kind}_day", ("school",), can_read_school_day),
    Tab(40, "Ce jour", "afterschool:{kind}_day", ("afterschool",), can_read_site_day),
    Tab(50, "L’équipe", "afterschool:team", ("afterschool",), can_name_team),
)  # fmt: skip
