"""How somebody finds their way back to their account: codes sent by mail or kept on paper, a sheet asked for."""

from django.db import models

from preau.kit.privacy import Privacy
from preau.kit.rows import Row
from preau.people.models.persons import Account, Person


class MailCode(Row):
    """Six figures sent to an account's address or telephone, to be typed where they were asked for. They are not kept:
    the server's key gives them back from the row (recovery/mail_codes.py)."""

    class Purpose(models.TextChoices):
        ADDRESS = "address", "confirmer l’adresse"
        DEVICE = "device", "entrer sur un nouvel appareil"
        PASSWORD = "password", "choisir un autre mot de passe"
        PHONE = "phone", "confirmer le portable"

    class Way(models.TextChoices):
        MAIL = "mail", "courriel"
        TEXT = "text", "SMS"

    account = models.ForeignKey(Account, models.CASCADE, related_name="mail_codes", verbose_name="compte")
    purpose = models.CharField("pour", max_length=8, choices=Purpose.choices)
    way = models.CharField("par", max_length=4, choices=Way.choices, default=Way.MAIL)
    asked_at = models.DateTimeField("demandé le")
    sent_at = models.DateTimeField("parti le", null=True, blank=True)
    used_at = models.DateTimeField("servi le", null=True, blank=True)
    tries_count = models.PositiveSmallIntegerField("essais", default=0)

    is_trace = True  # kit.digest: it opens a door for ten minutes
    privacy = Privacy(
        holds="quand un code a été demandé et envoyé à l’adresse ou au portable du compte, et pour quoi",
        why="confirmer une adresse ou un numéro, retrouver un mot de passe, entrer sur un nouvel appareil",
        keeps="1 jour",
        subjects=("account__person",),
    )

    class Meta:
        verbose_name = "code envoyé"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(used_at=None) | models.Q(sent_at__isnull=False), name="mail_code_used_once_sent"
            )
        ]

    @property
    def address(self) -> str:
        """Where it was sent: the account's present address or number, empty when it has none any more."""
        if self.way == self.Way.MAIL:
            return self.account.email
        return self.account.phone.number if hasattr(self.account, "phone") else ""


class SpareCode(Row):
    """One of two codes that a person keeps on paper: it admits one device, once (recovery/spare_codes.py). Its signs
    are not kept: the server's key gives them back from the row, so that its owner may print them again."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="spare_codes", verbose_name="compte")
    drawn_at = models.DateTimeField("fait le")
    used_at = models.DateTimeField("servi le", null=True, blank=True)

    is_trace = True  # kit.digest: it opens a door
    privacy = Privacy(
        holds="quand un code de secours a été fait, et quand il a servi",
        why="entrer sur un nouvel appareil sans courriel ni téléphone",
        keeps="comme le compte",
        subjects=("account__person",),
    )

    class Meta:
        verbose_name = "code de secours"


class SheetAskQuerySet(models.QuerySet):
    def waiting(self):
        """Neither answered nor dropped."""
        return self.filter(answered_at=None, dropped_at=None)


class SheetAsk(Row):
    """Somebody asked for a new connection sheet from the sign-in page; who gives sheets answers by making it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="sheet_asks", verbose_name="personne")
    asked_at = models.DateTimeField("demandée le")
    answered_at = models.DateTimeField("fiche faite le", null=True, blank=True)
    dropped_at = models.DateTimeField("sans suite le", null=True, blank=True)

    objects = SheetAskQuerySet.as_manager()
    is_trace = True  # kit.digest
    privacy = Privacy(
        holds="qui a demandé une nouvelle fiche de connexion, et quand elle a été faite",
        why="que l’école sache à qui refaire une fiche, et depuis quand on l’attend",
        keeps="3 mois",
        subjects=("person",),
    )

    class Meta:
        verbose_name = "demande de fiche"
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(answered_at=None, dropped_at=None), name="sheet_asked_once"
            ),
            models.CheckConstraint(
                condition=models.Q(answered_at=None) | models.Q(dropped_at=None), name="sheet_ask_ends_once"
            ),
        ]
