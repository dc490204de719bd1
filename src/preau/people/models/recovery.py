"""How somebody finds their way back to their account: codes sent by mail."""

from django.db import models

from preau.kit.privacy import Privacy
from preau.kit.rows import Row
from preau.people.models.persons import Account


class MailCode(Row):
    """Six figures sent to an account's address, to be typed where they were asked for. They are not kept: the server's
    key gives them back from the row (recovery/mail_codes.py)."""

    class Purpose(models.TextChoices):
        ADDRESS = "address", "confirmer l’adresse"
        DEVICE = "device", "entrer sur un nouvel appareil"
        PASSWORD = "password", "choisir un autre mot de passe"

    account = models.ForeignKey(Account, models.CASCADE, related_name="mail_codes", verbose_name="compte")
    purpose = models.CharField("pour", max_length=8, choices=Purpose.choices)
    asked_at = models.DateTimeField("demandé le")
    sent_at = models.DateTimeField("parti le", null=True, blank=True)
    used_at = models.DateTimeField("servi le", null=True, blank=True)
    tries_count = models.PositiveSmallIntegerField("essais", default=0)

    is_trace = True  # kit.digest: it opens a door for ten minutes
    privacy = Privacy(
        holds="quand un code a été demandé et envoyé à l’adresse du compte, et pour quoi",
        why="confirmer une adresse, retrouver un mot de passe, entrer sur un nouvel appareil",
        keeps="1 jour",
        subjects=("account__person",),
    )

    class Meta:
        verbose_name = "code envoyé par courriel"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(used_at=None) | models.Q(sent_at__isnull=False), name="mail_code_used_once_sent"
            )
        ]
