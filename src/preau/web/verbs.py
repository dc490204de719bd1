"""What one can do from « Aujourd’hui », at most four verbs, and never a verb that does not exist yet."""

from dataclasses import dataclass

from preau.people.models import Role
from preau.places.models import Classroom
from preau.web.doors import Door, address, of_city, of_classroom, of_school
from preau.web.faces import Face


@dataclass(frozen=True)
class Verb:
    """A square: an icon of the sprite, a verb, what it gives."""

    icon: str
    label: str
    hint: str
    door: Door


@dataclass(frozen=True)
class OpenVerb:
    """A verb as drawn."""

    icon: str
    label: str
    hint: str
    url: str


def _of_school(face):
    return {"school_id": face.school.pk} if face.school and not isinstance(face.place, Classroom) else None


IN_CLASS = Verb(
    icon="image-plus", label="Publier", hint="une photo, une phrase",
    door=Door("Publier", "posts:classroom_publish", of_classroom),
)  # fmt: skip
IN_SCHOOL = Verb(
    icon="image-plus", label="Publier", hint="pour l’école ou son site",
    door=Door("Publier", "posts:school_publish", _of_school),
)  # fmt: skip
IN_CITY = Verb(
    icon="megaphone", label="Publier", hint="pour toutes les écoles",
    door=Door("Publier", "posts:city_publish", of_city),
)  # fmt: skip
LIFE = Verb(
    icon="newspaper", label="La vie", hint="ce que la classe a publié",
    door=Door("La vie", "posts:classroom_life", of_classroom),
)  # fmt: skip
SCHOOL_LIFE = Verb(
    icon="newspaper", label="La vie", hint="ce que l’école a publié",
    door=Door("La vie", "posts:school_life", _of_school),
)  # fmt: skip
USES = Verb(
    icon="chart-column", label="Usages", hint="ce qui a servi cette semaine",
    door=Door("Usages", "usage:week"),
)  # fmt: skip
WIFI = Verb(
    icon="wifi", label="Wi-Fi", hint="l’allumer pour une séance",
    door=Door("Wi-Fi", "wifi:school_wifi", of_school),
)  # fmt: skip
GIVE = Verb(
    icon="hand-helping", label="Donner ma classe", hint="pour la journée",
    door=Door("Donner ma classe", "schools:give_class", of_classroom),
)  # fmt: skip
AGENTS = Verb(
    icon="id-card", label="Nos agents", hint="dans les écoles",
    door=Door("Nos agents", "schools:city_staff", of_city),
)  # fmt: skip
VERBS = {
    Role.TEACHER: (IN_CLASS, LIFE, WIFI, GIVE, IN_SCHOOL, SCHOOL_LIFE),
    Role.SUPPLY_TEACHER: (IN_CLASS, LIFE, WIFI, IN_SCHOOL, SCHOOL_LIFE),
    Role.SCHOOL_HEAD: (IN_SCHOOL, SCHOOL_LIFE, WIFI, USES),
    Role.AESH: (LIFE, SCHOOL_LIFE),
    Role.SCHOOL_CITY_STAFF: (LIFE, SCHOOL_LIFE),
    Role.CITY_EDUCATION: (IN_CITY, AGENTS),
}
MOST = 4


def verbs_of(face: Face | None) -> list[OpenVerb]:
    """The verbs of a face whose page exists and has a sense for it."""
    if face is None:
        return []
    found = [(verb, address(verb.door, face)) for verb in VERBS.get(face.role, ())]
    return [OpenVerb(verb.icon, verb.label, verb.hint, url) for verb, url in found if url][:MOST]
