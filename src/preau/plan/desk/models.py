"""The days a person was reminded by mail."""

from django.db import models

from preau.kit.privacy import Privacy
from preau.kit.rows import Row
from preau.people.models import Person


class Reminder(Row):
    """One mail of reminders to a person, at most one a day. Taken before it is sent: it never leaves twice."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="plan_reminders", verbose_name="personne")
    day = models.DateField("jour")

    privacy = Privacy(
        holds="les jours où un rappel a été envoyé par courriel",
        why="ne pas rappeler deux fois la même chose",
        keeps="30 jours",
        subjects=("person",),
    )

    class Meta:
        verbose_name = "rappel par courriel"
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="reminder_once_per_day")]
