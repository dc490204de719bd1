"""Rows of one made-up school, built in memory in the shape the actions give them (a test compares)."""

import datetime
import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt

from preau.arrivals.comparing.pupils import ine_match_key
from preau.demo import keys
from preau.demo.families import ClassCard, FamilyMaker
from preau.demo.names import NameSource
from preau.journal.models import Entry
from preau.kit.dates import school_year_label
from preau.kit.names import name_key
from preau.kit.seals import seal
from preau.people.contacts import contact_key, tidy_contact
from preau.people.models import Account, Contact, Mandate, Person, Role
from preau.people.texts import NOTICE_VERSION
from preau.places.models import Classroom, School
from preau.schools.models import Enrolment, Guardianship, PupilRecord

ACCOUNT_SHARE = 0.6  # of guardians who have used their sheet
LEVELS = ("CP", "CE1", "CE2", "CM1", "CM2")
HINTS = {True: PupilRecord.Hint.YES, False: PupilRecord.Hint.NO, None: PupilRecord.Hint.UNKNOWN}


class Identifiers:
    """« a.toupie », « a.toupie2 »…: the identifiers `people.queries.make_identifier` would give, without asking."""

    def __init__(self, taken):
        self.taken, self.next = set(taken), Counter()

    def take(self, person) -> str:
        first = name_key(person.first_name).replace(" ", "")
        last = name_key(person.display_last_name).replace(" ", "-")[:30].strip("-")
        stem = f"{first[:1]}.{last}".strip(".") or "personne"
        while True:
            self.next[stem] += 1
            number = self.next[stem]
            identifier = f"{stem}{number if number > 1 else ''}"
            if identifier not in self.taken:
                self.taken.add(identifier)
                return identifier


@dataclass
class Bulk:
    """What every school of a run shares."""

    today: datetime.date
    now: datetime.datetime
    identifiers: Identifiers
    began: datetime.date  # the day the schools would have imported their files
    password: str  # one hash for all: hashing 60,000 times the same words would prove nothing
    headed: frozenset = frozenset()  # ids of schools that have their head already


@dataclass
class SchoolRows:
    """Rows by model, in the order they can be inserted."""

    school: School
    rows: dict = field(default_factory=lambda: defaultdict(list))
    changed: dict = field(default_factory=dict)  # {row of the base: its fields to write}

    def add(self, row):
        self.rows[type(row)].append(row)
        return row

    def trace(self, bulk, verb, subject, place=None, actor_id=None, at=None, fields=()):
        """The journal line the action would have written."""
        self.add(
            Entry(
                at=at or bulk.now,
                actor_id=actor_id,
                verb=verb,
                object_kind=subject._meta.label,
                object_id=subject.pk,
                place_id=place and place.pk,
                fields=list(fields),
            )
        )


def class_cards(pupils_count, seed) -> list[ClassCard]:
    """Classes of about 25, one or two levels each, with a teacher."""
    count = max(1, round(pupils_count / 25))
    sizes = [pupils_count * (rank + 1) // count - pupils_count * rank // count for rank in range(count)]
    names = NameSource(f"teachers-{seed}", compound=True)
    cards = []
    for rank, size in enumerate(sizes):
        level = LEVELS[rank % len(LEVELS)]
        civility = names.random.choice(("Mme", "Mme", "Mme", "M."))
        last = names.last_name()
        teacher = (civility, last, names.adult_first_name(civility, last))
        cards.append(ClassCard(f"{level} {'ABCDEF'[rank // len(LEVELS)]}", (level,), size, teacher))
    return cards


def rows_of(school, pupils_count, bulk) -> SchoolRows:
    """Everything of one school: classes, pupils, guardians, staff, accounts."""
    made = SchoolRows(school)
    cards = class_cards(pupils_count, school.slug)
    year = school_year_label(bulk.today)
    classrooms = {
        card.name: made.add(
            Classroom(
                school=school, school_year=year, name=card.name, levels=list(card.levels), onde_id=str(4100 + rank)
            )
        )
        for rank, card in enumerate(cards)
    }
    if school.pk not in bulk.headed:
        _staff(made, bulk, _person(names_of_head(school.slug)), Role.SCHOOL_HEAD, school=school)
    for card in cards:
        _staff(made, bulk, _person(card.teacher), Role.TEACHER, classroom=classrooms[card.name])
    maker = FamilyMaker(school.slug, bulk.today, compound=True, town=school.city.name)
    draw = random.Random(f"accounts-{school.slug}")
    adults = {}
    for child in maker.fill(cards):
        pupil = _pupil(made, bulk, child, classrooms[child.classroom])
        for rank, adult in enumerate(child.guardians):
            if id(adult) not in adults:
                adults[id(adult)] = _guardian(made, bulk, adult, draw)
            made.add(Guardianship(guardian=adults[id(adult)], child=pupil, starts_on=bulk.began, is_priority=rank == 0))
    return made


def names_of_head(seed):
    """Civility, last name, first name."""
    names = NameSource(f"head-{seed}", compound=True)
    last_name = names.last_name()
    return ("Mme", last_name, names.adult_first_name("Mme", last_name))


def _person(name):
    civility, last_name, first_name = name
    return Person(civility=civility, last_name=last_name, first_name=first_name)


def _staff(made, bulk, person, role, **where):
    made.add(person)
    mandate = made.add(Mandate(person=person, role=role, starts_on=bulk.began, **where))
    made.trace(bulk, "create_person", person)
    made.trace(bulk, "give_mandate", mandate, place=mandate.place)
    account = _account(made, bulk, person)
    if role == Role.SCHOOL_HEAD:
        secret = encrypt(keys.totp_secret(account.identifier))
        made.add(Authenticator(user=account, type=Authenticator.Type.TOTP, data={"secret": secret}))
        made.trace(bulk, "set_totp", account)
    return person


def _account(made, bulk, person):
    account = made.add(
        Account(
            identifier=bulk.identifiers.take(person),
            person=person,
            password=bulk.password,
            notice_version=NOTICE_VERSION,
            notice_at=bulk.now,
        )
    )
    made.trace(bulk, "create_account", account)
    made.trace(bulk, "note_notice", account)
    return account


def _pupil(made, bulk, child, classroom):
    pupil = made.add(Person(last_name=child.last_name, first_name=child.first_name, birth_date=child.birth_date))
    made.add(
        Enrolment(
            pupil=pupil,
            school=made.school,
            classroom=classroom,
            level=child.level,
            starts_on=bulk.began,
        )
    )
    made.add(
        PupilRecord(
            pupil=pupil,
            ine_sealed=seal(child.ine),
            ine_key=ine_match_key(child.ine),
            photo_hint=HINTS[child.photo_hint],
            association_hint=HINTS[child.photo_hint],
        )
    )
    return pupil


def _guardian(made, bulk, card, draw):
    person = made.add(Person(civility=card.civility, last_name=card.last_name, first_name=card.first_name))
    contacts = (
        (Contact.Kind.EMAIL, card.email), (Contact.Kind.MOBILE, card.mobile),
        (Contact.Kind.ADDRESS, f"{card.address}, {card.postcode} {card.town}"),
    )  # fmt: skip
    for kind, value in contacts:
        if value:
            tidy = tidy_contact(kind, value)
            made.add(Contact(person=person, kind=kind, value=tidy, match_key=contact_key(kind, tidy)))
    if draw.random() < ACCOUNT_SHARE:
        _account(made, bulk, person)
    return person
