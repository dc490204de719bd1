"""Who did what, when. No foreign key: lines outlive the rows they speak of (docs/decisions/0005)."""

import uuid

from django.db import models

from preau.kit.privacy import Erase, Privacy

PEOPLE = uuid.UUID("7065726f-6e6e-4573-8000-000000000014")  # the chain of acts on persons
ABOUT_PEOPLE = frozenset({
    "issue_activation_code", "use_activation_code", "revoke_activation_code",
    "give_mandate", "end_mandate", "take_back_end", "arrivals.apply", "arrivals.undo",
    "restrict_guardian", "lift_restriction", "remove_second_factor", "shut_account", "export_person", "erase_person",
    "suspend_account", "reinstate_account", "reset_password",
})  # fmt: skip


class Entry(models.Model):
    """One act. Holds ids, a verb, field names and the instant; values lie in an erasable `Detail`."""

    at = models.DateTimeField("instant", db_index=True)
    actor_id = models.UUIDField("personne", null=True, db_index=True)  # None: the operator's shell or a job
    verb = models.CharField("verbe", max_length=60)
    object_kind = models.CharField("nature", max_length=60)
    object_id = models.UUIDField("objet", null=True, db_index=True)
    place_id = models.UUIDField("lieu", null=True, db_index=True)
    fields = models.JSONField("champs", default=list)
    detail_digest = models.CharField("empreinte du détail", max_length=64, blank=True)
    bound_digest = models.CharField("empreinte de ce que l’acte fige", max_length=64, blank=True)  # SHA-256

    is_trace = True  # kit.digest
    privacy = Privacy(
        holds="identifiant technique de l’auteur d’un acte, nature et instant de l’acte",
        why="savoir qui a fait quoi, prouver un avis ou une réception, innocenter un enfant dont le compte a servi",
        keeps="1 an pour les actes courants, la durée du plan pour ses décisions",
        subjects=("actor_id",),
        erase=Erase.KEEP,
    )

    class Meta:
        verbose_name = "ligne du journal"


class Detail(models.Model):
    """The values of an act, erasable without breaking the journal: the entry keeps a salted digest only."""

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, related_name="detail")
    salt = models.UUIDField(default=uuid.uuid4)
    values = models.JSONField("valeurs", default=dict)
    about_id = models.UUIDField("personne concernée", null=True, db_index=True)

    is_trace = True  # kit.digest
    privacy = Privacy(
        holds="les valeurs changées par un acte",
        why="expliquer un changement à la personne concernée",
        keeps="1 an",
        subjects=("about_id",),
        erase=Erase.DELETE,
    )

    class Meta:
        verbose_name = "détail d’une ligne du journal"


class Chain(models.Model):
    """Where a chain of seals stands. Its row is locked while a line is sealed, and tells when the end was cut off."""

    # The city whose acts are chained, as cities stay apart; or PEOPLE, for acts on persons in any place.
    key = models.UUIDField("Ville", primary_key=True)
    count = models.PositiveIntegerField("nombre de lignes", default=0)
    digest = models.CharField("dernière empreinte", max_length=64, blank=True)
    # Its first lines, forgotten at their date (PEOPLE alone): how many, and the digest that the next one follows.
    forgotten_count = models.PositiveIntegerField("lignes oubliées", default=0)
    forgotten_digest = models.CharField("empreinte de la dernière oubliée", max_length=64, blank=True)

    is_trace = True  # kit.digest
    privacy = Privacy.none("savoir combien de lignes une chaîne a scellées")

    class Meta:
        verbose_name = "chaîne du journal"


class Seal(models.Model):
    """Ties a line to all those before it: `digest` covers the line, its number and the digest before (trust.md T35)."""

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="seals")
    number = models.PositiveIntegerField("numéro")  # 1, 2, 3… within the chain
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="seal")
    role = models.CharField("au titre de", max_length=40, blank=True)  # a people.Role, as held that day
    previous = models.CharField("empreinte précédente", max_length=64, blank=True)
    digest = models.CharField("empreinte", max_length=64)

    is_trace = True  # kit.digest
    privacy = Privacy.none("montrer qu’aucune ligne n’a été changée, ôtée ou ajoutée")

    class Meta:
        verbose_name = "sceau d’une ligne du journal"
        constraints = [
            models.UniqueConstraint(fields=["chain", "number"], name="seal_once_per_number"),
            models.CheckConstraint(
                condition=models.Q(number=1, previous="") | (models.Q(number__gt=1) & ~models.Q(previous="")),
                name="seal_first_has_nothing_before",
            ),
        ]
