"""What a city offers around class, who is put down for it, and what changes for a day. The city's own facts."""

from django.db import models

from preau.kit.privacy import Privacy
from preau.kit.rows import Row
from preau.people.models import Person
from preau.places.models import AfterSchool
from preau.schools.models.register import DatedQuerySet, ends_after_it_starts


class Activity(Row):
    """A service of a périscolaire site: the canteen, the morning, the evening. Its families are an audience."""

    class Kind(models.TextChoices):
        MORNING = "morning", "accueil du matin"
        CANTEEN = "canteen", "cantine"
        STUDY = "study", "étude"
        EVENING = "evening", "accueil du soir"
        WEDNESDAY = "wednesday", "mercredi"

    afterschool = models.ForeignKey(
        AfterSchool, models.PROTECT, related_name="activities", verbose_name="site périscolaire"
    )
    kind = models.CharField("service", max_length=9, choices=Kind.choices)

    privacy = Privacy.none("dire quels services un site périscolaire rend")

    class Meta:
        verbose_name = "service périscolaire"
        constraints = [models.UniqueConstraint(fields=["afterschool", "kind"], name="activity_once_per_site")]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.afterschool}"


class ActivityEnrolmentQuerySet(DatedQuerySet):
    def on(self, day):
        """Those that say the child comes that day of the week."""
        return self.current(day).filter(days__contains=str(day.isoweekday()))


class ActivityEnrolment(Row):
    """A child put down for a service, some days of the week, from a day to a day: a line of the city's file."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="enrolments", verbose_name="service")
    child = models.ForeignKey(Person, models.CASCADE, related_name="activity_enrolments", verbose_name="enfant")
    days = models.CharField("jours", max_length=7)  # « 1245 »: Monday is 1, in order
    fetched_by = models.CharField("repart avec", max_length=200, blank=True)
    starts_on = models.DateField("du")
    ends_on = models.DateField("au", null=True, blank=True)

    objects = ActivityEnrolmentQuerySet.as_manager()

    privacy = Privacy(
        holds="services périscolaires d’un enfant, jours, dates, et qui vient le chercher d’après la Ville",
        why="savoir qui mange, qui reste et qui part, et écrire aux familles d’un service",
        keeps="3 mois après sa fin, et jamais plus que l’élève",
        subjects=("child",),
        hides=("fetched_by",),  # it names other persons, maybe by the other parent's word
    )

    class Meta:
        verbose_name = "inscription à un service périscolaire"
        constraints = [
            ends_after_it_starts("activity_enrolment_ends_after_it_starts"),
            models.CheckConstraint(condition=~models.Q(days=""), name="activity_enrolment_has_days"),
            models.UniqueConstraint(
                fields=["activity", "child", "starts_on"], name="activity_enrolment_once_from_a_day"
            ),
        ]
        indexes = [models.Index(fields=["child", "ends_on"])]


class ActivityChange(Row):
    """For one day, a child comes to a service or does not, whatever the week says: the site's team says it."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="changes", verbose_name="service")
    child = models.ForeignKey(Person, models.CASCADE, related_name="activity_changes", verbose_name="enfant")
    on = models.DateField("jour")
    comes = models.BooleanField("vient ce jour-là")
    said_at = models.DateTimeField("dit le")

    privacy = Privacy(
        holds="jour où un enfant ne vient pas à un service, ou y vient en plus\u00a0; jamais pourquoi",
        why="que la cantine et l’accueil comptent juste",
        keeps="3 mois après ce jour",
        subjects=("child",),
    )

    class Meta:
        verbose_name = "changement d’un jour"
        constraints = [models.UniqueConstraint(fields=["activity", "child", "on"], name="activity_change_once_a_day")]
