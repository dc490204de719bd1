"""Named reads: what a guardian still has to do, who lacks what in a class, what is to be written in ONDE."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import CharField, Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce

from preau.ent.yearfile.models import KIND, Certificate, ContactChange, Item, Opening, Pickup, YearFile
from preau.ent.yearfile.queries.classes import ENROLLED, LINKS, PICKUPS, followed, named_by
from preau.ent.yearfile.queries.lacking import DONE_AT, Counts, asked_of, counts, missing, sent_certificate
from preau.kit.dates import school_year_label
from preau.kit.names import fold
from preau.kit.prepared import PreparedOf
from preau.kit.rooms.told import lines, parted
from preau.people.models import Person
from preau.places.models import Classroom, School
from preau.schools.models import Enrolment, Guardianship
from preau.schools.queries import is_insured, links_of_guardian
from preau.spaces.models import Publication

__all__ = ["DONE_AT", "Counts", "asked_of", "counts", "missing", "sent_certificate"]
PUBLISHED = Publication.State.PUBLISHED


def openings(today: datetime.date) -> QuerySet[Opening]:
    """The dossiers asked this year of families, and not taken back."""
    return _of_the_year(today).filter(publication__state=PUBLISHED)


def _of_the_year(today):
    return Opening.objects.filter(school_year=school_year_label(today))


def opening_of(school: School, today: datetime.date) -> Opening | None:
    """The dossier of this school for this year, taken back or not; one query."""
    return _of_the_year(today).filter(school=school).select_related("publication").first()


def with_count(school: School, changes: QuerySet[ContactChange], today: datetime.date) -> Opening | None:
    """The same, with its `to_report_count`: how many of these contacts are of the school; one query."""
    here = changes.filter(school=OuterRef("school")).order_by().values("school").annotate(count=Count("pk"))
    rows = _of_the_year(today).filter(school=school).select_related("publication")
    return rows.annotate(to_report_count=Coalesce(Subquery(here.values("count")), 0)).first()


@dataclass(frozen=True)
class OwnFile:
    """One child of a guardian, with what the school asks for it."""

    link: Guardianship
    opening: Opening
    enrolment: Enrolment
    year_file: YearFile | None
    is_insured: bool

    @property
    def child(self) -> Person:
        return self.link.child

    @cached_property
    def missing(self) -> list[Item]:
        return missing(self.link, self.year_file, self.is_insured)

    @property
    def asked(self) -> list[Item]:
        return asked_of(self.link)


def own_files(person: Person, today: datetime.date) -> list[OwnFile]:
    """What the schools of one's children ask this year, the eldest first; four queries at most."""
    links = {link.child_id: link for link in links_of_guardian(person, today)}
    rows = Enrolment.objects.current(today).filter(pupil__in=links).select_related("school")
    enrolments = list(rows.annotate(is_insured=is_insured(today)).order_by("-starts_on", "-id"))
    asked = {one.school_id: one for one in openings(today).filter(school__in={e.school_id for e in enrolments})}
    if not asked:
        return []
    mine = YearFile.objects.filter(guardian=person, opening__in=asked.values()).select_related("certificate")
    files = {(one.opening_id, one.child_id): one for one in mine}
    found = {}
    for enrolment in enrolments:
        opening = asked.get(enrolment.school_id)
        if opening and enrolment.pupil_id not in found:
            pupil = enrolment.pupil_id
            found[pupil] = OwnFile(
                links[pupil], opening, enrolment, files.get((opening.pk, pupil)), enrolment.is_insured
            )
    return [found[child] for child in links if child in found]


def home_lines(person: Person, children: Iterable, today: datetime.date) -> QuerySet:
    """The children of this guardian (ids) whose file lacks something, as lines that a family's home reads with others'
    (kit/rooms/told.py): what `missing` says, in SQL."""
    dossier = "school__year_file_openings"
    asked = {f"{dossier}__school_year": school_year_label(today), f"{dossier}__publication__state": PUBLISHED}
    rows = Enrolment.objects.current(today).filter(pupil__in=list(children), **asked)
    file = YearFile.objects.filter(opening=OuterRef(f"{dossier}__pk"), guardian=person, child=OuterRef("pupil"))
    sent = Exists(file.filter(certificate__isnull=False, certificate__refused_at=None))
    links = Guardianship.objects.reached(today).filter(guardian=person, child=OuterRef("pupil"))
    not_asked = Exists(links.filter(authority=Guardianship.Authority.NO))
    committed = Exists(file.exclude(Q(pickups_at=None) | Q(sharing_at=None))) & (is_insured(today) | sent)
    done = Exists(file.exclude(Q(contacts_at=None) | Q(charter_at=None))) & (not_asked | committed)
    return lines(rows.filter(~Q(done)), KIND, name=Cast("pupil", CharField()), day=f"{dossier}__due_on")


