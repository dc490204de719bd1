"""Sessions on tablets of the last weeks, in three classes, as their teachers held them: figures are left, and of the
last one of the home class what its pupils made."""

import datetime

from django.utils import timezone

from preau.demo import cast, life
from preau.demo.scenes import tablets as tablets_of
from preau.ent.attendance import days
from preau.ent.attendance.models import Half
from preau.ent.lessons import actions
from preau.ent.lessons.models import Activity
from preau.people.queries.cards import codes_of
from preau.schools.queries import class_list

CLASSES = ((cast.HOME_SCHOOL, cast.HOME_CLASS), (cast.OTHER_SCHOOL, "CM1"), ("neruda", "CE1"))
WEEKS = 3
TABLETS = 7
BEGINS, ENTERS = datetime.time(9, 20), datetime.timedelta(minutes=3)
LASTS = datetime.timedelta(minutes=40)
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
            is_last = rank == 0 and number == len(mornings[rank :: 3 + rank]) - 1
            _hold(stage.teachers[classroom.pk], classroom, DONE[(number + rank) % len(DONE)], at, is_last)


def _hold(teacher, classroom, activity, now, is_last):
    said = {"activity": Activity.PAGE, "title": tablets_of.TITLE} if is_last else {"activity": activity}
    lesson = actions.open_lesson(person=teacher, place=classroom, now=now, **said)
    asked = {"code": lesson.code, "label": "Chrome sur Android", "network": None, "now": now}
    tablets, keys = zip(*(actions.ask_to_join(**asked) for _ in range(TABLETS)), strict=True)
    numbers = [tablet.number for tablet in tablets]
    actions.accept_devices(person=teacher, lesson=lesson, numbers=numbers, now=now)
    pupils = [each.pupil for each in class_list(classroom, timezone.localdate(now))][:TABLETS]
    codes = codes_of(pupils)
    for tablet, pupil in zip(tablets, pupils, strict=False):
        act = {"device": tablet, "pupil_id": pupil.pk, "now": now + ENTERS}
        if pupil.pk in codes:
            actions.show_pictures(pictures=list(codes[pupil.pk]), **act)
        else:
            actions.enter(**act)
    if is_last:
        tablets_of.make_pages(teacher, tablets, now + ENTERS)
    actions.close_lesson(person=teacher, lesson=lesson, now=now + LASTS)
    for key in keys:
        actions.say_sent(key=key, kept_count=0, now=now + LASTS)
