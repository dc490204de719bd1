"""What a city has yet to tell Préau: its first table, lines left out of its tables, the classes of the school year."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef

from preau.kit.dates import school_year_bounds
from preau.places.models import School
from preau.places.queries import open_on
from preau.plan.equipment.models import Acceptance, Fact, LeftOut, Measure
from preau.plan.equipment.queries import is_told, year_of


@dataclass(frozen=True)
class ToTell:
    """`year` is the school year, by its September."""

    year: int
    schools_count: int  # open that day
    unsaid_count: int  # of these, whose classes of the school year nobody wrote
    has_received: bool  # a reception is recorded for one of them
    untold_count: int  # nobody said what they received
    has_left_out: bool  # a line of a table was not taken

    @property
    def is_something(self) -> bool:
        return bool(self.unsaid_count or self.untold_count or self.has_left_out) or not self.has_received


def to_tell(city, today: date) -> ToTell:
    """One query, for the home of who writes the plan of a city."""
    year = year_of(today)
    classes = Fact.objects.standing().filter(measure=Measure.CLASSES, school=OuterRef("pk"))
    classes = classes.filter(as_of__range=school_year_bounds(f"{year}-{year + 1}"))
    received = Acceptance.objects.standing().filter(school=OuterRef("pk"))
    left_out = LeftOut.objects.open().filter(city=OuterRef("city"))
    counts = School.objects.filter(open_on(today), city=city).aggregate(
        all=Count("pk"),
        unsaid=Count("pk", filter=~Exists(classes)),
        untold=Count("pk", filter=~is_told(today)),
        received=Count("pk", filter=Exists(received)),
        left=Count("pk", filter=Exists(left_out)),
    )
    return ToTell(
        year, counts["all"], counts["unsaid"], bool(counts["received"]), counts["untold"], bool(counts["left"])
    )
