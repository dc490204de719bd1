"""The city's file of services, and its lines."""

from django.db import models
from django.db.models import Q

from preau.kit.privacy import Erase, Privacy
from preau.kit.rows import Row
from preau.people.models import Person
from preau.places.models import City, School
from preau.schools.models import Activity

WEEK = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


class ServiceFile(Row):
    """A file of the city's family software once read: looked at, then applied once, or given up."""

    city = models.ForeignKey(City, models.CASCADE, related_name="service_files", verbose_name="ville")
    file_name = models.CharField("fichier", max_length=200)
    file_digest = models.CharField("empreinte", max_length=64)
    person_id = models.UUIDField("déposé par", null=True)
    received_at = models.DateTimeField("déposé le")
    problems = models.JSONField("lignes à revoir", default=list)
    unread = models.JSONField("colonnes non lues", default=list)
    passed = models.JSONField("services laissés, lignes de chacun", default=dict)  # {word: lines}
    columns = models.JSONField("colonnes lues", default=dict)  # {field: place}
    table = models.JSONField("le tableau, tant qu’il attend", default=dict)  # kit.tables.Table.as_json
    applied_at = models.DateTimeField("appliqué le", null=True, blank=True)
    batch_id = models.UUIDField("lot", null=True, blank=True)
    undone_at = models.DateTimeField("annulé le", null=True, blank=True)

    is_trace = True  # kit.digest
    privacy = Privacy(
        holds="nom d’un fichier de la Ville, qui l’a déposé, ce qui n’a pu s’en lire, ses cases s’il attend",
        why="montrer à la Ville ce que son fichier change avant de l’appliquer, et dire ce que sont ses colonnes",
        keeps="30 jours s’il n’est pas appliqué, un an sinon, sans ses cases",
        erase=Erase.KEEP,
    )

    class Meta:
        verbose_name = "fichier des services périscolaires"
        constraints = [
            models.CheckConstraint(
                condition=Q(applied_at=None, batch_id=None) | Q(applied_at__isnull=False, batch_id__isnull=False),
                name="service_file_applied_with_its_batch",
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(applied_at__isnull=False), name="service_file_undone_once_applied"
            ),
        ]


class ServiceWord(Row):
    """What a city says that a title, the name of a service, or a name that several schools bear, means in its files:
    kept for the next one."""

    class Kind(models.TextChoices):
        TITLE = "title", "titre de colonne"
        SERVICE = "service", "nom de service"
        SCHOOL = "school", "nom d’école"

    city = models.ForeignKey(City, models.CASCADE, related_name="service_words", verbose_name="ville")
    kind = models.CharField("sorte de mot", max_length=10, choices=Kind.choices)
    word_key = models.CharField("mot, sans casse ni accent", max_length=200)
    # A field of reading.LABELS, kinds of service (« morning,evening »), kit.tables.columns.NOT_READ, the id of one of
    # the schools of a name, or schools_named.BY_CHILD.
    means = models.CharField("ce qu’il dit", max_length=40)
    said_at = models.DateTimeField("dit le")

    privacy = Privacy.none("lire le prochain fichier de la Ville comme celui-ci")

    class Meta:
        verbose_name = "mot des fichiers d’une ville"
        constraints = [
            models.UniqueConstraint(fields=["city", "kind", "word_key"], name="service_word_once_in_a_city"),
            models.CheckConstraint(condition=~Q(word_key="") & ~Q(means=""), name="service_word_says_something"),
        ]


class ServiceLine(Row):
    """One line of the city's file, as it names a child, and the child it is once known."""

    file = models.ForeignKey(ServiceFile, models.CASCADE, related_name="lines", verbose_name="fichier")
    number = models.PositiveIntegerField("ligne")
    school = models.ForeignKey(School, models.CASCADE, related_name="+", verbose_name="école")
    activity = models.ForeignKey(Activity, models.CASCADE, related_name="+", verbose_name="service")
    last_name = models.CharField("nom", max_length=80)
    first_name = models.CharField("prénom", max_length=80)
    birth_date = models.DateField("date de naissance", null=True, blank=True)
    days = models.CharField("jours", max_length=7)
    starts_on = models.DateField("du", null=True, blank=True)
    ends_on = models.DateField("au", null=True, blank=True)
    fetched_by = models.CharField("repart avec", max_length=200, blank=True)
    name_key = models.CharField("clé de comparaison", max_length=200)
    child = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="service_lines", verbose_name="enfant"
    )
    decided_at = models.DateTimeField("décidé par l’école le", null=True, blank=True)
    set_aside_at = models.DateTimeField("laissé de côté le", null=True, blank=True)
    enrolment_id = models.UUIDField("inscription faite par l’école", null=True, blank=True)

    is_trace = True  # kit.digest
    privacy = Privacy(
        holds="nom, prénom, naissance, service et jours d’un enfant, et qui vient le chercher, d’après la Ville",
        why="rapprocher le fichier de la Ville des élèves de l’école",
        keeps="comme le fichier",
        subjects=("child",),
        hides=("fetched_by",),
    )

    class Meta:
        verbose_name = "ligne du fichier des services"
        constraints = [
            models.UniqueConstraint(fields=["file", "number", "activity"], name="service_line_once_in_its_file"),
            models.CheckConstraint(
                condition=Q(set_aside_at=None) | Q(child=None), name="service_line_set_aside_is_nobody"
            ),
        ]
        indexes = [models.Index(fields=["school", "name_key"])]

    @property
    def names(self) -> str:
        """As the city wrote them."""
        return f"{self.first_name} {self.last_name}"

    @property
    def days_said(self) -> str:
        """« lundi, mardi »."""
        return ", ".join(WEEK[int(day) - 1] for day in self.days)
