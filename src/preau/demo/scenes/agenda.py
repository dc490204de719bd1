"""What is coming in the demo: a few days of the city, a school and its class, one of them cancelled."""

import datetime

from preau.demo import cast
from preau.demo.life import families_of
from preau.ent.agenda import actions
from preau.ent.agenda.models import EventScope
from preau.notify import actions as notify

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


def open_appointments(stage):
    """Two evenings of the teacher; some families have theirs, of one child both parents, apart; one was placed."""
    classroom, now = stage.home_room(), stage.ago(1)
    teacher = stage.teachers[classroom.pk]
    tuesday = stage.today + DAY * ((1 - stage.today.weekday()) % 7 + 7)
    hours = {"begins_at": datetime.time(16, 45), "ends_at": datetime.time(18, 15), "minutes": 15}
    opened = actions.open_round(
        person=teacher,
        classroom=classroom,
        title="Rencontres du premier trimestre",
        day=tuesday,
        where="En classe, ou au téléphone",
        now=now,
        **hours,
    )
    actions.add_slots(person=teacher, round_=opened, day=tuesday + 2 * DAY, now=now, **hours)
    notify.freeze(notice_id=opened.event.publication.notice.pk, now=now)  # what its job would do a moment later
    slots = iter(opened.slots.order_by("starts_at"))
    for rank, (child, guardians) in enumerate(families_of(stage, classroom)[:5]):
        for guardian in guardians[: 2 if rank == 0 else 1]:
            said = {"round_": opened, "child": child, "slot": next(slots), "now": now}
            if rank == 4:
                actions.place_family(person=teacher, guardian=guardian, **said)
            else:
                actions.take_slot(person=guardian, wish=("", "Au téléphone")[rank % 2], **said)


def convene(stage):
    """The conseil d’école of the named school, in a fortnight."""
    actions.convene_council(
        person=stage.heads[cast.HOME_SCHOOL],
        school=stage.school(cast.HOME_SCHOOL),
        day=stage.today + 15 * DAY,
        begins_at=datetime.time(18),
        where="Salle des maîtres",
        now=stage.ago(1),
        items="Règlement intérieur\nEffectifs de l’année\nTravaux de la cour\nQuestions des parents élus",
        members="La directrice, présidente\nLes enseignantes et enseignants de l’école\nLes parents élus\nLa mairie",
    )


def _add(stage, person, place, scope, title, day, **more):
    said = {"scope": scope, "title": title, "first_on": day} | more
    return actions.add_event(person=person, place=place, now=stage.ago(2), **said)
