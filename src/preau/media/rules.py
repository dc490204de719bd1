"""Who may look at a picture: whoever may read its publication."""

import datetime

from django.db.models import QuerySet

from preau.media.models import Picture
from preau.people.models import Person
from preau.spaces.rules import is_readable


def pictures_visible_to(person: Person | None, today: datetime.date) -> QuerySet[Picture]:
    """Pictures of what the person may read; None stands for anyone."""
    return Picture.objects.filter(is_readable(person, today))
