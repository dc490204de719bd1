"""The ways into this room."""

from preau.kit.rooms.doors import Door, Page
from preau.people.models import Role
from preau.plan.applications.rules import CITY_READERS, PENS, TEAM
from preau.plan.equipment.rules import DISTRICT_READERS, STATE_READERS

READERS_OF_FILES = (*TEAM, *STATE_READERS, *DISTRICT_READERS, *CITY_READERS, Role.TRAINER)
WRITERS_OF_OPINIONS = tuple({role for holders in PENS.values() for role in holders})

DOORS = (
    Door(90, "Avis à rendre", "applications:opinion_list", (*STATE_READERS, Role.IEN)),
    Door(100, "Candidatures", "applications:application_list", (Role.TRAINER,)),
    Page(20, "Candidatures", "Le projet de chaque école, et les avis.", "applications:application_list",
         READERS_OF_FILES),
    Page(30, "Appels", "Qui peut candidater, jusqu’à quand.", "applications:call_list", READERS_OF_FILES),
    Page(40, "Avis", "Ceux que vous rendez, ceux que vous lisez.", "applications:opinion_list", WRITERS_OF_OPINIONS),
)  # fmt: skip
