"""What a pupil writes for their class, and the remarks of who reads it over."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_noop as _

from preau.kit.money import NBSP
from preau.kit.privacy import Privacy
from preau.kit.rows import Row
from preau.people.models import Person
from preau.spaces.models import Publication

KIND = "writing"
State = Publication.State


class Purpose(models.TextChoices):
    """What it is written for."""

    LIFE = "life", "pour la vie de la classe"
    COUNCIL = "council", _("pour le conseil d’élèves")


class Writing(Row):
    """One author a piece. `given_text` is what the pupil gave, kept once an adult corrected it; `signature` is how the
    class knows its author, written when it is published."""

    publication = models.OneToOneField(Publication, models.CASCADE, related_name="writing", verbose_name="publication")
    purpose = models.CharField("pour", max_length=7, choices=Purpose.choices, default=Purpose.LIFE)
    title = models.CharField("titre", max_length=80)
    text = models.TextField("texte", max_length=5000, blank=True)
    version = models.PositiveIntegerField("version", default=1)
    changed_at = models.DateTimeField("changé le")
    given_at = models.DateTimeField("donné à relire le", null=True, blank=True)
    returned_at = models.DateTimeField("rendu le", null=True, blank=True)
    given_text = models.TextField("texte donné par l’élève", max_length=5000, blank=True)
    corrected_at = models.DateTimeField("corrigé le", null=True, blank=True)
    signature = models.CharField("signature", max_length=90, blank=True)
    no_child_declared_at = models.DateTimeField("images regardées de nouveau le", null=True, blank=True)
    in_journal_at = models.DateTimeField("mis dans le journal le", null=True, blank=True)
    answer = models.TextField("réponse au conseil d’élèves", max_length=1000, blank=True)
    answered_at = models.DateTimeField("répondu le", null=True, blank=True)

    privacy = Privacy(
        holds="texte écrit par un élève, son prénom, la réponse donnée au conseil d’élèves",
        why="apprendre à écrire pour être lu, dans la classe et dans le journal de l’école",
        keeps="l’année scolaire et la suivante",
        subjects=("publication__author",),  # who reads it over is in the journal of acts
        takes=("publication",),
    )

    class Meta:
        verbose_name = "texte d’un élève"
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | Q(purpose="council", answered_at__isnull=False),
                name="writing_answered_for_the_council",
            ),
            models.CheckConstraint(
                condition=Q(returned_at=None) | Q(given_at__isnull=False), name="writing_returned_once_given"
            ),
            models.CheckConstraint(
                condition=Q(corrected_at=None, given_text="") | Q(corrected_at__isnull=False),
                name="writing_keeps_what_was_corrected",
            ),
        ]
        indexes = [
            models.Index(fields=["-in_journal_at"], condition=Q(in_journal_at__isnull=False), name="writing_in_journal")
        ]

    @property
    def state(self) -> str:
        return self.publication.state

    @property
    def is_returned(self) -> bool:
        """Given back, and not given again yet."""
        return self.state == State.DRAFT and bool(self.returned_at)

    @property
    def last_remark(self):
        """Of those that were read with it."""
        return next(reversed(list(self.remarks.all())), None)

    @property
    def told(self) -> str:
        """The state in a child's words."""
        return BACK if self.is_returned else TOLD[self.state]

    @property
    def told_to_team(self) -> str:
        """The same, to who reads over."""
        return "rendu à l’élève" if self.is_returned else TO_TEAM[self.state]

    @property
    def mark(self) -> str:
        """Which chip of the sheet says it."""
        return "wait" if self.is_returned else MARKS[self.state]


BACK = "À reprendre"
TOLD = {
    State.DRAFT: "Tu écris",
    State.WAITING: "Ta maîtresse ou ton maître relit",
    State.PUBLISHED: "C’est dans la vie de la classe",
    State.WITHDRAWN: "Retiré",
}
TO_TEAM = {
    State.DRAFT: "repris par l’élève",
    State.WAITING: "à relire",
    State.PUBLISHED: "publié",
    State.WITHDRAWN: "retiré",
}
MARKS = {State.DRAFT: "none", State.WAITING: "now", State.PUBLISHED: "done", State.WITHDRAWN: "stop"}


class Remark(Row):
    """What somebody of the class team wrote to the pupil with a text given back; never changed."""

    writing = models.ForeignKey(Writing, models.CASCADE, related_name="remarks", verbose_name="texte")
    author = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="writing_remarks", verbose_name="de la part de"
    )
    text = models.TextField("remarque", max_length=1000)
    at = models.DateTimeField("écrite le")

    privacy = Privacy(
        holds=f"remarque d’un adulte de la classe sur le texte d’un élève{NBSP}; eux seuls la lisent",
        why="aider l’élève à reprendre son texte",
        keeps="l’année scolaire et la suivante",
        subjects=("writing__publication__author", "author"),
        of_another=("author",),  # it tells of the pupil
        detaches=("author",),
    )

    class Meta:
        verbose_name = "remarque sur un texte d’élève"
