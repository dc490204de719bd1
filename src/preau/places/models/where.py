"""Where things happen: département, city, district, school, classroom, group."""

import re

from django.db import models
from django.db.models import F, Q

from preau.kit.names import SortKeyField, name_key
from preau.kit.privacy import Privacy
from preau.kit.rows import Row
from preau.places.namesakes import ShownNameField, is_numbered

UAI_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
FACTS = Privacy.none("situer les écoles, les classes et leurs locaux")


def uai_is_plausible(uai: str) -> bool:
    """Seven digits and their check letter, `letters[number mod 23]` (standards.md §14). Test codes may differ."""
    return bool(re.fullmatch(r"\d{7}[A-Z]", uai)) and UAI_LETTERS[int(uai[:7]) % 23] == uai[7]


def as_uai(written: str) -> str:
    """« 0860102U » of « 860102u », whose first zero a spreadsheet took away: its letter says so."""
    uai = re.sub(r"\s", "", written).upper()
    return f"0{uai}" if uai_is_plausible(f"0{uai}") else uai


def as_postcode(written: str) -> str:
    """« 01000 » of « 1000 », whose first zero a spreadsheet took away, of « 01 000 » and of « 01000 Bourg »; empty when
    it is none of France."""
    found = re.match(r"(\d{2} ?\d{3}|[1-9]\d{3})(?!\d)", written.strip())
    return found[1].replace(" ", "").zfill(5) if found else ""


def without_kind(shown_name, kind) -> str:
    """« Les Tilleuls, 3 rue du Lac » where the page says the kind beside."""
    return shown_name.replace(f", {kind}", "", 1)


class Level(models.TextChoices):
    """Levels of the first degree (ScoLOMFR voc-022), youngest first."""

    TPS = "TPS", "Toute petite section"
    PS = "PS", "Petite section"
    MS = "MS", "Moyenne section"
    GS = "GS", "Grande section"
    CP = "CP", "CP"
    CE1 = "CE1", "CE1"
    CE2 = "CE2", "CE2"
    CM1 = "CM1", "CM1"
    CM2 = "CM2", "CM2"

    @property
    def cycle(self) -> int:
        """Cycle 1 to 3 (décret 2015-1023); never read from a file, old exports carry older cycles."""
        return 1 if self in NURSERY_LEVELS else 2 if self in (self.CP, self.CE1, self.CE2) else 3


NURSERY_LEVELS = (Level.TPS, Level.PS, Level.MS, Level.GS)
READER_LEVELS = (Level.CE2, Level.CM1, Level.CM2)  # may sign in with a password (trust.md §0.2)


class Named(Row):
    """A place that its name alone tells. A school is read by its `shown_name`: `str(place)` is right for each."""

    class Meta:
        abstract = True

    def __str__(self):
        return self.name


class Department(Named):
    """A département, where the State's services for schools sit (DSDEN, DAN, IA-DASEN)."""

    code = models.CharField("code", max_length=3, unique=True)
    name = models.CharField("nom", max_length=80)
    academy = models.CharField("académie", max_length=80)
    # Those of an academy that no file of `data/` tells, as the operator copied them: « label;first day;resumption », in
    # ISO dates, a line each (`queries.written_holidays`). A column, since every page reads it with its city.
    holidays = models.TextField("vacances scolaires écrites", blank=True)
    holidays_source = models.CharField("source des vacances", max_length=200, blank=True)

    privacy = FACTS

    class Meta:
        verbose_name = "département"
        constraints = [
            models.CheckConstraint(
                condition=Q(holidays="", holidays_source="") | ~Q(holidays="") & ~Q(holidays_source=""),
                name="department_holidays_have_a_source",
            ),
        ]


class City(Named):
    """A commune and its schools. One host name, one city."""

    name = models.CharField("nom", max_length=80)
    slug = models.SlugField("adresse", unique=True)
    department = models.ForeignKey(Department, models.PROTECT, related_name="cities", verbose_name="département")
    host = models.CharField("nom d’hôte", max_length=200, blank=True)
    is_fictitious = models.BooleanField("fictive", default=False)

    privacy = FACTS

    class Meta:
        verbose_name = "ville"


class District(Named):
    """A circonscription, the IEN's ground. It may span cities; a city does not own it."""

    name = models.CharField("nom", max_length=80)
    department = models.ForeignKey(Department, models.PROTECT, related_name="districts", verbose_name="département")

    privacy = FACTS

    class Meta:
        verbose_name = "circonscription"


