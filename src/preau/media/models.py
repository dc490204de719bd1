"""Pictures shown with a publication. What the telephone sent is never kept: only what was drawn again from it."""

from django.db import models

from preau.kit.privacy import Erase, Privacy
from preau.kit.rows import Row
from preau.spaces.models import Publication


class Picture(Row):
    """A picture of a publication and its thumbnail, both WebP without metadata, under a random name."""

    publication = models.ForeignKey(Publication, models.CASCADE, related_name="pictures", verbose_name="publication")
    name = models.CharField("nom du fichier", max_length=40, unique=True)  # random: says nothing, is not guessed
    width = models.PositiveIntegerField("largeur")
    height = models.PositiveIntegerField("hauteur")
    weight = models.PositiveIntegerField("poids en octets")
    alt = models.CharField("ce que l’on voit", max_length=200, blank=True)
    position = models.PositiveSmallIntegerField("rang", default=0)
    added_at = models.DateTimeField("ajoutée le")

    privacy = Privacy(
        holds="une photo prise en classe, sa description",
        why="montrer aux familles ce que les élèves ont fait",
        keeps="l’année scolaire et la suivante",
        subjects=("publication__author",),
        erase=Erase.DETACH,  # the class keeps its pictures when its teacher leaves
        files=("path", "thumbnail_path"),
        folders=("pictures",),
    )

    class Meta:
        verbose_name = "photo"
        indexes = [models.Index(fields=["publication", "position"])]

    @property
    def path(self) -> str:
        """Where the picture lies in the storage."""
        return f"pictures/{self.name[:2]}/{self.name}.webp"

    @property
    def thumbnail_path(self) -> str:
        """Where its thumbnail lies."""
        return f"pictures/{self.name[:2]}/{self.name}.small.webp"
