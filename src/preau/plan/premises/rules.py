"""Who reads and writes premises (plan.md, permission matrix): those who read a school's equipment read them; the city
writes; the head may also record what the conseil d'école was told."""

from preau.kit.answers import No, Yes
from preau.people.models import Role
from preau.people.queries.grounds import Grounds
from preau.places.models import Building, Room
from preau.plan.equipment.rules import WRITERS, schools_visible_to
from preau.plan.premises.models import Cabling, CouncilNotice, InclusionSite, InternetLink, Lack

# Who may, by the place where the role is held (people.queries.grounds).
WRITES = Grounds("school", city=WRITERS)
NOTES = Grounds("school", school=(Role.SCHOOL_HEAD,), city=WRITERS)


def buildings_visible_to(person, today):
    """Buildings of the schools the person may read."""
    return Building.objects.filter(school__in=schools_visible_to(person, today))


def rooms_visible_to(person, today):
    """Rooms of those buildings."""
    return Room.objects.filter(building__school__in=schools_visible_to(person, today))


def links_visible_to(person, today):
    """Lines of the schools the person may read."""
    return InternetLink.objects.filter(school__in=schools_visible_to(person, today))


def cablings_visible_to(person, today):
    """Cablings of those schools."""
    return Cabling.objects.filter(school__in=schools_visible_to(person, today))


def lacks_visible_to(person, today):
    """What was seen to lack in those schools."""
    return Lack.objects.filter(school__in=schools_visible_to(person, today))


def notices_visible_to(person, today):
    """What their conseils d'école were told."""
    return CouncilNotice.objects.filter(school__in=schools_visible_to(person, today))


def inclusion_sites_visible_to(person, today):
    """Which of those schools receive pupils for whom the kit has an extra."""
    return InclusionSite.objects.filter(school__in=schools_visible_to(person, today))


def can_write_premises(person, school, today):
    """Rooms, lines, cabling, inclusion: the city's IT and Education, for its own schools."""
    if WRITES.covers(person, school, today):
        return Yes()
    return No("L’informatique des écoles et la Direction Éducation de la Ville écrivent les locaux et les liaisons.")


def can_record_notice(person, school, today):
    """What the conseil d'école was told: the city, or the head who chairs it."""
    if NOTES.covers(person, school, today):
        return Yes()
    return No("La directrice ou le directeur de l’école, ou la Ville, note ce que le conseil d’école a entendu.")
