"""A mobile number that somebody gives, and what a city spends to write to it."""

from django.db import models
from django.db.models import F, Q

from preau.kit.privacy import Privacy
from preau.kit.rows import Row
from preau.people.models.persons import Account
from preau.places.models import City


class Phone(Row):
    """A mobile number given by its owner; it serves once confirmed. `city` pays what is sent there."""

    account = models.OneToOneField(Account, models.CASCADE, related_name="phone", verbose_name="compte")
    city = models.ForeignKey(City, models.PROTECT, related_name="+", verbose_name="Ville qui paie les SMS")
    number = models.CharField("numéro", max_length=16)  # « +33612345678 »
    given_at = models.DateTimeField("donné le")
    confirmed_at = models.DateTimeField("confirmé le", null=True, blank=True)
    refused_at = models.DateTimeField("refusé par l’opérateur le", null=True, blank=True)

    privacy = Privacy(
        holds="numéro de portable donné et confirmé",
        why="prévenir par SMS, et retrouver un mot de passe",
        keeps="comme le compte",
        subjects=("account__person",),
    )

    class Meta:
        verbose_name = "portable"

    @property
    def shown(self) -> str:
        """« 06 12 34 56 78 »"""
        digits = f"0{self.number[3:]}" if self.number.startswith("+33") else self.number
        return " ".join(digits[at : at + 2] for at in range(0, 10, 2)) if digits.startswith("0") else digits


class TextBudget(Row):
    """How many text messages a city pays for in a month, as a carrier bills them (`kit.outbound.texting.segments_of`);
    no row, or none: it sends none."""

    city = models.OneToOneField(City, models.CASCADE, related_name="text_budget", verbose_name="Ville")
    per_month = models.PositiveIntegerField("SMS par mois")

    privacy = Privacy.none("savoir combien de SMS une Ville paie chaque mois")

    class Meta:
        verbose_name = "budget de SMS"


class TextMessage(Row):
    """One that a city pays for, taken from its budget as it is queued; its id is the carrier's reference."""

    city = models.ForeignKey(City, models.PROTECT, related_name="+", verbose_name="Ville qui paie")
    account = models.ForeignKey(Account, models.CASCADE, related_name="text_messages", verbose_name="compte")
    segments_count = models.PositiveSmallIntegerField("SMS facturés", default=1)
    asked_at = models.DateTimeField("demandé le", db_index=True)
    received_at = models.DateTimeField("reçu le", null=True, blank=True)
    failed_at = models.DateTimeField("non remis le", null=True, blank=True)

    is_trace = True  # kit.digest: what left cannot be undone
    privacy = Privacy(
        holds="quand un SMS a été envoyé à une personne, et si l’opérateur l’a remis",
        why="compter ce que la Ville paie, et savoir qui a été joint",
        keeps="1 an",
        subjects=("account__person",),
    )

    class Meta:
        verbose_name = "SMS"
        constraints = [
            models.CheckConstraint(
                condition=Q(received_at=None) | Q(received_at__gte=F("asked_at")), name="text_received_after_asked"
            ),
        ]
