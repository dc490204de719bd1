"""What surrounds a public page: its name, its doors, its foot. Asks nothing of sessions."""

import uuid
from dataclasses import dataclass, field

from django.conf import settings
from django.http import Http404
from django.urls import NoReverseMatch, reverse
from django.utils.timezone import localdate

from preau.ent.sites.models import CitySite, SchoolSite
from preau.ent.sites.queries import city_site_of, site_of
from preau.kit.names import cities_said, of_name
from preau.kit.rooms.doors import OpenDoor
from preau.places.models import City, School
from preau.places.queries import calendar_of, cities_of_host, open_schools
from preau.spaces.queries import public_generation

KINDS = {
    School.Kind.NURSERY: "École maternelle publique",
    School.Kind.ELEMENTARY: "École élémentaire publique",
    School.Kind.PRIMARY: "École primaire publique",
}
FOOT = (
    ("Vos données", "family_notice"),
    ("Mentions légales", "sites:legal"),
    ("Plan du site", "sites:map"),
)


@dataclass(frozen=True)
class Frame:
    """The space's name, where it is, and where one can go."""

    name: str
    detail: str
    url: str
    city: City | None
    city_site: CitySite
    doors: list[OpenDoor]
    generation: int
    school: School | None = None
    site: SchoolSite | None = None
    cities: list[City] = field(default_factory=list)

    @property
    def place_id(self):
        """The place whose generation renews the page."""
        return self.school.pk if self.school else shared_place(self.cities)

    @property
    def calendar(self):
        """The days without class of its school."""
        return calendar_of(self.school.city.department) if self.school else None

    @property
    def owner(self) -> str:
        return cities_said([self.city.name] if self.city else [])

    @property
    def owners(self) -> str:
        """For the foot: the city of the page, or those that its host serves."""
        return self.owner if self.city else cities_said([city.name for city in self.cities])

    @property
    def access_state(self) -> str:
        return f"Accessibilité\u00a0: {self.city_site.access_state}"

    @property
    def foot(self) -> list[OpenDoor]:
        return [OpenDoor(label, url, False) for label, name in FOOT if (url := address(name))]


def address(name, **arguments) -> str | None:
    """The URL when there is one, else an empty text: no link of the foot leads nowhere."""

    try:
        return reverse(name, kwargs=arguments)
    except NoReverseMatch:
        return None


def shared_place(cities):
    """The place that stands for the pages of the host: its city, or all of them together."""
    return cities[0].pk if len(cities) == 1 else uuid.UUID(int=0)


def cities_here(request) -> list[City]:
    return cities_of_host(request.get_host(), settings.DEFAULT_CITY)


def city_frame(request, here: str = "") -> Frame:
    """For the pages that belong to the city, or to every city of the base."""
    cities = cities_here(request)
    generation = public_generation(shared_place(cities))
    city = cities[0] if len(cities) == 1 else None
    name = f"Écoles {of_name(city.name)}" if city else "Préau"
    doors = [
        OpenDoor("Accueil", "/", here == "home"),
        OpenDoor("Les écoles", reverse("sites:school_list"), here == "schools"),
    ]
    return Frame(name, "L’espace numérique des écoles", "/", city, city_site_of(city), doors, generation, cities=cities)


def school_frame(request, slug: str, here: str) -> Frame:
    """For the pages of a school that is open; 404 for any other."""
    cities = cities_here(request)
    school = open_schools(cities, localdate()).filter(slug=slug).first()
    if school is None:
        raise Http404
    generation = public_generation(school.pk)
    site = site_of(school)
    return Frame(
        school.full_name,
        kind_words(school),
        reverse("sites:school_home", args=[slug]),
        school.city,
        city_site_of(school.city),
        school_doors(slug, here, site),
        generation,
        school,
        site,
        cities,
    )


def kind_words(school) -> str:
    """« École élémentaire publique · Ville de Poitiers », and plainly when it is made up."""
    made_up = " fictive" if school.is_fictitious else ""
    return f"{KINDS[school.kind]}{made_up} · Ville {of_name(school.city.name)}"


def school_doors(slug, here, site) -> list[OpenDoor]:
    names = [("Aujourd’hui", "school_home"), ("Vie de l’école", "school_life"), ("Agenda", "school_calendar")]
    if site and site.enrolment_words:
        names.append(("Inscrire son enfant", "school_enrolment"))
    names.append(("Nous joindre", "school_contact"))
    return [OpenDoor(label, reverse(f"sites:{name}", args=[slug]), name == here) for label, name in names]
