"""What people want to be told, and what is followed person by person: who was expected to read, and who has."""

from django.db import models

from preau.kit.privacy import Erase, Privacy
from preau.kit.rows import Row
from preau.people.models import Person
from preau.spaces.models import Publication


class Evening(Row):
    """Somebody wants the digest of the evening; no row: they read on screen."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="evening_digest", verbose_name="personne")
    asked_at = models.DateTimeField("demandé le")

    privacy = Privacy(
        holds="qui demande un courriel le soir quand il y a du nouveau",
        why="n’écrire qu’à qui le demande",
        keeps="comme la personne",
        subjects=("person",),
    )

    class Meta:
        verbose_name = "courriel du soir"


class Notice(Row):
    """A publication whose readers are followed one by one: each is told, and who has not read is known by name."""

    publication = models.OneToOneField(
        Publication, models.CASCADE, related_name="notice", verbose_name="publication annoncée"
    )
    published_at = models.DateTimeField("publié le")
    frozen_at = models.DateTimeField("liste arrêtée le", null=True, blank=True)  # None: « en cours »
    urgent = models.BooleanField("urgent", default=False)
    reason = models.CharField("raison de l’urgence", max_length=200, blank=True)
    asked_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="annoncé par"
    )

    privacy = Privacy(
        holds="qui a annoncé une publication, quand, et pourquoi en urgence",
        why="prévenir chaque personne attendue, et savoir qui ne l’a pas été",
        keeps="l’année scolaire et la suivante",
        subjects=("asked_by",),
        erase=Erase.DETACH,
    )

    class Meta:
        verbose_name = "annonce"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(urgent=True) & ~models.Q(reason="") | models.Q(urgent=False, reason=""),
                name="urgent_notice_says_why",
            ),
            models.CheckConstraint(
                condition=models.Q(frozen_at=None) | models.Q(frozen_at__gte=models.F("published_at")),
                name="notice_frozen_after_published",
            ),
        ]
        indexes = [
            models.Index(fields=["published_at"], condition=models.Q(frozen_at=None), name="notice_still_to_freeze")
        ]


class Expected(Row):
    """Somebody expected to read a notice, for one child when they answer for one: each parent has their own row for
    each child, and reads no other's."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="expected", verbose_name="annonce")
    person = models.ForeignKey(Person, models.CASCADE, related_name="expected_in", verbose_name="personne attendue")
    child = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="pour l’enfant"
    )
    added_at = models.DateTimeField("attendu depuis")  # later than the notice for who arrived afterwards
    seen_at = models.DateTimeField("vu le", null=True, blank=True)
    paper_out_at = models.DateTimeField("coupon imprimé le", null=True, blank=True)
    paper_back_at = models.DateTimeField("papier rendu le", null=True, blank=True)

    privacy = Privacy(
        holds="qui était attendu pour lire une annonce, pour quel enfant, quand elle a été vue ou son papier rendu",
        why="que personne ne soit oublié\u00a0: savoir qui n’a pas été joint, et le joindre autrement",
        keeps="l’année scolaire et la suivante",
        subjects=("person", "child"),
        of_another=("child",),  # a child's archive may be read by one parent: it does not say what the other has read
    )

    class Meta:
        verbose_name = "personne attendue"
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "person", "child"],
                condition=models.Q(child__isnull=False),
                name="expected_once_per_child",
            ),
            models.UniqueConstraint(
                fields=["notice", "person"], condition=models.Q(child=None), name="expected_once_for_oneself"
            ),
            models.CheckConstraint(
                condition=models.Q(paper_back_at=None)
                | models.Q(paper_out_at__isnull=False, paper_back_at__gte=models.F("paper_out_at")),
                name="expected_paper_back_after_out",
            ),
        ]
