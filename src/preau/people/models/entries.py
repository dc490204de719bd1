"""A pupil in without an account: on a shared device during a séance, or at home with the family card."""

from datetime import datetime, timedelta

from django.db import models

from preau.kit.privacy import Erase, Privacy
from preau.kit.rows import Row
from preau.people.models.cards import Badge
from preau.people.models.persons import Person


class PupilEntry(Row):
    """It opens the few pages marked for it (`for_pupils` in kit.views.signed_in) and no other (trust.md P5)."""

    SILENCE = timedelta(minutes=20)  # trust.md P1
    TOUCHED_EVERY = timedelta(minutes=1)

    class Way(models.TextChoices):
        LESSON = "lesson", "en séance"
        HOME = "home", "à la maison"

    pupil = models.ForeignKey(Person, models.CASCADE, related_name="pupil_entries", verbose_name="élève")
    way = models.CharField("chemin", max_length=6, choices=Way.choices)
    # The one that was shown: what it opened ends with it. None for who came by their pictures.
    badge = models.ForeignKey(
        Badge, models.CASCADE, null=True, blank=True, related_name="entries", verbose_name="carte montrée"
    )
    key_hash = models.CharField("empreinte de la clé de l’appareil", max_length=64, unique=True)
    opened_at = models.DateTimeField("entré le")
    seen_at = models.DateTimeField("vu le")  # at most every minute
    ends_at = models.DateTimeField("fin au plus tard")

    is_trace = True  # kit.digest
    privacy = Privacy(
        holds="l’élève qui travaille sur un appareil partagé ou avec la carte de la maison, depuis quand",
        why="que l’élève entre sans mot de passe et ne lise que ce qui est à lui et à sa classe",
        keeps="jusqu’à ce que l’élève sorte, au plus la journée",
        subjects=("pupil",),
        erase=Erase.DELETE,
        hides=("key_hash",),
    )

    class Meta:
        verbose_name = "entrée d’un élève"
        indexes = [models.Index(fields=["ends_at"])]

    def is_live(self, now: datetime) -> bool:
        """Neither past its end, nor silent for too long."""
        return now < self.ends_at and now - self.seen_at <= self.SILENCE