def read_lines(rows: Iterable[tuple], tags: Mapping) -> tuple[list[tuple], list[tuple]]:
    """Such lines among others: ([(day, name tags of the children)], the first asked first; the others)."""
    mine, others = parted(rows, KIND)
    found: dict = {}
    for line in mine:
        found.setdefault(line.day, {})[uuid.UUID(line.name)] = tags[uuid.UUID(line.name)]
    return [(day, list(asked.values())) for day, asked in found.items()], others


def own_pickups(person: Person, child_id: uuid.UUID) -> list[Pickup]:
    """Those this guardian named for this child, and no other's."""
    return list(Pickup.objects.filter(named_by=person, child=child_id, ended_at=None).order_by("named_at", "id"))


@dataclass(frozen=True)
class GuardianLine:
    """One guardian for one child, and what lacks."""

    link: Guardianship
    year_file: YearFile | None
    missing: list[Item]

    @property
    def name(self) -> str:
        return self.link.guardian.formal_name

    @property
    def said(self) -> str:
        """« Vos coordonnées, Charte d’usage », as the page of the family calls them."""
        if self.missing == asked_of(self.link):
            return "rien n’est encore rempli"
        return ", ".join(str(item.label) for item in self.missing)

    @property
    def certificate(self) -> Certificate | None:
        return sent_certificate(self.year_file)


@dataclass(frozen=True)
class PupilLine:
    """One pupil, their guardians, and who may fetch them."""

    pupil: Person
    guardians: list[GuardianLine]
    pickups: list[Pickup]

    @property
    def may_fetch(self) -> str:
        """« Odette Marelle (grand-mère), Karim Ballon (voisin, 06 39 98 10 41) »: each once, whoever named them."""
        said = {fold(one.name): one for one in self.pickups}.values()
        return ", ".join(f"{one.name} ({', '.join(filter(None, (one.tie, one.phone)))})" for one in said)

    @property
    def is_done(self) -> bool:
        return bool(self.guardians) and not any(line.missing for line in self.guardians)


@dataclass(frozen=True)
class Follow:
    """The pupils of a class."""

    lines: list[PupilLine]
    own_count: int  # children of who reads, whose lines somebody else follows

    @property
    def waiting(self) -> list[PupilLine]:
        return [line for line in self.lines if not line.is_done]

    @property
    def done(self) -> list[PupilLine]:
        return [line for line in self.lines if line.is_done]

    @property
    def to_print(self) -> list[tuple[Person, GuardianLine]]:
        """(pupil, guardian) of the sheets on paper."""
        return [(line.pupil, one) for line in self.lines for one in line.guardians if one.missing]

    @property
    def certificates(self) -> list[tuple[Person, GuardianLine]]:
        """(pupil, guardian) of the certificates to look at."""
        return [(line.pupil, one) for line in self.lines for one in line.guardians if one.certificate]


def follow(opening: Opening, today: datetime.date, reader: Person, classroom: Classroom) -> Follow:
    """Who lacks what, by name, and who may fetch each pupil, in a class; four queries. The children of `reader` are
    left out: a parent who teaches here does not read what the other parent has done."""
    asked, key = (reader.pk, opening.school_id, classroom.pk), (today,)
    enrolments = ENROLLED.rows(*asked, key=key)
    followed = [one for one in enrolments if not one.is_own]
    by_child = defaultdict(list)
    for link in LINKS.rows(*asked, key=key):
        by_child[link.child_id].append(link)
    by_pair = {(one.guardian_id, one.child_id): one for one in _FILES.rows(*asked, opening.pk, key=key)}
    pairs = {(link.guardian_id, child) for child, links in by_child.items() for link in links}
    pickups = named_by(pairs, PICKUPS.rows(*asked, key=key))
    lines = [
        PupilLine(
            each.pupil,
            [_line(link, by_pair, each.is_insured) for link in by_child[each.pupil_id]],
            pickups.get(each.pupil_id, []),
        )
        for each in followed
    ]
    return Follow(lines, len(enrolments) - len(followed))


def _files(reader, school, classroom, opening, today):
    files = YearFile.objects.filter(opening=opening, child__in=followed(reader, school, classroom, today))
    return files.select_related("certificate")


_FILES = PreparedOf(_files)


def _line(link, by_pair, is_insured):
    year_file = by_pair.get((link.guardian_id, link.child_id))
    return GuardianLine(link, year_file, missing(link, year_file, is_insured))


def is_of_family_of(reader: Person) -> Exists:
    """Of a row with a `guardian`: that they answer, or answered, for a child of `reader`."""
    own = Guardianship.objects.filter(guardian=reader).values("child")
    return Exists(Guardianship.objects.filter(guardian=OuterRef("guardian"), child__in=own))
