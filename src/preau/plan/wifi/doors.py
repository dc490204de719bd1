"""The ways into this room."""

from preau.kit.rooms.doors import Door, Page, Verb
from preau.people.models import TEACHER_ROLES, Role
from preau.plan.equipment.rules import READERS
from preau.schools.faces import of_school

DOORS = (
    Door(90, "Wi-Fi", "wifi:school_wifi", TEACHER_ROLES, of_school),
    Verb(
        30, "Wi-Fi", "wifi:school_wifi", (*TEACHER_ROLES, Role.SCHOOL_HEAD), of_school,
        icon="wifi", hint="l’allumer pour une séance",
    ),
    Page(130, "Wi-Fi", "Où il est allumé, et le registre de chaque école.", "wifi:wifi_home", READERS),
)  # fmt: skip
