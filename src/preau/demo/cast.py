"""Who plays in the demo: six laboratory schools (deck 2018), named adults, named families. All persons are made up.

The schools are real public schools of Poitiers; nobody in them is. Every page of a demo base says so.
"""

from dataclasses import dataclass

from preau.demo.families import AdultCard, ChildCard, ClassCard, birth_date_for
from preau.people.models import Role

CITY = "poitiers"
COMMUNE = "sainte-marelle"
HOME_SCHOOL = "montmidi"
OTHER_SCHOOL = "mermoz"
# The laboratory of the deck: pilots of 2017, then the four of September 2018.
LABORATORY = {
    "montmidi": "0861030C",
    "mermoz": "0860467R",
    "saint-exupery": "0861055E",
    "brassens": "0861162W",
    "bouloux": "0861136T",
    "neruda": "0861114U",
}
CLASS_SIZE = 25
HOME_CLASS = "CP B"


@dataclass(frozen=True)
class Actor:
    """An adult who signs in with a role. `place` is a kind and a name: ("school", "montmidi")."""

    civility: str
    first_name: str
    last_name: str
    role: Role
    place: tuple[str, str] | None
    title: str = ""

    @property
    def name(self):
        return (self.civility, self.last_name, self.first_name)


TEACHER = Actor("Mme", "Violette", "Craie", Role.TEACHER, ("classroom", HOME_CLASS))
HEAD = Actor("Mme", "Hélène", "Ardoise", Role.SCHOOL_HEAD, ("school", HOME_SCHOOL))
SUPPLY = Actor("M.", "Basile", "Sifflet", Role.SUPPLY_TEACHER, ("classroom", "CM2"))
OPERATOR = Actor("Mme", "Maud", "Trousseau", Role.OPERATOR, None)
SCHOOL_STAFF = (
    Actor("Mme", "Lou", "Cordelette", Role.AESH, ("classroom", "CM1")),
    Actor("Mme", "Fanny", "Ritournelle", Role.SITE_MANAGER, ("afterschool", HOME_SCHOOL)),
    Actor("M.", "Rémi", "Cerceau", Role.ANIMATOR, ("afterschool", HOME_SCHOOL)),
    Actor("M.", "Sami", "Grelot", Role.CATERING, ("afterschool", HOME_SCHOOL)),
)
ATSEM = Actor("Mme", "Alma", "Trottinette", Role.ATSEM, ("school", "nursery"))
CITY_AND_STATE = (
    Actor("Mme", "Odile", "Registre", Role.CITY_EDUCATION, ("city", CITY)),
    Actor("Mme", "Flore", "Farandole", Role.CITY_EDUCATION, ("city", COMMUNE)),
    Actor("M.", "Théo", "Bobine", Role.CITY_IT, ("city", COMMUNE)),
    Actor("Mme", "Lise", "Tirelire", Role.CITY_FINANCE, ("city", COMMUNE)),
    Actor("Mme", "Rose", "Fanion", Role.ELECTED, ("city", COMMUNE), "élue de la majorité"),
    Actor("M.", "Paul", "Clairon", Role.ELECTED, ("city", COMMUNE), "élu de la minorité"),
    Actor("M.", "Omar", "Guirlande", Role.PARENTS_FEDERATION, ("city", COMMUNE)),
    Actor("M.", "Marc", "Câble", Role.CITY_IT, ("city", CITY), "technicien des écoles"),
    Actor("Mme", "Paule", "Pécune", Role.CITY_FINANCE, ("city", CITY)),
    Actor("Mme", "Aline", "Écharpe", Role.ELECTED, ("city", CITY), "élue de la majorité"),
    Actor("M.", "Gérard", "Tribune", Role.ELECTED, ("city", CITY), "élu de la minorité"),
    Actor("Mme", "Sonia", "Ronde", Role.PARENTS_FEDERATION, ("city", CITY)),
    Actor("Mme", "Renée", "Tableau", Role.IA_DASEN, ("department", "86")),
    Actor("M.", "Luc", "Pupitre", Role.IA_DASEN_DEPUTY, ("department", "86")),
    Actor("M.", "Yves", "Encrier", Role.DSDEN, ("department", "86")),
    Actor("Mme", "Ève", "Boussole", Role.DAN, ("department", "86")),
    Actor("M.", "Ivan", "Crayon", Role.TRAINER, ("department", "86")),
    Actor("Mme", "Anne", "Cartable", Role.IEN, ("district", "")),
    Actor("M.", "Denis", "Compas", Role.PEDAGOGICAL_ADVISER, ("district", "")),
    Actor("Mme", "Eva", "Pixel", Role.ERUN, ("district", "")),
)

