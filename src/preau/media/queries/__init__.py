"""Named reads of what people sent."""

import uuid

from django.db.models import Sum
from django.utils.timezone import localdate, now

from preau.kit.files import Given
from preau.kit.rows import one_or_none
from preau.media.models import Joined, Video
from preau.people.models import Person
from preau.people.queries.entries import person_in


def joined_tables() -> list[type[Joined]]:
    """Every room's table of files that people send."""
    return [table for table in (*Joined.__subclasses__(), *Video.__subclasses__()) if not table._meta.abstract]


def weight_of_school(school_id: uuid.UUID) -> int:
    """Bytes of all the files that the people of a school sent; one query for each table."""
    rows = (table.objects.filter(school=school_id, refused_at=None) for table in joined_tables())
    return sum(each.aggregate(all=Sum("weight"))["all"] or 0 for each in rows)


def unsettled(table: type[Joined]):
    """What the antivirus has not answered for, and voices to write again; the oldest first."""
    return table.objects.filter(ready_at=None, refused_at=None).order_by("sent_at", "id")


def given_to(visible, person: Person | None, file_id, shown: str = "") -> Given | None:
    """A file, to whom the rule of its room lets have it at this instant (kit/files.py); `visible` is that set. `shown`:
    rather the image of it whose path has that name."""
    file = person and one_or_none(visible(person, localdate()).filter(pk=file_id))
    path = getattr(file, shown or "path", "")
    return Given(path, file.file_name, is_shown=bool(shown)) if path else None


def give(visible, person_id, file_id, shown: str = "") -> Given | None:
    """The same, by the person's id."""
    return given_to(visible, person_in(person_id, now()), file_id, shown)
