"""A call for projects and the form a team fills, version after version (plan.md (a), application)."""

from datetime import timedelta

from django.db import models
from django.db.models import DateTimeField, ExpressionWrapper, F, Q
from django.db.models.functions import TruncDate
from django.utils.timezone import localtime

from preau.kit.dates import last_day
from preau.kit.privacy import Privacy
from preau.kit.rows import Row
from preau.places.models import City, School

NO_PERSON = Privacy.none("appeler les écoles à proposer un projet")

# The eleven sections of plan.md (a), in order; a form revision gives each its questions.
SECTIONS = {
    "ecole": "L’école",
    "existant": "Ce qui est déjà là",
    "projet": "Le projet pédagogique",
    "usages": "Les usages prévus",
    "equipe": "L’équipe",
    "familles": "Les familles",
    "inclusion": "L’inclusion",
    "equipement": "L’équipement souhaité",
    "organisation": "L’organisation",
    "suivi": "Ce que l’école accepte de suivre",
    "conseils": "Le conseil des maîtres et le conseil d’école",
}


def section_title(section: str) -> str:
    """« Le projet pédagogique »"""
    return SECTIONS[section]


class FormRevision(Row):
    """The questions of a call. A draft is edited; once published it never changes: the next one begins as its copy."""

    city = models.ForeignKey(City, models.PROTECT, related_name="form_revisions", verbose_name="ville")
    number = models.PositiveSmallIntegerField("version")
    created_at = models.DateTimeField("commencée le")
    published_at = models.DateTimeField("publiée le", null=True, blank=True)

    privacy = NO_PERSON

    class Meta:
        verbose_name = "version du formulaire"
        constraints = [
            models.UniqueConstraint(fields=["city", "number"], name="form_revision_number_once"),
            models.UniqueConstraint(fields=["city"], condition=Q(published_at=None), name="form_revision_one_draft"),
        ]

    def __str__(self):
        return f"formulaire v{self.number}"


class FormFieldQuerySet(models.QuerySet):
    def put_to(self, school):
        """Those of the levels that the school has."""
        other = {School.Kind.NURSERY: FormField.Levels.ELEMENTARY, School.Kind.ELEMENTARY: FormField.Levels.NURSERY}
        return self.exclude(levels=other.get(school.kind, ""))


class FormField(Row):
    """One question. Its `key` is the same in every revision: that is how two of them are compared."""

    class Kind(models.TextChoices):
        TEXT = "text", "une ligne"
        LONG_TEXT = "long_text", "un texte"
        NUMBER = "number", "un nombre"
        YES_NO = "yes_no", "oui ou non"
        CHOICES = "choices", "un ou plusieurs choix"

    class Audience(models.TextChoices):
        PUBLIC = "public", "rempli par l’école, lu de tous ceux qui lisent le dossier"
        ANNOTATION = "annotation", "note interne, chaque service a la sienne"

    class Levels(models.TextChoices):
        EVERY = "every", "toutes les écoles"
        NURSERY = "nursery", "les écoles qui ont des classes de maternelle"
        ELEMENTARY = "elementary", "les écoles qui ont des classes élémentaires"

    revision = models.ForeignKey(FormRevision, models.CASCADE, related_name="fields", verbose_name="version")
    key = models.SlugField("clé", max_length=60)
    section = models.CharField("rubrique", max_length=14, choices=list(SECTIONS.items()))
    position = models.PositiveSmallIntegerField("rang")
    label = models.CharField("question", max_length=200)
    hint = models.CharField("aide", max_length=300, blank=True)
    kind = models.CharField("réponse", max_length=10, choices=Kind.choices, default=Kind.LONG_TEXT)
    choices = models.JSONField("choix", default=list, blank=True)
    is_required = models.BooleanField("obligatoire au dépôt", default=False)
    audience = models.CharField("lu par", max_length=10, choices=Audience.choices, default=Audience.PUBLIC)
    levels = models.CharField("posée à", max_length=10, choices=Levels.choices, default=Levels.EVERY)

    objects = FormFieldQuerySet.as_manager()
    privacy = NO_PERSON

    class Meta:
        verbose_name = "question du formulaire"
        constraints = [
            models.UniqueConstraint(fields=["revision", "key"], name="form_field_key_once"),
            models.CheckConstraint(
                condition=Q(audience="public") | Q(is_required=False), name="form_field_annotation_never_required"
            ),
            models.CheckConstraint(
                condition=Q(levels__in=("every", "nursery", "elementary")), name="form_field_levels_are_known"
            ),
        ]


def last_day_in(closes_at):
    """`Call.last_day` as an expression, of the path to `closes_at`."""
    return TruncDate(ExpressionWrapper(F(closes_at) - timedelta(seconds=1), DateTimeField()))


class Call(Row):
    """An « appel à candidatures » of a city: a window, the schools it is open to, a form, criteria, an envelope."""

    city = models.ForeignKey(City, models.PROTECT, related_name="calls", verbose_name="ville")
    school_year = models.CharField("année scolaire", max_length=9)  # « 2026-2027 »
    title = models.CharField("titre", max_length=120)
    opens_at = models.DateTimeField("ouvre le")
    closes_at = models.DateTimeField("ferme le")
    # None of them: every school of the city.
    schools = models.ManyToManyField(School, related_name="calls", blank=True, verbose_name="écoles concernées")
    form_revision = models.ForeignKey(FormRevision, models.PROTECT, related_name="calls", verbose_name="formulaire")
    criteria = models.TextField("critères", max_length=5000)
    envelope_cents = models.BigIntegerField("enveloppe", null=True, blank=True)
    opinion_days_count = models.PositiveSmallIntegerField("jours pour rendre un avis", default=21)
    version = models.PositiveIntegerField("version", default=1)

    privacy = NO_PERSON

    class Meta:
        verbose_name = "appel à candidatures"
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="call_closes_after_it_opens"),
            models.CheckConstraint(
                condition=Q(envelope_cents=None) | Q(envelope_cents__gte=0), name="call_envelope_is_not_negative"
            ),
            models.CheckConstraint(condition=Q(opinion_days_count__gte=1), name="call_gives_time_for_opinions"),
        ]
        indexes = [models.Index(fields=["city", "-opens_at"])]

    def __str__(self):
        return self.title

    @property
    def last_day(self):
        """The last day a team may file: the window is written until midnight, and closes at the instant after it."""
        return last_day(localtime(self.closes_at))

    def is_open(self, now) -> bool:
        """From its opening to its closing, the closing instant left out."""
        return self.opens_at <= now < self.closes_at
