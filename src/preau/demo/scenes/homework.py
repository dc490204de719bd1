"""What is to be read, learnt and brought in the demo: a few days of several classes, a thing of each week, one of a
group, one of two pupils."""

import datetime

from django.utils.timezone import localdate

from preau.demo import cast, life
from preau.demo.scenes.enclosures import draw_page
from preau.ent.homework import actions
from preau.ent.homework.models import Kind
from preau.places.models import Group
from preau.places.queries import first_days, has_class_on
from preau.schools.queries import class_list

WEEKS = datetime.timedelta(weeks=5)
# (school, class): what, for the next day with class or the one after.
NEXT = {
    (cast.HOME_SCHOOL, cast.HOME_CLASS): (
        (0, Kind.READ, "La page 24 de la méthode, à voix haute."),
        (0, Kind.LEARN, "Les mots outils de la semaine."),
        (1, Kind.BRING, "Une petite boîte vide, pour les graines."),
    ),
    (cast.HOME_SCHOOL, "CE1-CE2"): ((0, Kind.READ, "Le chapitre 3 de «\u00a0La potion du vendredi\u00a0»."),),
    (cast.HOME_SCHOOL, "CM2"): (
        (0, Kind.LEARN, "La poésie «\u00a0Le vent\u00a0», les deux premières strophes."),
        (0, Kind.READ, "La page 62 du manuel d’histoire."),
        (1, Kind.BRING, "La calculatrice."),
    ),
    (cast.OTHER_SCHOOL, "CM1"): (
        (0, Kind.LEARN, "La table de 7."),
        (0, Kind.READ, "La fiche «\u00a0Les volcans\u00a0»."),
    ),
    (cast.OTHER_SCHOOL, "CE1"): ((0, Kind.READ, "Le texte «\u00a0La cabane\u00a0», deux fois."),),
}


def note_lessons(stage):
    """By the teacher of each class, the evening before."""
    for (school, name), lessons in NEXT.items():
        classroom = stage.classrooms[stage.school(school).pk, name]
        days = _class_days(stage, classroom, stage.now, 2)
        for rank, kind, text in lessons:
            _assign(stage, classroom, kind, text, days[rank], stage.ago(1))
    _each_week(stage)
    _for_some(stage)
    _is_done(stage)


def _each_week(stage):
    """Since a fortnight; the next one is cancelled."""
    classroom, begun = stage.home_room(), stage.ago(15)
    first = _class_days(stage, classroom, begun, 1)[0]
    weekly = _assign(stage, classroom, Kind.BRING, "Le livre de la bibliothèque.", first, begun, until_on=first + WEEKS)
    coming = weekly.due_days.filter(day__gt=stage.today).order_by("day").first()
    if coming:
        teacher = stage.teachers[classroom.pk]
        actions.cancel_day(person=teacher, due_day=coming, now=stage.ago(1))


def _for_some(stage):
    """Two pupils of the class; the dispositif of the school, by the head."""
    classroom, when = stage.home_room(), stage.ago(1)
    day = _class_days(stage, classroom, stage.now, 1)[0]
    pupils = [child for child, _ in life.families_of(stage, classroom)[:2]]
    files = [(draw_page(stage, "Le son «\u00a0ou\u00a0»", ["un loup", "une poule", "la roue", "le hibou"]), "La fiche")]
    _assign(stage, classroom, Kind.READ, "La fiche du son «\u00a0ou\u00a0».", day, when, pupils=pupils, files=files)
    group = Group.objects.filter(school=stage.school(cast.HOME_SCHOOL), kind=Group.Kind.ULIS).first()
    head = stage.heads[cast.HOME_SCHOOL]
    _assign(stage, group, Kind.READ, "L’album «\u00a0Le grand jardin\u00a0».", day, when, person=head)


def _is_done(stage):
    """The pupil one signs in as has learnt the poem."""
    classroom = stage.home_room("CM2")
    pupil = next(each.pupil for each in class_list(classroom, stage.today) if each.pupil.last_name == "Diabolo")
    poem = classroom.publications.filter(assignment__kind=Kind.LEARN).first().assignment
    actions.say_done(person=pupil, due_day=poem.due_days.get(), now=stage.now)


def _class_days(stage, classroom, when, count):
    tomorrow = localdate(when) + life.DAY
    return first_days(tomorrow, count, lambda day: has_class_on(classroom.school, day, False))


def _assign(stage, place, kind, text, day, now, **more):
    said = {"person": stage.teachers.get(place.pk), "has_wednesday": False} | more
    return actions.assign(place=place, kind=kind, text=text, first_on=day, now=now, **said)