class School(Row):
    """A public school. Unknown facts stay empty and read « inconnu »."""

    class Kind(models.TextChoices):
        NURSERY = "nursery", "maternelle"
        ELEMENTARY = "elementary", "élémentaire"
        PRIMARY = "primary", "primaire"

    # Not unique when empty: the national directory of nursery schools was not found for every school.
    uai = models.CharField("UAI", max_length=8, blank=True)
    name = models.CharField("nom", max_length=120)
    slug = models.SlugField("adresse", max_length=80)
    shown_name = ShownNameField("nom parmi ses homonymes", max_length=360)  # where a name is read among others
    sort_key = SortKeyField(source=("name",))
    kind = models.CharField("nature", max_length=12, choices=Kind.choices)
    city = models.ForeignKey(City, models.PROTECT, related_name="schools", verbose_name="ville")
    district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, related_name="schools", verbose_name="circonscription"
    )
    network = models.ForeignKey(
        "places.Network", models.SET_NULL, null=True, blank=True, related_name="schools", verbose_name="réseau"
    )
    address = models.CharField("adresse postale", max_length=200, blank=True)
    postcode = models.CharField("code postal", max_length=10, blank=True)
    phone = models.CharField("téléphone", max_length=30, blank=True)
    email = models.EmailField("courriel", blank=True)
    contact_source = models.CharField("source de l’adresse et du contact", max_length=200, blank=True)
    contact_as_of = models.DateField("adresse et contact écrits le", null=True, blank=True)
    opened_on = models.DateField("ouverte le", null=True, blank=True)
    closed_on = models.DateField("fermée le", null=True, blank=True)
    # WGS 84, decimal degrees, for the map of the plan; a metre or so.
    latitude = models.DecimalField("latitude", max_digits=7, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField("longitude", max_digits=8, decimal_places=5, null=True, blank=True)
    location_source = models.CharField("source de la situation", max_length=200, blank=True)
    is_fictitious = models.BooleanField("fictive", default=False)
    source = models.TextField("source", blank=True)

    privacy = FACTS
    CONTACT = ("address", "postcode", "phone", "email")
    TOLD_BY = ("get_kind_display", "address", "uai")  # what tells a school from its city's other schools of its name

    class Meta:
        verbose_name = "école"
        constraints = [
            models.UniqueConstraint(fields=["uai"], condition=~Q(uai=""), name="school_uai_unique"),
            models.UniqueConstraint(fields=["city", "slug"], name="school_slug_unique_in_city"),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(opened_on=None) | Q(closed_on__gte=F("opened_on")),
                name="school_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None, location_source="")
                | (Q(latitude__range=(-90, 90), longitude__range=(-180, 180)) & ~Q(location_source="")),
                name="school_location_is_whole_and_sourced",
            ),
        ]

    def __str__(self):
        return self.shown_name or self.name

    @property
    def full_name(self) -> str:
        """« École Montmidi », « École Montmidi, maternelle »: directories give the name alone, as people say it."""
        return school_named(str(self))

    def is_wholly(self, written) -> bool:
        """Whether a table writes its whole name; « Montmidi » alone may be several schools'."""
        whole = {school_named(self.name), self.full_name} | ({str(self)} - {self.name})
        return name_key(written) in map(name_key, whole)

    @property
    def name_beside_kind(self) -> str:
        """« Montmidi », « Montmidi, 3 rue du Lac »: its shown name where its kind is read beside."""
        return without_kind(str(self), self.get_kind_display())

    @property
    def is_numbered(self) -> bool:
        """« Montmidi (2) »: neither kind, street nor UAI tells it from another."""
        return is_numbered(str(self), self.name)

    @property
    def with_article(self) -> str:
        """« l’école Montmidi », inside a sentence."""
        return f"l’{self.full_name[0].lower()}{self.full_name[1:]}"

    def is_open_on(self, day) -> bool:
        """Between its opening and its closing, both included when known."""
        return (self.opened_on is None or self.opened_on <= day) and (self.closed_on is None or day <= self.closed_on)


def school_named(name: str) -> str:
    """« École Montmidi » of « Montmidi »; a name that says it already stays."""
    return name if name.casefold().startswith(("école", "ecole")) else f"École {name}"


class Classroom(Named):
    """A class (division) of a school for one school year; it may hold several levels."""

    school = models.ForeignKey(School, models.PROTECT, related_name="classrooms", verbose_name="école")
    school_year = models.CharField("année scolaire", max_length=9)  # « 2026-2027 »
    name = models.CharField("nom", max_length=120)
    sort_key = SortKeyField(source=("name",))
    onde_id = models.CharField("identifiant ONDE", max_length=40, blank=True)
    levels = models.JSONField("niveaux", default=list)  # codes of Level, youngest first
    order_key = SortKeyField(source=("level_ranks", "name"))  # the order of classes in every list: `order_by` it

    privacy = FACTS

    class Meta:
        verbose_name = "classe"
        constraints = [
            models.UniqueConstraint(fields=["school", "school_year", "sort_key"], name="classroom_name_unique_in_year"),
        ]

    @property
    def level_ranks(self) -> str:
        """« 3 » of an MS, « 34 » of an MS-GS, before a GS; a dispositif, or a class of no known level, is last."""
        words = set(re.split(r"\W+", self.name.upper()))
        ranks = [str(rank) for rank, level in enumerate(Level.values, 1) if level in (self.levels or words)]
        return "".join(ranks) if ranks and not words & {"ULIS", "UPE2A"} else "z"

    @property
    def untold_levels(self) -> list[str]:
        """Codes of its levels; none when its name says them all, as « CE1-CE2 » does."""
        return [] if set(self.levels) <= set(re.split(r"\W+", self.name)) else self.levels

    @property
    def is_nursery(self) -> bool:
        """Whether all its levels are of the nursery; a class whose levels are not known is not."""
        return bool(self.levels) and all(level in NURSERY_LEVELS for level in self.levels)


class Group(Named):
    """A group of pupils across classes. A dispositif is never shown to other families."""

    class Kind(models.TextChoices):
        GROUP = "group", "groupe"
        ULIS = "ulis", "dispositif ULIS"
        UPE2A = "upe2a", "dispositif UPE2A"

    school = models.ForeignKey(School, models.PROTECT, related_name="groups", verbose_name="école")
    school_year = models.CharField("année scolaire", max_length=9)
    name = models.CharField("nom", max_length=120)
    sort_key = SortKeyField(source=("name",))
    kind = models.CharField("nature", max_length=8, choices=Kind.choices, default=Kind.GROUP)

    privacy = FACTS

    class Meta:
        verbose_name = "groupe"
        constraints = [
            models.UniqueConstraint(fields=["school", "school_year", "sort_key"], name="group_name_unique_in_year"),
        ]

    @property
    def order_key(self) -> str:
        """After the classes, where a list mixes both."""
        return f"z {self.sort_key}"

    @property
    def is_dispositif(self) -> bool:
        """ULIS and UPE2A: belonging to one is nobody else's business."""
        return self.kind != self.Kind.GROUP
