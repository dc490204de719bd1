"""What a team joins to its file: a school's project, a plan of the rooms."""

from django.db import models
from django.db.models import Q

from preau.kit.privacy import Erase, Privacy
from preau.kit.rows import Row
from preau.people.models import Person
from preau.plan.applications.models.files import Application

MOST_ATTACHMENTS = 5


class Attachment(Row):
    """A PDF or a picture, under a random name. Once filed its bytes stay with the copy: the team takes it out of what
    it writes, not out of what was deposited."""

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"  # the value is the extension of the file
        PICTURE = "webp", "image"

    application = models.ForeignKey(Application, models.CASCADE, related_name="attachments", verbose_name="candidature")
    label = models.CharField("ce que c’est", max_length=80)
    name = models.CharField("nom du fichier", max_length=40, unique=True)  # random: says nothing, is not guessed
    kind = models.CharField("nature", max_length=4, choices=Kind.choices)
    weight = models.PositiveIntegerField("poids en octets")
    pages_count = models.PositiveSmallIntegerField("pages", null=True, blank=True)
    digest = models.CharField("empreinte", max_length=64)  # SHA-256 of the bytes kept
    added_at = models.DateTimeField("jointe le")
    added_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="jointe par"
    )
    filed_at = models.DateTimeField("déposée le", null=True, blank=True)  # with the first copy that names it
    removed_at = models.DateTimeField("retirée de ce qui s’écrit le", null=True, blank=True)

    privacy = Privacy(
        holds="une pièce jointe au dossier d’une école, qui l’a jointe",
        why="porter le projet d’une école jusqu’à la décision",
        keeps="la durée du plan\u00a0; 30 jours après la fin de l’appel si le dossier n’a jamais été déposé",
        subjects=("added_by",),
        erase=Erase.DETACH,  # the school keeps what it joined when its teacher leaves
        files=("path",),
        folders=("applications",),
    )

    class Meta:
        verbose_name = "pièce jointe d’une candidature"
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at=None) | Q(filed_at__isnull=False), name="attachment_removed_was_filed"
            ),
            models.UniqueConstraint(
                fields=["application", "digest"], condition=Q(removed_at=None), name="attachment_once_per_file"
            ),
        ]

    @property
    def path(self) -> str:
        """Where it lies in the storage."""
        return f"applications/{self.name[:2]}/{self.name}.{self.kind}"
