"""The dossier de rentrée: asked by a school once a year, checked by each guardian for each child."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_noop as _

from preau.kit.privacy import Privacy
from preau.kit.rows import Row
from preau.media.models import Joined
from preau.people.models import Contact, Person
from preau.places.models import School
from preau.spaces.models import Publication

KIND = "yearfile"
KEPT = "l’année scolaire et la suivante"


class Item(models.TextChoices):
    """What is asked of a guardian for a child, in the order of the page."""

    CONTACTS = "contacts", _("Vos coordonnées")
    PICKUPS = "pickups", _("Qui peut venir chercher votre enfant")
    INSURANCE = "insurance", _("Attestation d’assurance")
    SHARING = "sharing", _("Associations de parents")
    CHARTER = "charter", _("Charte d’usage")


class Opening(Row):
    """That a school asks the dossier of one school year, until a day."""

    publication = models.OneToOneField(
        Publication, models.CASCADE, related_name="year_file_opening", verbose_name="annonce aux familles"
    )
    school = models.ForeignKey(School, models.CASCADE, related_name="year_file_openings", verbose_name="école")
    school_year = models.CharField("année scolaire", max_length=9)  # « 2026-2027 »
    due_on = models.DateField("à rendre avant le")

    privacy = Privacy.none("savoir pour quelle année une école demande le dossier de rentrée")

    class Meta:
        verbose_name = "dossier de rentrée ouvert"
        constraints = [models.UniqueConstraint(fields=["school", "school_year"], name="year_file_opened_once_a_year")]


class YearFile(Row):
    """One guardian's file for one child: when each part was done, on a screen or on paper."""

    class Sharing(models.TextChoices):
        UNSAID = "", "pas encore dit"
        YES = "yes", _("oui")
        NO = "no", _("non")

    opening = models.ForeignKey(Opening, models.CASCADE, related_name="files", verbose_name="dossier ouvert")
    guardian = models.ForeignKey(Person, models.CASCADE, related_name="year_files", verbose_name="responsable")
    child = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name="enfant")
    contacts_at = models.DateTimeField("coordonnées vérifiées le", null=True, blank=True)
    pickups_at = models.DateTimeField("personnes autorisées vérifiées le", null=True, blank=True)
    sharing = models.CharField("aux associations de parents", max_length=3, choices=Sharing.choices, blank=True)
    sharing_at = models.DateTimeField("dit le", null=True, blank=True)
    charter_at = models.DateTimeField("charte lue le", null=True, blank=True)
    paper_out_at = models.DateTimeField("fiche imprimée le", null=True, blank=True)
    paper_back_at = models.DateTimeField("fiche rendue le", null=True, blank=True)

    privacy = Privacy(
        holds="ce qu’un responsable a vérifié à la rentrée, et son accord pour les associations de parents",
        why="tenir à jour de quoi joindre les familles, et savoir quel dossier n’est pas rendu",
        keeps=KEPT,
        subjects=("guardian", "child"),
        of_another=("child",),  # a child's archive may be read by one parent: not what the other has done
    )

    class Meta:
        verbose_name = "dossier de rentrée d’un responsable"
        constraints = [
            models.UniqueConstraint(fields=["opening", "guardian", "child"], name="year_file_once_per_guardian_child"),
            models.CheckConstraint(
                condition=Q(sharing="", sharing_at=None) | ~Q(sharing="") & Q(sharing_at__isnull=False),
                name="year_file_sharing_has_its_date",
            ),
            models.CheckConstraint(
                condition=Q(paper_back_at=None) | Q(paper_out_at__isnull=False, paper_back_at__gte=F("paper_out_at")),
                name="year_file_paper_back_after_out",
            ),
        ]


class Pickup(Row):
    """Somebody whom a guardian names to fetch the child. Ended, they are named no more."""

    child = models.ForeignKey(Person, models.CASCADE, related_name="pickups", verbose_name="enfant")
    named_by = models.ForeignKey(Person, models.CASCADE, related_name="named_pickups", verbose_name="nommée par")
    name = models.CharField("prénom et nom", max_length=120)
    tie = models.CharField("lien avec l’enfant", max_length=60)
    phone = models.CharField("téléphone", max_length=40, blank=True)
    named_at = models.DateTimeField("nommée le")
    ended_at = models.DateTimeField("retirée le", null=True, blank=True)

    privacy = Privacy(
        holds="nom, lien et téléphone d’une personne qui peut venir chercher un enfant, et qui l’a nommée",
        why="ne remettre un enfant qu’à qui ses responsables ont nommé",
        keeps=KEPT,
        subjects=("named_by", "child"),
        of_another=("child",),  # whom one parent trusts is not told to the other
    )

    class Meta:
        verbose_name = "personne autorisée à venir chercher un enfant"
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("named_at")), name="pickup_ended_after_named"
            )
        ]


class Certificate(Joined):
    """The insurance certificate that a guardian sends. Noted by the school, it is erased: `schools.Insurance` stays."""

    FOLDER = "certificates"

    year_file = models.OneToOneField(
        YearFile, models.CASCADE, related_name="certificate", verbose_name="dossier de rentrée"
    )

    privacy = Privacy(
        holds="attestation d’assurance envoyée par un responsable",
        why="la noter, puis l’effacer",
        keeps="jusqu’à ce que l’école l’ait notée, trois mois au plus",
        subjects=("year_file__guardian", "year_file__child"),
        of_another=("year_file__child",),
        files=("path", "raw_path"),
        folders=("certificates",),
    )

    class Meta(Joined.Meta):
        verbose_name = "attestation d’assurance envoyée"


class ContactChange(Row):
    """A contact that a guardian corrected, for the head to write in ONDE by hand: Préau writes nothing there."""

    school = models.ForeignKey(School, models.CASCADE, related_name="contact_changes", verbose_name="école")
    guardian = models.ForeignKey(Person, models.CASCADE, related_name="contact_changes", verbose_name="responsable")
    kind = models.CharField("nature", max_length=8, choices=Contact.Kind.choices)
    before = models.CharField("avant", max_length=255, blank=True)
    after = models.CharField("après", max_length=255, blank=True)
    changed_at = models.DateTimeField("changée le")
    reported_at = models.DateTimeField("reportée dans ONDE le", null=True, blank=True)

    privacy = Privacy(
        holds="coordonnée corrigée par un responsable, avant et après",
        why="la reporter dans ONDE, que Préau n’écrit pas",
        keeps=KEPT,
        subjects=("guardian",),
    )

    class Meta:
        verbose_name = "coordonnée à reporter dans ONDE"
        indexes = [
            models.Index(
                fields=["school", "changed_at"], condition=Q(reported_at=None), name="contact_change_to_report"
            )
        ]
