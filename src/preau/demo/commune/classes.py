"""Three classes of schools that were equipped: their pupils, and the sessions of this school year on what they
received: a cart and its access point, tablets of a nursery class, a kit while it is lent."""

import datetime
import random
from dataclasses import dataclass

from django.utils.timezone import localdate

from preau.demo import cast, devices
from preau.demo.commune import loans
from preau.demo.commune.calendar import at, days
from preau.demo.families import ClassCard, FamilyMaker, first_september
from preau.ent.attendance.days import halves_between
from preau.ent.attendance.models import Half
from preau.ent.lessons import actions
from preau.ent.lessons.models import Activity
from preau.privacy import papers
from preau.schools import actions as register
from preau.schools.actions import cards
from preau.schools.queries import class_list
from preau.web import lesson_means

MOST = 8  # sessions of a class, spread over the year
OPENS, ENTERS, CLOSES = 5, 8, 47  # minutes after nine
LENT = days(1), days(3)  # of the week of a loan: Tuesday and Thursday
SENT = datetime.timedelta(minutes=1)
LINK = "https://www.example.org/fables"
DONE = (Activity.PAGE, Activity.FREE, Activity.LINK, Activity.PAGE, Activity.WORD)


@dataclass(frozen=True)
class Class:
    """A class, who teaches it, how many are in it and on how many devices they work."""

    teacher: cast.Actor
    levels: tuple[str, ...]
    size: int
    devices: int

    @property
    def school(self) -> str:
        return self.teacher.place[1].partition(", ")[0]

    @property
    def name(self) -> str:
        return self.teacher.place[1].partition(", ")[2]


CLASSES = tuple(
    Class(teacher, *shape)
    for teacher, shape in zip(
        cast.COMMUNE_TEACHERS, ((("CE2",), 9, 7), (("CM1", "CM2"), 8, 7), (("MS", "GS"), 7, 6)), strict=True
    )
)


def stories(scene):
    """One morning after the other, from the first week of school to yesterday."""
    for rank, each in enumerate(CLASSES):
        yield _story(scene, each, rank)


def _story(scene, each, rank):
    began = first_september(scene.today) + days(1)
    now = yield at(began, rank)
    classroom, teacher = _open(scene, each, now)
    last = None
    for number, day in enumerate(_mornings(scene, each, began + days(4), rank)):
        now = yield at(day, OPENS + rank)
        lesson = _begin(teacher, classroom, last, DONE[(number + rank) % len(DONE)], now)
        brought = devices.bring(teacher=teacher, lesson=lesson, count=each.devices, now=now)
        now = yield at(day, ENTERS + rank)
        pupils = [row.pupil for row in class_list(classroom, localdate(now))]
        devices.enter([device for device, _ in brought], pupils, now)
        now = yield at(day, CLOSES + rank)
        last = _end(teacher, lesson, [key for _, key in brought], now)


def _open(scene, each, now):
    """By the head: the class, its pupils and their parents; its teacher makes their cards."""
    school, head = scene.schools[each.school], scene.heads[each.school]
    began = localdate(now)
    signed = {"signed_on": began, "signed_by": "Signatures fictives de démonstration", "version": papers.version()}
    register.open_to_families(person=scene.operator, schools=[school], now=now, **signed)
    act = {"person": head, "now": now}
    classroom = register.open_classroom(school=school, name=each.name, levels=list(each.levels), today=began, **act)
    for child in _children(scene, each):
        parents = tuple(
            register.GuardianEntry(parent.first_name, parent.last_name, parent.civility, authority="yes")
            for parent in child.guardians
        )
        register.enrol_pupil(
            school=school,
            classroom=classroom,
            level=child.level,
            first_name=child.first_name,
            last_name=child.last_name,
            birth_date=child.birth_date,
            starts_on=began,
            guardians=parents,
            **act,
        )
    teacher = scene.engage(each.teacher, classroom, began)
    cards.prepare_cards(person=teacher, classroom=classroom, now=now)
    return classroom, teacher


def _children(scene, each):
    """Fictitious, and none of a name that the demo knows elsewhere."""
    maker = FamilyMaker(each.school, scene.today, town=scene.city.name)
    named = cast.named_families(scene.today, random.Random("named families"))
    maker.reserve(child for children in named.values() for child in children)
    return maker.fill([ClassCard(each.name, each.levels, each.size)])


def _mornings(scene, each, first, rank):
    """Spread over the year's days of class, and those of the week when a kit is lent to the school."""
    school = scene.schools[each.school]
    halves = halves_between(school, first, scene.today - days(1), False)
    mornings = [day for day, half in halves if half == Half.MORNING]
    lent = {monday + more for monday in loans.mondays_of(scene, each.school) for more in LENT}
    step = max(len(mornings) // MOST, 3)
    return sorted({*mornings[rank::step], *(lent & set(mornings))})


def _begin(teacher, classroom, last, activity, now):
    """What the page offers: the Wi-Fi of a room, and what is lent before a cart of the school."""
    link = LINK if activity == Activity.LINK else ""
    lesson = actions.open_lesson(person=teacher, place=classroom, activity=activity, link=link, now=now)
    offer = lesson_means.offered(person=teacher, school=classroom.school, last=last, now=now)
    given = {"person": teacher, "lesson": lesson, "now": now}
    if offer.kits:
        lesson_means.take_kit(kit=offer.kits[0][0], **given)
    if offer.rooms:
        lesson_means.put_on(room=offer.rooms[0][0], minutes=0, **given)
    return lesson


def _end(teacher, lesson, keys, now):
    """Closed; then each tablet says that all is sent, and the Wi-Fi goes off."""
    lesson = actions.close_lesson(person=teacher, lesson=lesson, now=now)
    lesson_means.put_off(person=teacher, lesson=lesson, now=now)
    for key in keys:
        if actions.say_sent(key=key, kept_count=0, now=now + SENT):
            lesson_means.all_sent(lesson=lesson, now=now + SENT)
    return lesson
