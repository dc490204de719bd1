"""The ground floor's own tables: batches that can be undone (kit/batches.py), regular jobs (kit/schedule.py), mails to
send (kit/mail)."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from preau.kit.privacy import Erase, Privacy
from preau.kit.rows import Row


class Batch(Row):
    """One file, or set of files, read, compared and applied at once."""

    kind = models.CharField("nature", max_length=20)  # "onde", "plan"
    scope = models.CharField("périmètre", max_length=60, db_index=True)  # "school:<uuid>", "city:<uuid>"
    person_id = models.UUIDField("appliqué par", null=True)
    applied_at = models.DateTimeField("appliqué le")
    undone_at = models.DateTimeField("annulé le", null=True, blank=True)
    undone_by_id = models.UUIDField("annulé par", null=True, blank=True)
    files = models.JSONField("fichiers", default=list)  # names and SHA-256, never contents
    counts = models.JSONField("comptes", default=dict)

    is_trace = True  # kit.digest
    privacy = Privacy(
        holds="qui a appliqué ou annulé un fichier, et quand",
        why="pouvoir annuler un import et savoir d’où vient une donnée",
        keeps="3 ans",
        subjects=("person_id", "undone_by_id"),
        erase=Erase.KEEP,
    )

    class Meta:
        verbose_name = "lot de changements"
        indexes = [models.Index(fields=["scope", "-applied_at"])]


class Change(models.Model):
    """One row made or changed by a batch. `before` is what undo puts back; `after` is only a digest."""

    class Verb(models.TextChoices):
        CREATE = "create", "créé"
        UPDATE = "update", "changé"

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="changes")
    position = models.PositiveIntegerField("rang")
    model = models.CharField("table", max_length=60)
    row_id = models.UUIDField("ligne", db_index=True)
    verb = models.CharField("changement", max_length=10, choices=Verb.choices)
    before = models.JSONField("valeurs d’avant", default=dict, encoder=DjangoJSONEncoder)
    after = models.CharField("empreinte", max_length=32)

    is_trace = True  # kit.digest
    privacy = Privacy(
        holds="les valeurs d’avant un import (nom, classe, coordonnées)",
        why="remettre les données comme avant",
        keeps="30 jours, puis les valeurs sont vidées",
        erase=Erase.KEEP,
    )

    class Meta:
        verbose_name = "changement d’un lot"
        indexes = [models.Index(fields=["batch", "position"])]


class SheetDraft(Row):
    """A spreadsheet once read, before it is applied: the comparison is made anew each time it is looked at.

    The room's own model adds whose it is and the `batch` it became.
    """

    file_name = models.CharField("fichier", max_length=200)
    file_digest = models.CharField("empreinte", max_length=64)
    lines = models.JSONField("lignes", default=list)
    problems = models.JSONField("lignes à revoir", default=list)
    reading = models.JSONField("ce qui est lu du fichier", default=dict)  # where the table was, what is unread
    table = models.JSONField("le tableau, tant qu’il attend", default=dict)  # kit.tables.Table.as_json
    columns = models.JSONField("colonnes lues", default=dict)  # {field: place}
    answers = models.JSONField("réponses données", default=dict)  # {Question.key: value}
    service = models.CharField("lu par", max_length=20, blank=True)  # a people.Role; none for a command
    created_at = models.DateTimeField("lu le")

    privacy = Privacy(
        holds="les cases d’un tableau donné par la Ville, celles des colonnes non lues comprises",
        why="montrer ce qu’un tableau changerait avant de l’appliquer, et dire ce que sont ses colonnes",
        keeps="jusqu’à ce qu’il soit appliqué ou retiré, 30 jours au plus, puis les seules lignes lues",
        erase=Erase.KEEP,
    )
    is_trace = True  # kit.digest

    class Meta:
        abstract = True


class NamedTitle(Row):
    """What somebody says that a title of their tables means, kept for their next table of that kind.

    The room's own model adds whose tables they are and the kind (`kit.sheets.keep_titles`).
    """

    title_key = models.CharField("titre, sans casse ni accent", max_length=200)
    title = models.CharField("titre", max_length=200)
    field = models.CharField("ce qu’elle dit", max_length=20)  # of the room's own, or kit.tables.columns.NOT_READ
    named_at = models.DateTimeField("dit le")

    class Meta:
        abstract = True


class WorkerLease(models.Model):
    """That a worker lives, said again and again while it does (kit/serving/leases.py)."""

    name = models.CharField("travailleur", max_length=64, primary_key=True)
    renewed_at = models.DateTimeField("dit le")

    is_trace = True  # kit.digest
    privacy = Privacy.none("savoir qu’un travailleur vit encore")

    class Meta:
        verbose_name = "bail d’un travailleur"


class ScheduledJob(models.Model):
    """When a regular job is due next. One row a job, so that several workers run each turn once."""

    name = models.CharField("travail", max_length=120, primary_key=True)  # the task's dotted path
    due_at = models.DateTimeField("prévu le")

    is_trace = True  # kit.digest
    privacy = Privacy.none("faire tourner les travaux réguliers")

    class Meta:
        verbose_name = "travail régulier"


class Outgoing(Row):
    """One mail that is to leave, or left: of a kind its room declares, about rows it names (kit/mail/outbox.py)."""

    class State(models.TextChoices):
        WAITING = "waiting", "attend"
        CLAIMED = "claimed", "part"
        SENT = "sent", "parti"
        REFUSED = "refused", "refusé par l’adresse"
        DROPPED = "dropped", "sans objet"
        GIVEN_UP = "given_up", "abandonné"

    kind = models.CharField("nature", max_length=40)
    key = models.CharField("clé", max_length=120, unique=True)  # what it tells, once
    ids = models.JSONField("de quoi", default=list)  # emptied once settled
    state = models.CharField("état", max_length=10, choices=State.choices, default=State.WAITING)
    queued_at = models.DateTimeField("demandé le")
    due_at = models.DateTimeField("pas avant")
    claimed_at = models.DateTimeField("commencé le", null=True, blank=True)
    settled_at = models.DateTimeField("fini le", null=True, blank=True)
    tries = models.PositiveSmallIntegerField("essais", default=0)
    doubts = models.PositiveSmallIntegerField("doutes", default=0)  # sent again, not knowing whether it had left

    is_trace = True  # kit.digest
    privacy = Privacy(
        holds="de quelle nature est un courriel, de quoi il parle tant qu’il attend, quand il est parti",
        why="envoyer chaque courriel une fois, et pas deux",
        keeps="30 jours une fois parti",
        erase=Erase.KEEP,
    )

    class Meta:
        verbose_name = "courriel à envoyer"
        indexes = [models.Index(fields=["state", "due_at"])]
