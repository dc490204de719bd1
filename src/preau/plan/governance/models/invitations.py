"""Who was convened to a session, then told of a change of its agenda, by what way, and when."""

from django.db import models
from django.db.models import F, Q

from preau.kit.privacy import Erase, Privacy
from preau.kit.rows import Row
from preau.plan.governance.models.committees import Seat
from preau.plan.governance.models.sessions import Session


class Invitation(Row):
    """A seat is convened, or told that the agenda changed: by mail when its holder gave an address, else by the letter
    someone hands over."""

    class Way(models.TextChoices):
        MAIL = "mail", "courriel"
        PAPER = "paper", "lettre"

    session = models.ForeignKey(Session, models.PROTECT, related_name="invitations", verbose_name="séance")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="invitations", verbose_name="siège")
    # 0: the convening; n: the nth time that a change of the agenda was told.
    change = models.PositiveSmallIntegerField("changement annoncé", default=0)
    way = models.CharField("moyen", max_length=5, choices=Way.choices)
    called_at = models.DateTimeField("convoqué le")
    told_at = models.DateTimeField("prévenu le", null=True, blank=True)
    called_off_at = models.DateTimeField("annulation dite le", null=True, blank=True)

    privacy = Privacy(
        holds="par quel moyen et quand la personne qui tient un siège a été convoquée",
        why="prouver que chaque siège a été convoqué",
        keeps="la durée du plan",
        subjects=("seat__holder",),
        erase=Erase.KEEP,
    )

    class Meta:
        verbose_name = "convocation"
        constraints = [
            models.UniqueConstraint(fields=["session", "seat", "change"], name="invitation_once_per_change"),
            models.CheckConstraint(
                condition=Q(told_at=None) | Q(told_at__gte=F("called_at")), name="invitation_told_after_it_is_called"
            ),
        ]
