"""« Merci »: said by a guardian to who wrote, and read by nobody else."""

from django.db import models

from preau.kit.privacy import Privacy
from preau.kit.rows import Row
from preau.people.models import Person
from preau.spaces.models import Publication


class Said(Row):
    """One for each person and thing; taken back, its row is gone. `ABOUT` names the thing."""

    ABOUT = ""

    person = models.ForeignKey(Person, models.CASCADE, related_name="given_%(class)s", verbose_name="de la part de")
    at = models.DateTimeField("dit le")

    class Meta:
        abstract = True


class Thanks(Said):
    """Of what was published."""

    ABOUT = "publication"

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="thanks", verbose_name="publication")

    privacy = Privacy(
        holds="qu’un responsable a dit merci, de quoi et quand",
        why="le dire à la personne qui a écrit, et à elle seule",
        keeps="l’année scolaire et la suivante",
        subjects=("person", "publication__author"),
    )

    class Meta:
        verbose_name = "merci d’une famille"
        constraints = [models.UniqueConstraint(fields=["publication", "person"], name="thanks_once_per_person")]
