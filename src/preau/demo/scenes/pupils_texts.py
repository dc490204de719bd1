"""What a pupil of CM2 writes: one begun, one to read over, one given back, two published; an idea for the council."""

import datetime

from preau.ent.writings import actions
from preau.people.models import Person

HOUR = datetime.timedelta(hours=1)
STORK = (
    "La cigogne du clocher",
    "Depuis lundi, une cigogne se pose sur le clocher.\nElle part le matin et revient à la cantine.\n\n"
    "Nous la dessinons chacun notre tour.",
)
MARKET = ("Le marché du jeudi", "au marché il y a des pomme et du fromage. Le marchand nous a fait goûter.")
REMARK = "C’est vivant\u00a0! Mets une majuscule au début, et dis avec qui tu y es allée."
PLANET = (
    "Au planétarium",
    "Le plafond est devenu le ciel. On a trouvé la Grande Ourse.\nJe voudrais savoir pourquoi les étoiles clignotent.",
)
READING = ("Un coin pour lire", "On pourrait avoir un banc et une caisse de livres sous le préau.")
DECIDED = "Oui, à l’essai jusqu’aux vacances. La caisse se range chaque soir, deux élèves s’en occupent."
CHESS = ("Le tournoi de dames", "Samedi on a joué")


def write_texts(stage):
    """The oldest first; what is being written is of this morning."""
    pupil = Person.objects.get(last_name="Diabolo", first_name="Inès")
    classroom = stage.home_room("CM2")
    teacher = stage.teachers[classroom.pk]
    desk = _Desk(stage, pupil, classroom, teacher)
    stork = desk.published(12, STORK)
    actions.put_in_journal(person=teacher, writing=stork, is_in=True, now=stage.ago(11))
    idea = desk.published(9, READING, purpose="council")
    actions.answer_subject(person=teacher, writing=idea, answer=DECIDED, version=idea.version, now=stage.ago(5))
    market = desk.given(4, MARKET)
    read = {"title": market.title, "text": market.text, "version": market.version, "now": stage.ago(3)}
    actions.give_back(person=teacher, writing=market, remark=REMARK, **read)
    desk.given(1, PLANET)
    desk.begun(0, CHESS)


class _Desk:
    """One pupil, their class, who reads over."""

    def __init__(self, stage, pupil, classroom, teacher):
        self.stage, self.pupil, self.classroom, self.teacher = stage, pupil, classroom, teacher

    def begun(self, days, said, **more):
        title, text = said
        given = {"person": self.pupil, "classroom": self.classroom, "title": title, "text": text, **more}
        return actions.begin_writing(**given, now=self.stage.ago(days))

    def given(self, days, said, **more):
        writing = self.begun(days, said, **more)
        return actions.give(person=self.pupil, writing=writing, now=self.stage.ago(days) + HOUR)

    def published(self, days, said, **more):
        writing = self.given(days, said, **more)
        read = {"title": writing.title, "text": writing.text, "version": writing.version}
        return actions.publish(person=self.teacher, writing=writing, **read, now=self.stage.ago(days) + 3 * HOUR)
