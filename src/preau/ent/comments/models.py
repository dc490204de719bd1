"""What is said under a post, once its teacher has opened it to comments."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from preau.kit.privacy import Erase, Privacy
from preau.kit.rows import Row
from preau.people.models import Person
from preau.spaces.audiences import Readers
from preau.spaces.models import Publication

LONGEST = 500  # signs of a comment
PARENT = _("Un parent")


class Discussion(Row):
    """A post opened to comments. Closed, it keeps those that were shown."""

    publication = models.OneToOneField(Publication, models.CASCADE, related_name="discussion", verbose_name="sur")
    opened_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", verbose_name="ouverte par")
    opened_at = models.DateTimeField("ouverte le")
    closed_at = models.DateTimeField("fermée le", null=True, blank=True)

    privacy = Privacy(
        holds="qui a ouvert une publication aux commentaires, et quand",
        why="savoir qui répond de ce qui s’y dit",
        keeps="l’année scolaire et la suivante, comme la publication",
        subjects=("opened_by",),
        erase=Erase.DETACH,
    )

    class Meta:
        verbose_name = "publication ouverte aux commentaires"


class Comment(Row):
    """A few words; `profile`: as whom its author reads the post."""

    class State(models.TextChoices):
        WAITING = "waiting", _("À relire par la classe")
        SHOWN = "shown", "montré"
        REFUSED = "refused", _("Pas montré")
        WITHDRAWN = "withdrawn", _("Retiré")

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="comments", verbose_name="sur")
    author = models.ForeignKey(Person, models.CASCADE, related_name="comments", verbose_name="auteur")
    profile = models.CharField("au titre de", max_length=8, choices=Readers.choices)
    text = models.CharField("texte", max_length=LONGEST)
    state = models.CharField("état", max_length=9, choices=State.choices, default=State.WAITING)
    hidden_at = models.DateTimeField("caché, signalé, le", null=True, blank=True)  # until the team decides
    written_at = models.DateTimeField("écrit le")
    decided_at = models.DateTimeField("décidé le", null=True, blank=True)
    decided_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="décidé par"
    )

    privacy = Privacy(
        holds="quelques mots d’un élève, d’une famille ou d’un adulte sous une publication, qui les a relus",
        why="parler ensemble de ce que la classe a fait",
        keeps="l’année scolaire et la suivante, comme la publication",
        subjects=("author", "decided_by"),
        of_another=("decided_by",),  # a teacher's archive holds no words of a family or of a pupil
        detaches=("decided_by",),
    )

    class Meta:
        verbose_name = "commentaire d’une publication"
        indexes = [
            models.Index(fields=["publication", "written_at"], name="comment_of_a_publication"),
            models.Index(fields=["publication"], condition=Q(state="waiting"), name="comment_to_read"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at=None) | ~Q(state="waiting") & Q(decided_at__isnull=False),
                name="comment_decided_has_its_date",
            ),
            models.CheckConstraint(
                condition=Q(hidden_at=None) | Q(state="waiting"), name="comment_hidden_waits_for_the_team"
            ),
        ]

    @property
    def signature(self) -> str:
        """As other readers know who wrote: no family reads the name of another."""
        if self.profile == Readers.FAMILIES:
            return gettext(PARENT)
        return self.author.first_name if self.profile == Readers.PUPILS else self.author.formal_name
