"""What lacks of a dossier: of one guardian for a child, and in numbers for a school."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from preau.ent.yearfile.models import Certificate, Item, Opening, YearFile
from preau.kit.prepared import PreparedOf
from preau.people.models import Person
from preau.schools.models import Enrolment, Guardianship
from preau.schools.queries import is_insured
from preau.schools.queries.own import is_own

COMMITTING = (Item.PICKUPS, Item.INSURANCE, Item.SHARING)  # not asked of who has no parental authority
ASKED_OF_OTHERS = [item for item in Item if item not in COMMITTING]
DONE_AT = {
    Item.CONTACTS: "contacts_at",
    Item.PICKUPS: "pickups_at",
    Item.SHARING: "sharing_at",
    Item.CHARTER: "charter_at",
}


def asked_of(link: Guardianship) -> list[Item]:
    """What is asked of this guardian for this child."""
    return list(ASKED_OF_OTHERS if link.authority == Guardianship.Authority.NO else Item)


def missing(link: Guardianship, year_file: YearFile | None, is_insured: bool) -> list[Item]:
    """What lacks of it, in the order of the page; one certificate serves a child, whoever gave it."""
    return [item for item in asked_of(link) if not _is_done(item, year_file, is_insured)]


def _is_done(item, year_file, is_insured):
    if item == Item.INSURANCE:
        return is_insured or sent_certificate(year_file) is not None
    return year_file is not None and getattr(year_file, DONE_AT[item]) is not None


def sent_certificate(year_file: YearFile | None) -> Certificate | None:
    """The certificate this guardian sent and that was not refused."""
    certificate = getattr(year_file, "certificate", None)
    return certificate if certificate and not certificate.refused_at else None


@dataclass(frozen=True)
class Counts:
    """{id of a class: [its pupils, how many have a dossier that lacks something]}, and how many pupils are children of
    who reads, whom somebody else follows."""

    by_class: dict
    own_count: int

    @property
    def left_count(self) -> int:
        return sum(left for _, left in self.by_class.values())


def counts(opening: Opening, today: datetime.date, reader: Person) -> Counts:
    """What `follow` says, of a whole school, in numbers and without a name; three queries."""
    pupils = _PUPILS.rows(opening.school_id, reader.pk, key=(today,))
    by_child = defaultdict(list)
    for guardian, child, authority in _LINKS.rows(opening.school_id, key=(today,)):
        by_child[child].append((guardian, authority))
    files = _FILES.rows(opening.school_id, opening.pk, key=(today,))
    by_pair = {(one.guardian_id, one.child_id): one for one in files}
    found = defaultdict(lambda: [0, 0])
    for pupil, classroom, own, insured in pupils:
        if own:
            continue
        done = [_has_all(held, by_pair.get((guardian, pupil)), insured) for guardian, held in by_child[pupil]]
        found[classroom][0] += 1
        found[classroom][1] += not (done and all(done))
    return Counts(dict(found), sum(own for _, _, own, _ in pupils))


def _has_all(authority, year_file, is_insured):
    asked = ASKED_OF_OTHERS if authority == Guardianship.Authority.NO else Item
    return all(_is_done(item, year_file, is_insured) for item in asked)


def _here(school, today):
    return Enrolment.objects.current(today).filter(school=school)


def _pupils(school, reader, today):
    rows = _here(school, today).annotate(own=is_own(Person(pk=reader), "pupil"), insured=is_insured(today))
    return rows.values_list("pupil", "classroom", "own", "insured")


def _links(school, today):
    rows = Guardianship.objects.reached(today).filter(child__in=_here(school, today).values("pupil"))
    return rows.values_list("guardian", "child", "authority")


def _files(school, opening, today):
    rows = YearFile.objects.filter(opening=opening, child__in=_here(school, today).values("pupil"))
    return rows.select_related("certificate").only(
        "guardian", "child", *DONE_AT.values(), "certificate__refused_at", "certificate__year_file"
    )


_PUPILS, _LINKS, _FILES = PreparedOf(_pupils), PreparedOf(_links), PreparedOf(_files)
