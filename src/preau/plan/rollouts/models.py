"""Roll-out of a school, step by step, to its réception (plan.md W4)."""

from django.db import models
from django.db.models import F, Q

from preau.kit.names import SortKeyField
from preau.kit.privacy import Erase, Privacy
from preau.kit.rows import Row
from preau.people.models import Person
from preau.places.models import City, School
from preau.plan.equipment.models import Acceptance, KitLine, Quality, StandardKit

MOST_CLASSES = 60  # of a school: more is a slip of the hand
NO_PERSON = Privacy.none("conduire l’équipement d’une école jusqu’à sa mise en service")


class StepKind(models.TextChoices):
    """The steps of W4, in their usual order; several go on at once."""

    SITE_SURVEY = "site_survey", "visite technique"
    COUNCIL_INFORMED = "council_informed", "conseil d’école informé du Wi-Fi"
    CABLING = "cabling", "câblage"
    LINK_READY = "link_ready", "liaison Internet"
    ORDERED = "ordered", "commande"
    DELIVERED = "delivered", "livraison"
    INSTALLED = "installed", "installation"
    CONFIGURED = "configured", "paramétrage"
    ACCEPTED = "accepted", "réception"
    TRAINED = "trained", "formation de l’équipe"
    IN_SERVICE = "in_service", "mise en service"


# What must be done before. A step that a kit does not ask for (the council, without Wi-Fi) holds nothing back. The
# council is told before a network is installed (law 2015-136, art. 7-III): before the order, when it may still say no.
WAITS_FOR = {
    StepKind.SITE_SURVEY: (),
    StepKind.COUNCIL_INFORMED: (),
    StepKind.CABLING: (StepKind.SITE_SURVEY,),
    StepKind.LINK_READY: (),
    StepKind.ORDERED: (StepKind.SITE_SURVEY, StepKind.COUNCIL_INFORMED),
    StepKind.DELIVERED: (StepKind.ORDERED,),
    StepKind.INSTALLED: (StepKind.DELIVERED, StepKind.CABLING),
    StepKind.CONFIGURED: (StepKind.INSTALLED, StepKind.LINK_READY),
    StepKind.ACCEPTED: (StepKind.CONFIGURED,),
    StepKind.TRAINED: (StepKind.CONFIGURED,),
    StepKind.IN_SERVICE: (StepKind.ACCEPTED, StepKind.TRAINED, StepKind.COUNCIL_INFORMED),
}
# Read from what was received and from the day of service: nobody ticks them (plan.md W4).
DERIVED = (StepKind.ACCEPTED, StepKind.IN_SERVICE)


class Owner(models.TextChoices):
    """Who a step waits for: a service, never a person."""

    CITY_IT = "city_it", "informatique des écoles"
    CITY_EDUCATION = "city_education", "Direction Éducation"
    BUILDINGS = "buildings", "bâtiments de la Ville"
    SUPPLIER = "supplier", "fournisseur"
    DSDEN = "dsden", "DSDEN"
    SCHOOL = "school", "école"


USUAL_OWNER = {
    StepKind.COUNCIL_INFORMED: Owner.SCHOOL, StepKind.CABLING: Owner.BUILDINGS, StepKind.DELIVERED: Owner.SUPPLIER,
    StepKind.TRAINED: Owner.DSDEN, StepKind.ORDERED: Owner.CITY_EDUCATION,
}  # fmt: skip


