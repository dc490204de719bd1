"""A school's story reads the hours of its city with all its lines, in one query: what is masked is masked there too."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import CharField, F, Max, Min, Sum, Value
from django.db.models.functions import Cast, Concat

from preau.ent.lessons.models import LessonMonth
from preau.insight.hours import rules
from preau.insight.hours.queries import Hours, KitHours, by_seconds, in_year, together
from preau.insight.hours.queries.counted import NO_KIT
from preau.kit.dates import school_year_label
from preau.kit.rooms.story import Chapter
from preau.kit.rooms.told import COLUMNS

HOURS = "pupil_hours"


@dataclass(frozen=True)
class SchoolHours:
    """The hours of one school this school year, and the kits that served."""

    year: str
    hours: Hours
    kits: tuple[KitHours, ...]


def hours_in(lines, person, school, today) -> SchoolHours | None:
    """As the city's page tells them, of the lines of the story; None when they are not the person's to read."""
    if not rules.reads_hours(person, school, today):
        return None
    places = defaultdict(dict)
    for line in lines:
        if line.kind == HOURS:
            counted = Hours(*map(int, line.detail.split()))
            places[line.target][line.more] = KitHours(line.name or NO_KIT, counted)
    schools, kits = together(places)
    its = by_seconds(kit for (place, _), kit in kits.items() if place == school.pk)
    return SchoolHours(school_year_label(today), schools.get(school.pk, Hours()), tuple(its))


def _hours(school, person, today):
    city = rules.schools_with_hours_for(person, today).filter(pk=school).values("city")
    months = LessonMonth.objects.filter(
        in_year(school_year_label(today)), school__city__in=city, month__lte=today
    ).order_by()
    yield (
        months.values(told_id=F("school"), told_more=F("kit_key"))
        .annotate(
            told_kind=Value(HOURS, CharField()),
            told_name=Max("kit_label"),
            told_detail=Concat(
                Cast(Sum("lessons_count"), CharField()),
                Value(" "),
                Cast(Sum("pupil_seconds"), CharField()),
                Value(" "),
                Cast(Max("most_pupils"), CharField()),
                output_field=CharField(),
            ),
            told_day=Min("month"),
        )
        .values_list(*COLUMNS)
    )


STORY = (Chapter(_hours, {}),)
