"""A conseil d’école: its convocation and its ordre du jour, then its procès-verbal."""

from django.db import models
from django.db.models import Q

from preau.ent.agenda.models.events import Event
from preau.kit.privacy import Erase, Privacy
from preau.kit.rows import Row
from preau.people.models import Person
from preau.places.models import School


class Council(Row):
    """One sitting; its event says the day, the hour and the place to families and adults. `members` is the composition
    as the school writes it. The minutes are a draft until they are final, then nothing of them changes."""

    school = models.ForeignKey(School, models.PROTECT, related_name="councils", verbose_name="école")
    event = models.OneToOneField(Event, models.CASCADE, related_name="council", verbose_name="événement")
    items = models.TextField("ordre du jour", max_length=3000)
    members = models.TextField("composition", max_length=3000)
    convened_at = models.DateTimeField("convoqué le")
    convened_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", verbose_name="convoqué par")
    minutes = models.TextField("procès-verbal", max_length=20000, blank=True)
    final_at = models.DateTimeField("définitif le", null=True, blank=True)
    version = models.PositiveIntegerField("version", default=1)

    privacy = Privacy(
        holds="composition, ordre du jour et procès-verbal d’un conseil d’école, qui l’a convoqué",
        why="réunir le conseil d’école, l’afficher, l’adresser à l’IEN et à la mairie",
        keeps="l’année scolaire et la suivante",
        subjects=("convened_by",),
        erase=Erase.DETACH,  # the act of the school outlives its head
    )

    class Meta:
        verbose_name = "conseil d’école"
        constraints = [
            models.CheckConstraint(condition=Q(final_at=None) | ~Q(minutes=""), name="final_minutes_say_something")
        ]