class Rollout(Row):
    """A school on its way to a kit. Its state is never stored: queries.progress_of derives it."""

    school = models.ForeignKey(School, models.PROTECT, related_name="rollouts", verbose_name="école")
    kit = models.ForeignKey(StandardKit, models.PROTECT, related_name="rollouts", verbose_name="équipement type")
    classes_count = models.PositiveSmallIntegerField("classes à équiper")
    # The line of the programme that asked for it: priorities knows it by this id.
    programme_entry_id = models.UUIDField("ligne du programme", null=True, blank=True, unique=True)
    # What the COPIL settled on that line, kept here so that the base holds the reason of another one.
    settled_kit = models.ForeignKey(
        StandardKit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="équipement type arrêté"
    )
    reason = models.CharField("raison", max_length=300, blank=True)  # without a programme, or of another kit
    opened_on = models.DateField("ouvert le")
    service_on = models.DateField("en service le", null=True, blank=True)
    abandoned_on = models.DateField("abandonné le", null=True, blank=True)
    abandoned_reason = models.CharField("raison de l’abandon", max_length=300, blank=True)

    privacy = NO_PERSON

    class Meta:
        verbose_name = "déploiement"
        constraints = [
            models.UniqueConstraint(
                fields=["school"], condition=Q(service_on=None, abandoned_on=None), name="one_rollout_under_way"
            ),
            models.CheckConstraint(
                condition=Q(classes_count__gte=1, classes_count__lte=MOST_CLASSES), name="rollout_has_its_classes"
            ),
            models.CheckConstraint(
                condition=Q(programme_entry_id=None, settled_kit=None)
                | Q(programme_entry_id__isnull=False, settled_kit__isnull=False),
                name="rollout_of_a_programme_knows_its_kit",
            ),
            models.CheckConstraint(
                condition=Q(settled_kit__isnull=False, settled_kit=F("kit"), reason="")
                | (Q(settled_kit=None) & ~Q(reason=""))
                | (Q(settled_kit__isnull=False) & ~Q(settled_kit=F("kit")) & ~Q(reason="")),
                name="rollout_says_why_without_or_beside_its_programme",
            ),
            models.CheckConstraint(
                condition=Q(service_on=None) | Q(service_on__gte=F("opened_on")), name="rollout_serves_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(abandoned_on=None, abandoned_reason="")
                | (Q(abandoned_on__gte=F("opened_on"), service_on=None) & ~Q(abandoned_reason="")),
                name="rollout_abandoned_with_its_reason",
            ),
        ]
        indexes = [models.Index(fields=["opened_on"])]


class RolloutStep(Row):
    """One step, with who it waits for and its two dates."""

    rollout = models.ForeignKey(Rollout, models.CASCADE, related_name="steps", verbose_name="déploiement")
    kind = models.CharField("étape", max_length=16, choices=StepKind.choices)
    owner = models.CharField("chez qui", max_length=14, choices=Owner.choices)
    planned_on = models.DateField("prévue le", null=True, blank=True)
    done_on = models.DateField("faite le", null=True, blank=True)
    blocked_on = models.DateField("bloquée depuis le", null=True, blank=True)
    blocked_cause = models.CharField("cause du blocage", max_length=300, blank=True)
    proof = models.CharField("preuve", max_length=300, blank=True)
    version = models.PositiveIntegerField("version", default=0)  # two people on one form: the second is told

    privacy = NO_PERSON

    class Meta:
        verbose_name = "étape d’un déploiement"
        constraints = [
            models.UniqueConstraint(fields=["rollout", "kind"], name="rollout_step_once"),
            models.CheckConstraint(
                condition=Q(blocked_on=None, blocked_cause="") | (Q(blocked_on__isnull=False) & ~Q(blocked_cause="")),
                name="step_blocked_with_its_cause",
            ),
            models.CheckConstraint(condition=Q(done_on=None) | Q(blocked_on=None), name="step_done_is_not_blocked"),
            models.CheckConstraint(
                condition=Q(done_on=None) | ~Q(kind__in=[str(kind) for kind in DERIVED]), name="derived_step_not_ticked"
            ),
            models.CheckConstraint(
                condition=~Q(kind="trained") | Q(done_on=None) | ~Q(proof=""), name="training_has_its_proof"
            ),
        ]


