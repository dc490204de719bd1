"""Named reads: what somebody thanked for, and who thanked an author."""

from django.db.models import Exists, OuterRef, QuerySet

from preau.ent.thanks.models import Thanks
from preau.kit.prepared import Asked
from preau.people.models import Person
from preau.spaces.models import Publication


def thanked_by(person: Person | Asked) -> Exists:
    """Condition on rows with a `publication`: whether this person thanked for it."""
    return Exists(Thanks.objects.filter(person=person, publication=OuterRef("publication")))


def received_by(person: Person) -> QuerySet[Thanks]:
    """Those of what the person wrote and that is still shown."""
    return Thanks.objects.filter(publication__author=person, publication__state=Publication.State.PUBLISHED)
