"""The secret address by which a telephone or a mail program follows somebody's agenda."""

import datetime

from django.db import models

from preau.kit.privacy import Privacy
from preau.kit.rows import Row
from preau.people.models import Person


class CalendarFeed(Row):
    """One per person; the address is shown once, only its digest is kept. Revoked, the row is gone."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="calendar_feed", verbose_name="personne")
    token_hash = models.CharField("empreinte de l’adresse", max_length=64, unique=True)
    made_at = models.DateTimeField("faite le")

    privacy = Privacy(
        holds="qui suit son agenda par une adresse secrète, et depuis quand",
        why="lire son agenda sur son téléphone, sans nom d’enfant ni de famille",
        keeps="comme la personne",
        subjects=("person",),
        hides=("token_hash",),
    )

    class Meta:
        verbose_name = "adresse d’abonnement à l’agenda"

    @property
    def closed_at(self) -> datetime.datetime | None:
        """When it closed: who used a device that was signed out since may have made it, or hold it."""
        forgets_before = self.person.account.forgets_before
        return forgets_before if forgets_before and forgets_before >= self.made_at else None
