"""What anyone who knows a family can guess: the child's first name, the school, the city (trust.md 7)."""

from django.utils import timezone

from preau.people.models import Person
from preau.people.rules import OwnWordsRule
from preau.schools.models import Enrolment, Guardianship


class FamilyWordsRule(OwnWordsRule):
    """One's own words, and those of one's children and of the schools they go to."""

    def texts(self, account):
        person = getattr(account, "person", None)
        return [*super().texts(account), *(words_around(person) if person else ())]


def words_around(person: Person) -> list[str]:
    """First names of the person's children; names of the schools, classes and cities they, or the person, go to."""
    today = timezone.localdate()
    children = Guardianship.objects.current(today).filter(guardian=person)
    names = list(children.values_list("child__first_name", flat=True))
    places = Enrolment.objects.current(today).filter(pupil__in=[person.pk, *children.values_list("child", flat=True)])
    for row in places.values_list("school__name", "classroom__name", "school__city__name"):
        names += [name for name in row if name]
    return names
