"""The base of every table of Préau."""

from django.db import models

from preau.kit.ids import uuid7
from preau.kit.privacy import Privacy


class Row(models.Model):
    """A row with a time-ordered identifier. Each model declares its `privacy`; tests/house checks it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    privacy: Privacy

    class Meta:
        abstract = True
