"""The reader's own children among the pupils they work with: what the other parent said is not theirs to read there.
Every child the reader is or was tied to, whatever a judge decided."""

import datetime
import uuid

from django.db.models import Exists, OuterRef

from preau.people.models import Person
from preau.schools.models import Guardianship


def tell_no_link(reader: Person, today: datetime.date) -> None:
    """Another query of this page found that nothing ties the reader to a child: `links_of_guardian` asks no more."""
    getattr(reader, "read_once", {})["links", today] = []


def own_children(reader: Person) -> set[uuid.UUID]:
    """Their ids; one query."""
    return set(Guardianship.objects.filter(guardian=reader).values_list("child", flat=True))


def is_own(reader: Person, child: str) -> Exists:
    """The same as an annotation of rows that lead to a child by the path `child`."""
    return Exists(Guardianship.objects.filter(guardian=reader, child=OuterRef(child)))
