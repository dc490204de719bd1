"""What people want to be told by mail."""

from django.db import models

from preau.kit.privacy import Privacy
from preau.kit.rows import Row
from preau.people.models import Person


class Evening(Row):
    """Somebody wants the digest of the evening; no row: they read on screen."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="evening_digest", verbose_name="personne")
    asked_at = models.DateTimeField("demandé le")

    privacy = Privacy(
        holds="qui demande un courriel le soir quand il y a du nouveau",
        why="n’écrire qu’à qui le demande",
        keeps="comme la personne",
        subjects=("person",),
    )

    class Meta:
        verbose_name = "courriel du soir"
