"""The ways to announcements: those one sends, those one received."""

from django.utils.translation import gettext_noop as _

from preau.ent.announcements.rules import DSDEN
from preau.kit.rooms.doors import Door, Verb
from preau.people.models import SITE_ROLES, TEACHER_ROLES, Role
from preau.schools.faces import GUARDIAN, of_city


def of_authority(face) -> dict | None:
    """The city, the circonscription or the département in whose name a face stands."""
    return {"authority_id": face.mandate.place.pk} if face.mandate and face.mandate.place else None


SENDERS = (Role.CITY_EDUCATION, Role.IEN, *DSDEN)

DOORS = (
    Door(
        35, _("Annonces"), "announcements:mine", (GUARDIAN, *TEACHER_ROLES, Role.SCHOOL_HEAD, *SITE_ROLES),
        icon="megaphone",
    ),
    Door(35, "Annonces", "announcements:sent", SENDERS, of_authority, covers="/annonces/"),
    Verb(
        15, "Écrire aux familles", "announcements:announcement_create", (Role.CITY_EDUCATION,),
        lambda face: of_city(face) and of_authority(face), icon="megaphone", hint="et aux équipes des écoles",
    ),
    Verb(
        15, "Écrire aux écoles", "announcements:announcement_create", (Role.IEN, *DSDEN), of_authority,
        icon="megaphone", hint="aux directions et aux équipes",
    ),
)  # fmt: skip
