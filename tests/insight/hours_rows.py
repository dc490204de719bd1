"""Months of sessions, as they leave them."""

from django.utils.timezone import localdate, now

from preau.ent.lessons.models import LessonMonth

TODAY = localdate(now())
MONTH = TODAY.replace(day=1)


def month(school, *, lessons=4, hours=20, most=20, kit="", **more):
    """A row as sessions leave it."""
    facts = {"month": MONTH, "activity": "page", "kit_label": kit and f"Chariot {kit}"} | more
    return LessonMonth.objects.create(
        school=school, kit_key=kit, lessons_count=lessons, pupil_seconds=hours * 3600, most_pupils=most, **facts
    )
