"""Named reads of what people sent."""

import uuid

from django.db.models import Sum

from preau.media import antivirus
from preau.media.models import Joined


def joined_tables() -> list[type[Joined]]:
    """Every room's table of files that people send."""
    return [table for table in Joined.__subclasses__() if not table._meta.abstract]


def weight_of_school(school_id: uuid.UUID) -> int:
    """Bytes of all the files that the people of a school sent; one query for each table."""
    rows = (table.objects.filter(school=school_id, refused_at=None) for table in joined_tables())
    return sum(each.aggregate(all=Sum("weight"))["all"] or 0 for each in rows)


def unsettled(table: type[Joined]):
    """What the antivirus has not answered for, and voices to write again; the oldest first."""
    return table.objects.filter(ready_at=None, refused_at=None).order_by("sent_at", "id")


def is_antivirus_silent() -> bool:
    """One is set and is not there: no file that waits for it can settle."""
    return antivirus.is_silent()
