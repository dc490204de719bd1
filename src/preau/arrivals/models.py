"""Files received and not yet applied, what persons decided about likenesses, sheets being printed."""

from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Q

from preau.arrivals.reading import GUARDIANS, PUPILS, TEACHERS
from preau.kit.models import NamedTitle
from preau.kit.privacy import Erase, Privacy
from preau.kit.rows import Row
from preau.people.models import Person
from preau.places.models import Classroom, School

UPLOADS, SHEETS = "private/arrivals", "private/sheets"


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
    # [{"name": as given, "path": in the private store, "births": {line: what a person said of its birth date}, "said":
    # what the school had named of titles, "named": reading.Named}]; paths and answers are emptied with the files.
    files = models.JSONField("fichiers", default=list)
    batch_id = models.UUIDField("lot", null=True, blank=True)

    is_trace = True  # kit.digest
    undone_with = Q()  # kit.batches
    privacy = Privacy(
        holds="noms de fichiers déposés, qui les a déposés et quand\u00a0; les fichiers eux-mêmes pendant 24 heures",
        why="montrer à la direction ce qui va changer avant de l’appliquer",
        keeps="fichiers\u00a0: jusqu’à l’application, 24 heures au plus\u00a0; ligne\u00a0: 1 an",
        erase=Erase.KEEP,
        files=("paths",),
        folders=(UPLOADS,),
    )

    class Meta:
        verbose_name = "dépôt de fichiers"
        indexes = [models.Index(fields=["school", "-received_at"])]

    @property
    def paths(self) -> list[str]:
        """Where its files still lie in the storage."""
        return [file["path"] for file in self.files if file["path"]]


class FileTitle(NamedTitle):
    """What a head says that a title of the school's files means, kept for the next one."""

    class Kind(models.TextChoices):
        PUPILS = PUPILS, "liste d’élèves"
        GUARDIANS = GUARDIANS, "liste de responsables"
        TEACHERS = TEACHERS, "liste d’enseignants"

    school = models.ForeignKey(School, models.CASCADE, related_name="file_titles", verbose_name="école")
    kind = models.CharField("fichier", max_length=10, choices=Kind.choices)

    privacy = Privacy.none("reconnaître les colonnes du prochain fichier de l’école")

    class Meta:
        verbose_name = "titre de colonne d’une école"
        constraints = [
            models.UniqueConstraint(fields=["school", "kind", "title_key"], name="file_title_once_per_school_and_kind"),
            models.CheckConstraint(condition=~Q(title_key="") & ~Q(field=""), name="file_title_says_something"),
        ]


class Decision(Row):
    """A person said whether two lines, or a line and a person, are one. Read both ways; the two keys are sorted.

    A key is `person:<uuid>` or the fingerprint of a line (kit.seals.match_key): no name can be read from it.
    """

    class Verdict(models.TextChoices):
        SAME = "same", "une seule personne"
        DIFFERENT = "different", "deux personnes"
        BECAME = "became", "la personne que la ligne est devenue"

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
        holds="deux empreintes et une réponse\u00a0: une seule personne, ou deux",
        why="ne pas redemander à chaque fichier si deux personnes du même nom n’en font qu’une",
        keeps="comme la personne comparée",
        subjects=("candidate",),
    )

    class Meta:
        verbose_name = "réponse sur une ressemblance"
        constraints = [
            models.UniqueConstraint(fields=["school", "first_key", "second_key"], name="decision_once_per_pair"),
        ]

    @property
    def is_answer(self):
        """A person said it; otherwise Préau remembers what a line became."""
        return self.verdict != self.Verdict.BECAME


class SheetJob(Row):
    """The connection sheets of one class, made into a private PDF by a job and deleted after 24 hours (trust.md R22).

    No code is kept here: the secrets live in the PDF alone.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "en attente"
        MAKING = "making", "en cours"
        READY = "ready", "prêtes"
        DROPPED = "dropped", "supprimées"

    class Layout(models.TextChoices):
        PAGE = "page", "une par page"
        EIGHT = "eight", "huit par page, à découper"

    school = models.ForeignKey(School, models.CASCADE, related_name="sheet_jobs", verbose_name="école")
    classroom = models.ForeignKey(Classroom, models.CASCADE, related_name="sheet_jobs", verbose_name="classe")
    person_id = models.UUIDField("demandées par", null=True)
    asked_at = models.DateTimeField("demandées le")
    ready_at = models.DateTimeField("prêtes le", null=True, blank=True)
    state = models.CharField("état", max_length=8, choices=State.choices, default=State.WAITING)
    layout = models.CharField("mise en page", max_length=8, choices=Layout.choices, default=Layout.EIGHT)
    with_pupils = models.BooleanField("aussi pour les élèves", default=False)
    renews_active = models.BooleanField("aussi pour les comptes déjà actifs", default=False)
    address = models.URLField("adresse de la première fois")
    total_count = models.PositiveIntegerField("fiches", default=0)
    done_count = models.PositiveIntegerField("fiches faites", default=0)
    codes_count = models.PositiveIntegerField("codes", default=0)
    path = models.CharField("fichier", max_length=200, blank=True)

    is_trace = True  # kit.digest
    undone_with = Q()  # kit.batches
    privacy = Privacy(
        holds="qui a demandé les fiches de connexion d’une classe, et quand\u00a0; le PDF lui-même pendant 24 heures",
        why="imprimer les fiches de connexion",
        keeps="PDF\u00a0: 24 heures\u00a0; ligne\u00a0: 1 an",
        erase=Erase.KEEP,
        files=("path",),
        folders=(SHEETS,),
    )

    class Meta:
        verbose_name = "fiches de connexion d’une classe"
        indexes = [models.Index(fields=["school", "-asked_at"])]

    @property
    def is_under_way(self) -> bool:
        """Asked, and not ready yet."""
        return self.state in (self.State.WAITING, self.State.MAKING)

    @property
    def is_kept(self) -> bool:
        """Ready, its PDF there: no backup holds it, so that it may be gone before its day is over."""
        return self.state == self.State.READY and bool(self.path) and default_storage.exists(self.path)
