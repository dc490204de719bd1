"""Who may look at a picture: whoever may read its publication."""

import datetime

from django.db.models import QuerySet

from preau.kit.answers import Answer, No, Yes
from preau.media.models import Picture
from preau.people.models import Person
from preau.spaces.rules import publications_visible_to


def pictures_visible_to(person: Person | None, today: datetime.date) -> QuerySet[Picture]:
    """Pictures of what the person may read; None stands for anyone."""
    return Picture.objects.filter(publication__in=publications_visible_to(person, today))


def can_view_picture(person: Person | None, picture: Picture, today: datetime.date) -> Answer:
    """The same question for one picture."""
    if pictures_visible_to(person, today).filter(pk=picture.pk).exists():
        return Yes()
    return No("Cette photo n’est pas pour vous.")
