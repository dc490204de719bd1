"""What is to be read, learnt or brought for a day of class: nothing is written at home in primary school."""

import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_noop as _

from preau.kit.privacy import Erase, Privacy
from preau.kit.rows import Row
from preau.media.models import Joined
from preau.people.models import Person
from preau.spaces.models import Publication

HOMEWORK = "homework"
MOST_FILES = 3  # joined to a lesson


class Kind(models.TextChoices):
    """There is none for a written exercise."""

    READ = "read", _("À lire")
    LEARN = "learn", _("À apprendre")
    BRING = "bring", _("À apporter")


class Assignment(Row):
    """Hung on a publication of a class or a group, which says who reads it: all of them, or a few pupils and their
    families. Its days are its `due_days`."""

    publication = models.OneToOneField(Publication, models.CASCADE, related_name="assignment")
    kind = models.CharField("quoi", max_length=5, choices=Kind.choices)
    text = models.CharField("texte", max_length=300)
    first_on = models.DateField("pour le")
    last_on = models.DateField("dernière fois le")
    version = models.PositiveIntegerField("version", default=1)
    edited_at = models.DateTimeField("changé le", null=True, blank=True)

    privacy = Privacy(
        holds="ce qui est à lire, à apprendre ou à apporter, et qui l’a écrit",
        why="dire aux élèves et à leurs familles ce qui est à faire à la maison, sans écrit",
        keeps="l’année scolaire",
        subjects=("publication__author",),
        erase=Erase.DETACH,  # the class keeps its week when its teacher leaves
    )

    class Meta:
        verbose_name = "leçon"
        constraints = [
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="assignment_ends_after_it_begins"),
        ]

    @property
    def is_weekly(self) -> bool:
        return self.last_on > self.first_on

    def is_over(self, today: datetime.date) -> bool:
        """Its last day has passed."""
        return self.last_on < today


class AssignmentFile(Joined):
    """A document joined to a lesson: whoever reads the lesson opens it."""

    FOLDER = "lessons"

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="files", verbose_name="leçon")
    sent_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="joint par"
    )

    # Pages drawn for shared tablets (media.actions.draw_pages): None not yet, 0 never.
    drawn_count = models.PositiveSmallIntegerField("pages dessinées", null=True, blank=True)

    privacy = Privacy(
        holds="document ou photo joint à une leçon, qui l’a joint",
        why="donner aux élèves ce qu’ils ont à lire ou à apprendre",
        keeps="l’année scolaire, comme la leçon",
        subjects=("sent_by",),
        erase=Erase.DETACH,  # the class keeps it when its teacher leaves
        files=("paths",),
        folders=("lessons",),
    )

    class Meta(Joined.Meta):
        verbose_name = "fichier joint à une leçon"

    @property
    def shown_pages(self) -> range:
        return range(1, (self.drawn_count or 0) + 1)


class DueDay(Row):
    """One day for which it is to be done; of a weekly one, each week's. Cancelled alone, it stays and says so."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="due_days", verbose_name="leçon")
    # The id of the publication's place, whatever its kind: one index finds what a week holds in several places.
    space_id = models.UUIDField("lieu où c’est dit")
    day = models.DateField("pour le")
    cancelled_at = models.DateTimeField("annulé le", null=True, blank=True)

    privacy = Privacy.none("dire pour quels jours une leçon est à faire")

    class Meta:
        verbose_name = "jour d’une leçon"
        constraints = [models.UniqueConstraint(fields=["assignment", "day"], name="due_day_once_in_an_assignment")]
        indexes = [models.Index(fields=["space_id", "day"], name="due_day_of_a_week")]


class Done(Row):
    """« C’est fait », as the pupil says it: read by them and their family alone."""

    due_day = models.ForeignKey(DueDay, models.CASCADE, related_name="done", verbose_name="jour d’une leçon")
    pupil = models.ForeignKey(Person, models.CASCADE, related_name="homework_done", verbose_name="élève")
    done_at = models.DateTimeField("fait le")

    privacy = Privacy(
        holds="l’élève qui a dit «\u00a0c’est fait\u00a0», et quand",
        why="s’y retrouver entre ce qui est fait et ce qui reste",
        keeps="l’année scolaire",
        subjects=("pupil",),
    )

    class Meta:
        verbose_name = "leçon faite"
        constraints = [models.UniqueConstraint(fields=["due_day", "pupil"], name="done_once_by_a_pupil")]
