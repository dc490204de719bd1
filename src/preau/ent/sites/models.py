"""What a school and a city publish of themselves, beside their posts."""

from django.db import models
from django.db.models import F, Q

from preau.kit.privacy import Erase, Privacy
from preau.kit.rows import Row
from preau.people.models import Person
from preau.places.models import City, School


class SchoolSite(Row):
    """Hours and words of a school's public pages, given by its head. What is empty is « non publié », never guessed."""

    class Days(models.TextChoices):
        FOUR = "four", "4 jours\u00a0: lundi, mardi, jeudi et vendredi"
        FOUR_AND_HALF = "four_and_half", "4 jours et demi\u00a0: mercredi matin aussi"

    school = models.OneToOneField(School, models.CASCADE, related_name="site", verbose_name="école")
    days = models.CharField("semaine", max_length=13, choices=Days.choices, blank=True)
    morning_from = models.TimeField("matin, de", null=True, blank=True)
    morning_to = models.TimeField("matin, à", null=True, blank=True)
    afternoon_from = models.TimeField("après-midi, de", null=True, blank=True)
    afternoon_to = models.TimeField("après-midi, à", null=True, blank=True)
    head_days = models.CharField("jours de la direction", max_length=120, blank=True)
    absence_words = models.CharField("prévenir d’une absence", max_length=200, blank=True)
    enrolment_words = models.TextField("inscrire son enfant", max_length=1500, blank=True)

    privacy = Privacy.none("dire les horaires d’une école et comment la joindre")
    HOURS = ("morning_from", "morning_to", "afternoon_from", "afternoon_to")

    class Meta:
        verbose_name = "site d’école"
        constraints = [
            models.CheckConstraint(
                # All the hours or none: half a day known would read as a closed afternoon.
                condition=Q(days="", morning_from=None, morning_to=None, afternoon_from=None, afternoon_to=None)
                | (
                    ~Q(days="")
                    & Q(morning_from__lt=F("morning_to"))
                    & Q(morning_to__lte=F("afternoon_from"))
                    & Q(afternoon_from__lt=F("afternoon_to"))
                ),
                name="site_hours_in_order_or_none",
            ),
        ]

    @property
    def has_hours(self) -> bool:
        return bool(self.days)


class UrgentBanner(Row):
    """A message across the top of a school's public pages; ends by itself."""

    school = models.ForeignKey(School, models.CASCADE, related_name="banners", verbose_name="école")
    text = models.CharField("message", max_length=120)
    detail = models.CharField("précision", max_length=240, blank=True)
    author = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", verbose_name="auteur")
    starts_at = models.DateTimeField("affiché le")
    ends_at = models.DateTimeField("jusqu’à")
    removed_at = models.DateTimeField("retiré le", null=True, blank=True)

    privacy = Privacy(
        holds="auteur et dates d’un message urgent de l’école",
        why="prévenir tout le monde vite, et savoir qui l’a fait",
        keeps="l’année scolaire et la suivante",
        subjects=("author",),
        erase=Erase.DETACH,
    )

    class Meta:
        verbose_name = "message urgent"
        indexes = [models.Index(fields=["school", "-ends_at"])]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="banner_ends_after_it_starts"),
        ]


class CitySite(Row):
    """What the law asks a public site to say, given by the city. What is empty is « non publié »."""

    city = models.OneToOneField(City, models.CASCADE, related_name="site", verbose_name="ville")
    publisher = models.CharField("éditeur\u00a0: service, adresse, téléphone", max_length=300, blank=True)
    director = models.CharField("direction de la publication", max_length=120, blank=True)
    host = models.CharField("hébergeur\u00a0: nom, adresse, téléphone", max_length=300, blank=True)
    data_contact = models.CharField("délégué à la protection des données", max_length=200, blank=True)
    access_contact = models.CharField("contact pour l’accessibilité", max_length=200, blank=True)
    audited_on = models.DateField("audit d’accessibilité le", null=True, blank=True)
    audited_by = models.CharField("audit fait par", max_length=120, blank=True)
    audit_percent = models.PositiveSmallIntegerField("critères respectés, en %", null=True, blank=True)

    privacy = Privacy(
        holds="nom de la personne qui dirige la publication, contact du délégué à la protection des données",
        why="mentions que la loi demande à tout site public (LCEN art. 6, RGPD art. 13)",
        keeps="tant que la fonction dure",
        erase=Erase.KEEP,
    )

    class Meta:
        verbose_name = "site de la ville"
        constraints = [
            models.CheckConstraint(
                condition=Q(audited_on=None, audit_percent=None)
                | Q(audited_on__isnull=False, audit_percent__lte=100, audit_percent__gte=0),
                name="audit_has_its_date_and_result",
            ),
        ]

    @property
    def access_state(self) -> str:
        """« totalement », « partiellement » or « non » conforme: no valid audit is « non » (RGAA 4.1, obligations)."""
        if self.audit_percent is None or self.audit_percent < 50:
            return "non conforme"
        return "totalement conforme" if self.audit_percent == 100 else "partiellement conforme"
