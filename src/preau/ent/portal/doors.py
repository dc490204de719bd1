"""The ways into each space, and its life."""

from django.utils.translation import gettext_noop as _

from preau.ent.portal.rules import can_keep_networks
from preau.ent.thanks.rules import WRITERS
from preau.kit.rooms.doors import Door, Tab, Tile, Verb
from preau.people.models import CITY_ROLES, CLASS_ROLES, SITE_ROLES, Role
from preau.schools.faces import PUPIL, of_afterschool, of_city, of_classroom, of_school, of_school_alone

DOORS = (
    Tile(20, "Ma classe", "portal:classroom_home", (PUPIL,), of_classroom, drawing="kit/tiles/class.svg"),
    Door(20, "Ma classe", "portal:classroom_home", (*CLASS_ROLES, PUPIL), of_classroom),
    Door(40, "Mon école", "portal:school_home", CLASS_ROLES, of_school),
    # A head keeps a school as well as living in it: « Mon école » would be a guess between this and the register.
    Door(40, "La vie de l’école", "portal:school_home", (Role.SCHOOL_HEAD,), of_school),
    Door(20, "Mon site", "portal:afterschool_home", SITE_ROLES, of_afterschool),
    Door(40, "La Ville", "portal:city_home", CITY_ROLES, of_city),
    Door(80, "Mercis", "portal:thanks_received", WRITERS),
    Tab(10, _("Accueil"), "portal:{kind}_home", ("classroom", "group", "afterschool", "school", "network", "city")),
    Tab(20, _("La vie"), "portal:{kind}_life", ("classroom", "group", "afterschool", "school", "network", "city")),
    Tab(85, "Réseaux d’écoles", "portal:{kind}_networks", ("city",), can_keep_networks),
    Verb(
        20, "La vie", "portal:classroom_life", CLASS_ROLES, of_classroom,
        icon="newspaper", hint="ce que la classe a publié",
    ),
    Verb(
        20, "La vie", "portal:afterschool_life", SITE_ROLES, of_afterschool,
        icon="newspaper", hint="ce que le site a publié",
    ),
    Verb(
        20, "La vie", "portal:school_life", (*CLASS_ROLES, Role.SCHOOL_HEAD), of_school_alone,
        icon="newspaper", hint="ce que l’école a publié",
    ),
)  # fmt: skip
