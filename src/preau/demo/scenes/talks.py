"""What people write to each other: a parent and the teacher, two parents apart, the adults of a school, the IEN, and a
message that is reported."""

import datetime

from preau.demo import cast
from preau.ent.mail import actions as mail
from preau.people.models import Person
from preau.schools.models import Guardianship

SAID = {
    "snack": (
        "Le goûter de vendredi", "Bonjour. Faut-il apporter un goûter vendredi\u00a0?",
        "Oui, un fruit suffit. Merci\u00a0!",
    ),
    "meeting": (
        "Un rendez-vous", "Je voudrais vous voir un soir de la semaine prochaine.",
        "Mardi à 16\u00a0h\u00a045, dans la classe\u00a0?",
    ),
    "park": ("La sortie au parc", "Je suis disponible pour accompagner la classe."),
    "council": ("Conseil des maîtres", "Le conseil est avancé à mardi, 12\u00a0h.", "C’est noté."),
    "visit": ("Visite de l’école", "Je passe jeudi matin.", "Entendu."),
    "shells": ("Mon exposé", "Je peux apporter mes coquillages demain\u00a0?"),
    "anger": ("C’est la dernière fois", "Vous vous moquez de moi. Vous allez le regretter."),
}  # fmt: skip
HOUR = datetime.timedelta(hours=1)


def write_messages(stage):
    """A few conversations, answered and not; the last one is still to read."""
    teacher, head = stage.teachers[stage.home_room().pk], stage.heads[cast.HOME_SCHOOL]
    _talk(stage, _guardian("Amina Marelle"), [teacher], 5, "snack", child="Adam")
    _talk(stage, _guardian("Claire Toupie"), [teacher], 4, "meeting", child="Lina")
    _talk(stage, _guardian("Julien Toupie"), [teacher, head], 3, "park", child="Lina")
    _talk(stage, head, [teacher], 2, "council")
    _talk(stage, stage.people["Anne Cartable"], [head], 6, "visit")
    pupil = Person.objects.get(last_name="Diabolo", first_name="Inès")
    _talk(stage, pupil, [stage.teachers[stage.home_room("CM2").pk]], 1, "shells")


def report_a_message(stage):
    """A parent writes in anger; the head takes the report up, and says what was done."""
    head = stage.heads[cast.HOME_SCHOOL]
    talk = _talk(stage, _guardian("David Diabolo"), [head], 9, "anger", child="Inès")
    mail.mark_seen(person=head, conversation=talk, number=1, now=stage.ago(8))
    report = mail.report_message(person=head, message=talk.messages.get(), reason="threat", words="", now=stage.ago(8))
    mail.take_report(person=head, report=report, now=stage.ago(8) + HOUR)
    done = "Le parent a été reçu avec l’adjointe de l’IEN. Il s’est excusé."
    mail.close_report(person=head, report=report, answer=done, now=stage.ago(7))


def _talk(stage, person, to, days, key, child=""):
    """One line each in turn, an hour apart."""
    subject, *lines = SAID[key]
    at, school = stage.ago(days), stage.school(cast.HOME_SCHOOL)
    about = child and Guardianship.objects.reached(stage.today).get(guardian=person, child__first_name=child).child
    said = {"person": person, "school": school, "to": to, "subject": subject}
    talk = mail.begin(**said, text=lines[0], child=about or None, now=at)
    for rank, line in enumerate(lines[1:], 1):
        who = (to[0], person)[(rank + 1) % 2]
        mail.mark_seen(person=who, conversation=talk, number=rank, now=at + rank * HOUR)
        mail.answer(person=who, conversation=talk, text=line, now=at + rank * HOUR)
    return talk


def _guardian(name):
    first, last = name.split(" ", 1)
    return Person.objects.get(first_name=first, last_name=last, account__isnull=False)
