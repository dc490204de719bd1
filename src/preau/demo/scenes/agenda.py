"""What is coming in the demo: a few days of the city, a school and its class, one of them cancelled."""

import datetime

from preau.demo import cast
from preau.ent.agenda import actions
from preau.ent.agenda.models import EventScope

DAY = datetime.timedelta(days=1)


def note_what_comes(stage):
    """Told by who keeps each agenda, of the next weeks."""
    school, classroom = stage.school(cast.HOME_SCHOOL), stage.home_room()
    head, teacher = stage.heads[cast.HOME_SCHOOL], stage.teachers[classroom.pk]
    thursday = stage.today + DAY * ((3 - stage.today.weekday()) % 7 or 7)
    hour = datetime.time
    _add(
        stage,
        teacher,
        classroom,
        EventScope.ALL,
        "Rendez-vous à la médiathèque",
        thursday,
        begins_at=hour(9, 30),
        ends_at=hour(11),
        where="Médiathèque",
        text="Pensez à rendre les livres empruntés.",
    )
    _add(stage, teacher, classroom, EventScope.FAMILIES, "Café des parents", thursday + 5 * DAY, begins_at=hour(8, 30))
    off = _add(stage, teacher, classroom, EventScope.ALL, "Sortie au jardin", thursday + DAY, begins_at=hour(14))
    actions.cancel_event(person=teacher, event=off, now=stage.ago(1))
    _add(stage, head, school, EventScope.PUBLIC, "Portes ouvertes de l’école", thursday + 9 * DAY, begins_at=hour(17))
    _add(stage, head, school, EventScope.STAFF, "Conseil des maîtres", thursday + 4 * DAY, begins_at=hour(16, 45))
    _add(
        stage,
        stage.people["Odile Registre"],
        stage.city,
        EventScope.FAMILIES,
        "Semaine du goût à la cantine",
        thursday + 11 * DAY,
        last_on=thursday + 15 * DAY,
    )


def _add(stage, person, place, scope, title, day, **more):
    said = {"scope": scope, "title": title, "first_on": day} | more
    return actions.add_event(person=person, place=place, now=stage.ago(2), **said)
