"""To whom each pupil of a class is handed over at the end of the day."""

import datetime
from dataclasses import dataclass, field

from django.db.models import F, FilteredRelation, Q

from preau.ent.yearfile.models import Pickup
from preau.ent.yearfile.queries.classes import ENROLLED, LINKS, PICKUPS, links, named_by
from preau.kit.names import fold
from preau.kit.prepared import PreparedOf
from preau.people.models import Contact, Person
from preau.places.models import Classroom
from preau.schools.models import Activity, Guardianship
from preau.schools.queries.days import ServiceDay, services_on

EVENING = (Activity.Kind.STUDY, Activity.Kind.EVENING)


@dataclass(frozen=True)
class HandOver:
    """A pupil at the end of the day: [(link, telephones)] of the guardians, whom they named, and the services that the
    pupil stays for, with whom they leave these as the city wrote it."""

    pupil: Person
    guardians: list[tuple[Guardianship, list[str]]] = field(default_factory=list)
    pickups: list[Pickup] = field(default_factory=list)
    stays: list[ServiceDay] = field(default_factory=list)


def hand_overs(
    classroom: Classroom, today: datetime.date, reader: Person, *, with_phones: bool
) -> tuple[list[HandOver], int]:
    """To whom each pupil is handed over, and how many children of `reader` are left out, whose other parent's choice
    they would read; five queries. No dossier has to be open. Who is restricted by a judge is not named."""
    asked, key = (reader.pk, classroom.school_id, classroom.pk), (today,)
    enrolments = ENROLLED.rows(*asked, key=key)
    found = {one.pupil_id: HandOver(one.pupil) for one in enrolments if not one.is_own}
    phones = {}
    for link in (_CALLED if with_phones else LINKS).rows(*asked, key=key):
        if link.pk not in phones:
            phones[link.pk] = []
            found[link.child_id].guardians.append((link, phones[link.pk]))
        if number := getattr(link, "number", None):
            phones[link.pk].append(number)
    pairs = {(link.guardian_id, child) for child, line in found.items() for link, _ in line.guardians}
    for child, named in named_by(pairs, PICKUPS.rows(*asked, key=key)).items():
        each_once = {fold(one.name): one for one in named}  # whoever named them
        found[child].pickups.extend(each_once.values())
    for child, days in services_on(found, today).items():
        found[child].stays.extend(one for one in days if one.comes and one.activity.kind in EVENING)
    return list(found.values()), len(enrolments) - len(found)


def _called(*asked):
    """A row for each telephone of a guardian, one for who has none."""
    phones = FilteredRelation("guardian__contacts", condition=Q(guardian__contacts__kind__in=Contact.PHONES))
    rows = links(*asked).annotate(phone=phones).annotate(number=F("phone__value"))
    return rows.order_by("-is_priority", "guardian__sort_key", "id", "phone__kind", "phone__id")


_CALLED = PreparedOf(_called)
