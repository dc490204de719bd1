"""What is to be done at home in the small world, for the tests of this room and those that look at its pages."""

import datetime

from django.urls import reverse
from django.utils.timezone import now

from preau.ent.homework import actions
from preau.media.documents import Document
from preau.places.queries import first_days, has_class_on
from tests.world import TODAY

WEEK = datetime.timedelta(days=7)


def next_day(world, after=TODAY):
    """The first day with class after today."""
    school = world.schools["tilleuls"]
    return first_days(after + datetime.timedelta(days=1), 1, lambda day: has_class_on(school, day, False))[0]


def assign(world, who="teacher", place="cpb", *, pupils=(), **more):
    """Something to read for the next day with class, for the CP B, by its teacher."""
    said = {"kind": "read", "text": "Page 12", "has_wednesday": False, "now": now()} | more
    return actions.assign(
        person=world.people[who],
        place=(world.classrooms | world.groups)[place],
        pupils=[world.people[name] for name in pupils],
        first_on=said.pop("first_on", None) or next_day(world),
        **said,
    )


def shown(world):
    """Each week but one; one pupil's alone; of the CM2 and done; one withdrawn."""
    files = [(Document("pdf", b"%PDF-une liste", 1), "La liste du sac")]
    weekly = assign(world, kind="bring", text="Le sac de sport", until_on=next_day(world) + 3 * WEEK, files=files)
    actions.cancel_day(person=world.people["teacher"], due_day=weekly.due_days.order_by("day")[1], now=now())
    assign(world, text="La fiche de lecture", pupils=["child_adam"])
    done = assign(world, "teacher_other_class", "cm2", kind="learn", text="La poésie")
    actions.say_done(person=world.people["pupil_cm2"], due_day=done.due_days.get(), now=now())
    off = assign(world, text="Page 13")
    actions.withdraw_assignment(person=world.people["teacher"], assignment=off, now=now())
    week = reverse("homework:classroom_week", args=[world.classrooms["cpb"].pk])
    return {
        "week": f"{reverse('homework:mine')}?semaine={next_day(world)}",
        "just": f"{week}?semaine={next_day(world)}&fait={weekly.pk}",
        "assignment_id": weekly.pk,
        "off": reverse("homework:assignment_detail", args=[off.pk]),
    }