# Heads of schools of the commune: one fills a file and uses a shared kit, the other signs a réception.
COMMUNE_HEADS = (
    Actor("Mme", "Agnès", "Boulier", Role.SCHOOL_HEAD, ("commune school", "La Poupée")),
    Actor("M.", "Félix", "Ardillon", Role.SCHOOL_HEAD, ("commune school", "La Girouette")),
)
# Teachers of equipped schools there; the place is « school, class ».
COMMUNE_TEACHERS = (
    Actor("Mme", "Lucie", "Palet", Role.TEACHER, ("commune class", "La Marelle, CE2")),
    Actor("M.", "Basile", "Raquette", Role.TEACHER, ("commune class", "La Corde à sauter, CM1-CM2")),
    Actor("Mme", "Odette", "Berlingot", Role.TEACHER, ("commune class", "Le Doudou, MS-GS")),
)


def classes_of(school: str, teachers) -> list[ClassCard]:
    """The five classes of a laboratory school; `teachers` gives (civility, last name, first name) in order."""
    if school == HOME_SCHOOL:
        shape = [("CP A", ("CP",)), (HOME_CLASS, ("CP",)), ("CE1-CE2", ("CE1", "CE2")), ("CM1", ("CM1",)),
                 ("CM2", ("CM2",))]  # fmt: skip
    else:
        shape = [(level, (level,)) for level in ("CP", "CE1", "CE2", "CM1", "CM2")]
    names = iter(teachers)
    return [
        ClassCard(name, levels, CLASS_SIZE, TEACHER.name if name == HOME_CLASS else next(names))
        for name, levels in shape
    ]


def _adult(civility, first_name, last_name, address, mobile="", email=True):
    local = f"{first_name}.{last_name}".lower().replace("ï", "i")
    return AdultCard(
        civility, last_name, first_name, address, mobile=mobile, email=f"{local}@familles.example" if email else ""
    )


def named_families(today, draw) -> dict[str, list[ChildCard]]:
    """School → children of the families one can sign in as, or look for."""

    def child(first_name, last_name, sex, level, classroom, ine, *guardians, photo=True, dispositif=""):
        born = birth_date_for(level, today, draw)
        return ChildCard(
            last_name, first_name, sex, born, level, classroom, f"{ine:09d}ZZ", list(guardians), photo, dispositif
        )

    amina = _adult("Mme", "Amina", "Marelle", "4 place du Préau", "06 39 98 10 01")
    craie = _adult("Mme", "Violette", "Craie", "21 rue du Tableau-Noir", "06 39 98 10 07")
    return {
        HOME_SCHOOL: [
            child("Adam", "Marelle", "M", "CP", HOME_CLASS, 1, amina),
            # Two homes, two mobiles, both hold parental authority.
            child("Lina", "Toupie", "F", "CP", HOME_CLASS, 2,
                  _adult("Mme", "Claire", "Toupie", "12 rue de la Toupie", "06 39 98 10 02"),
                  _adult("M.", "Julien", "Toupie", "3 impasse du Cerceau", "06 39 98 10 03")),
            # Neither mobile nor e-mail: the school prints.
            child("Malo", "Osselet", "M", "CP", HOME_CLASS, 3,
                  _adult("M.", "Régis", "Osselet", "8 allée des Billes", email=False), photo=False),
            child("Linh", "Lanterne", "F", "CE1", "CE1-CE2", 4,
                  _adult("Mme", "Ngoc", "Lanterne", "5 chemin des Écoliers", "06 39 98 10 04"), dispositif="UPE2A"),
            child("Tom", "Ficelle", "M", "CM1", "CM1", 5,
                  _adult("Mme", "Sandrine", "Ficelle", "17 rue de la Craie", "06 39 98 10 05"), dispositif="ULIS"),
            child("Inès", "Diabolo", "F", "CM2", "CM2", 6,
                  _adult("M.", "David", "Diabolo", "2 rue des Quatre-Coins", "06 39 98 10 06")),
        ],
        OTHER_SCHOOL: [
            child("Sara", "Marelle", "F", "CM1", "CM1", 7, amina),
            child("Nino", "Craie", "M", "CE1", "CE1", 8, craie),
        ],
    }  # fmt: skip
