"""How an asset leaves: why it was retired, what became of its memory, where it went."""

import uuid

from django.db import models
from django.db.models import F, Q

from preau.kit.privacy import Erase, Privacy
from preau.kit.rows import Row
from preau.places.models import School
from preau.plan.inventory.models.assets import Asset, Funding


class Retirement(Row):
    """One retirement of an asset and its erasure certificate; cancelled when the asset comes back."""

    class Reason(models.TextChoices):
        OBSOLETE = "obsolete", "trop ancien"
        BROKEN = "broken", "hors d’usage"
        LOST = "lost", "perdu"
        STOLEN = "stolen", "volé"

    class Method(models.TextChoices):
        OVERWRITE = "overwrite", "écrasement complet"
        CRYPTO = "crypto", "effacement cryptographique ou remise à zéro du fabricant"
        DESTROY = "destroy", "destruction du support"
        NOTHING_HELD = "nothing_held", "support absent ou déjà vide, vérifié"

    class Way(models.TextChoices):
        REUSE = "reuse", "réemploi"
        DONATION = "donation", "don"
        RETURN = "return", "reprise par le fournisseur"
        WASTE = "waste", "déchet électronique (DEEE)"
        NEVER_FOUND = "never_found", "jamais retrouvé"

    asset = models.ForeignKey(Asset, models.PROTECT, related_name="retirements", verbose_name="bien")
    school = models.ForeignKey(
        School, models.PROTECT, null=True, blank=True, related_name="retirements", verbose_name="école de ce jour-là"
    )
    funding = models.CharField("financement", max_length=7, choices=Funding.choices, default=Funding.UNKNOWN)
    reason = models.CharField("motif", max_length=8, choices=Reason.choices)
    retired_on = models.DateField("réformé le")
    report_ref = models.CharField("déclaration de perte ou de vol", max_length=80, blank=True)
    needs_erasure = models.BooleanField("mémoire à effacer")
    erased_on = models.DateField("effacé le", null=True, blank=True)
    erased_by = models.CharField("effacé par", max_length=120, blank=True)
    erasure_method = models.CharField("procédé", max_length=12, choices=Method.choices, blank=True)
    erasure_ref = models.CharField("référence du certificat", max_length=80, blank=True)
    way = models.CharField("destination", max_length=11, choices=Way.choices, blank=True)
    beneficiary = models.CharField("remis à", max_length=120, blank=True)
    disposed_on = models.DateField("sorti le", null=True, blank=True)
    disposal_ref = models.CharField("pièce", max_length=80, blank=True)
    # Without it a mark of the sealed journal tells its names to whoever tries some; none on what was sealed before.
    salt = models.UUIDField("sel des empreintes", default=uuid.uuid4, null=True, editable=False)
    cancelled_at = models.DateTimeField("annulée le", null=True, blank=True)

    privacy = Privacy(
        holds="qui a effacé la mémoire d’un bien réformé, et le nom de qui le reçoit",
        why="prouver que la mémoire d’un bien réformé a été effacée et dire où il est parti",
        keeps="la durée du plan",
        erase=Erase.KEEP,
        hides=("salt",),
    )

    class Meta:
        verbose_name = "réforme d’un bien"
        constraints = [
            models.UniqueConstraint(fields=["asset"], condition=Q(cancelled_at=None), name="asset_retired_once"),
            models.CheckConstraint(
                condition=Q(needs_erasure=False)
                | (
                    Q(erased_on__isnull=False, erased_on__lte=F("retired_on"))
                    & ~Q(erased_by="")
                    & ~Q(erasure_method="")
                ),
                name="retirement_with_its_erasure",
            ),
            models.CheckConstraint(
                condition=~Q(reason__in=["lost", "stolen"]) | ~Q(report_ref=""), name="loss_has_its_report"
            ),
            models.CheckConstraint(
                condition=Q(way="", disposed_on=None)
                | (~Q(way="") & Q(disposed_on__isnull=False, disposed_on__gte=F("retired_on"))),
                name="disposal_has_its_way_and_day",
            ),
            models.CheckConstraint(  # what was lost and comes back is put back first: its memory was never erased
                condition=Q(way="")
                | Q(way="never_found", reason__in=["lost", "stolen"])
                | (~Q(way="never_found") & Q(reason__in=["obsolete", "broken"])),
                name="what_is_lost_goes_nowhere",
            ),
            models.CheckConstraint(
                condition=~Q(way__in=["reuse", "donation", "return", "waste"]) | ~Q(beneficiary=""),
                name="disposal_says_to_whom",
            ),
        ]  # fmt: skip
