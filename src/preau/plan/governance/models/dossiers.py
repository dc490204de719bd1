"""A session's dossier, as frozen: the same bytes for ever."""

from django.db import models
from django.db.models import Q

from preau.kit.privacy import Erase, Privacy
from preau.kit.rows import Row
from preau.plan.governance.models.sessions import Session


class Dossier(Row):
    """A PDF and the data it was drawn from. Kept in the base, in the transaction that freezes: no file to lose, no
    half-frozen session. Each page of the PDF carries `digest`, the SHA-256 of `data`."""

    class Audience(models.TextChoices):
        MEMBERS = "members", "membres du comité"
        FEDERATION = "federation", "fédérations de parents"

    session = models.ForeignKey(Session, models.PROTECT, related_name="dossiers", verbose_name="séance")
    audience = models.CharField("pour", max_length=10, choices=Audience.choices)
    frozen_at = models.DateTimeField("figé le")
    data = models.BinaryField("données")
    digest = models.CharField("empreinte des données", max_length=64)
    pdf = models.BinaryField("PDF")
    pdf_digest = models.CharField("empreinte du PDF", max_length=64)
    pages_count = models.PositiveSmallIntegerField("pages")

    privacy = Privacy(
        holds="les noms écrits dans le dossier d’une séance",
        why="prouver ce que le comité avait sous les yeux",
        keeps="la durée du plan",
        erase=Erase.KEEP,
    )

    class Meta:
        verbose_name = "dossier de séance"
        constraints = [
            models.UniqueConstraint(fields=["session", "audience"], name="dossier_once_per_audience"),
            models.CheckConstraint(condition=~Q(digest="") & ~Q(pdf_digest=""), name="dossier_has_its_digests"),
        ]
