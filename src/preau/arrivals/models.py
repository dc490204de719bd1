"""Files received and not yet applied, and what persons decided about likenesses."""

from django.db import models
from django.db.models import Q

from preau.kit.privacy import Erase, Privacy
from preau.kit.rows import Row
from preau.people.models import Person
from preau.places.models import School


class Upload(Row):
    """Files dropped for one school, read again at each look, deleted once applied or after 24 hours (trust.md R22)."""

    class State(models.TextChoices):
        RECEIVED = "received", "reçus"
        APPLIED = "applied", "appliqués"
        DROPPED = "dropped", "abandonnés"

    school = models.ForeignKey(School, models.CASCADE, related_name="uploads", verbose_name="école")
    school_year = models.CharField("année scolaire", max_length=9)
    person_id = models.UUIDField("déposés par", null=True)
    received_at = models.DateTimeField("déposés le")
    state = models.CharField("état", max_length=8, choices=State.choices, default=State.RECEIVED)
    # [{"name": as given, "path": in the private store, "sha256": …}]; paths are emptied with the files.
    files = models.JSONField("fichiers", default=list)
    batch_id = models.UUIDField("lot", null=True, blank=True)

    is_trace = True  # kit.digest
    undone_with = Q()  # kit.batches
    privacy = Privacy(
        holds="noms de fichiers déposés, qui les a déposés et quand ; les fichiers eux-mêmes pendant 24 heures",
        why="montrer à la direction ce qui va changer avant de l’appliquer",
        keeps="fichiers : jusqu’à l’application, 24 heures au plus ; ligne : 1 an",
        erase=Erase.KEEP,
    )

    class Meta:
        verbose_name = "dépôt de fichiers"
        indexes = [models.Index(fields=["school", "-received_at"])]


class Decision(Row):
    """A person said whether two lines, or a line and a person, are one. Read both ways; the two keys are sorted.

    A key is `person:<uuid>` or the fingerprint of a line (kit.seals.match_key): no name can be read from it.
    """

    class Verdict(models.TextChoices):
        SAME = "same", "une seule personne"
        DIFFERENT = "different", "deux personnes"

    school = models.ForeignKey(School, models.CASCADE, related_name="decisions", verbose_name="école")
    first_key = models.CharField("première clé", max_length=80)
    second_key = models.CharField("seconde clé", max_length=80)
    candidate = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="decisions", verbose_name="personne comparée"
    )
    verdict = models.CharField("réponse", max_length=9, choices=Verdict.choices)
    decided_by_id = models.UUIDField("décidé par", null=True)
    decided_at = models.DateTimeField("décidé le")

    is_trace = True  # kit.digest
    undone_with = Q()  # kit.batches
    privacy = Privacy(
        holds="deux empreintes et une réponse : une seule personne, ou deux",
        why="ne pas redemander à chaque fichier si deux personnes du même nom n’en font qu’une",
        keeps="comme la personne comparée",
        subjects=("candidate",),
    )

    class Meta:
        verbose_name = "réponse sur une ressemblance"
        constraints = [
            models.UniqueConstraint(fields=["school", "first_key", "second_key"], name="decision_once_per_pair"),
        ]