class Reception(Row):
    """A procès-verbal: what was seen one day, class by class. Once signed it is never edited."""

    rollout = models.ForeignKey(Rollout, models.PROTECT, related_name="receptions", verbose_name="déploiement")
    city = models.ForeignKey(City, models.PROTECT, related_name="receptions", verbose_name="ville")
    held_on = models.DateField("tenue le")
    number = models.CharField("numéro", max_length=12, blank=True)  # « 2026-07 », given when it is signed
    quality = models.CharField("qualité", max_length=10, choices=Quality.choices, default=Quality.MEASURED)
    signed_at = models.DateTimeField("signée par la Ville le", null=True, blank=True)
    receipt_at = models.DateTimeField("signée par l’école le", null=True, blank=True)
    receipt_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="receipts", verbose_name="signée pour l’école par"
    )
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)
    withdrawn_reason = models.CharField("raison du retrait", max_length=300, blank=True)

    privacy = Privacy(
        holds="nom de la directrice ou du directeur qui signe la réception",
        why="prouver que l’école a reçu ce que le procès-verbal dit",
        keeps="la durée du plan",
        subjects=("receipt_by",),
        erase=Erase.DETACH,
    )

    class Meta:
        verbose_name = "procès-verbal de réception"
        constraints = [
            models.UniqueConstraint(fields=["city", "number"], condition=~Q(number=""), name="reception_number_once"),
            models.UniqueConstraint(
                fields=["rollout"], condition=Q(signed_at=None, withdrawn_at=None), name="one_reception_being_written"
            ),
            models.CheckConstraint(
                condition=Q(number="", signed_at=None) | (~Q(number="") & Q(signed_at__isnull=False)),
                name="reception_numbered_when_signed",
            ),
            models.CheckConstraint(
                condition=Q(receipt_at=None, receipt_by=None) | Q(receipt_at__gte=F("signed_at")),
                name="school_signs_after_the_city",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_reason="") | Q(withdrawn_at__isnull=False),
                name="reception_withdrawn_with_its_day",
            ),
        ]


class ReceptionLine(Row):
    """A class seen that day, or the common parts (store, carts, link). Accepted when no réserve is left."""

    class Scope(models.TextChoices):
        CLASSROOM = "class", "classe"
        COMMON = "common", "parties communes"

    reception = models.ForeignKey(Reception, models.CASCADE, related_name="lines", verbose_name="procès-verbal")
    scope = models.CharField("portée", max_length=6, choices=Scope.choices, default=Scope.CLASSROOM)
    label = models.CharField("classe ou salle", max_length=120)
    label_key = SortKeyField(source=("label",))
    accepted_on = models.DateField("reçue le", null=True, blank=True)
    acceptance = models.OneToOneField(
        Acceptance, models.PROTECT, null=True, blank=True, related_name="reception_line", verbose_name="réception"
    )

    privacy = NO_PERSON

    class Meta:
        verbose_name = "ligne de procès-verbal"
        constraints = [
            models.UniqueConstraint(fields=["reception", "scope", "label_key"], name="reception_line_once"),
            models.CheckConstraint(
                condition=Q(accepted_on=None, acceptance=None)
                | Q(scope="class", accepted_on__isnull=False, acceptance__isnull=False)
                | Q(scope="common", accepted_on__isnull=False, acceptance=None),
                name="class_accepted_counts_in_the_plan",
            ),
        ]

    @property
    def is_class(self) -> bool:
        return self.scope == self.Scope.CLASSROOM


class Reservation(Row):
    """Une réserve: what is wrong with one line of the kit, to be put right by a day; lifted one by one."""

    line = models.ForeignKey(ReceptionLine, models.CASCADE, related_name="reservations", verbose_name="ligne")
    kit_line = models.ForeignKey(KitLine, models.PROTECT, related_name="reservations", verbose_name="élément")
    text = models.CharField("réserve", max_length=300)
    due_on = models.DateField("à lever avant le")
    lifted_on = models.DateField("levée le", null=True, blank=True)
    lifted_note = models.CharField("ce qui a été fait", max_length=300, blank=True)

    privacy = NO_PERSON

    class Meta:
        verbose_name = "réserve"
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="reservation_says_what"),
            models.CheckConstraint(
                condition=Q(lifted_on=None, lifted_note="") | (Q(lifted_on__isnull=False) & ~Q(lifted_note="")),
                name="reservation_lifted_with_its_note",
            ),
        ]
