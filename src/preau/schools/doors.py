"""The ways into this room."""

from preau.kit.rooms.doors import Door, Tab, Verb
from preau.people.models import CLASS_ROLES, Role
from preau.schools.faces import of_city, of_classroom, of_school
from preau.schools.rules.displays import can_arrange_dispositif

DOORS = (
    Door(30, "La liste", "schools:classroom", CLASS_ROLES, of_classroom),
    Door(50, "Élèves et équipes", "schools:school", (Role.SCHOOL_HEAD,), of_school),
    Tab(70, "Affichages", "schools:{kind}_displays", ("group",), can_arrange_dispositif),
    Verb(
        40, "Donner ma classe", "schools:give_class", (Role.TEACHER,), of_classroom,
        icon="hand-helping", hint="un jour, ou plus",
    ),
    Verb(
        20, "Nos agents", "schools:city_staff", (Role.CITY_EDUCATION,), of_city,
        icon="id-card", hint="dans les écoles",
    ),
)  # fmt: skip
