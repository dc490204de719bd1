"""A walk round a room or a school: what was seen, set against the inventory, settled by a person."""

from django.db import models
from django.db.models import Q

from preau.kit.privacy import Privacy
from preau.kit.rows import Row
from preau.places.models import Room, School
from preau.plan.inventory.models.assets import Asset
from preau.plan.inventory.models.tags import shown

COUNTING = Privacy.none("vérifier que le matériel est là où l’inventaire le dit")


class CountSession(Row):
    """One walk, sent once. Without a room it is the whole school."""

    class Source(models.TextChoices):
        SCREEN = "screen", "sur place"
        PAPER = "paper", "feuille"

    school = models.ForeignKey(School, models.PROTECT, related_name="counts", verbose_name="école")
    room = models.ForeignKey(Room, models.PROTECT, null=True, blank=True, related_name="counts", verbose_name="local")
    client_id = models.UUIDField("identifiant de l’envoi", unique=True)  # made by the page: a second sending adds none
    source = models.CharField("relevé", max_length=6, choices=Source.choices)
    counted_at = models.DateTimeField("compté le")
    posted_at = models.DateTimeField("reçu le")

    privacy = COUNTING

    class Meta:
        verbose_name = "comptage"
        indexes = [models.Index(fields=["school", "-posted_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(counted_at__lte=models.F("posted_at")), name="count_is_sent_after_it_is_made"
            ),
        ]  # fmt: skip


class Observation(Row):
    """One label seen or not seen. It changes nothing by itself: a person settles it."""

    class Outcome(models.TextChoices):
        SEEN = "seen", "vu à sa place"
        ELSEWHERE = "elsewhere", "vu, noté ailleurs"
        NOT_SEEN = "not_seen", "non vu"
        UNKNOWN = "unknown", "étiquette inconnue"

    class Resolution(models.TextChoices):
        PLACED = "placed", "placé ici"
        MISSING = "missing", "noté manquant"
        CREATED = "created", "ajouté à l’inventaire"
        LEFT = "left", "laissé tel quel"

    session = models.ForeignKey(CountSession, models.CASCADE, related_name="observations", verbose_name="comptage")
    tag = models.CharField("étiquette", max_length=6)
    asset = models.ForeignKey(
        Asset, models.PROTECT, null=True, blank=True, related_name="observations", verbose_name="bien"
    )
    outcome = models.CharField("constat", max_length=9, choices=Outcome.choices)
    resolution = models.CharField("suite", max_length=7, choices=Resolution.choices, blank=True)
    resolved_at = models.DateTimeField("réglé le", null=True, blank=True)

    privacy = COUNTING

    class Meta:
        verbose_name = "constat d’un comptage"
        constraints = [
            models.UniqueConstraint(fields=["session", "tag"], name="tag_once_per_count"),
            models.CheckConstraint(
                condition=Q(outcome="unknown", asset=None)
                | Q(outcome="unknown", resolution="created")
                | (~Q(outcome="unknown") & Q(asset__isnull=False)),
                name="known_tag_has_its_asset",
            ),
            models.CheckConstraint(
                condition=Q(resolution="", resolved_at=None) | (~Q(resolution="") & Q(resolved_at__isnull=False)),
                name="resolution_has_its_instant",
            ),
        ]  # fmt: skip

    @property
    def shown_tag(self) -> str:
        """« ABC 234 », which does not break."""
        return shown(self.tag)
