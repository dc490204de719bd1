"""« Aide »: what somebody who cannot enter asks, without an account."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_noop as _

from preau.kit.privacy import Erase, Privacy
from preau.kit.rows import Row
from preau.places.models import City, School


class HelpAsk(Row):
    """It goes to the school, then to the city, then to who keeps the base; who answers closes it."""

    class Level(models.TextChoices):
        SCHOOL = "school", _("l’école")
        CITY = "city", _("la Ville")
        OPERATOR = "operator", _("la personne qui tient la base")

    school = models.ForeignKey(School, models.CASCADE, null=True, related_name="help_asks", verbose_name="école")
    city = models.ForeignKey(
        City, models.CASCADE, null=True, blank=True, related_name="help_asks", verbose_name="ville"
    )
    school_typed = models.CharField("école écrite", max_length=120, blank=True)
    words = models.TextField("ce qui arrive")
    name = models.CharField("nom", max_length=80, blank=True)
    reach = models.CharField("où répondre", max_length=120, blank=True)
    level = models.CharField("chez", max_length=8, choices=Level.choices)
    asked_at = models.DateTimeField("demandée le")
    level_at = models.DateTimeField("arrivée là le")
    answered_at = models.DateTimeField("répondue le", null=True, blank=True)

    is_trace = True  # kit.digest
    privacy = Privacy(
        holds="ce qu’écrit une personne qui n’arrive pas à entrer, son nom et où lui répondre si elle les donne",
        why="l’aider à entrer",
        keeps="30 jours après la réponse, 3 mois sans réponse",
        erase=Erase.KEEP,
    )

    class Meta:
        verbose_name = "demande d’aide"
        constraints = [
            models.CheckConstraint(
                condition=~Q(level="school") | Q(school__isnull=False), name="help_ask_of_a_school_has_one"
            ),
            models.CheckConstraint(
                condition=~Q(level="city") | Q(city__isnull=False), name="help_ask_of_a_city_has_one"
            ),
            models.CheckConstraint(condition=Q(level_at__gte=F("asked_at")), name="help_ask_rises_after_it_is_asked"),
        ]
        indexes = [models.Index(fields=["level", "answered_at", "asked_at"])]
