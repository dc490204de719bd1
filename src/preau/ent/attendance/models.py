"""Absences of pupils: what was said of them beforehand or afterwards, what each roll call found, what the head did."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_noop as _

from preau.kit.privacy import Erase, Privacy
from preau.kit.rows import Row
from preau.people.models import Person
from preau.places.models import Classroom, School


class Half(models.TextChoices):
    """A half-day. The codes sort as the day goes: conditions compare them."""

    MORNING = "am", _("matin")
    AFTERNOON = "pm", _("après-midi")


class Reason(models.TextChoices):
    """Reasons of an absence: the five that article L131-8 of the Code de l’éducation holds lawful, and another. No
    detail of health is asked for, and no certificate."""

    ILLNESS = "illness", "enfant malade"
    CONTAGION = "contagion", "maladie contagieuse dans la famille"
    GATHERING = "gathering", "réunion de famille importante"
    TRANSPORT = "transport", "trajet empêché"
    FOLLOWING = "following", "parents en déplacement, l’enfant les suit"
    OTHER = "other", "autre raison"


LAWFUL = (Reason.ILLNESS, Reason.CONTAGION, Reason.GATHERING, Reason.TRANSPORT, Reason.FOLLOWING)


def covers(day, half, *, starts="starts_on", first="first_half", ends="ends_on", last="last_half") -> Q:
    """Condition on rows that last from a half-day to another: this one is among them."""
    begun = Q((f"{starts}__lt", day)) | Q((starts, day), (f"{first}__lte", half))
    lasting = Q((f"{ends}__gt", day)) | Q((ends, day), (f"{last}__gte", half))
    return begun & lasting


class AbsenceQuerySet(models.QuerySet):
    def live(self):
        """Not taken back."""
        return self.filter(withdrawn_at=None)


class Absence(Row):
    """An absence told once, by a guardian or by the school that took a telephone call. It excuses the half-days that it
    covers, whenever it is told."""

    class Way(models.TextChoices):
        FAMILY = "family", "dit par la famille"
        SCHOOL = "school", "noté par l’école"

    child = models.ForeignKey(Person, models.CASCADE, related_name="absences", verbose_name="élève")
    starts_on = models.DateField("du")
    first_half = models.CharField("dès le", max_length=2, choices=Half.choices, default=Half.MORNING)
    ends_on = models.DateField("au")
    last_half = models.CharField("jusqu’au", max_length=2, choices=Half.choices, default=Half.AFTERNOON)
    reason = models.CharField("raison", max_length=9, choices=Reason.choices, blank=True)
    way = models.CharField("su par", max_length=6, choices=Way.choices, default=Way.FAMILY)
    # The guardian; nobody for what the school noted, a pupil's reason that its teacher's archive must not hold.
    told_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="told_absences", verbose_name="écrit par"
    )
    told_at = models.DateTimeField("dit le")
    withdrawn_at = models.DateTimeField("retiré le", null=True, blank=True)
    version = models.PositiveIntegerField("version", default=1)

    objects = AbsenceQuerySet.as_manager()

    privacy = Privacy(
        holds="jours d’une absence, sa raison parmi celles de la loi, qui l’a dite\u00a0; rien de la santé",
        why="savoir chaque matin qui est attendu, et ne pas alerter une famille qui a prévenu",
        keeps="l’année scolaire",
        subjects=("child", "told_by"),
        of_another=("child",),  # what one parent told is not the other's to read
    )

    class Meta:
        verbose_name = "absence dite"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")) | Q(ends_on=F("starts_on"), last_half__gte=F("first_half")),
                name="absence_ends_after_it_starts",
            )
        ]
        indexes = [models.Index(fields=["child", "ends_on"])]

    @property
    def is_one_half(self) -> bool:
        return self.starts_on == self.ends_on and self.first_half == self.last_half


class RollCall(Row):
    """The appel of a class, one half-day: who made it and when. Those present have no row."""

    classroom = models.ForeignKey(Classroom, models.CASCADE, related_name="roll_calls", verbose_name="classe")
    day = models.DateField("jour")
    half = models.CharField("demi-journée", max_length=2, choices=Half.choices)
    pupils_count = models.PositiveIntegerField("élèves inscrits")
    taken_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="appel fait par"
    )
    taken_at = models.DateTimeField("appel fait le")
    changed_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="corrigé par"
    )
    changed_at = models.DateTimeField("corrigé le", null=True, blank=True)
    version = models.PositiveIntegerField("version", default=1)

    privacy = Privacy(
        holds="qui a fait l’appel d’une classe, qui l’a corrigé, et quand",
        why="savoir qu’il est fait, et pouvoir demander à qui l’a fait",
        keeps="l’année scolaire",
        subjects=("taken_by", "changed_by"),
        erase=Erase.DETACH,
    )

    class Meta:
        verbose_name = "appel"
        constraints = [models.UniqueConstraint(fields=["classroom", "day", "half"], name="roll_call_once_a_half_day")]
        indexes = [models.Index(fields=["day", "half"])]

    @property
    def last_word_at(self):
        """When it was made, or last put right."""
        return self.changed_at or self.taken_at


class Missing(Row):
    """A pupil whom a roll call found absent or late. Put right, the row stays and says when."""

    class Kind(models.TextChoices):
        ABSENT = "absent", "absent"
        LATE = "late", "en retard"

    roll_call = models.ForeignKey(RollCall, models.CASCADE, related_name="missing", verbose_name="appel")
    pupil = models.ForeignKey(Person, models.CASCADE, related_name="missed", verbose_name="élève")
    kind = models.CharField("constat", max_length=6, choices=Kind.choices)
    marked_at = models.DateTimeField("noté le")
    withdrawn_at = models.DateTimeField("corrigé le", null=True, blank=True)
    # How many guardians something left for; None when nobody had to be called.
    called_count = models.PositiveIntegerField("responsables appelés", null=True, blank=True)
    told_at = models.DateTimeField("premier envoi parti le", null=True, blank=True)

    privacy = Privacy(
        holds="absences et retards relevés à l’appel, et quand la famille en a été prévenue",
        why="tenir le registre d’appel que demande la loi, et prévenir la famille d’une absence qu’elle n’a pas dite",
        keeps="l’année scolaire",
        subjects=("pupil",),
    )

    class Meta:
        verbose_name = "absence relevée"
        constraints = [
            models.UniqueConstraint(fields=["roll_call", "pupil"], name="missing_once_a_roll_call"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("marked_at")),
                name="missing_put_right_after_marked",
            ),
        ]

    @property
    def is_late(self) -> bool:
        return self.kind == self.Kind.LATE

    @property
    def call_key(self) -> str:
        """What a call about this absence is told by: marked again after it was put right, it is another."""
        return str(int(self.marked_at.timestamp() * 1000))  # short: the outbox keeps 120 signs, names and ids included


class FollowUp(Row):
    """What the head did about a pupil who missed four half-days of a month without a lawful reason: it closes the line
    of that month, and stays."""

    class Outcome(models.TextChoices):
        MET = "met", "famille rencontrée"
        CALLED = "called", "famille jointe au téléphone"
        WRITTEN = "written", "courrier à la famille"
        REPORTED = "reported", "dossier transmis à l’IEN"
        EXCUSED = "excused", "raison reçue et acceptée"

    pupil = models.ForeignKey(Person, models.CASCADE, related_name="absence_follow_ups", verbose_name="élève")
    school = models.ForeignKey(School, models.CASCADE, related_name="absence_follow_ups", verbose_name="école")
    month = models.DateField("mois")  # its first day
    halves_count = models.PositiveIntegerField("demi-journées sans raison")
    outcome = models.CharField("suite", max_length=8, choices=Outcome.choices)
    note = models.CharField("note", max_length=300, blank=True)
    closed_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="noté par"
    )
    closed_at = models.DateTimeField("noté le")

    privacy = Privacy(
        holds="la suite donnée par la direction à des absences sans raison",
        why="renouer avec la famille dès quatre demi-journées dans le mois, et s’en souvenir",
        keeps="l’année scolaire",
        subjects=("pupil", "closed_by"),
        of_another=("closed_by",),  # the head's archive tells nothing of a pupil
        detaches=("closed_by",),
    )

    class Meta:
        verbose_name = "suite d’absences"
        constraints = [
            models.UniqueConstraint(fields=["pupil", "school", "month"], name="absences_followed_once_a_month"),
        ]
