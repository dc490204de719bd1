"""What pupils of the world write, by the room's own actions."""

import datetime

from django.utils.timezone import now

from preau.ent.writings import actions
from preau.media import actions as media
from preau.media.models import Accord
from preau.media.queries.accords import holders
from tests.ent.posts.test_actions import picture
from tests.world import TODAY

PUPIL, TEACHER = "pupil_cm2", "teacher_other_class"
TEXT = "Les poules du jardin ont pondu six œufs."


def begin(world, who=PUPIL, room="cm2", title="Les poules", text=TEXT, **more):
    """A draft; `drawn` puts a picture with it."""
    if more.pop("drawn", False):
        shown = picture("Une poule rousse.")
        more["pictures"] = [(shown.drawn, shown.alt)]
    given = {"person": world.people[who], "classroom": world.classrooms[room], "title": title, "text": text}
    return actions.begin_writing(**given | {"now": now()} | more)


def give(world, **more):
    writing = begin(world, **more)
    return actions.give(person=writing.publication.author, writing=writing, now=now())


def publish(world, writing=None, by=TEACHER, **more):
    writing = writing or give(world, **more)
    read = as_read(writing) | {"no_child_declared": True}
    return actions.publish(person=world.people[by], writing=writing, **read, now=now())


def give_back(world, writing=None, by=TEACHER, remark="Ajoute une date, et relis la fin.", **more):
    writing = writing or give(world, **more)
    actions.give_back(person=world.people[by], writing=writing, remark=remark, **as_read(writing), now=now())
    return writing


def given_again(world, said):
    """It waits a second time, after a remark; both say this."""
    back = give_back(world, text=said, remark=said)
    return actions.give(person=back.publication.author, writing=back, now=now())


def as_read(writing):
    """What a page that is open holds of it."""
    writing.refresh_from_db()
    return {"title": writing.title, "text": writing.text, "version": writing.version}


LATER = datetime.timedelta(days=40)


def agree(world, answer, *perimeters, pupil=PUPIL, kind=Accord.Kind.WORK):
    """All who answer for the pupil say it of signed works."""
    about = {"child": world.people[pupil], "now": now()}
    for link in holders(TODAY).filter(child=world.people[pupil]):
        answers = {(kind, perimeter): answer for perimeter in perimeters}
        media.say_accords(person=link.guardian, guardian=link.guardian, answers=answers, **about)
