"""Use counted the way the national measure counts it (DNMA, standards.md §9.1): never a name, small cells masked."""

from django.db import models
from django.db.models import Q

from preau.kit.privacy import Erase, Privacy
from preau.kit.rows import Row
from preau.places.models import City, School


class Profile(models.TextChoices):
    """The national measure's profiles. Empty stands for all of them."""

    PUPIL = "eleve", "élèves"
    GUARDIAN = "parent", "parents"
    TEACHER = "enseignant", "enseignantes et enseignants"
    STAFF = "admin_vie_scol_tech", "direction et autres personnels"


class RawHit(models.Model):
    """One page seen, in one school, by a pseudonym. Lives until its week is closed."""

    city = models.ForeignKey(City, models.CASCADE, related_name="+", verbose_name="ville")
    school = models.ForeignKey(School, models.CASCADE, related_name="+", verbose_name="école")
    week = models.CharField("semaine", max_length=8)
    at = models.DateTimeField("instant")
    pseudonym = models.CharField("pseudonyme", max_length=32)
    profile = models.CharField("profil", max_length=20, choices=Profile.choices)
    service = models.CharField("service", max_length=40)

    is_trace = True  # kit.digest
    privacy = Privacy(
        holds="page vue, sous un pseudonyme dont la clé change chaque année et dans chaque ville",
        why="compter les visites, les utilisateurs et les durées d’une semaine",
        keeps="jusqu’à la clôture de la semaine, au plus 8 jours après sa fin",
        erase=Erase.KEEP,
    )

    class Meta:
        verbose_name = "page vue"
        indexes = [models.Index(fields=["week", "city", "pseudonym", "at"])]


class SpoolFile(models.Model):
    """A file of hits already read: one killed at any instant is never read twice."""

    name = models.CharField("nom", max_length=80, primary_key=True)
    flushed_at = models.DateTimeField("lu le")

    is_trace = True  # kit.digest
    privacy = Privacy.none("ne pas compter deux fois une visite")

    class Meta:
        verbose_name = "fichier de visites lu"


class ClosedWeek(models.Model):
    """A week whose use is counted for good; its hits are gone."""

    week = models.CharField("semaine", max_length=8, primary_key=True)  # « 2026-W47 »
    closed_at = models.DateTimeField("close le")

    privacy = Privacy.none("dire quelles semaines sont comptées")

    class Meta:
        verbose_name = "semaine close"


class WeekUse(Row):
    """A week's use in a school, or in the whole city when `school` is empty, for a profile and a service or for all.

    A masked cell holds no number at all: what is not kept cannot leak.
    """

    city = models.ForeignKey(City, models.CASCADE, related_name="+", verbose_name="ville")
    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="école")
    week = models.CharField("semaine", max_length=8, db_index=True)
    profile = models.CharField("profil", max_length=20, choices=Profile.choices, blank=True)
    service = models.CharField("service", max_length=40, blank=True)
    visits_count = models.PositiveIntegerField("visites", null=True)
    users_count = models.PositiveIntegerField("utilisateurs", null=True)
    duration_seconds = models.PositiveIntegerField("durée", null=True)
    is_masked = models.BooleanField("masqué", default=False)

    privacy = Privacy.none(
        "mesurer l’usage d’une école sans connaître personne\u00a0; sous 5 personnes, rien n’est gardé"
    )

    class Meta:
        verbose_name = "usage d’une semaine"
        constraints = [
            models.UniqueConstraint(
                fields=["school", "week", "profile", "service"],
                condition=Q(school__isnull=False),
                name="week_use_once_per_school",
            ),
            models.UniqueConstraint(
                fields=["city", "week", "profile", "service"],
                condition=Q(school=None),
                name="week_use_once_per_city",
            ),
            models.CheckConstraint(
                condition=Q(is_masked=True, visits_count=None, users_count=None, duration_seconds=None)
                | Q(
                    is_masked=False,
                    visits_count__isnull=False,
                    users_count__isnull=False,
                    duration_seconds__isnull=False,
                ),
                name="masked_use_holds_no_number",
            ),
        ]
