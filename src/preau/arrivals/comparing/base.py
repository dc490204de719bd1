"""What the base already says of one school, in the shape comparisons need. Filled by `arrivals.queries.load_base`."""

from collections import defaultdict
from dataclasses import dataclass, field

from preau.kit.names import name_key
from preau.people.contacts import contact_token


def name_keys(last_name, usage_name, first_name) -> frozenset[str]:
    """The ways a person may be named: by family name and by usage name."""
    first = name_key(first_name)
    return frozenset(f"{name_key(last)}|{first}" for last in (last_name, usage_name) if last)


@dataclass(eq=False)
class Known:
    """A person of the base with what identifies it here."""

    person: object
    names: frozenset = frozenset()
    contacts: list = field(default_factory=list)
    tokens: set = field(default_factory=set)
    signs: set = field(default_factory=set)  # "child:<id>", "class:<id>", "school", "head"
    record: object = None
    enrolments: list = field(default_factory=list)  # in this school, latest last
    mandates: list = field(default_factory=list)
    provisional: object = None  # the mandate in the whole school that a list gave, for want of a class
    dispositifs: set = field(default_factory=set)  # kinds of those the pupil is in, this year
    memberships: dict = field(default_factory=dict)  # id → GroupMember that lasts, in any group of the school
    former_names: frozenset = frozenset()

    def __post_init__(self):
        person = self.person
        self.names = name_keys(person.last_name, person.usage_name, person.first_name)

    def add_former_name(self, last_name, usage_name, first_name):
        """Recorded elsewhere under another name, then joined: this name is theirs too, and corrects nothing."""
        other = name_keys(last_name, usage_name, first_name)
        self.former_names |= other
        self.names |= other

    def add_contact(self, contact):
        self.contacts.append(contact)
        self.tokens.add(contact_token(contact.kind, contact.match_key))

    @property
    def open_enrolment(self):
        return next((row for row in reversed(self.enrolments) if row.ends_on is None), None)


@dataclass
class Base:
    """One school."""

    school: object
    school_year: str
    classrooms: list = field(default_factory=list)  # of the year
    groups: list = field(default_factory=list)  # dispositifs of the year
    pupils: dict = field(default_factory=dict)  # id → Known; enrolled here now or formerly
    guardians: dict = field(default_factory=dict)
    teachers: dict = field(default_factory=dict)
    open_links: dict = field(default_factory=dict)  # (guardian id, child id) → Guardianship
    ended_links: dict = field(default_factory=dict)
    decided: dict = field(default_factory=dict)  # the same, for pairs that a decision restricts, on whichever row


def _index(known, keys) -> dict:
    found = defaultdict(list)
    for one in known:
        for key in keys(one):
            found[key].append(one)
    return found


def index_by_name(known) -> dict:
    """Name key → persons who bear it."""
    return _index(known, lambda one: one.names)
