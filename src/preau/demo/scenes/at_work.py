"""Sessions on tablets of the last weeks, in four classes, as their teachers held them: figures are left, and what the
pupils of the home class and of the nursery's made in the last one."""

import datetime

from django.utils import timezone

from preau.demo import cast, devices, life
from preau.demo.scenes import tablets as tablets_of
from preau.demo.scenes.notebooks import NURSERY
from preau.ent.attendance import days
from preau.ent.attendance.models import Half
from preau.ent.lessons import actions
from preau.ent.lessons.models import Activity
from preau.schools.queries import class_list

CLASSES = ((cast.HOME_SCHOOL, cast.HOME_CLASS), (cast.OTHER_SCHOOL, "CM1"), ("neruda", "CE1"), ("nursery", NURSERY))
WEEKS = 3
TABLETS = 7
BEGINS, ENTERS = datetime.time(9, 20), datetime.timedelta(minutes=3)
LASTS = datetime.timedelta(minutes=40)
MADE = {
    cast.HOME_CLASS: (tablets_of.TITLE, tablets_of.make_pages),
    NURSERY: (tablets_of.NURSERY_TITLE, tablets_of.make_nursery_pages),
}
DONE = (Activity.PAGE, Activity.FREE, Activity.HOMEWORK)


def hold_sessions(stage):
    """One morning in three, rank after rank, so that no two schools have used the same."""
    for rank, (name, classroom_name) in enumerate(CLASSES):
        school = stage.school(name)
        classroom = stage.classrooms.get((school.pk, classroom_name))
        if classroom is None:
            continue
        first = max(stage.today - datetime.timedelta(weeks=WEEKS), timezone.localdate(stage.began))
        mornings = [
            day
            for day, half in days.halves_between(school, first, stage.today - life.DAY, False)
            if half == Half.MORNING
        ]
        for number, day in enumerate(mornings[rank :: 3 + rank]):
            at = timezone.make_aware(datetime.datetime.combine(day, BEGINS))
            is_last = number == len(mornings[rank :: 3 + rank]) - 1
            made = MADE.get(classroom_name) if is_last else None
            _hold(stage.teachers[classroom.pk], classroom, DONE[(number + rank) % len(DONE)], at, made)


def _hold(teacher, classroom, activity, now, made):
    title, make = made or ("", None)
    said = {"activity": Activity.PAGE, "title": title} if made else {"activity": activity}
    lesson = actions.open_lesson(person=teacher, place=classroom, now=now, **said)
    brought = devices.bring(teacher=teacher, lesson=lesson, count=TABLETS, now=now)
    tablets = [device for device, _ in brought]
    pupils = [each.pupil for each in class_list(classroom, timezone.localdate(now))]
    devices.enter(tablets, pupils, now + ENTERS)
    if make:
        make(teacher, tablets, now + ENTERS)
    actions.close_lesson(person=teacher, lesson=lesson, now=now + LASTS)
    for _, key in brought:
        actions.say_sent(key=key, kept_count=0, now=now + LASTS)
