"""Entries that were refused, for the journal that each person reads of their own account."""

from django.db import models
from django.utils.translation import gettext_noop as _

from preau.kit.privacy import Privacy
from preau.kit.rows import Row
from preau.people.models.persons import Account


class RefusedEntry(Row):
    """Somebody tried to enter with this account, and could not (trust.md R5)."""

    class Why(models.TextChoices):
        PASSWORD = "password", _("mot de passe faux")
        CODE = "code", _("mot de passe juste, code faux")
        CLOSED = "closed", _("mot de passe juste, compte suspendu")

    account = models.ForeignKey(Account, models.CASCADE, related_name="refusals", verbose_name="compte")
    at = models.DateTimeField("essayée le")
    why = models.CharField("raison", max_length=8, choices=Why.choices)
    device = models.CharField("appareil", max_length=80, blank=True)
    network = models.GenericIPAddressField("réseau", null=True, blank=True)

    is_trace = True  # kit.digest
    privacy = Privacy(
        holds="heure, appareil et adresse réseau de chaque entrée refusée, et pourquoi",
        why="que chacun voie si quelqu’un essaie d’entrer avec son compte",
        keeps="1 an",
        subjects=("account__person",),
    )

    class Meta:
        verbose_name = "entrée refusée"
        indexes = [models.Index(fields=["account", "-at"])]
