"""Families of a made-up school, before they are rows or files: the same cards feed the ONDE files and the bulk."""

import datetime
import random
from dataclasses import dataclass, field

from preau.demo.names import NameSource
from preau.kit.names import name_key

AGES = {"TPS": 2, "PS": 3, "MS": 4, "GS": 5, "CP": 6, "CE1": 7, "CE2": 8, "CM1": 9, "CM2": 10}


@dataclass
class AdultCard:
    """A guardian as a school writes it down. Mobile numbers lie in the range kept for fiction (06 39 98 …)."""

    civility: str
    last_name: str
    first_name: str
    address: str
    postcode: str = "86000"
    town: str = "Poitiers"
    email: str = ""
    mobile: str = ""
    home_phone: str = ""


@dataclass
class ChildCard:
    """A pupil with its guardians; `classroom` is the name of the class."""

    last_name: str
    first_name: str
    sex: str
    birth_date: datetime.date
    level: str
    classroom: str
    ine: str
    guardians: list[AdultCard] = field(default_factory=list)
    photo_hint: bool | None = None
    dispositif: str = ""  # « ULIS », « UPE2A »


@dataclass(frozen=True)
class ClassCard:
    """A class to fill: its name, its levels, how many pupils, and who teaches."""

    name: str
    levels: tuple[str, ...]
    size: int
    teacher: tuple[str, str, str] | None = None  # civility, last name, first name


def first_september(today: datetime.date) -> datetime.date:
    """The first day of the school year of `today`."""
    return datetime.date(today.year if today.month >= 9 else today.year - 1, 9, 1)


def birth_date_for(level, today, draw: random.Random) -> datetime.date:
    """A child of the usual age of the level."""
    year = first_september(today).year - AGES[level]
    return datetime.date(year, draw.randint(1, 12), draw.randint(1, 28))


class FamilyMaker:
    """Draws families for one school, always the same for the same seed."""

    def __init__(self, seed, today, *, compound=False, town="Poitiers", postcode="86000"):
        self.names = NameSource(seed, compound=compound)
        self.draw = random.Random(f"families-{seed}")
        self.seed, self.today, self.town, self.postcode = seed, today, town, postcode
        self.count = 0

    def reserve(self, children):
        """Keeps the names of the named families."""
        for child in children:
            self.names.reserve(child.first_name, child.last_name)
            for adult in child.guardians:
                self.names.reserve(adult.first_name, adult.last_name)

    def fill(self, classes, named=()) -> list[ChildCard]:
        """Cards for every seat of `classes` that `named` children leave free; some children are siblings."""
        self.reserve(named)
        seats = []
        for classroom in classes:
            free = classroom.size - sum(1 for child in named if child.classroom == classroom.name)
            seats += [
                (classroom.name, classroom.levels[n * len(classroom.levels) // max(free, 1)]) for n in range(free)
            ]
        self.draw.shuffle(seats)
        children = list(named)
        while seats:
            size = min(len(seats), self.draw.choices((1, 2, 3), (70, 25, 5))[0])
            children += self.family([seats.pop() for _ in range(size)])
        return children

    def family(self, seats) -> list[ChildCard]:
        """One family: siblings share their guardians."""
        last_name = self.names.last_name()
        guardians = self.guardians(last_name)
        return [self.child(last_name, classroom, level, guardians) for classroom, level in seats]

    def child(self, last_name, classroom, level, guardians):
        first_name, sex = self.names.pupil_first_name(last_name)
        self.count += 1
        return ChildCard(
            last_name,
            first_name,
            sex,
            birth_date_for(level, self.today, self.draw),
            level,
            classroom,
            ine=self.ine(),
            guardians=guardians,
            photo_hint=self.draw.choice((True, True, True, False, None)),
        )

    def ine(self) -> str:
        """The right shape, nine digits and two letters, drawn at random: nobody's."""
        return f"{random.Random(f'ine-{self.seed}-{self.count}').randrange(10**9):09d}ZZ"

    def guardians(self, last_name):
        """Two parents mostly, one sometimes; one couple in eight lives apart."""
        address = self.names.address()
        mother = self.adult("Mme", last_name if self.draw.random() < 0.6 else self.names.last_name(), address)
        if self.draw.random() < 0.22:
            return [mother]
        apart = self.draw.random() < 0.125
        return [mother, self.adult("M.", last_name, self.names.address() if apart else address)]

    def adult(self, civility, last_name, address) -> AdultCard:
        first_name = self.names.adult_first_name(civility, last_name)
        card = AdultCard(civility, last_name, first_name, address, self.postcode, self.town)
        contact(card, f"{self.seed}-{self.count}-{civility}", with_email=self.draw.random() < 0.8)
        return card


def contact(card: AdultCard, seed, with_email=True) -> AdultCard:
    """Gives a card a mobile of the range kept for fiction and an address in the reserved domain `.example`."""
    number = random.Random(f"mobile-{seed}").randrange(10_000)
    card.mobile = f"06 39 98 {number // 100:02d} {number % 100:02d}"
    if with_email:
        local = ".".join(name_key(part).replace(" ", "-") for part in (card.first_name, card.last_name))
        card.email = f"{local}@familles.example"
    return card
