"""What a teacher gives for the time of a session."""

from django.db import models

from preau.ent.lessons.models.sessions import Lesson
from preau.kit.privacy import Erase, Privacy
from preau.media.models import Joined
from preau.people.models import Person

MOST_FILES, MOST_PAGES = 3, 20  # of an activity; of one of them


class LessonFile(Joined):
    """A PDF that the pupils of a session open on their tablet, or what they are to do, said aloud by who teaches them;
    it goes with the activity it was given for."""

    FOLDER = "sessions"
    SHOWS_PAGES = True  # a tablet may have no reader of PDFs, and what it saves would stay there

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="files", verbose_name="séance")
    sent_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="donné par"
    )

    privacy = Privacy(
        holds="document donné aux élèves d’une séance, consigne dite à voix haute, et qui les a donnés",
        why="que les élèves aient ce sur quoi ils travaillent, et que l’entende qui ne lit pas",
        keeps="jusqu’à l’activité suivante, au plus tard la fin de la séance",
        subjects=("sent_by",),
        erase=Erase.DETACH,
        files=("paths",),
        folders=("sessions",),
    )

    class Meta(Joined.Meta):
        verbose_name = "document d’une séance"
