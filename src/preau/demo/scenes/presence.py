"""Three weeks of appels in the home class: some absences were told, some were not, and one child is often missed."""

import datetime

from django.utils import timezone

from preau.demo import cast, life
from preau.ent.attendance import actions, days
from preau.ent.attendance.models import Half, Reason
from preau.schools.queries import class_list

WEEKS = 3
HOURS = {Half.MORNING: datetime.time(8, 40), Half.AFTERNOON: datetime.time(13, 50)}
TOLD = ((3, Reason.ILLNESS), (7, Reason.GATHERING), (11, ""))  # the rank of a family, and what they say
OFTEN = 17  # the rank of a child whose absences nobody tells


def call_the_roll(stage):
    """The oldest first; nothing of today, whose appel is to be made."""
    classroom = stage.home_room()
    teacher, school = stage.teachers[classroom.pk], stage.school(cast.HOME_SCHOOL)
    families, pupils = life.families_of(stage, classroom), [each.pupil for each in class_list(classroom, stage.today)]
    first = max(stage.today - datetime.timedelta(weeks=WEEKS), timezone.localdate(stage.began))
    for rank, (day, half) in enumerate(days.halves_between(school, first, stage.today - life.DAY, False)):
        now = timezone.make_aware(datetime.datetime.combine(day, HOURS[half]))
        told = _tell(families, rank, day, half, now - datetime.timedelta(hours=1))
        absent = {told} - {None} | ({pupils[OFTEN % len(pupils)].pk} if rank % 4 == 1 else set())
        late = {pupils[rank % len(pupils)].pk} - absent if rank % 3 == 0 else set()
        actions.take_roll(
            person=teacher,
            classroom=classroom,
            day=day,
            half=half,
            absent=absent,
            late=late,
            version=0,
            has_wednesday=False,
            now=now,
        )


def _tell(families, rank, day, half, now):
    """The id of a child whose family tells an absence of that half-day, every other one."""
    who, reason = TOLD[rank // 2 % len(TOLD)]
    if rank % 2 or not families:
        return None
    child, guardians = families[who % len(families)]
    actions.tell_absence(
        person=guardians[0],
        child=child,
        starts_on=day,
        first_half=half,
        ends_on=day,
        last_half=half,
        reason=reason,
        now=now,
    )
    return child.pk
